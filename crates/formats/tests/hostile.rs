//! Input made to hurt: every reader ends in time, in bounds, and with a name for what was wrong.

mod corpus;

use formats::{Format, Imported, Refusal, blogger, detect, ghost, jsonl, wxr};
use proptest::prelude::*;
use std::time::{Duration, Instant};

type Outcome = (Vec<Imported>, Vec<Refusal>);

fn sort(items: impl Iterator<Item = Result<Imported, Refusal>>) -> Outcome {
    let (mut taken, mut refused) = (Vec::new(), Vec::new());
    for item in items {
        match item {
            Ok(story) => taken.push(story),
            Err(refusal) => refused.push(refusal),
        }
    }
    (taken, refused)
}

fn read_wxr(bytes: &[u8]) -> Outcome {
    sort(wxr::items(bytes))
}

type Read = fn(&[u8]) -> Outcome;

const READERS: [(&str, Read); 4] = [
    ("wxr", read_wxr),
    ("blogger", |bytes| sort(blogger::items(bytes))),
    ("ghost", |bytes| sort(ghost::items(bytes))),
    ("jsonl", |bytes| sort(jsonl::items(bytes))),
];

fn item(id: usize, content: &str) -> String {
    format!(
        "<item><title>Story {id}</title><wp:post_id>{id}</wp:post_id><wp:post_type>post</wp:post_type>\
         <wp:status>publish</wp:status><wp:post_date_gmt>2026-11-24 08:00:00</wp:post_date_gmt>\
         <content:encoded>{content}</content:encoded></item>"
    )
}

fn export(prologue: &str, inside: &str) -> String {
    format!(
        "{prologue}<rss version=\"2.0\" xmlns:wp=\"http://wordpress.org/export/1.2/\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel>{inside}</channel></rss>"
    )
}

/// One story, then something that must end the reading with `code`.
fn refused(document: &str, code: &str) {
    let started = Instant::now();
    let (_, refusals) = read_wxr(document.as_bytes());
    let codes: Vec<_> = refusals.iter().map(|refusal| refusal.code).collect();
    assert_eq!(codes, [code], "{}", &document[..document.len().min(200)]);
    assert!(refusals[0].place.byte.is_some(), "{refusals:?}");
    assert!(
        started.elapsed() < Duration::from_secs(2),
        "{code} took {:?}",
        started.elapsed()
    );
}

#[test]
fn a_plain_story_is_taken_so_that_the_refusals_below_mean_something() {
    let (taken, refused) = read_wxr(export("", &item(1, "Words")).as_bytes());
    assert_eq!((taken.len(), refused.len()), (1, 0), "{refused:?}");
}

#[test]
fn entities_of_a_document_type_are_refused_before_they_grow() {
    let levels: String = (1..10)
        .map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10)))
        .collect();
    let laughs = format!("<!DOCTYPE rss [<!ENTITY l0 \"lol\">{levels}]>");
    refused(&export(&laughs, &item(1, "&l9;")), "xml.doctype");
    let outside = "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
    refused(&export(outside, &item(1, "&x;")), "xml.doctype");
    refused(
        &export(
            "<!DOCTYPE rss SYSTEM \"http://127.0.0.1:9/trap.dtd\">",
            &item(1, "a"),
        ),
        "xml.doctype",
    );
    let blowup = format!("<!DOCTYPE rss [<!ENTITY a \"{}\">]>", "a".repeat(1 << 20));
    refused(&export(&blowup, &item(1, &"&a;".repeat(10_000))), "xml.doctype");
}

#[test]
fn what_only_a_document_type_could_define_is_refused() {
    refused(&export("", &item(1, "&nbsp;")), "xml.unknown_entity");
    refused(&export("", &item(1, "&#0;")), "xml.ill_formed");
}

#[test]
fn depth_and_attributes_have_an_end() {
    let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    refused(&export("", &deep), "xml.too_deep");
    let many = |count: usize| (0..count).map(|n| format!(" a{n}=\"\"")).collect::<String>();
    refused(
        &export("", &format!("<x{}/>", many(65))),
        "xml.too_many_attributes",
    );
    assert!(
        read_wxr(export("", &format!("<x{}/>", many(64))).as_bytes())
            .1
            .is_empty()
    );
    refused(
        &export("", &format!("<x{}/>", many(200_000))),
        "xml.too_many_attributes",
    );
    refused(&export("", "<x a=\"1\" a=\"2\"/>"), "xml.ill_formed");
    let spaces: String = (0..100_000).map(|n| format!(" xmlns:n{n}=\"u\"")).collect();
    let (_, refusals) = read_wxr(export("", &format!("<x{spaces}/>")).as_bytes());
    assert_eq!(refusals.len(), 1, "{refusals:?}");
}

