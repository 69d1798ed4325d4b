//! What we write is what the formats demand: read back by parsers that are not ours.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use formats::opml::{self, OutlineFeed, OutlineGroup};
use formats::sitemap::{self, Alternate, Limits, NewsEntry, SitemapRef, SitemapUrl};
use formats::{Correction, Feed, FeedAuthor, FeedImage, FeedItem, atom, json_feed, moment, rss};
use roxmltree::{Document, Node};
use serde_json::Value;

const NASTY: &str = "]]> <b>\"&\u{0}\u{1F}é\u{202E}'";
const AT: i64 = 1_795_509_000_000_000;

fn feed() -> Feed {
    let image = FeedImage {
        url: "https://n.example/p.jpg".into(),
        media_type: Some("image/jpeg".into()),
        width: Some(1200),
        height: Some(800),
        size_bytes: Some(9_000),
        credit: Some("A. Photographer".into()),
        alt: Some("A bridge".into()),
        caption: Some("The bridge at dusk".into()),
    };
    let full = FeedItem {
        id: "abcdefghijkl".into(),
        url: "https://n.example/en/world/2026/11/24/a-abcdefghijkl".into(),
        title: format!("Title {NASTY}"),
        summary: Some("Summary & more".into()),
        content_html: Some("<p><a href=\"/x\">x</a> <img src='y.jpg'></p>".into()),
        published_at: AT,
        updated_at: Some(AT + 60_000_000),
        authors: vec![FeedAuthor {
            name: "Ann Author".into(),
            url: Some("https://n.example/en/authors/ann".into()),
        }],
        section: Some("World".into()),
        topics: vec!["Bridges".into(), "World".into()],
        image: Some(image),
        corrections: vec![Correction {
            label: "Correction:".into(),
            note: "It was 3 < 4.".into(),
        }],
        language: Some("ru".into()),
        room_url: Some("https://n.example/en/world/2026/11/24/a-abcdefghijkl/room".into()),
    };
    Feed {
        title: format!("News {NASTY}"),
        link: "https://n.example/en/".into(),
        self_url: "https://n.example/en/feed?page=1&x=2".into(),
        next_url: Some("https://n.example/en/feed?page=2".into()),
        hubs: vec!["https://hub.example/".into()],
        language: "en".into(),
        updated_at: AT,
        publisher: "N".into(),
        stylesheet: Some("/assets/feed.xsl".into()),
        items: vec![
            full,
            FeedItem {
                id: "bare".into(),
                url: "https://n.example/b".into(),
                ..FeedItem::default()
            },
        ],
        ..Feed::default()
    }
}

fn child<'a>(node: Node<'a, 'a>, name: &str) -> Option<Node<'a, 'a>> {
    node.children().find(|child| child.tag_name().name() == name)
}

fn text<'a>(node: Node<'a, 'a>, name: &str) -> &'a str {
    child(node, name).and_then(|child| child.text()).unwrap_or("")
}

fn named<'a>(node: Node<'a, 'a>, name: &'a str) -> Vec<Node<'a, 'a>> {
    node.children()
        .filter(|child| child.tag_name().name() == name)
        .collect()
}

