//! `cargo xtask plant`: a proof that cannot fail proves nothing. Each planted bug is a cargo feature; with it, its test must fail.
//!
//! The list is `PLANTED.md` of each crate: a line `feature → test` a bug. A bug of a lower crate that only the whole program
//! can show is forwarded by `crates/wireroom/Cargo.toml` and listed there.

use crate::shell;
use anyhow::{Result, bail};
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A bug and the test that sees it.
struct Bug {
    package: String,
    feature: String,
    test: String,
}

/// Plants the bugs whose feature's name contains the filter.
pub fn run(filter: Option<&str>) -> Result<()> {
    let mut bugs = bugs()?;
    bugs.retain(|bug| filter.is_none_or(|filter| bug.feature.contains(filter)));
    all(&bugs, &[], Duration::MAX)
}

/// A tenth of all, another one with every commit; what there was no time for is named, and its turn comes again.
pub fn tenth(environment: &[(&str, &str)]) -> Result<()> {
    let commits: usize = shell::output("git", &["rev-list", "--count", "HEAD"])?.parse()?;
    let bugs: Vec<Bug> = bugs()?.into_iter().skip(commits % 10).step_by(10).collect();
    all(&bugs, environment, Duration::from_secs(12 * 60))
}

fn all(bugs: &[Bug], environment: &[(&str, &str)], time: Duration) -> Result<()> {
    let began = Instant::now();
    let (mut seen, mut missed) = (0, Vec::new());
    for bug in bugs {
        let name = format!("{}/{}", bug.package, bug.feature);
        if began.elapsed() > time {
            println!("no time for {name}");
        } else if turns_red(bug, environment)? {
            seen += 1;
            println!("red as it must be: {name} by {}", bug.test);
        } else {
            missed.push(name);
        }
    }
    println!("{seen} passed, {} failed", missed.len());
    if !missed.is_empty() {
        bail!("nobody noticed: {}", missed.join(", "));
    }
    Ok(())
}

fn bugs() -> Result<Vec<Bug>> {
    let folders = fs::read_dir("crates")?.map(|entry| Ok(entry?.path()));
    let mut folders = folders.collect::<Result<Vec<_>>>()?;
    folders.sort();
    let mut bugs = Vec::new();
    for folder in folders {
        let Ok(text) = fs::read_to_string(folder.join("PLANTED.md")) else {
            continue;
        };
        let package = folder
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        for line in text.lines() {
            let Some((feature, test)) = line.split_once('→') else {
                continue;
            };
            let word = |text: &str| {
                text.trim_matches(|c: char| c.is_whitespace() || "-*`|".contains(c))
                    .to_owned()
            };
            let test = word(test)
                .split(|c: char| c.is_whitespace() || c == '`')
                .next()
                .unwrap_or_default()
                .to_owned();
            let feature = word(feature);
            if feature.starts_with("planted-") {
                bugs.push(Bug {
                    package: package.clone(),
                    feature,
                    test,
                });
            }
        }
    }
    Ok(bugs)
}

/// Builds with the bug and runs its test; a build that fails is a mistake in the planting, not a red test.
fn turns_red(bug: &Bug, environment: &[(&str, &str)]) -> Result<bool> {
    let test = bug.test.rsplit("::").next().unwrap_or_default();
    let args = ["test", "--package", &bug.package, "--features", &bug.feature];
    let built = Command::new("cargo")
        .args(args)
        .arg("--no-run")
        .stderr(Stdio::null())
        .status()?;
    if !built.success() {
        bail!("{} does not build with {}", bug.package, bug.feature);
    }
    let mut running = Command::new("cargo");
    running
        .args(args)
        .args(["--", test])
        .envs(environment.iter().copied());
    let output = running.output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(!output.status.success() && text.contains("FAILED"))
}
