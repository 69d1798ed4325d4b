//! Every WordPress export of the corpus: what we read equals what a second, independent reader counts in the XML.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod corpus;

use formats::{Imported, Kind, Refusal, wxr};
use roxmltree::{Document, Node};

fn read(bytes: &[u8]) -> (Vec<Imported>, Vec<Refusal>) {
    let mut taken = Vec::new();
    let mut refused = Vec::new();
    for item in wxr::items(bytes) {
        match item {
            Ok(story) => taken.push(story),
            Err(refusal) => refused.push(refusal),
        }
    }
    (taken, refused)
}

fn is_wp(node: &Node<'_, '_>, name: &str) -> bool {
    node.tag_name().name() == name
        && node
            .tag_name()
            .namespace()
            .is_some_and(|address| address.contains("wordpress.org/export/"))
}

fn children<'a>(node: Node<'a, 'a>, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    node.children().filter(move |child| is_wp(child, name))
}

fn whole_text(node: Node<'_, '_>) -> String {
    node.descendants()
        .filter(Node::is_text)
        .filter_map(|text| text.text())
        .collect::<String>()
        .trim()
        .to_owned()
}

fn of_type<'a>(items: &[Node<'a, 'a>], post_type: &str) -> Vec<Node<'a, 'a>> {
    let is = |item: &&Node<'a, 'a>| {
        children(**item, "post_type").next().map(whole_text).as_deref() == Some(post_type)
    };
    items.iter().filter(is).copied().collect()
}

#[test]
fn counts_equal_those_of_an_independent_reader() {
    for (path, bytes) in corpus::files("wxr", "xml") {
        let Ok(text) = std::str::from_utf8(&bytes) else {
            panic!("{path}: not UTF-8")
        };
        let Ok(document) = Document::parse(text) else {
            continue;
        };
        let Some(channel) = document
            .root_element()
            .children()
            .find(|node| node.has_tag_name("channel"))
        else {
            let (taken, refused) = read(&bytes);
            assert!(taken.is_empty(), "{path}");
            assert_eq!(refused[0].code, "wxr.not_wxr", "{path}");
            continue;
        };
        let items: Vec<_> = channel
            .children()
            .filter(|node| node.has_tag_name("item"))
            .collect();
        let survey = wxr::survey(bytes.as_slice());
        assert_eq!(survey.trouble, None, "{path}");
        for (name, found) in [
            ("author", survey.site.authors.len()),
            ("category", survey.site.categories.len()),
            ("tag", survey.site.tags.len()),
            ("term", survey.site.terms.len()),
        ] {
            assert_eq!(children(channel, name).count(), found, "{path}: {name}");
        }
        let (taken, refused) = read(&bytes);
        assert_eq!(
            items.len(),
            taken.len() + refused.len(),
            "{path}: every item is taken or refused"
        );
        for (post_type, kind) in [("post", Kind::Post), ("page", Kind::Page)] {
            let expected = of_type(&items, post_type);
            let found: Vec<_> = taken.iter().filter(|story| story.kind == kind).collect();
            assert_eq!(expected.len(), found.len(), "{path}: {post_type}");
            for (node, story) in expected.iter().zip(found) {
                same_story(&path, *node, story);
            }
        }
        let attachments = of_type(&items, "attachment").len();
        assert_eq!(
            refused.iter().filter(|r| r.code == "wxr.attachment").count(),
            attachments,
            "{path}"
        );
        println!("{path}: {} taken, {} refused", taken.len(), refused.len());
    }
}

fn same_story(path: &str, node: Node<'_, '_>, story: &Imported) {
    let leaf = |name: &'static str| children(node, name).next().map(whole_text).unwrap_or_default();
    let id = leaf("post_id");
    if !id.is_empty() {
        assert_eq!(id, story.external_id, "{path}");
    }
    assert_eq!(
        children(node, "comment").count(),
        story.comments.len(),
        "{path} {id}: comments"
    );
    let meta = story
        .extra
        .get("postmeta")
        .and_then(|list| list.as_array())
        .map_or(0, Vec::len);
    let keyed = |meta: &Node<'_, '_>| children(*meta, "meta_key").any(|key| !whole_text(key).is_empty());
    assert_eq!(
        children(node, "postmeta").filter(keyed).count(),
        meta,
        "{path} {id}: postmeta"
    );
    assert_eq!(
        leaf("status") == "publish" && leaf("post_password").is_empty(),
        story.status == formats::Status::Published
    );
    assert_eq!(
        leaf("post_name"),
        story.slug.clone().unwrap_or_default(),
        "{path} {id}"
    );
    let domains = |domain: &str| {
        let terms = node.children().filter(|child| child.has_tag_name("category"));
        let mut names: Vec<_> = terms
            .filter(|term| term.attribute("domain") == Some(domain))
            .map(whole_text)
            .collect();
        names.sort();
        names.dedup();
        names.len()
    };
    if node
        .children()
        .any(|child| child.has_tag_name("category") && child.attribute("domain").is_some())
    {
        assert_eq!(
            domains("category"),
            story.sections.len(),
            "{path} {id}: categories"
        );
    }
}

#[test]
fn ill_formed_files_give_what_was_whole_and_name_the_fault() {
    for (path, items) in [
        ("wxr/wordpress-importer/malformed.xml", 0),
        ("wxr/wordpress-importer/malformed-simple.xml", 0),
    ] {
        let Some(bytes) = corpus::file(path) else { return };
        let (taken, refused) = read(&bytes);
        assert_eq!(taken.len(), items, "{path}");
        assert_eq!(refused.len(), 1, "{path}: {refused:?}");
        assert!(refused[0].code.starts_with("xml."), "{path}: {refused:?}");
        assert!(
            refused[0].place.line.is_some() && refused[0].place.byte.is_some(),
            "{path}"
        );
    }
}

#[test]
fn a_second_reading_gives_the_same() {
    for (path, bytes) in corpus::files("wxr", "xml") {
        assert_eq!(read(&bytes), read(&bytes), "{path}");
    }
}

#[test]
fn featured_pictures_are_found_among_the_attachments() {
    let Some(bytes) = corpus::file("wxr/theme-test-data/themeunittestdata.wordpress.xml") else {
        return;
    };
    let survey = wxr::survey(bytes.as_slice());
    let stories: Vec<_> = wxr::items_with(bytes.as_slice(), survey.attachments)
        .filter_map(Result::ok)
        .collect();
    let pictured: Vec<_> = stories
        .iter()
        .filter_map(|story| story.picture.as_ref())
        .collect();
    assert!(!pictured.is_empty());
    assert!(
        pictured.iter().all(|picture| picture.url.starts_with("http")),
        "{pictured:?}"
    );
}
