//! `cargo xtask ci`: everything that must hold before a change lands, quick parts first.

use crate::machine::{self, Postgres};
use crate::server::Server;
use crate::shell::{self, output, root, run_with};
use crate::{generate, plant, tidy};
use anyhow::Result;
use std::path::{Path, PathBuf};

/// Runs the steps in this order; with `only`, those whose name contains it.
pub fn run(only: Option<&str>) -> Result<()> {
    let step = |name: &str, work: &dyn Fn() -> Result<()>| match only {
        Some(only) if !name.contains(only) => Ok(()),
        _ => shell::step(name, work),
    };
    step("tidy", &tidy::run)?;
    step("format", &|| shell::run("cargo", &["fmt", "--all", "--check"]))?;
    shell::step("machine", machine::furnish)?;
    step("editor", &editor)?;
    step("clippy", &clippy)?;
    let postgres = Postgres::start()?;
    step("tests on both engines", &|| tests(&postgres.url))?;
    shell::step("build", || {
        shell::run("cargo", &["build", "--package", "wireroom"])
    })?;
    step("generated files", &|| generate::run(true))?;
    let binary = binary()?;
    step("sample", &|| {
        run_with(&machine::python().to_string_lossy(), &["sample/check.py"], &[])
    })?;
    step("site on SQLite", &|| site(&binary, &[]))?;
    step("site on PostgreSQL", &|| {
        site(&binary, &[("WIREROOM_DATABASE", &postgres.url)])
    })?;
    // Last, since a build with a bug in it must not be what the steps before have run.
    step("a tenth of the planted bugs", &|| {
        plant::tenth(&[("WIREROOM_TEST_POSTGRES", &postgres.url)])
    })?;
    println!("== all of it holds");
    Ok(())
}

fn clippy() -> Result<()> {
    shell::run(
        "cargo",
        &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"],
    )
}

/// The desk's scripts: their types, their own tests, and that the committed bundle is what they make, byte for byte.
fn editor() -> Result<()> {
    let npm = [
        "ci",
        "--prefix",
        "web",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
    ];
    machine::once_for(
        "web/package-lock.json",
        "web/node_modules/.installed.json",
        || shell::run("npm", &npm),
    )?;
    for script in ["check", "test", "compare"] {
        shell::run("npm", &["run", "--silent", "--prefix", "web", script])?;
    }
    Ok(())
}

/// The behaviour suite; a machine without the corpus or an engine is a failure here.
fn tests(postgres: &str) -> Result<()> {
    let corpus = root().join("../shared/corpus");
    let required = if corpus.is_dir() { "required" } else { "absent" };
    let environment = [
        ("WIREROOM_TEST_POSTGRES", postgres),
        ("WIREROOM_ENGINES", "required"),
        ("WIREROOM_CORPUS", required),
    ];
    if required == "absent" {
        println!(
            "corpus missing: {} is not there; the tests that read it do nothing",
            corpus.display()
        );
    }
    run_with("cargo", &["test", "--workspace", "--no-fail-fast"], &environment)
}

fn binary() -> Result<PathBuf> {
    let metadata = output("cargo", &["metadata", "--no-deps", "--format-version", "1"])?;
    let metadata: serde_json::Value = serde_json::from_str(&metadata)?;
    Ok(Path::new(metadata["target_directory"].as_str().unwrap_or("target")).join("debug/wireroom"))
}

/// A real server and its foreign judges: Chromium, axe, the Nu checker, feedparser, the sitemap XSD.
fn site(binary: &Path, environment: &[(&str, &str)]) -> Result<()> {
    // Passkeys belong to a name; browsers take none for a bare address.
    let server = Server::named(
        "localhost",
        binary,
        &[environment, &[("WIREROOM_LIMITS", "off")]].concat(),
        &[],
    )?;
    let data = server.data.to_string_lossy().into_owned();
    let listen = format!("127.0.0.1:{}", server.port);
    let mut told = vec![
        ("WIREROOM", server.origin.as_str()),
        ("WIREROOM_BINARY", binary.to_str().unwrap_or_default()),
    ];
    told.extend([
        ("WIREROOM_DATA", data.as_str()),
        ("WIREROOM_LISTEN", &listen),
        ("WIREROOM_ORIGIN", &server.origin),
    ]);
    told.extend(environment);
    let machines = ["-m", "unittest", "discover", "-s", "tests/machines"];
    run_with(&machine::python().to_string_lossy(), &machines, &told)?;
    // Node 20 takes files, not patterns, and gives one test process after the other the whole server.
    let mut browser = vec!["--test".to_owned(), "--test-concurrency=1".to_owned()];
    browser.extend(browser_tests()?);
    let browser: Vec<&str> = browser.iter().map(String::as_str).collect();
    run_with("node", &browser, &told)
}

fn browser_tests() -> Result<Vec<String>> {
    let mut files = Vec::new();
    for file in std::fs::read_dir(root().join("tests/browser"))? {
        let path = file?.path().to_string_lossy().into_owned();
        if path.ends_with(".test.mjs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
