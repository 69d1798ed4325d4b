//! Cards and marks of Ghost's bodies, one by one.

use super::{items, items_at, lexical_html, mobiledoc_html};
use crate::imported::{Imported, Status};
use serde_json::{Value, json};

fn lexical(children: Value) -> String {
    lexical_html(&json!({"root": {"type": "root", "children": children}}).to_string())
        .html
        .trim()
        .to_owned()
}

#[test]
fn nodes_become_elements() {
    let text = |text: &str, format: u64| json!({"type": "extended-text", "text": text, "format": format});
    let cases = [
        (
            json!([{"type": "paragraph", "children": [text("a<", 0), text("b", 3), text("c", 16)]}]),
            "<p>a&lt;<strong><em>b</em></strong><code>c</code></p>",
        ),
        (
            json!([{"type": "extended-heading", "tag": "h3", "children": [text("a", 0)]}]),
            "<h3>a</h3>",
        ),
        (
            json!([{"type": "heading", "tag": "script", "children": []}]),
            "<h2></h2>",
        ),
        (
            json!([{"type": "list", "listType": "number", "start": 3, "children": [{"type": "listitem", "children": [text("a", 0)]}]}]),
            "<ol start=\"3\"><li>a</li>\n</ol>",
        ),
        (
            json!([{"type": "paragraph", "children": [{"type": "link", "url": "\"x", "children": [text("a", 0)]}, {"type": "linebreak"}]}]),
            "<p><a href=\"&quot;x\">a</a><br></p>",
        ),
        (
            json!([{"type": "extended-quote", "children": [text("a", 0)]}]),
            "<blockquote>a</blockquote>",
        ),
        (
            json!([{"type": "image", "src": "s", "alt": "A", "width": 2, "height": 1, "caption": "<i>c</i>", "href": "h"}]),
            "<figure><a href=\"h\"><img src=\"s\" alt=\"A\" width=\"2\" height=\"1\"></a><figcaption><i>c</i></figcaption></figure>",
        ),
        (
            json!([{"type": "codeblock", "code": "<a>", "language": "rs"}]),
            "<pre><code class=\"language-rs\">&lt;a&gt;</code></pre>",
        ),
        (json!([{"type": "horizontalrule"}]), "<hr>"),
        (json!([{"type": "html", "html": "<b>x</b>"}]), "<b>x</b>"),
        (
            json!([{"type": "markdown", "markdown": "*x*"}]),
            "<p><em>x</em></p>",
        ),
        (
            json!([{"type": "embed", "url": "u", "html": "<iframe></iframe>"}]),
            "<figure><iframe></iframe></figure>",
        ),
        (
            json!([{"type": "embed", "url": "u"}]),
            "<figure><a href=\"u\">u</a></figure>",
        ),
        (
            json!([{"type": "bookmark", "url": "u", "metadata": {"title": "T", "description": "D"}}]),
            "<figure><a href=\"u\">T</a><p>D</p></figure>",
        ),
        (
            json!([{"type": "gallery", "images": [{"src": "a"}, {"src": "b"}]}]),
            "<figure><img src=\"a\" alt=\"\"><img src=\"b\" alt=\"\"></figure>",
        ),
        (
            json!([{"type": "toggle", "heading": "H", "content": "<p>C</p>"}]),
            "<details><summary>H</summary><p>C</p></details>",
        ),
        (
            json!([{"type": "callout", "calloutEmoji": "!", "calloutText": "<b>C</b>"}]),
            "<aside><p>! <b>C</b></p></aside>",
        ),
        (
            json!([{"type": "button", "buttonUrl": "u", "buttonText": "B"}]),
            "<p><a href=\"u\">B</a></p>",
        ),
        (
            json!([{"type": "file", "src": "s", "fileTitle": "T", "fileCaption": "C"}]),
            "<p><a href=\"s\">T</a></p><p>C</p>",
        ),
        (
            json!([{"type": "audio", "src": "s", "title": "T"}]),
            "<figure><audio src=\"s\" controls></audio><figcaption>T</figcaption></figure>",
        ),
        (
            json!([{"type": "video", "src": "s", "thumbnailSrc": "t"}]),
            "<figure><video src=\"s\" poster=\"t\" controls></video></figure>",
        ),
        (
            json!([{"type": "product", "productTitle": "T", "productDescription": "<p>D</p>"}]),
            "<h4>T</h4><p>D</p>",
        ),
        (
            json!([{"type": "header", "header": "H", "subheader": "S"}]),
            "<h2>H</h2><p>S</p>",
        ),
        (json!([{"type": "signup", "header": "H"}]), ""),
        (
            json!([{"type": "new-thing", "children": [text("kept", 0)]}]),
            "kept",
        ),
    ];
    for (given, expected) in cases {
        assert_eq!(lexical(given.clone()), expected, "{given}");
    }
}

