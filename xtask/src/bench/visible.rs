//! From the request to publish until the story is seen on front, section, feed and search, beside uncached WordPress.

use super::peers::Peers;
use super::server;
use anyhow::{Context, Result};
use serde_json::json;
use std::path::Path;
use std::time::{Duration, Instant};

const ROUNDS: usize = 40;

pub fn measure(peers: &Peers, binary: &Path) -> Result<()> {
    let server = server(binary, &[])?;
    let token = server.desk_token()?;
    let places = [
        ("front", "/en/".to_owned()),
        ("section", "/en/world/".to_owned()),
        ("feed", "/en/feed.rss".to_owned()),
        ("search", "/api/v1/search?edition=en&q=".to_owned()),
    ];
    let mut seen: Vec<Vec<f64>> = vec![Vec::new(); places.len()];
    for n in 0..ROUNDS {
        // A story of its own for each place: who looks second would have waited for the first.
        for (times, (name, path)) in seen.iter_mut().zip(&places) {
            let word = format!("visible{}{name}x{n}", std::process::id());
            let draft = json!({ "edition": "en", "section": "world", "kind": "news", "headline": format!("Breaking {word}"),
                "body_html": "<p>Now.</p>" });
            let id = server.make(&token, &draft)?;
            let query = if *name == "search" { word.as_str() } else { "" };
            let url = format!("{}{path}{query}", server.origin);
            let start = Instant::now();
            server.release(&token, &id)?;
            times.push(until_seen(&url, &word, start)?);
        }
    }
    let wordpress = wordpress(peers)?;
    for (times, (name, _)) in seen.iter_mut().zip(&places) {
        times.sort_by(f64::total_cmp);
        let (median, tail) = (times[times.len() / 2], times[times.len() * 99 / 100]);
        println!(
            "visible on {name}: median {median:.1} ms, p99 {tail:.1} ms; WordPress {wordpress:.1} ms: {:.3} of it; must 0.1 and 100 ms, goal 0.05",
            median / wordpress
        );
    }
    Ok(())
}

fn until_seen(url: &str, word: &str, start: Instant) -> Result<f64> {
    loop {
        if crate::server::fetch(url)?.contains(word) {
            return Ok(start.elapsed().as_secs_f64() * 1_000.0);
        }
        anyhow::ensure!(
            start.elapsed() < Duration::from_secs(10),
            "{url} never shows {word}"
        );
    }
}

/// The median over front and feed of WordPress without a page cache.
fn wordpress(peers: &Peers) -> Result<f64> {
    if !peers.work.join("wp-auth").exists() {
        peers.script("install-wordpress.sh", &[], &[])?;
    }
    peers.script("start-wordpress.sh", &[], &[])?;
    let auth = std::fs::read_to_string(peers.work.join("wp-auth"))?;
    let encoded = crate::shell::output(
        "sh",
        &["-c", &format!("printf %s '{}' | base64 -w0", auth.trim())],
    )?;
    let (origin, authorization) = (
        "http://127.0.0.1:18081",
        format!("Authorization: Basic {encoded}"),
    );
    let (create, front) = (
        format!("{origin}/wp-json/wp/v2/posts"),
        format!("front={origin}/"),
    );
    let body = r#"{"title":"Breaking {m}","content":"<p>Something happened {m}.</p>","status":"publish"}"#;
    let args = [
        "--label",
        "wordpress",
        "--create",
        &create,
        "--header",
        "Content-Type: application/json",
        "--header",
        &authorization,
        "--body",
        body,
        "--watch",
        &front,
    ];
    let text = peers.python("visible.py", &args)?;
    peers.stop()?;
    let line = text
        .lines()
        .find(|line| line.contains("visible: front"))
        .context("visible.py says nothing")?;
    let median = line
        .split("median")
        .nth(1)
        .and_then(|rest| rest.split_whitespace().next());
    Ok(median.context("no median")?.parse()?)
}
