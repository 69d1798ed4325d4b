//! JSON in: what is read, what is refused, and where it says the fault is.

use crate::{Document, Kind, MAX_BLOCKS};

/// Documents that are read.
pub(super) const GOOD: &[&str] = &[
    r##"{"version":1,"blocks":[]}"##,
    r##"{"version":1,"blocks":[{"id":"a1","type":"paragraph","text":[{"text":"Hi "},{"text":"you","marks":[{"type":"strong"},{"type":"link","href":"https://x.org/","title":"t"},{"type":"source","id":"s1"},{"type":"note","id":"n.1"},{"type":"lang","lang":"ar","dir":"rtl"}]}]}]}"##,
    r##"{"version":1,"blocks":[{"type":"heading","level":2,"text":[{"text":"H"}]},{"type":"divider"},{"type":"code","text":" x\n","language":"c++"}]}"##,
    r##"{"version":1,"blocks":[{"type":"list","ordered":true,"items":[{"text":[{"text":"a"}],"list":{"items":[{"text":[]}]}}]}]}"##,
    r##"{"version":1,"blocks":[{"type":"quote","text":[{"text":"q"}],"cite":[{"text":"w"}],"url":"https://x.org"},{"type":"pull_quote","text":[]}]}"##,
    r##"{"version":1,"blocks":[{"type":"picture","asset":"p1","alt":"A","caption":[{"text":"c"}],"credit":"me","width":1,"height":2},{"type":"gallery","pictures":[{"url":"http://x.org/a.png"}],"caption":[]}]}"##,
    r##"{"version":1,"blocks":[{"type":"embed","url":"https://x.org/","provider":"P","title":"T"},{"type":"file","url":"/f.pdf","name":"F","media_type":"application/pdf","size_bytes":3}]}"##,
    r##"{"version":1,"blocks":[{"type":"table","header_row":true,"rows":[[{"text":[{"text":"a"}],"columns":2}]],"caption":[{"text":"t"}]}]}"##,
    r##"{"version":1,"blocks":[{"type":"callout","title":[{"text":"t"}],"blocks":[{"type":"paragraph","text":[]}]},{"type":"related","story":"abc","headline":"H"},{"type":"storyline","storyline":"s"}]}"##,
    r##"{"version":1,"blocks":[{"type":"entry","at":"2026-11-24T09:30:00.5+03:00","headline":"h","key_event":true,"pinned":true,"author":"A","blocks":[{"type":"divider"}]}]}"##,
    r##"{"version":1,"blocks":[{"type":"poll","id":7,"x":[1.00,{"y":1e40}]}]}"##,
];

