//! No reader's time grows faster than its input.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use formats::{Imported, Refusal, ghost, jsonl, wxr};
use std::time::{Duration, Instant};

type Read = fn(&[u8]) -> Vec<Result<Imported, Refusal>>;
type Make = Box<dyn Fn(usize) -> String>;

fn read_wxr(bytes: &[u8]) -> Vec<Result<Imported, Refusal>> {
    wxr::items(bytes).collect()
}

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

/// Twice the input may not take much more than twice the time: 2.5 by the plan, and room for a busy machine.
#[test]
fn time_grows_with_the_input_and_not_faster() {
    let post =
        |id: usize, body: &str| format!("{{\"id\":{id},\"title\":\"t\",\"html\":null,\"lexical\":{body:?}}}");
    let shapes: [(&str, Read, Make); 12] = [
        (
            "items",
            read_wxr,
            Box::new(|n| export("", &(0..n / 100).map(|id| item(id, "word")).collect::<String>())),
        ),
        (
            "terms",
            read_wxr,
            Box::new(|n| {
                let terms = (0..n / 100)
                    .map(|id| format!("<wp:author><wp:author_login>u{id}</wp:author_login></wp:author>"));
                export("", &format!("{}{}", terms.collect::<String>(), item(1, "a")))
            }),
        ),
        (
            "comments",
            read_wxr,
            Box::new(|n| {
                let comments =
                    "<wp:comment><wp:comment_content>a</wp:comment_content></wp:comment>".repeat(n / 70);
                export(
                    "",
                    &item(1, "a").replace("</item>", &format!("{comments}</item>")),
                )
            }),
        ),
        (
            "categories",
            read_wxr,
            Box::new(|n| {
                let terms = (0..n / 50).map(|id| format!("<category domain=\"category\">c{id}</category>"));
                export(
                    "",
                    &item(1, "a").replace("</item>", &format!("{}</item>", terms.collect::<String>())),
                )
            }),
        ),
        (
            "open brackets",
            read_wxr,
            Box::new(|n| export("", &item(1, &"[abc ".repeat(n / 5)))),
        ),
        (
            "captions",
            read_wxr,
            Box::new(|n| export("", &item(1, &"[caption]x[/caption]".repeat(n / 20)))),
        ),
        (
            "open captions",
            read_wxr,
            Box::new(|n| export("", &item(1, &"[caption".repeat(n / 8)))),
        ),
        (
            "open tags",
            read_wxr,
            Box::new(|n| export("", &item(1, &"&lt;pre>&lt;a \"".repeat(n / 16)))),
        ),
        (
            "ampersands",
            read_wxr,
            Box::new(|n| export("", &item(1, "a").replace("Story 1", &"&amp;a".repeat(n / 6)))),
        ),
        (
            "ghost posts",
            |b| ghost::items(b).collect(),
            Box::new(move |n| {
                let posts: Vec<_> = (0..n / 60).map(|id| post(id, "{}")).collect();
                format!(
                    "{{\"meta\":{{\"version\":\"5\"}},\"data\":{{\"posts\":[{}]}}}}",
                    posts.join(",")
                )
            }),
        ),
        (
            "markdown",
            |b| ghost::items(b).collect(),
            Box::new(|n| {
                format!(
                    "{{\"data\":{{\"posts\":[{{\"id\":1,\"markdown\":{:?}}}]}}}}",
                    "==a *[b](c `<x".repeat(n / 14)
                )
            }),
        ),
        (
            "lines",
            |b| jsonl::items(b).collect(),
            Box::new(|n| "{\"id\":1,\"body_text\":\"a\"}\n".repeat(n / 25)),
        ),
    ];
    for (name, read, make) in shapes {
        let (small, large) = (make(100_000), make(200_000));
        let fastest = |text: &str| {
            let runs = (0..5).map(|_| {
                let started = Instant::now();
                std::hint::black_box(read(text.as_bytes()));
                started.elapsed()
            });
            runs.min().unwrap().max(Duration::from_micros(200))
        };
        let ratio = (0..3)
            .map(|_| fastest(&large).as_secs_f64() / fastest(&small).as_secs_f64())
            .fold(f64::MAX, f64::min);
        println!("{name}: {ratio:.2}");
        assert!(
            ratio <= 3.0,
            "{name}: twice the input took {ratio:.2} times as long"
        );
    }
}