#[test]
fn one_text_and_one_item_have_a_largest_size() {
    refused(&export("", &item(1, &"a".repeat(9 << 20))), "xml.too_large");
    refused(
        &export("", &format!("<x a=\"{}\"/>", "a".repeat(9 << 20))),
        "xml.too_large",
    );
    refused(&export("", &format!("<{}>", "n".repeat(2_000))), "xml.too_large");
    let fields = format!(
        "<wp:postmeta><wp:meta_key>k</wp:meta_key><wp:meta_value>{}</wp:meta_value></wp:postmeta>",
        "v".repeat(1 << 20)
    );
    let big = item(1, "a").replace("</item>", &format!("{}</item>", fields.repeat(20)));
    refused(&export("", &big), "wxr.item_too_large");
}

#[test]
fn encodings_that_are_not_utf8_are_named() {
    let latin = export("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>", &item(1, "a"));
    refused(&latin, "xml.encoding");
    refused(
        &export("<?xml version=\"1.0\" encoding=\"UTF-16\"?>", &item(1, "a")),
        "xml.encoding",
    );
    let mut broken = export("", &item(1, "caf#")).into_bytes();
    let at = broken.iter().position(|byte| *byte == b'#').unwrap();
    broken[at] = 0xE9;
    assert_eq!(read_wxr(&broken).1[0].code, "xml.not_utf8");
    let wide = export("", &item(1, "a"))
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect::<Vec<u8>>();
    for bytes in [wide.clone(), [vec![0xFF, 0xFE], wide].concat()] {
        let (taken, refused) = read_wxr(&bytes);
        assert!(taken.is_empty() && refused.len() == 1, "{refused:?}");
        assert!(
            ["xml.encoding", "xml.ill_formed", "xml.not_utf8"].contains(&refused[0].code),
            "{refused:?}"
        );
    }
}

#[test]
fn forbidden_characters_are_dropped_with_a_warning() {
    let (taken, refused) = read_wxr(export("", &item(1, "a\u{0}b\u{b}c\u{FFFE}d")).as_bytes());
    assert!(refused.is_empty(), "{refused:?}");
    assert_eq!(taken[0].body, formats::Body::Html("<p>abcd</p>".into()));
    assert!(
        taken[0]
            .warnings
            .iter()
            .any(|warning| warning.code == "text.characters")
    );
}

#[test]
fn lines_that_are_no_stories_are_refused_one_by_one() {
    let long = format!(
        "{{\"id\":\"x\",\"body_text\":\"{}\"}}",
        "a".repeat(jsonl::MAX_LINE_BYTES)
    );
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let good = r#"{"id": 7, "body_text": "b", "title": "t", "date": "2026-11-24", "mine": [1]}"#;
    let lines = [
        "{\"id\":",
        "[]",
        "{}",
        r#"{"id":"a"}"#,
        r#"{"id":[],"body_text":"x"}"#,
        &long,
        &deep,
        "",
        "\u{0}",
        good,
    ];
    let (taken, refused) = sort(jsonl::items(lines.join("\n").as_bytes()));
    let found: Vec<_> = refused
        .iter()
        .map(|refusal| (refusal.place.line.unwrap(), refusal.code))
        .collect();
    let expected = [
        (1, "jsonl.not_json"),
        (2, "jsonl.not_object"),
        (3, "jsonl.no_id"),
        (4, "jsonl.no_body"),
        (5, "jsonl.wrong_type"),
        (6, "jsonl.line_too_long"),
        (7, "jsonl.not_json"),
        (9, "jsonl.not_json"),
    ];
    assert_eq!(found, expected);
    assert_eq!(taken.len(), 1);
    assert_eq!(
        (taken[0].external_id.as_str(), &taken[0].extra["mine"][0]),
        ("7", &1.into())
    );
    assert_eq!(sort(jsonl::items(&b"\xff\xfe{}"[..])).1[0].code, "jsonl.not_utf8");
}