/// Code, path and JSON of documents that are refused.
pub(super) const BAD: &[(&str, &str, &str)] = &[
    ("markup.json", "$", "{"),
    ("markup.json", "$", r#"{"version":1}"#),
    ("markup.json", "$", r#"{"version":1,"blocks":[],"x":1}"#),
    ("markup.version", "version", r#"{"version":2,"blocks":[]}"#),
    ("markup.shape", "blocks[0]", r#"{"version":1,"blocks":[{}]}"#),
    (
        "markup.shape",
        "blocks[0]",
        r#"{"version":1,"blocks":[{"type":"paragraph"}]}"#,
    ),
    (
        "markup.shape",
        "blocks[1].text[0].text",
        r#"{"version":1,"blocks":[{"type":"divider"},{"type":"paragraph","text":[{"text":1}]}]}"#,
    ),
    (
        "markup.shape",
        "blocks[0].color",
        r#"{"version":1,"blocks":[{"type":"paragraph","text":[],"color":1}]}"#,
    ),
    (
        "markup.shape",
        "blocks[0].text[0].marks[0].type",
        r#"{"version":1,"blocks":[{"type":"paragraph","text":[{"text":"a","marks":[{"type":"blink"}]}]}]}"#,
    ),
    (
        "markup.url",
        "blocks[0].text[0].marks[0]",
        r#"{"version":1,"blocks":[{"type":"paragraph","text":[{"text":"a","marks":[{"type":"link","href":"javascript:alert(1)"}]}]}]}"#,
    ),
    (
        "markup.url",
        "blocks[0].url",
        r#"{"version":1,"blocks":[{"type":"embed","url":"data:text/html,x"}]}"#,
    ),
    (
        "markup.url",
        "blocks[0].url",
        r#"{"version":1,"blocks":[{"type":"embed","url":"/x"}]}"#,
    ),
    (
        "markup.id",
        "blocks[0].id",
        r#"{"version":1,"blocks":[{"type":"divider","id":"a b"}]}"#,
    ),
    (
        "markup.id",
        "blocks[0].story",
        r#"{"version":1,"blocks":[{"type":"related","story":"<x>"}]}"#,
    ),
    (
        "markup.id_twice",
        "blocks[1].id",
        r#"{"version":1,"blocks":[{"type":"divider","id":"a"},{"type":"divider","id":"a"}]}"#,
    ),
    (
        "markup.level",
        "blocks[0].level",
        r#"{"version":1,"blocks":[{"type":"heading","level":1,"text":[]}]}"#,
    ),
    (
        "markup.time",
        "blocks[0].at",
        r#"{"version":1,"blocks":[{"type":"entry","at":"yesterday"}]}"#,
    ),
    (
        "markup.time",
        "blocks[0].at",
        r#"{"version":1,"blocks":[{"type":"entry","at":"2026-13-24T09:30:00Z"}]}"#,
    ),
    (
        "markup.picture",
        "blocks[0].url",
        r#"{"version":1,"blocks":[{"type":"picture"}]}"#,
    ),
    (
        "markup.shape",
        "blocks[0].items",
        r#"{"version":1,"blocks":[{"type":"list","items":[]}]}"#,
    ),
    (
        "markup.level",
        "blocks[0].blocks[0].level",
        r#"{"version":1,"blocks":[{"type":"callout","blocks":[{"type":"heading","level":5,"text":[]}]}]}"#,
    ),
];

#[test]
fn faults_have_a_code_and_a_place() {
    for (code, path, json) in BAD {
        let error = Document::from_json(json).expect_err(json);
        assert_eq!(
            (error.code, error.path.as_str()),
            (*code, *path),
            "{json}: {error}"
        );
    }
}

#[test]
fn a_document_is_written_as_it_is_read() {
    for json in GOOD {
        let document = Document::from_json(json).unwrap();
        assert_eq!(
            Document::from_json(&document.to_json()).as_ref(),
            Ok(&document),
            "{json}"
        );
        let embedded: Document = serde_json::from_str(&document.to_json()).unwrap();
        assert_eq!(embedded, document);
    }
}

#[test]
fn unknown_blocks_are_kept_byte_for_byte() {
    let json = r#"{"version":1,"blocks":[{"type":"callout","blocks":[{ "z":1.00, "type":"poll","a":[ 1e400 ] ,"id":{}}]}]}"#;
    let document = Document::from_json(json).unwrap();
    assert!(
        document
            .to_json()
            .contains(r#"{ "z":1.00, "type":"poll","a":[ 1e400 ] ,"id":{}}"#),
        "{}",
        document.to_json()
    );
    assert!(matches!(
        document.walk().nth(1).map(|block| &block.kind),
        Some(Kind::Unknown(_))
    ));
}

#[test]
fn sizes_are_capped() {
    let wrap =
        |block: &str, times: usize| format!(r#"{{"version":1,"blocks":[{}]}}"#, vec![block; times].join(","));
    let code = |json: &str| {
        Document::from_json(json)
            .map(|_| "")
            .unwrap_or_else(|error| error.code)
    };
    assert_eq!(code(&wrap(r#"{"type":"divider"}"#, MAX_BLOCKS)), "");
    assert_eq!(
        code(&wrap(r#"{"type":"divider"}"#, MAX_BLOCKS + 1)),
        "markup.blocks"
    );
    let long = format!(r#"{{"type":"code","text":"{}"}}"#, "x".repeat(1_100_000));
    assert_eq!(code(&wrap(&long, 1)), "");
    assert_eq!(code(&wrap(&long, 2)), "markup.size");
    assert_eq!(
        code(&wrap(
            &format!(r#"{{"type":"x","a":{}}}"#, "[".repeat(1_000_000)),
            1
        )),
        "markup.depth"
    );
    assert_eq!(code(&" ".repeat(17 * 1024 * 1024)), "markup.size");
}

#[test]
fn blocks_get_the_same_ids_every_time_and_keep_them_when_others_come() {
    let json = |extra: &str| {
        format!(
            r#"{{"version":1,"blocks":[{extra}{{"type":"divider"}},{{"type":"divider"}},{{"type":"paragraph","text":[{{"text":"x"}}]}}]}}"#
        )
    };
    let ids = |json: &str| {
        Document::from_json(json)
            .unwrap()
            .walk()
            .map(|block| block.id.to_string())
            .collect::<Vec<_>>()
    };
    let first = ids(&json(""));
    assert_eq!(first, ids(&json("")));
    assert_eq!(first.iter().collect::<std::collections::HashSet<_>>().len(), 3);
    assert_eq!(first, ids(&json(r#"{"type":"code","text":"y"},"#))[1..]);
}