#[test]
fn what_is_dropped_is_told() {
    let body = json!({"root": {"children": [{"type": "signup"}, {"type": "email", "html": "x"}, {"type": "new-thing"}]}});
    let codes: Vec<_> = lexical_html(&body.to_string())
        .warnings
        .into_iter()
        .map(|warning| warning.code)
        .collect();
    assert_eq!(codes, ["ghost.card"; 3]);
}

#[test]
fn mobiledoc_marks_open_and_close_across_markers() {
    let body = json!({
        "version": "0.3.1", "atoms": [["soft-return", "", {}], ["mention", "@a", {}]],
        "cards": [["hr", {}], ["new-card", {}]], "markups": [["strong"], ["a", ["rel", "x", "href", "/u"]], ["script"]],
        "sections": [
            [1, "p", [[0, [0], 0, "a"], [0, [1], 2, "b&"], [1, [], 0, 0], [0, [2], 1, "c"], [1, [], 0, 1]]],
            [3, "ol", [[[0, [], 0, "x"]], [[0, [0], 0, "open"]]]], [10, 0], [10, 1], [2, "pic.jpg"], [1, "form", []],
        ],
    });
    let rendered = mobiledoc_html(&body.to_string());
    let expected = "<p><strong>a<a href=\"/u\">b&amp;</a></strong><br>c@a</p>\n<ol><li>x</li><li><strong>open</strong></li></ol>\n\
                    <hr>\n<figure><img src=\"pic.jpg\"></figure>\n<p></p>\n";
    assert_eq!(rendered.html, expected);
    assert_eq!(rendered.warnings.len(), 1, "{:?}", rendered.warnings);
}

fn story(post: Value) -> Imported {
    let settings = json!([{"key": "permalinks", "value": "/:year/:month/:day/:slug/"}]);
    let export =
        json!({"db": [{"meta": {"version": "5.0.0"}, "data": {"posts": [post], "settings": settings}}]});
    items_at(export.to_string().as_bytes(), "https://old.example")
        .next()
        .unwrap()
        .unwrap()
}

#[test]
fn only_what_was_open_to_all_is_published() {
    for (status, visibility, expected) in [
        ("published", "public", Status::Published),
        ("published", "members", Status::Private),
        ("published", "paid", Status::Private),
        ("sent", "public", Status::Private),
        ("scheduled", "public", Status::Scheduled),
        ("draft", "public", Status::Draft),
        ("", "public", Status::Draft),
    ] {
        assert_eq!(
            story(json!({"id": 1, "status": status, "visibility": visibility})).status,
            expected,
            "{status} {visibility}"
        );
    }
}

#[test]
fn addresses_follow_the_sites_pattern() {
    let post = json!({"id": 1, "slug": "a", "published_at": "2026-11-24T08:00:00.000Z", "html": "<a href=\"__GHOST_URL__/b/\">b</a><img src=\"/c\">"});
    let told = story(post.clone());
    assert_eq!(told.url.as_deref(), Some("https://old.example/2026/11/24/a/"));
    let expected = "<a href=\"https://old.example/b/\">b</a><img src=\"https://old.example/c\">";
    assert_eq!(told.body, crate::Body::Html(expected.into()));
    let bare = json!({"data": {"posts": [post]}}).to_string();
    let told = items(bare.as_bytes()).next().unwrap().unwrap();
    assert_eq!(told.url.as_deref(), Some("/a/"));
    assert_eq!(
        told.body,
        crate::Body::Html("<a href=\"/b/\">b</a><img src=\"/c\">".into())
    );
}

#[test]
fn a_row_that_is_no_post_is_refused_and_the_next_is_taken() {
    let export = json!({"data": {"posts": [7, {"title": "x"}, {"id": 3}]}}).to_string();
    let codes: Vec<_> = items(export.as_bytes())
        .map(|item| item.map(|story| story.external_id).map_err(|r| r.code))
        .collect();
    assert_eq!(
        codes,
        [Err("ghost.wrong_type"), Err("ghost.no_id"), Ok("3".to_owned())]
    );
}
