//! `cargo xtask gen`: files that come from one definition in the program. CI checks that they are up to date.

use crate::server::Server;
use crate::shell::output;
use anyhow::{Result, bail};
use std::fs;
use std::path::Path;

/// Writes the files, or (with `check`) fails when one is not what the program says now.
pub fn run(check: bool) -> Result<()> {
    crate::shell::run("cargo", &["build", "--quiet", "--package", "wireroom"])?;
    let binary = Path::new("target/debug/wireroom");
    let example = output(&binary.to_string_lossy(), &["config", "example"])? + "\n";
    settle("wireroom.example.toml", &example, check)?;
    let server = Server::start(binary, &[], &["--no-sample"])?;
    let document = output(
        "curl",
        &["-sf", &format!("{}/api/v1/openapi.json", server.origin)],
    )?;
    let document: serde_json::Value = serde_json::from_str(&document)?;
    settle(
        "docs/openapi.json",
        &(serde_json::to_string_pretty(&document)? + "\n"),
        check,
    )
}

fn settle(path: &str, text: &str, check: bool) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    if check {
        bail!("{path} is not what the program says now: run cargo xtask gen and commit it");
    }
    println!("{path}");
    Ok(fs::write(path, text)?)
}
