//! The carrier keeps every document; anything at all is read without a fall.

use super::json::GOOD;
use crate::{Document, Options, Plain, diff, from_html, from_html_with};
use proptest::prelude::*;
use serde_json::{Value, json};

#[test]
fn every_sample_comes_back_from_its_html() {
    for sample in GOOD {
        let document = Document::from_json(sample).unwrap();
        assert_eq!(
            from_html(&document.to_lossless_html()).0,
            document,
            "{}",
            document.to_lossless_html()
        );
    }
}

#[test]
fn plain_blocks_are_carried_by_plain_html() {
    let html = "<p>a <b>b</b><h2>c</h2><ul><li>d<ol><li>e</ol></ul><hr><blockquote><p>f</blockquote><pre>g\n h</pre>";
    let carried = from_html(html).0.to_lossless_html();
    assert!(!carried.contains("data-json"), "{carried}");
}

fn words() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "Word",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\t",
        "<b>",
        "&amp;",
        "\"",
        "'",
        "ا",
        "字",
        "\u{a0}",
        "\r",
        "\u{7}",
        "[gallery]",
        "— ",
        "https://youtu.be/x",
        "\u{feff}",
        "\u{85}",
        "\u{1f600}",
    ]);
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn mark() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        json!({"type":"strong"}),
        json!({"type":"emphasis"}),
        json!({"type":"strike"}),
        json!({"type":"code"}),
        json!({"type":"sub"}),
        json!({"type":"sup"}),
        json!({"type":"link","href":"https://x.org/?a=1&b=2"}),
        json!({"type":"link","href":"/x","title":" t\n"}),
        json!({"type":"source","id":"s"}),
        json!({"type":"source","name":"N \""}),
        json!({"type":"source"}),
        json!({"type":"note","id":"n1"}),
        json!({"type":"note","id":"n2"}),
        json!({"type":"lang","lang":"ar"}),
        json!({"type":"lang","lang":"en-GB","dir":"ltr"}),
    ])
}

fn text() -> impl Strategy<Value = Value> {
    let run = (words(), prop::collection::vec(mark(), 0..4))
        .prop_map(|(text, marks)| json!({"text":text,"marks":marks}));
    prop::collection::vec(run, 0..4).prop_map(Value::from)
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        text().prop_map(|text| json!({"type":"paragraph","text":text})),
        (2..5, text()).prop_map(|(level, text)| json!({"type":"heading","level":level,"text":text})),
        (text(), text(), any::<bool>()).prop_map(|(one, two, ordered)| json!({"type":"list","ordered":ordered,"items":[{"text":one,"list":{"items":[{"text":two}]}},{"text":two}]})),
        (text(), text()).prop_map(|(text, cite)| json!({"type":"quote","text":text,"cite":cite,"url":"https://x.org/q"})),
        (text(), text()).prop_map(|(text, cite)| json!({"type":"pull_quote","text":text,"cite":cite})),
        (words(), text(), words()).prop_map(|(alt, caption, credit)| json!({"type":"picture","url":"https://x.org/a.png","alt":alt,"caption":caption,"credit":credit,"width":10})),
        (words(), text()).prop_map(|(alt, caption)| json!({"type":"gallery","pictures":[{"asset":"x","alt":alt},{"url":"http://x.org/b"}],"caption":caption})),
        (words(), words()).prop_map(|(provider, title)| json!({"type":"embed","url":"https://www.youtube.com/embed/x","provider":provider,"title":title})),
        (text(), text(), any::<bool>(), any::<bool>()).prop_map(|(one, two, row, column)| json!({"type":"table","caption":one,"header_row":row,"header_column":column,"rows":[[{"text":one},{"text":two,"columns":3}],[{"text":two},{"text":one}]]})),
        words().prop_map(|headline| json!({"type":"related","story":"s1","headline":headline})),
        words().prop_map(|name| json!({"type":"file","url":"/f","name":name})),
        words().prop_map(|text| json!({"type":"code","text":text,"language":"rust"})),
        Just(json!({"type":"divider"})), Just(json!({"type":"storyline","storyline":"s"})),
        words().prop_map(|words| json!({"type":"poll","words":words,"id":"p"})),
    ]
}

