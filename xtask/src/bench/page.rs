//! A story page and the front from the page store, beside nginx serving the same bytes as a file; both pinned to one core.

use super::peers::Peers;
use super::wrk::{Burst, burst};
use super::{median, server, tell};
use crate::server::Server;
use crate::shell::{output, run};
use anyhow::{Context, Result};
use serde_json::json;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const ROUNDS: usize = 5;
const SECONDS: u32 = 3;
/// The size of the story page that the targets speak of.
const PAGE_BYTES: usize = 30_000;

pub fn measure(peers: &Peers, binary: &Path) -> Result<()> {
    let server = server(binary, &[])?;
    let token = server.desk_token()?;
    let url = story(peers, &server, &token)?;
    pin(&server)?;
    still(peers, &url)?;
    busy_front(peers, &server, &token)?;
    println!(
        "memory of the server after this: {:.1} MiB (PSS)",
        server.memory_mib()?
    );
    peers.stop()
}

/// Publishes a story whose page has about the size that is asked for.
fn story(peers: &Peers, server: &Server, token: &str) -> Result<String> {
    let file = std::env::temp_dir().join("wireroom-bench-article.html");
    let shell = page_bytes(server, "/en/")?;
    let wanted = PAGE_BYTES.saturating_sub(shell.min(PAGE_BYTES - 10_000) / 2);
    peers.python(
        "gen.py",
        &["article", &file.to_string_lossy(), &wanted.to_string()],
    )?;
    let article = std::fs::read_to_string(&file)?;
    let body = article
        .split_once("<body>")
        .map_or(article.as_str(), |(_, body)| body);
    let draft = json!({ "edition": "en", "section": "world", "kind": "news", "headline": "A page to be measured", "body_html": body });
    server.publish(token, &draft)
}

fn page_bytes(server: &Server, path: &str) -> Result<usize> {
    Ok(output("curl", &["-sf", &format!("{}{path}", server.origin)])?.len())
}

/// The story page, identity and gzip, round by round in turn with the file.
fn still(peers: &Peers, url: &str) -> Result<()> {
    let file = file_of(peers, url)?;
    println!(
        "the story page has {} bytes",
        std::fs::metadata(peers.work.join("www/article.html"))?.len()
    );
    for (name, header) in [("identity", None), ("gzip", Some("Accept-Encoding: gzip"))] {
        let (mut rates, mut tails) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let (reference, ours) = (burst(&file, SECONDS, header)?, burst(url, SECONDS, header)?);
            println!(
                "  {name}: nginx {:.0}/s, ours {:.0}/s",
                reference.per_second, ours.per_second
            );
            rates.push(ours.per_second / reference.per_second);
            tails.push(ours.p99_ms / reference.p99_ms);
        }
        tell(&format!("page {name}"), &rates, "nginx", "must 0.9, goal 1.0");
        tell(&format!("page {name}, p99"), &tails, "nginx's", "must 1.0");
    }
    Ok(())
}

/// The front, while a story is published every second. It may never be stale: after each publish it is asked for once more.
fn busy_front(peers: &Peers, server: &Server, token: &str) -> Result<()> {
    let front = format!("{}/en/", server.origin);
    let file = file_of(peers, &front)?;
    let stop = AtomicBool::new(false);
    let (bursts, stale) = std::thread::scope(|scope| -> Result<(Vec<(Burst, Burst)>, usize)> {
        let publisher = scope.spawn(|| publish_every_second(server, token, &stop));
        let rounds =
            || (0..ROUNDS).map(|_| Ok((burst(&file, SECONDS, None)?, burst(&front, SECONDS, None)?)));
        let bursts = rounds().collect::<Result<Vec<_>>>();
        stop.store(true, Ordering::Relaxed);
        let stale = publisher
            .join()
            .map_err(|_| anyhow::anyhow!("the publisher panicked"))??;
        Ok((bursts?, stale))
    })?;
    let ratios: Vec<f64> = bursts
        .iter()
        .map(|(reference, ours)| ours.per_second / reference.per_second)
        .collect();
    tell(
        "front, a story published every second",
        &ratios,
        "nginx",
        "must 0.8, goal 0.9",
    );
    let tails: Vec<f64> = bursts.iter().map(|(_, ours)| ours.p99_ms).collect();
    println!(
        "front: {stale} stale answers (must 0); p99 {:.2} ms",
        median(&tails)
    );
    Ok(())
}

/// Gives how often the front did not show what had just been published.
fn publish_every_second(server: &Server, token: &str, stop: &AtomicBool) -> Result<usize> {
    let mut stale = 0;
    for n in 0.. {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let headline = format!("Bench story {n} of {}", std::process::id());
        let draft = json!({ "edition": "en", "section": "world", "kind": "news", "headline": headline, "body_html": "<p>It happened.</p>" });
        server.publish(token, &draft)?;
        let front = output("curl", &["-sf", &format!("{}/en/", server.origin)])?;
        stale += usize::from(!front.contains(&headline));
        std::thread::sleep(Duration::from_secs(1));
    }
    Ok(stale)
}

/// Puts what an address answers into nginx's folder, plain and gzipped, and starts nginx on the first core.
fn file_of(peers: &Peers, url: &str) -> Result<String> {
    let folder = peers.work.join("www");
    std::fs::create_dir_all(&folder)?;
    let plain = folder.join("article.html").to_string_lossy().into_owned();
    run("curl", &["-sf", "-o", &plain, url])?;
    run(
        "curl",
        &[
            "-sf",
            "-H",
            "Accept-Encoding: gzip",
            "-o",
            &format!("{plain}.gz"),
            url,
        ],
    )?;
    peers.script("start-static.sh", &["1", "0"], &[])?;
    Ok("http://127.0.0.1:18080/article.html".to_owned())
}

fn pin(server: &Server) -> Result<()> {
    run("taskset", &["-a", "-cp", "0", &server.pid().to_string()]).context("pinning the server")
}
