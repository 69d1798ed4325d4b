//! Messages that are answered after the fsync: many rooms and 256 connections beside Isso, and one connection beside the disk.

use super::peers::Peers;
use super::{median, server, tell};
use crate::server::Server;
use crate::shell::output;
use anyhow::{Context, Result, bail};
use serde_json::json;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

const ROOMS: usize = 50;
const ROUNDS: usize = 3;
const SECONDS: u32 = 8;

pub fn measure(peers: &Peers, binary: &Path) -> Result<()> {
    let server = server(binary, &["--no-sample"])?;
    let script = script(&server)?;
    if !peers.work.join("isso-venv").exists() {
        peers.script("install-isso.sh", &[], &[])?;
    }
    peers.script("start-isso.sh", &[], &[])?;
    let isso_script = peers.path("isso-comment.lua");
    let mut ratios = Vec::new();
    for _ in 0..ROUNDS {
        let ours = posts(&server.origin, &script, 256)?;
        // Isso is fastest with few connections.
        let isso = posts("http://127.0.0.1:18086", &isso_script, 16)?;
        println!(
            "messages: {:.0}/s, Isso {:.0}/s",
            ours.per_second, isso.per_second
        );
        ratios.push(ours.per_second / isso.per_second);
    }
    peers.stop()?;
    tell(
        "durable messages, 256 connections",
        &ratios,
        "Isso",
        "must 30, goal 100",
    );
    let mut ratios = Vec::new();
    for _ in 0..ROUNDS {
        let disk = fdatasync_ms(&server.data)?;
        ratios.push(posts(&server.origin, &script, 1)?.median_ms / disk);
    }
    tell("one connection, p50", &ratios, "fdatasync", "must 5, goal 3");
    println!("memory: {:.0} MiB", server.memory_mib()?);
    Ok(())
}

/// A script for `wrk` that posts as one of the newsroom into many rooms, each message with a key of its own.
fn script(server: &Server) -> Result<String> {
    let token = server.desk_token()?;
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
    server.command(
        &[
            "section",
            "add",
            "--edition",
            "en",
            "--slug",
            "world",
            "--name",
            "World",
        ],
        None,
    )?;
    let mut rooms = Vec::new();
    for number in 0..ROOMS {
        let draft = json!({ "edition": "en", "section": "world", "kind": "news", "headline": format!("Story {number}"),
            "body_html": "<p>Now.</p>" });
        let id = server.make(&token, &draft)?;
        server.release(&token, &id)?;
        rooms.push(format!("\"{id}\""));
    }
    let text = format!(
        r#"local rooms = {{ {} }}
local n, tag = 0, tostring({{}}):gsub("[^%x]", "")
request = function()
  n = n + 1
  return wrk.format("POST", "/api/v1/rooms/" .. rooms[(n * 7919) % #rooms + 1] .. "/messages",
    {{ ["Content-Type"] = "application/json", ["Authorization"] = "Bearer {token}" }},
    '{{"text":"A comment of usual length about the story, number ' .. tag .. n .. '. I think the council should look at this again.","idempotency_key":"' .. tag .. n .. '"}}')
end
"#,
        rooms.join(", ")
    );
    let path = server.data.join("bench-rooms.lua");
    std::fs::write(&path, text)?;
    Ok(path.to_string_lossy().into_owned())
}

struct Posts {
    per_second: f64,
    median_ms: f64,
}

fn posts(origin: &str, script: &str, connections: usize) -> Result<Posts> {
    let (threads, connections) = (format!("-t{}", connections.min(2)), format!("-c{connections}"));
    let duration = format!("-d{SECONDS}");
    let text = output(
        "wrk",
        &[
            &threads,
            &connections,
            &duration,
            "--latency",
            "-s",
            script,
            origin,
        ],
    )?;
    if text.contains("Non-2xx") {
        bail!("{origin} answered with errors:\n{text}");
    }
    let after = |word: &str| {
        let line = text.lines().find(|line| line.trim_start().starts_with(word));
        line.and_then(|line| line.split_whitespace().last())
            .with_context(|| format!("wrk says nothing of {word}:\n{text}"))
    };
    Ok(Posts {
        per_second: after("Requests/sec:")?.parse()?,
        median_ms: super::wrk::milliseconds(after("50%")?)?,
    })
}

/// The median of writing a page and waiting until it is on the disk on which the data lies.
fn fdatasync_ms(folder: &Path) -> Result<f64> {
    let path = folder.join("bench-disk");
    let mut file = std::fs::File::create(&path)?;
    let mut times = Vec::new();
    for _ in 0..300 {
        let start = Instant::now();
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        times.push(start.elapsed().as_secs_f64() * 1_000.0);
    }
    std::fs::remove_file(path)?;
    Ok(median(&times))
}