#[test]
fn rss_keeps_the_best_practices_profile() {
    let written = rss::write(&feed());
    let document = Document::parse(&written).unwrap();
    let channel = child(document.root_element(), "channel").unwrap();
    for required in ["title", "link", "description", "language", "lastBuildDate"] {
        assert!(!text(channel, required).is_empty(), "{required}");
    }
    let atom: Vec<_> = channel
        .children()
        .filter(|node| node.tag_name().namespace() == Some("http://www.w3.org/2005/Atom"))
        .collect();
    let rels: Vec<_> = atom.iter().filter_map(|link| link.attribute("rel")).collect();
    assert_eq!(rels, ["self", "next", "hub"]);
    let items = named(channel, "item");
    let item = items[0];
    assert_eq!(text(item, "guid"), "abcdefghijkl");
    assert_eq!(
        child(item, "guid").unwrap().attribute("isPermaLink"),
        Some("false")
    );
    assert_eq!(text(item, "pubDate"), "Tue, 24 Nov 2026 08:30:00 +0000");
    assert_eq!(text(item, "creator"), "Ann Author");
    assert_eq!(
        named(item, "category").len(),
        2,
        "a topic named like the section stands once"
    );
    assert_eq!(named(item, "enclosure").len(), 1);
    let order: Vec<_> = item.children().map(|node| node.tag_name().name()).collect();
    let at = |name: &str| order.iter().position(|found| *found == name).unwrap();
    assert!(at("description") < at("encoded"));
    let content = item
        .children()
        .find(|node| node.has_tag_name(("http://purl.org/rss/1.0/modules/content/", "encoded")));
    let content = content.and_then(|node| node.text()).unwrap();
    assert!(
        content.contains("href=\"https://n.example/x\"")
            && content.contains("src='https://n.example/en/world/2026/11/24/y.jpg'")
    );
    assert!(
        content.ends_with("<p><strong>Correction:</strong> It was 3 &lt; 4.</p>"),
        "{content}"
    );
    let media = item
        .children()
        .find(|node| node.has_tag_name(("http://search.yahoo.com/mrss/", "content")))
        .unwrap();
    assert_eq!(
        (media.attribute("width"), text(media, "credit")),
        (Some("1200"), "A. Photographer")
    );
    assert_eq!(text(media, "description"), "The bridge at dusk");
    assert!(child(media, "thumbnail").is_some());
    assert!(written.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<?xml-stylesheet type=\"text/xsl\" href=\"/assets/feed.xsl\"?>"));
}

#[test]
fn atom_has_what_rfc_4287_requires() {
    let written = atom::write(&feed());
    let document = Document::parse(&written).unwrap();
    let root = document.root_element();
    assert_eq!(root.tag_name().namespace(), Some("http://www.w3.org/2005/Atom"));
    for node in [root].into_iter().chain(named(root, "entry")) {
        for required in ["id", "updated"] {
            assert!(!text(node, required).is_empty(), "{required}");
        }
        assert!(child(node, "title").is_some());
        let alternates = named(node, "link")
            .into_iter()
            .filter(|link| link.attribute("rel") == Some("alternate"));
        assert_eq!(alternates.count(), 1);
    }
    assert_eq!(text(child(root, "author").unwrap(), "name"), "N");
    let rels: Vec<_> = named(root, "link")
        .iter()
        .filter_map(|link| link.attribute("rel"))
        .collect();
    assert_eq!(rels, ["alternate", "self", "next", "hub"]);
    let entry = named(root, "entry")[0];
    assert_eq!(text(entry, "id"), "tag:n.example,2026:abcdefghijkl");
    assert_eq!(text(entry, "updated"), "2026-11-24T08:31:00Z");
    assert_eq!(child(entry, "content").unwrap().attribute("type"), Some("html"));
}

