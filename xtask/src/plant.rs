//! `cargo xtask plant`: a proof that cannot fail proves nothing. Each planted bug is a cargo feature; with it, its test must fail.
//!
//! The list is `PLANTED.md` of each crate: a line `feature → test` a bug.

use anyhow::{Result, bail};
use std::fs;
use std::process::{Command, Stdio};

/// A bug and the test that sees it.
struct Bug {
    package: String,
    feature: String,
    test: String,
}

pub fn run(filter: Option<&str>) -> Result<()> {
    let bugs = bugs()?;
    let chosen = bugs
        .iter()
        .filter(|bug| filter.is_none_or(|filter| bug.feature.contains(filter)));
    let (mut seen, mut missed) = (0, Vec::new());
    for bug in chosen {
        let name = format!("{}/{}", bug.package, bug.feature);
        match turns_red(bug)? {
            true => {
                seen += 1;
                println!("red as it must be: {name} by {}", bug.test);
            }
            false => missed.push(name),
        }
    }
    println!("{seen} passed, {} failed", missed.len());
    if !missed.is_empty() {
        bail!("nobody noticed: {}", missed.join(", "));
    }
    Ok(())
}

fn bugs() -> Result<Vec<Bug>> {
    let mut bugs = Vec::new();
    for entry in fs::read_dir("crates")? {
        let folder = entry?.path();
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
            bugs.push(Bug {
                package: package.clone(),
                feature: word(feature),
                test,
            });
        }
    }
    Ok(bugs)
}

/// Builds with the bug and runs its test; a build that fails is a mistake in the planting, not a red test.
fn turns_red(bug: &Bug) -> Result<bool> {
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
    let output = Command::new("cargo").args(args).args(["--", test]).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(!output.status.success() && text.contains("FAILED"))
}
