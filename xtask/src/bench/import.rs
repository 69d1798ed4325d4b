//! How many stories a second an import takes in.

use super::peers::Peers;
use super::{median, server};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

const STORIES: usize = 20_000;
const ROUNDS: usize = 3;

pub fn measure(peers: &Peers, binary: &Path) -> Result<()> {
    let file = lines(peers, STORIES)?;
    let mut rates = Vec::new();
    for _ in 0..ROUNDS {
        let server = server(binary, &["--no-sample"])?;
        server.command(
            &[
                "edition",
                "add",
                "--code",
                "en",
                "--name",
                "Bench",
                "--language",
                "en",
            ],
            None,
        )?;
        let start = Instant::now();
        let report = server.command(&["import", "jsonl", &file.to_string_lossy(), "--json"], None)?;
        let seconds = start.elapsed().as_secs_f64();
        let report: Value = serde_json::from_str(report.lines().last().unwrap_or_default())?;
        anyhow::ensure!(report["made"] == STORIES, "the import says {report}");
        rates.push(STORIES as f64 / seconds);
    }
    println!(
        "import: {:.0} stories/s while serving, {STORIES} stories; must 3,000",
        median(&rates)
    );
    Ok(())
}

/// Stories of the generator that the references are filled with, as JSON lines.
pub fn lines(peers: &Peers, count: usize) -> Result<PathBuf> {
    let posts = std::env::temp_dir().join(format!("wireroom-bench-posts-{count}.jsonl"));
    let lines = posts.with_extension("lines.jsonl");
    if lines.exists() {
        return Ok(lines);
    }
    peers.python("gen.py", &["posts", &posts.to_string_lossy(), &count.to_string()])?;
    let mut out = std::io::BufWriter::new(std::fs::File::create(&lines)?);
    for (n, line) in std::fs::read_to_string(&posts)?.lines().enumerate() {
        let post: Value = serde_json::from_str(line).context("a post of the generator")?;
        let day = 1 + n % 28;
        let story = json!({ "id": n.to_string(), "lang": "en", "title": post["title"], "date": format!("2025-{:02}-{day:02}", 1 + n / 28 % 12),
            "body_html": post["html"], "tags": post["tags"], "section": "world" });
        writeln!(out, "{story}")?;
    }
    Ok(lines)
}
