//! From a cold start to the first answer, beside WordPress; and with 100,000 stories.

use super::peers::Peers;
use super::{import, median, server};
use anyhow::{Context, Result};
use std::path::Path;

const ROUNDS: usize = 5;
/// So many stories are in the large newsroom.
const LARGE: usize = 100_000;

pub fn measure(peers: &Peers, binary: &Path) -> Result<()> {
    let mut sample = server(binary, &[])?;
    let ours = starts(&mut sample)?;
    drop(sample);
    let wordpress = wordpress(peers)?;
    println!(
        "cold start: {ours:.1} ms, WordPress {wordpress:.1} ms: {:.3} of it; must 0.1, goal 0.033",
        ours / wordpress
    );
    let mut large = server(binary, &["--no-sample"])?;
    large.command(
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
    let file = import::lines(peers, LARGE)?;
    large.command(&["import", "jsonl", &file.to_string_lossy(), "--json"], None)?;
    let ours = starts(&mut large)?;
    println!("cold start with {LARGE} stories: {ours:.1} ms to the first front page; must 100");
    println!(
        "memory with {LARGE} stories, at rest: {:.1} MiB (PSS)",
        large.memory_mib()?
    );
    Ok(())
}

/// The median of some starts on a folder that is there already: from the command to the first whole front page.
fn starts(server: &mut crate::server::Server) -> Result<f64> {
    let times = (0..ROUNDS)
        .map(|_| server.restart())
        .collect::<Result<Vec<_>>>()?;
    Ok(median(&times))
}

fn wordpress(peers: &Peers) -> Result<f64> {
    if !peers.work.join("wp-auth").exists() {
        peers.script("install-wordpress.sh", &[], &[])?;
    }
    let (stop, start) = (peers.path("stop-all.sh"), peers.path("start-wordpress.sh"));
    let args = [
        "--label",
        "wordpress",
        "--url",
        "http://127.0.0.1:18081/",
        "--stop",
        &stop,
        "--",
        &start,
    ];
    let text = peers.python("cold.py", &args)?;
    peers.stop()?;
    let median = text
        .split("median ")
        .nth(1)
        .and_then(|rest| rest.split_whitespace().next());
    Ok(median.context("cold.py says nothing")?.parse()?)
}
