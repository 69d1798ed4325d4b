//! Texts that hide, turn, pile up, or want to run.

use crate::text::{LONGEST, Text, clean};
use proptest::prelude::*;

fn html(source: &str) -> String {
    Text::read(&clean(source).unwrap()).to_html()
}

#[test]
fn the_small_markdown_is_read_and_nothing_more() {
    let cases = [
        (
            "**b** and *i* `c`",
            "<p><strong>b</strong> and <em>i</em> <code>c</code></p>",
        ),
        ("> said\n\nno", "<blockquote><p>said</p></blockquote><p>no</p>"),
        ("one\ntwo", "<p>one<br>two</p>"),
        ("```\nlet x;\n```", "<pre><code>let x;</code></pre>"),
        ("# not a title", "<p># not a title</p>"),
        ("1. a\n2. b", "<p>1. a</p><p>2. b</p>"),
        ("![x](https://evil.example/a.png)", "<p>x</p>"),
        ("a & b < c", "<p>a &amp; b &lt; c</p>"),
        ("5 * 3 * 2", "<p>5 * 3 * 2</p>"),
    ];
    for (source, expected) in cases {
        assert_eq!(html(source), expected, "{source:?}");
    }
}

#[test]
fn web_addresses_are_linked_and_no_others() {
    let link = |url: &str| format!("<a href=\"{url}\" rel=\"nofollow ugc noopener noreferrer\">{url}</a>");
    assert_eq!(
        html("see https://a.example/x_y?b=1."),
        format!("<p>see {}.</p>", link("https://a.example/x_y?b=1"))
    );
    assert_eq!(
        html("(https://a.example/x)"),
        format!("<p>({})</p>", link("https://a.example/x"))
    );
    for dead in [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,hi)",
        "[x](https://bank.example@evil.example/)",
        "[x](//evil.example/)",
        "[x](/relative)",
        "<javascript:alert(1)>",
        "[x](&#106;avascript:alert(1))",
    ] {
        assert!(!html(dead).contains("href"), "{dead}: {}", html(dead));
    }
}

#[test]
fn no_tag_comes_from_outside() {
    for source in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<div>\n\n**x**\n\n</div>",
        "`<script>`",
        "```\n</code></pre><script>alert(1)</script>\n```",
        "[<b>](https://a.example/\"onmouseover=alert(1))",
        "<!-- --><svg onload=alert(1)>",
    ] {
        let html = html(source);
        for bad in ["<script", "<img", "<div", "<svg", "<b>", "onmouseover=\""] {
            assert!(!html.contains(bad), "{source}: {html}");
        }
    }
}

#[test]
fn what_hides_or_turns_is_taken_out() {
    let cases = [
        ("a\u{202E}b\u{2066}c", "abc"),
        ("a\u{200B}\u{2060}\u{FEFF}b", "ab"),
        ("a\u{E0061}\u{E007F}b", "ab"),
        ("a\0b\u{7}c", "abc"),
        ("a\r\nb\rc\u{2028}d", "a\nb\nc\nd"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("می\u{200C}خواهم", "می\u{200C}خواهم"),
        ("a\u{200D}\u{200D}\u{200D}b", "a\u{200D}b"),
        ("e\u{301}", "é"),
    ];
    for (source, expected) in cases {
        assert_eq!(clean(source).unwrap(), expected, "{source:?}");
    }
    let zalgo = format!("z{}", "\u{336}\u{35C}\u{317}".repeat(30));
    assert!(clean(&zalgo).unwrap().chars().count() <= 5);
    for nothing in [
        "",
        "  \n ",
        "\u{200B}",
        "\u{200D}\u{200D}",
        "\u{3164}",
        "\u{2800}",
        "\u{301}",
    ] {
        assert_eq!(
            clean(nothing).unwrap_err().code(),
            "rooms.text_empty",
            "{nothing:?}"
        );
    }
    assert!(clean(&"й".repeat(LONGEST)).is_ok());
    assert_eq!(
        clean(&"a".repeat(LONGEST + 1)).unwrap_err().code(),
        "rooms.text_long"
    );
    assert_eq!(clean(&"a".repeat(1 << 20)).unwrap_err().code(), "rooms.text_long");
}

#[test]
fn depth_has_an_end() {
    for source in [
        ">".repeat(5_000),
        "*".repeat(5_000),
        "[".repeat(5_000),
        "- ".repeat(2_000),
        "**a *b ".repeat(700),
    ] {
        let text = Text::read(&clean(&format!("{source} x")).unwrap());
        let json = serde_json::to_string(&text).unwrap();
        assert_eq!(serde_json::from_str::<Text>(&json).unwrap(), text);
    }
}

proptest! {
    #[test]
    fn any_text_is_read_back_as_it_was_kept(source in "\\PC{0,200}") {
        if let Ok(cleaned) = clean(&source) {
            prop_assert_eq!(clean(&cleaned).unwrap(), cleaned.clone());
            let text = Text::read(&cleaned);
            let json = serde_json::to_string(&text).unwrap();
            prop_assert_eq!(serde_json::from_str::<Text>(&json).unwrap(), text.clone());
            let html = text.to_html();
            let open = html.matches('<').count();
            prop_assert_eq!(open, html.matches('>').count());
        }
    }
}