#[test]
fn json_feed_has_what_version_1_1_requires() {
    let value: Value = serde_json::from_str(&json_feed::write(&feed())).unwrap();
    assert_eq!(value["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(value["hubs"][0]["type"], "WebSub");
    assert_eq!(value["next_url"], "https://n.example/en/feed?page=2");
    let item = &value["items"][0];
    assert_eq!(item["id"], "abcdefghijkl");
    assert_eq!(item["date_published"], "2026-11-24T08:30:00Z");
    assert_eq!(item["attachments"][0]["mime_type"], "image/jpeg");
    assert_eq!(item["_picture"]["alt"], "A bridge");
    assert!(
        item["content_html"]
            .as_str()
            .unwrap()
            .contains("https://n.example/x")
    );
    assert_eq!(value["items"][1]["content_text"], "");
    assert!(value["items"][1].get("content_html").is_none());
    let empty: Value = serde_json::from_str(&json_feed::write(&Feed::default())).unwrap();
    assert_eq!(empty["items"], Value::Array(vec![]));
}

#[test]
fn an_empty_feed_is_still_a_feed() {
    for written in [rss::write(&Feed::default()), atom::write(&Feed::default())] {
        Document::parse(&written).unwrap();
    }
}

#[test]
fn opml_lists_feeds_under_their_headings() {
    let feed = OutlineFeed {
        title: NASTY.into(),
        feed_url: "https://n.example/f".into(),
        ..OutlineFeed::default()
    };
    let group = OutlineGroup {
        name: "English".into(),
        feeds: vec![feed],
    };
    let written = opml::write("All", AT, &[group]);
    let document = Document::parse(&written).unwrap();
    let feed = document
        .descendants()
        .find(|node| node.attribute("xmlUrl").is_some())
        .unwrap();
    assert_eq!(
        feed.parent().and_then(|parent| parent.attribute("text")),
        Some("English")
    );
    assert_eq!(feed.attribute("type"), Some("rss"));
}

fn page(number: usize) -> SitemapUrl {
    SitemapUrl {
        loc: format!("https://n.example/{number}?a&b"),
        modified_at: Some(AT),
        ..SitemapUrl::default()
    }
}

#[test]
fn sitemaps_are_cut_at_the_protocols_limits() {
    let files: Vec<_> = sitemap::urlsets((0..120_001).map(page), Limits::PROTOCOL).collect();
    let counts: Vec<_> = files.iter().map(|file| file.matches("<url>").count()).collect();
    assert_eq!(counts, [50_000, 50_000, 20_001]);
    let small = Limits {
        urls: 10,
        bytes: 1_000,
    };
    let files: Vec<_> = sitemap::urlsets((0..25).map(page), small).collect();
    assert_eq!(
        files
            .iter()
            .map(|file| file.matches("<url>").count())
            .sum::<usize>(),
        25
    );
    assert!(
        files
            .iter()
            .all(|file| file.len() <= 1_000 && Document::parse(file).is_ok())
    );
    assert_eq!(sitemap::urlsets(std::iter::empty(), Limits::PROTOCOL).count(), 0);
    let huge = SitemapUrl {
        loc: "x".repeat(2_000),
        ..SitemapUrl::default()
    };
    assert_eq!(
        sitemap::urlsets([huge, page(1)], small).count(),
        1,
        "an entry that fits nowhere is left out"
    );
    let index = sitemap::indexes(
        (0..3).map(|n| SitemapRef {
            loc: format!("https://n.example/s{n}"),
            modified_at: None,
        }),
        Limits::PROTOCOL,
    );
    let index: Vec<_> = index.collect();
    assert_eq!(index[0].matches("<sitemap>").count(), 3);
    assert!(Document::parse(&index[0]).is_ok());
}

#[test]
fn a_sitemap_entry_tells_of_news_pictures_and_languages() {
    let news = NewsEntry {
        title: NASTY.into(),
        publication: "N".into(),
        language: "en".into(),
        published_at: AT,
    };
    let url = SitemapUrl {
        alternates: vec![Alternate {
            hreflang: "ru".into(),
            href: "https://n.example/ru".into(),
        }],
        images: vec!["https://n.example/p.jpg".into()],
        news: Some(news),
        ..page(1)
    };
    let file = sitemap::urlsets([url], Limits::NEWS).next().unwrap();
    let document = Document::parse(&file).unwrap();
    let found = |name: &str| {
        document
            .descendants()
            .find(|node| node.tag_name().name() == name)
            .unwrap()
    };
    assert_eq!(found("lastmod").text(), Some(moment::rfc3339(AT).as_str()));
    assert_eq!(found("publication_date").text(), Some("2026-11-24T08:30:00Z"));
    assert_eq!(
        found("news").tag_name().namespace(),
        Some("http://www.google.com/schemas/sitemap-news/0.9")
    );
    assert_eq!(
        found("image").tag_name().namespace(),
        Some("http://www.google.com/schemas/sitemap-image/1.1")
    );
    let link = document
        .descendants()
        .find(|node| node.attribute("hreflang").is_some())
        .unwrap();
    assert_eq!(link.tag_name().namespace(), Some("http://www.w3.org/1999/xhtml"));
}