#[test]
fn broken_bodies_of_ghost_are_empty_with_a_warning() {
    let deep = format!(
        "{{\"root\":{}{}",
        "{\"children\":[".repeat(50_000),
        "]}".repeat(50_000)
    );
    for json in [
        "",
        "{}",
        "null",
        "{\"root\":[]}",
        "{\"sections\":[[10,99],[1],[],7,[1,\"p\",[[0,[9],9,3]]]]}",
        &deep,
    ] {
        let (lexical, mobiledoc) = (ghost::lexical_html(json), ghost::mobiledoc_html(json));
        assert!(!lexical.warnings.is_empty(), "{}", &json[..json.len().min(50)]);
        assert!(!mobiledoc.warnings.is_empty(), "{}", &json[..json.len().min(50)]);
    }
}

/// Files cut at every 997th byte: what was whole before the cut comes, then one fault.
#[test]
fn a_file_cut_anywhere_gives_what_was_whole() {
    let news: String = (0..60)
        .map(|id| {
            format!(
                "{{\"id\":\"{id}\",\"title\":\"T\",\"body_text\":\"{}\"}}\n",
                "w ".repeat(300)
            )
        })
        .collect();
    let samples = [
        (
            "wxr",
            corpus::file("wxr/real/atmospheresolutions.en.xml"),
            "</item>",
        ),
        ("ghost", corpus::file("ghost/v3/v3_export.json"), ""),
        ("jsonl", Some(news.into_bytes()), "}\n"),
    ];
    for (format, sample, item_end) in samples {
        let Some(sample) = sample else { continue };
        let read = READERS.iter().find(|(name, _)| *name == format).unwrap().1;
        let whole = read(&sample);
        let mut before = 0;
        for cut in (0..sample.len()).step_by(997) {
            let (taken, refused) = read(&sample[..cut]);
            let found = taken.len()
                + refused
                    .iter()
                    .filter(|r| r.code == "wxr.attachment" || r.code == "wxr.post_type")
                    .count();
            let faults = taken.len() + refused.len() - found;
            assert!(faults <= 1, "{format} cut at {cut}: {refused:?}");
            assert!(
                found >= before,
                "{format} cut at {cut}: fewer stories than in a shorter piece"
            );
            if !item_end.is_empty() {
                let ends = String::from_utf8_lossy(&sample[..cut]).matches(item_end).count();
                assert!(
                    found == ends || found == ends + 1,
                    "{format} cut at {cut}: {found} of {ends}"
                );
            }
            let same = taken
                .iter()
                .zip(&whole.0)
                .all(|(cut, whole)| cut.external_id == whole.external_id && cut.body == whole.body);
            assert!(same, "{format} cut at {cut}");
            before = found;
        }
        assert!(before > 0, "{format}: no piece gave a story");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_end_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        for (_, read) in READERS {
            read(&bytes);
        }
        detect(&bytes);
    }

    #[test]
    fn any_text_in_the_right_places_is_taken(text in "\\PC{0,200}") {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
        let (taken, refused) = read_wxr(export("", &item(1, &escaped)).as_bytes());
        prop_assert!(taken.len() == 1 && refused.is_empty(), "{refused:?}");
        ghost::markdown_html(&text);
        ghost::lexical_html(&text);
        ghost::mobiledoc_html(&text);
    }

    #[test]
    fn pieces_of_the_formats_in_any_order_end_without_a_panic(parts in prop::collection::vec(0..PIECES.len(), 0..40)) {
        let text: String = parts.into_iter().map(|at| PIECES[at]).collect();
        for (_, read) in READERS {
            read(text.as_bytes());
            read(export("", &text).as_bytes());
        }
        ghost::markdown_html(&text);
    }
}

const PIECES: [&str; 24] = [
    "<item>",
    "</item>",
    "<wp:comment>",
    "</wp:comment>",
    "<wp:postmeta>",
    "<category domain='category'>",
    "</category>",
    "<![CDATA[",
    "]]>",
    "<content:encoded>",
    "</content:encoded>",
    "&lt;p>",
    "&lt;!-- ",
    "[caption a=\"",
    "]",
    "[/caption]",
    "é",
    "\u{1F600}",
    "{\"db\":[{\"data\":{\"posts\":[",
    "{\"id\":1}",
    "]}}]}",
    "\"",
    "\n",
    "<!--",
];

#[test]
fn the_corpus_is_told_apart() {
    for (folder, ending, format) in [("wxr", ".xml", Format::Wxr), ("ghost", ".json", Format::Ghost)] {
        for (path, bytes) in corpus::files(folder, ending) {
            let expected = (!path.ends_with("wagtail/test.xml")).then_some(format);
            assert_eq!(detect(&bytes), expected, "{path}");
        }
    }
}
