//! What changed between two versions, as people read it.

use crate::{DiffWords, Document, changed_text, diff, diff_html, from_html};

fn compared(old: &str, new: &str) -> String {
    let words = DiffWords {
        added: "added:",
        removed: "removed:",
        changed: "changed:",
    };
    let html = diff_html(&diff(&from_html(old).0, &from_html(new).0), words);
    let html = html
        .replace("<span class=\"story-hidden\">added: </span>", "")
        .replace("<span class=\"story-hidden\">removed: </span>", "");
    html.lines()
        .map(|line| {
            line.replace("<p class=\"story-", "")
                .replace("</p>", "")
                .replacen("\">", " ", 1)
        })
        .collect::<Vec<_>>()
        .join(" | ")
}

/// Old, new, and the changes.
const CASES: &[(&str, &str, &str)] = &[
    ("<p>a", "<p>a", "kept a"),
    ("<p>a<p>c", "<p>a<p>b<p>c", "kept a | added <ins>b</ins> | kept c"),
    (
        "<p>a<p>b<p>c",
        "<p>a<p>c",
        "kept a | removed <del>b</del> | kept c",
    ),
    (
        "<p>Ten people died.",
        "<p>Eleven people died.",
        "changed <del>Ten</del><ins>Eleven</ins> people died.",
    ),
    (
        "<p>the old mill stood there",
        "<p>the new bridge stood there",
        "changed the <del>old mill</del><ins>new bridge</ins> stood there",
    ),
    (
        "<p id=b-x>one",
        "<p id=b-x>two",
        "changed <del>one</del><ins>two</ins>",
    ),
    (
        "<p>a<p>b",
        "<p>b<p>a",
        "added <ins>b</ins> | kept a | removed <del>b</del>",
    ),
    (
        "<p>x<img src=http://x.org/a>",
        "<p>x",
        "kept x | removed <del>picture</del>",
    ),
    (
        "<p id=b-x><a href=/a>x</a>",
        "<p id=b-x><a href=/b>x</a>",
        "changed <span class=\"story-hidden\">changed: </span>x",
    ),
    (
        "<p>a &lt;b&gt; c d",
        "<p>a &lt;i&gt; c d",
        "changed a <del>&lt;b&gt;</del><ins>&lt;i&gt;</ins> c d",
    ),
];

#[test]
fn changes_read_in_order() {
    for (old, new, expected) in CASES {
        assert_eq!(compared(old, new), *expected, "{old} -> {new}");
    }
}

#[test]
fn changed_text_holds_only_what_changed() {
    let (old, new) = (
        from_html("<p>same<p>Ten died there.").0,
        from_html("<p>same<p>Six died there.<p>more").0,
    );
    assert_eq!(
        changed_text(&old, &new),
        ("Ten died there.".to_owned(), "Six died there.\nmore".to_owned())
    );
    assert_eq!(changed_text(&old, &old), (String::new(), String::new()));
    assert_eq!(
        changed_text(&Document::default(), &old).1,
        "same\nTen died there."
    );
}
