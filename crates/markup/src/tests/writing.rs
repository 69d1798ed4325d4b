//! HTML and words out.

use crate::{Asset, Document, Href, Id, Linked, Plain, Resolve, from_html, from_sentences, from_text};

struct Site;

impl Resolve for Site {
    fn asset(&self, id: &Id) -> Option<Asset> {
        let src = format!("/media/{id}.jpg");
        let srcset = format!("{src} 800w");
        (id.as_str() != "gone").then(|| Asset {
            src,
            srcset,
            sizes: "100vw".into(),
            width: Some(8),
            height: Some(5),
            alt: "own alt".into(),
            credit: "Own".into(),
            ..Asset::default()
        })
    }
    fn story(&self, id: &Id) -> Option<Linked> {
        (id.as_str() == "abc").then(|| Linked {
            url: "/s/abc".into(),
            headline: "Now & then".into(),
        })
    }
    fn href(&self, href: &Href) -> String {
        if href.as_str().starts_with('/') {
            format!("https://news.org{href}")
        } else {
            href.to_string()
        }
    }
}

/// Blocks as JSON, the page and the feed.
const CASES: &[(&str, &str, &str)] = &[
    (
        r#"{"id":"p1","type":"paragraph","text":[{"text":"a ","marks":[{"type":"note","id":"n"},{"type":"source","name":"Deep"}]},{"text":"b","marks":[{"type":"strong"},{"type":"link","href":"/x"}]},{"text":"c","marks":[{"type":"link","href":"/x"}]}]}"#,
        r#"<p id="b-p1">a <a href="https://news.org/x"><strong>b</strong>c</a></p>"#,
        r#"<p>a <a href="https://news.org/x"><strong>b</strong>c</a></p>"#,
    ),
    (
        r#"{"id":"g","type":"picture","asset":"x1","caption":[{"text":"C"}]}"#,
        r#"<figure id="b-g" class="story-picture"><img data-asset="x1" src="/media/x1.jpg" srcset="/media/x1.jpg 800w" sizes="100vw" alt="own alt" width="8" height="5" loading="lazy" decoding="async"><figcaption>C <small class="story-credit">Own</small></figcaption></figure>"#,
        r#"<figure><img src="/media/x1.jpg" srcset="/media/x1.jpg 800w" sizes="100vw" alt="own alt" width="8" height="5"><figcaption>C <small>Own</small></figcaption></figure>"#,
    ),
    (r#"{"id":"g","type":"picture","asset":"gone"}"#, "", ""),
    (r#"{"id":"u","type":"poll"}"#, "", ""),
    (
        r#"{"id":"r","type":"related","story":"abc","headline":"Old"}"#,
        r#"<p id="b-r" class="story-related" data-story="abc" data-headline="Now &amp; then"><a href="/s/abc">Now &amp; then</a></p>"#,
        r#"<p><a href="/s/abc">Now &amp; then</a></p>"#,
    ),
    (
        r#"{"id":"l","type":"paragraph","text":[{"text":"سلام","marks":[{"type":"lang","lang":"ar"}]}]}"#,
        r#"<p id="b-l"><span lang="ar" dir="auto">سلام</span></p>"#,
        r#"<p><span lang="ar" dir="auto">سلام</span></p>"#,
    ),
    (
        r#"{"id":"e","type":"entry","at":"2026-11-24T09:30:00Z","headline":"H","key_event":true,"author":"A","blocks":[{"id":"i","type":"paragraph","text":[{"text":"x"}]}]}"#,
        "<article id=\"b-e\" class=\"story-entry story-entry-key\"><p class=\"story-entry-line\"><time datetime=\"2026-11-24T09:30:00Z\">2026-11-24T09:30:00Z</time> <span class=\"story-entry-author\">A</span></p><h3>H</h3><p id=\"b-i\">x</p>\n</article>",
        "<article><p><time datetime=\"2026-11-24T09:30:00Z\">2026-11-24T09:30:00Z</time> <span>A</span></p><h3>H</h3><p>x</p>\n</article>",
    ),
    (
        r#"{"id":"m","type":"embed","url":"https://vimeo.com/1","provider":"Vimeo","title":"T"}"#,
        r#"<p id="b-m" class="story-embed" data-embed="https://vimeo.com/1" data-provider="Vimeo" data-title="T"><a href="https://vimeo.com/1" rel="noopener nofollow">T</a> <small>Vimeo</small></p>"#,
        r#"<p><a href="https://vimeo.com/1" rel="noopener nofollow">T</a> <small>Vimeo</small></p>"#,
    ),
];

#[test]
fn blocks_are_written_for_pages_and_for_feeds() {
    for (block, page, feed) in CASES {
        let document = Document::from_json(&format!(r#"{{"version":1,"blocks":[{block}]}}"#)).unwrap();
        assert_eq!(document.to_html(&Site).trim_end(), *page);
        assert_eq!(document.to_feed_html(&Site).trim_end(), *feed);
    }
}

#[test]
fn a_page_that_is_sent_back_keeps_its_ids() {
    let first = from_html("<p>a<p>b<h2>c</h2><ul><li>d</ul><table><tr><td>1<td>2</table><hr>").0;
    let edited = from_html(&first.to_html(&Plain).replace(">a<", ">z<")).0;
    let ids = |document: &Document| {
        document
            .blocks
            .iter()
            .map(|block| block.id.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&edited)[..4], ids(&first)[..4]);
    assert_eq!(ids(&edited)[5], ids(&first)[5]);
}

#[test]
fn words_links_and_pictures_are_found() {
    let html = "<p>One, two — three.</p><img data-asset=p1><ul><li>four <a href=/x>five</a></ul><aside class=callout><p>新闻报道<a href=/x>y</a></aside><img data-asset=p1>";
    let document = from_html(html).0;
    assert_eq!(document.plain(), "One, two — three.\n\nfour five\n\n新闻报道y");
    assert_eq!(document.words(), 3 + 2 + 2 + 1);
    assert_eq!(document.first_paragraph(), "One, two — three.");
    assert_eq!(document.assets(), ["p1"]);
    assert_eq!(
        document.links().iter().map(Href::as_str).collect::<Vec<_>>(),
        ["/x"]
    );
}

#[test]
fn text_becomes_paragraphs() {
    assert_eq!(from_text("a\r\nb\n\n\n c \n").plain(), "a\nb\n\nc");
    let sentences: Vec<String> = (1..=7).map(|nth| format!("Sentence {nth}.")).collect();
    let document = from_sentences(&sentences);
    assert_eq!(document.blocks.len(), 3);
    assert_eq!(document.first_paragraph(), "Sentence 1. Sentence 2. Sentence 3.");
    assert!(from_text(" \n\n ").is_empty());
}

#[test]
fn only_known_addresses_exist() {
    let good = [
        "https://x.org",
        "HTTP://x.org/a b",
        "mailto:a@x.org",
        "tel:+1",
        "/a",
        "#b",
        "/",
        " https://x.org\n",
    ];
    let bad = [
        "javascript:x",
        "java\nscript:x",
        "\u{1}javascript:x",
        "//x.org",
        "/\\x.org",
        "https:/x.org",
        "https://",
        "data:x",
        "x.html",
        "",
        "https:\\\\x",
        "ftp://x",
        "https://x\u{7}y",
    ];
    good.iter()
        .for_each(|text| assert!(Href::parse(text).is_some(), "{text}"));
    bad.iter()
        .for_each(|text| assert!(Href::parse(text).is_none(), "{text}"));
    assert_eq!(
        Href::parse("HTTPS://WWW.X.org:8/a b").map(|href| (href.to_string(), href.host())),
        Some(("https://WWW.X.org:8/a%20b".into(), "x.org".into()))
    );
}
