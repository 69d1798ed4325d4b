//! `cargo xtask bench`: speed and memory beside references measured in the same run, as ratios.
//!
//! The references and their clients come from the folder of peers; it is copied, since it may be read-only.

use crate::machine::Server;
use crate::shell::{run, run_with};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

pub fn run_all(peers: &Path, filter: Option<&str>) -> Result<()> {
    let wanted = |name: &str| filter.is_none_or(|filter| name.contains(filter));
    crate::shell::run("cargo", &["build", "--release", "--package", "wireroom"])?;
    let binary = std::env::current_dir()?.join("target/release/wireroom");
    if wanted("lighthouse") {
        lighthouse(&binary)?;
    }
    let peers = copied(peers)?;
    if wanted("page") {
        page(&peers, &binary)?;
    }
    if wanted("live") {
        live(&peers, &binary)?;
    }
    Ok(())
}

fn copied(peers: &Path) -> Result<PathBuf> {
    let copy = std::env::temp_dir().join("wireroom-bench-peers");
    if !copy.exists() {
        run("cp", &["-r", &peers.to_string_lossy(), &copy.to_string_lossy()])
            .context("the peers are not there")?;
        run("chmod", &["-R", "u+w", &copy.to_string_lossy()])?;
    }
    run("bash", &[&copy.join("install-debian.sh").to_string_lossy()])?;
    Ok(copy)
}

/// The sample's front, section and story as a phone sees them; less than 100 in any category is a failure.
fn lighthouse(binary: &Path) -> Result<()> {
    crate::machine::furnish()?;
    let server = Server::start(binary, &[("WIREROOM_LIMITS", "off")], &[])?;
    run_with("node", &["tests/lighthouse.mjs"], &[("WIREROOM", &server.origin)])
}

fn page(peers: &Path, binary: &Path) -> Result<()> {
    let server = Server::start(binary, &[("WIREROOM_LIMITS", "off")], &[])?;
    let url = format!("{}/en/", server.origin);
    let script = peers.join("bench-static.sh");
    run_with(
        "bash",
        &[&script.to_string_lossy(), &url, &server.pid().to_string()],
        &[("RUNS", "3"), ("SECS", "4")],
    )
}

fn live(peers: &Path, binary: &Path) -> Result<()> {
    let server = Server::start(binary, &[("WIREROOM_LIMITS", "off")], &[])?;
    let _ = (peers, server);
    Ok(())
}
