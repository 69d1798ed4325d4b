//! Twice the input, about twice the time: no input makes reading or comparing blow up.

use crate::{Document, Options, Plain, diff, from_html_with};
use std::time::{Duration, Instant};

/// Inputs that have hurt readers of HTML: the piece that is repeated, and what stands around it.
const SHAPES: &[(&str, &str, &str)] = &[
    ("", "<div>", ""),
    ("", "<b>", "x"),
    ("", "<b><p>x", ""),
    ("", "<a href=/x>", "x"),
    ("", "<font color=1><font color=2>x<p>", ""),
    ("", "<ul><li>", "x"),
    ("", "<blockquote>x", ""),
    ("", "<table><tr><td>x", ""),
    ("<table>", "<tr><td>x", ""),
    ("<p>", "<span lang=ar>x</span> y ", ""),
    ("<a ", "b ", ">x"),
    ("<a ", "b1='x' ", ">x"),
    ("", "<!--", ""),
    ("", "<!-- x --!", ""),
    ("", "&amp", ""),
    ("", "&CounterClockwiseContourIntegra", ""),
    ("", "</x>", ""),
    ("", "<svg><p>", ""),
    ("", "<script></scrip", ""),
    ("", "[a ", ""),
    ("", "[caption]", "x"),
    ("", "\n\n<br>x", ""),
    ("<pre>", "<pre>\n", ""),
    ("", "<figure><img src=http://x.org/a><figcaption>x", ""),
    ("", "<details><summary>x", ""),
    ("", "<dl><dt>x<dd>y", ""),
    ("<ul>", "<li data-block=x>", ""),
    ("", "<p style='a:b;c:d'>x", ""),
];

fn time(work: &dyn Fn()) -> Duration {
    let once = || {
        let begin = Instant::now();
        work();
        begin.elapsed()
    };
    (0..3).map(|_| once()).min().unwrap_or_default()
}

/// Best of three, so that a busy machine does not make it red; far from the fourfold of a quadratic.
fn assert_linear(name: &str, work: &dyn Fn(usize)) {
    let (small, large) = (time(&|| work(1)), time(&|| work(8)));
    let limit = small * 24 + Duration::from_millis(100);
    assert!(
        large < limit,
        "{name}: {small:?} for one part, {large:?} for eight"
    );
}

#[test]
fn reading_html_takes_time_in_proportion() {
    for (before, piece, after) in SHAPES {
        let work = |times: usize| {
            let html = format!("{before}{}{after}", piece.repeat(8_000 * times / piece.len()));
            let document = from_html_with(&html, Options::wordpress()).0;
            let _ = document.to_html(&Plain);
            assert_eq!(
                Document::from_json(&document.to_json()).as_ref(),
                Ok(&document),
                "{piece}"
            );
        };
        assert_linear(piece, &work);
    }
}

#[test]
fn a_hundred_thousand_open_elements_are_no_depth() {
    for (_, piece, _) in SHAPES {
        let html = piece.repeat(100_000 / 8);
        let document = from_html_with(&html, Options::default()).0;
        assert!(Document::from_json(&document.to_json()).is_ok());
    }
    assert_eq!(
        from_html_with(&format!("{}x", "<div>".repeat(100_000)), Options::default())
            .0
            .plain(),
        "x"
    );
}

#[test]
fn a_long_link_around_many_runs_does_not_multiply() {
    let html = format!(
        "<a href='https://x.org/{}'>{}",
        "y".repeat(4_000),
        "<b>a</b>b".repeat(20_000)
    );
    let document = from_html_with(&html, Options::default()).0;
    assert_eq!(document.plain().len(), 40_000);
    assert!(document.to_json().len() < 16 * 1024 * 1024);
    assert!(Document::from_json(&document.to_json()).is_ok());
}

#[test]
fn what_is_too_long_is_cut_with_a_warning_and_still_a_document() {
    let html = "<p>word word".repeat(100_000);
    let (document, warnings) = from_html_with(&html, Options::default());
    assert!(warnings.iter().any(|warning| warning.code == "html.truncated"));
    assert!(Document::from_json(&document.to_json()).is_ok());
}

#[test]
fn comparing_takes_time_in_proportion() {
    let shuffled = |times: usize, salt: usize| {
        let word = |at: usize| format!("w{} ", (at * 7_919 + salt) % 10_007);
        let html: String = (0..500 * times)
            .map(|at| {
                format!(
                    "<p>{}</p>",
                    (0..20).map(|step| word(at * 20 + step)).collect::<String>()
                )
            })
            .collect();
        from_html_with(&html, Options::default()).0
    };
    let pairs: Vec<_> = [1, 8]
        .iter()
        .map(|times| (shuffled(*times, 1), shuffled(*times, 5_000)))
        .collect();
    assert_linear("diff", &|times| {
        drop(diff(
            &pairs[usize::from(times > 1)].0,
            &pairs[usize::from(times > 1)].1,
        ))
    });
}