fn block() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(2, 8, 3, |inner| {
        let blocks = prop::collection::vec(inner, 0..3);
        prop_oneof![
            (text(), blocks.clone()).prop_map(|(title, blocks)| json!({"type":"callout","title":title,"blocks":blocks})),
            (words(), blocks).prop_map(|(author, blocks)| json!({"type":"entry","at":"2026-11-24T09:30:00Z","author":author,"key_event":true,"blocks":blocks})),
        ]
    })
}

fn document() -> impl Strategy<Value = Document> {
    prop::collection::vec(block(), 0..6)
        .prop_map(|blocks| Document::from_json(&json!({"version":1,"blocks":blocks}).to_string()).unwrap())
}

fn html() -> impl Strategy<Value = String> {
    let tag = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<li>",
        "</li>",
        "<ul>",
        "</ul>",
        "<ol>",
        "<dl>",
        "<dt>",
        "<dd>",
        "</dl>",
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "<th>",
        "</td>",
        "<caption>",
        "<thead>",
        "<figure>",
        "</figure>",
        "<figcaption>",
        "<img src=http://x.org/a>",
        "<blockquote>",
        "</blockquote>",
        "<cite>",
        "</cite>",
        "<pre>",
        "</pre>",
        "<details>",
        "<summary>",
        "</details>",
        "<a href=/x>",
        "</a>",
        "<span lang=ar>",
        "</span>",
        "<svg>",
        "</svg>",
        "<br>",
        "<hr>",
        "<h2>",
        "</h2>",
        "<small class=credit>",
        "</small>",
        "<aside class=callout>",
        "</aside>",
        "<p class=callout-title>",
        "<footer>",
        "<video>",
        "</video>",
        "<q>",
        "</q>",
        "<p data-block=a data-type=paragraph>",
        "<ul data-block=b>",
        "[caption]",
        "[/caption]",
        "text",
        " ",
        "\n\n",
        "\u{0}",
        "<script>",
        "</script>",
    ]);
    prop::collection::vec(tag, 0..30).prop_map(|tags| tags.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_document_comes_back_from_its_html(document in document()) {
        let carried = document.to_lossless_html();
        prop_assert_eq!(from_html(&carried).0, document, "{}", carried);
    }

    #[test]
    fn every_document_comes_back_from_its_json(document in document()) {
        prop_assert_eq!(Document::from_json(&document.to_json()), Ok(document));
    }

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        let _ = Document::from_json(&text);
        let document = from_html_with(&text, Options::wordpress()).0;
        prop_assert_eq!(Document::from_json(&document.to_json()), Ok(document));
    }

    #[test]
    fn any_tags_give_a_document_that_keeps_its_words(html in html()) {
        let document = from_html(&html).0;
        prop_assert_eq!(Document::from_json(&document.to_json()), Ok(document.clone()));
        prop_assert_eq!(&from_html(&document.to_lossless_html()).0, &document, "{}", html);
        let again = from_html(&document.to_html(&Plain)).0;
        let fold = |document: &Document| document.plain().split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert_eq!(fold(&again), fold(&document), "{} -> {}", html, document.to_html(&Plain));
        let wordpress = from_html_with(&html, Options::wordpress()).0;
        prop_assert_eq!(Document::from_json(&wordpress.to_json()), Ok(wordpress.clone()));
    }

    #[test]
    fn any_two_documents_can_be_compared(old in document(), new in document()) {
        let kept = diff(&old, &new).iter().filter(|change| !matches!(change, crate::Change::Removed(_))).count();
        prop_assert_eq!(kept, new.blocks.len());
    }
}
