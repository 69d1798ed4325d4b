//! Every Ghost export of the corpus: counts as in the JSON, and text as in the stored HTML.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod corpus;

use formats::{Body, Imported, Kind, Status, ghost};
use serde_json::Value;

type Render = fn(&str) -> String;

/// The tables, found by another way than the reader's: the first object, at any depth, that has `posts`.
fn tables(value: &Value) -> Option<&Value> {
    match value {
        Value::Object(map) if map.contains_key("posts") => Some(value),
        Value::Object(map) => map.values().find_map(tables),
        Value::Array(list) => list.iter().find_map(tables),
        _ => None,
    }
}

fn rows<'v>(tables: &'v Value, name: &str) -> &'v [Value] {
    tables
        .get(name)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}

fn filled<'v>(post: &'v Value, key: &str) -> Option<&'v str> {
    post.get(key)
        .and_then(Value::as_str)
        .filter(|text| !text.is_empty())
}

/// What a reader sees: no tags, no scripts, entities decoded, no spaces, and nothing of how footnotes are linked.
fn visible(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        let end = if rest[at..].starts_with("<script") {
            "</script>"
        } else {
            ">"
        };
        rest = rest[at..]
            .find(end)
            .map_or("", |length| &rest[at + length + end.len()..]);
    }
    text.push_str(rest);
    let text = quick_xml::escape::unescape(&text)
        .map(|text| text.into_owned())
        .unwrap_or(text);
    text.chars()
        .filter(|c| !c.is_whitespace() && !"[]↩\u{fe0e}".contains(*c))
        .collect()
}

fn html(story: &Imported) -> &str {
    match &story.body {
        Body::Html(html) => html,
        other => panic!("{other:?}"),
    }
}

#[test]
fn counts_equal_those_of_the_json() {
    for (path, bytes) in corpus::files("ghost", ".json") {
        let value: Value = serde_json::from_slice(&bytes).unwrap();
        let items = ghost::items(bytes.as_slice());
        let site = items.site().clone();
        let stories: Result<Vec<Imported>, _> = items.collect();
        if path.ends_with("export-broken.json") {
            assert_eq!(stories.unwrap_err().code, "ghost.not_ghost");
            continue;
        }
        let stories = stories.unwrap_or_else(|refusal| panic!("{path}: {refusal}"));
        let tables = tables(&value).unwrap();
        let posts = rows(tables, "posts");
        assert_eq!(posts.len(), stories.len(), "{path}");
        assert_eq!(rows(tables, "users").len() as u64, site.authors, "{path}");
        assert_eq!(rows(tables, "tags").len() as u64, site.tags, "{path}");
        assert!(!site.version.is_empty(), "{path}");
        let tags: usize = stories.iter().map(|story| story.tags.len()).sum();
        assert_eq!(
            rows(tables, "posts_tags").len(),
            tags,
            "{path}: each link of a post and a tag"
        );
        for (post, story) in posts.iter().zip(&stories) {
            assert_eq!(filled(post, "title").unwrap_or(""), story.title, "{path}");
            assert_eq!(filled(post, "slug"), story.slug.as_deref(), "{path}");
            let published = filled(post, "status") == Some("published");
            assert_eq!(
                published,
                story.status == Status::Published,
                "{path} {}",
                story.title
            );
            assert!(
                !published || story.published_at.is_some(),
                "{path} {}",
                story.title
            );
            let image = filled(post, "feature_image").or(filled(post, "image"));
            assert_eq!(image.is_some(), story.picture.is_some(), "{path}");
            if let Some(stored) = filled(post, "html") {
                assert_eq!(visible(stored), visible(html(story)), "{path}");
            } else {
                assert!(!html(story).is_empty(), "{path} {}", story.title);
            }
        }
        println!("{path}: {} posts, version {}", stories.len(), site.version);
    }
}

#[test]
fn authors_pages_and_captions_come_along() {
    let Some(bytes) = corpus::file("ghost/v6-real/small-site.json") else {
        return;
    };
    let stories: Vec<_> = ghost::items_at(bytes.as_slice(), "https://old.example/")
        .map(Result::unwrap)
        .collect();
    assert_eq!(stories.iter().filter(|story| story.kind == Kind::Page).count(), 1);
    assert!(
        stories
            .iter()
            .all(|story| story.authors.len() == 1 && story.authors[0].name == "Jolyon Brown")
    );
    let pictures: Vec<_> = stories
        .iter()
        .filter_map(|story| story.picture.as_ref())
        .collect();
    assert!(
        pictures
            .iter()
            .all(|picture| picture.url.starts_with("https://old.example/content/")),
        "{pictures:?}"
    );
    assert!(
        pictures
            .iter()
            .any(|picture| picture.alt.is_some() && picture.caption.is_some())
    );
    assert!(stories.iter().all(|story| !html(story).contains("__GHOST_URL__")));
    assert_eq!(stories[0].url.as_deref(), Some("https://old.example/about/"));
}

/// Where a post has its HTML *and* what it was made from, ours must say the same words and show the same pictures.
#[test]
fn what_we_make_of_each_source_reads_like_the_stored_html() {
    let mut compared = [0; 3];
    for (path, bytes) in corpus::files("ghost", ".json") {
        let value: Value = serde_json::from_slice(&bytes).unwrap();
        let Some(tables) = tables(&value) else { continue };
        for post in rows(tables, "posts") {
            let Some(stored) = filled(post, "html") else {
                continue;
            };
            let sources: [(&str, Render); 3] = [
                ("mobiledoc", |json| ghost::mobiledoc_html(json).html),
                ("lexical", |json| ghost::lexical_html(json).html),
                ("markdown", ghost::markdown_html),
            ];
            for (at, (key, render)) in sources.into_iter().enumerate() {
                let Some(source) = filled(post, key) else { continue };
                // One post of the corpus had the sections of its mobiledoc cut out by whoever made it a fixture.
                if source.contains("\"sections\":[]") {
                    continue;
                }
                let ours = render(source);
                assert_eq!(visible(stored), visible(&ours), "{path} {key} {}", post["title"]);
                let icons = stored.matches("kg-bookmark-icon").count();
                assert_eq!(
                    stored.matches("<img").count() - icons,
                    ours.matches("<img").count(),
                    "{path} {key}"
                );
                compared[at] += 1;
            }
        }
    }
    println!("compared: {compared:?}");
    assert!(
        corpus::file("ghost/README.md").is_none() || compared.iter().all(|count| *count > 0),
        "{compared:?}"
    );
}
