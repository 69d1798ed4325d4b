//! `cargo xtask tidy`: the structure, as ARCHITECTURE.md draws it, held against the code.

use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The crates and their levels: a crate may use only lower ones.
const LEVELS: &[(&str, u8)] = &[
    ("lexicon", 0),
    ("formats", 0),
    ("markup", 0),
    ("base", 1),
    ("people", 2),
    ("media", 3),
    ("notify", 3),
    ("stories", 4),
    ("fronts", 5),
    ("newsfeed", 5),
    ("search", 5),
    ("rooms", 5),
    ("site", 6),
    ("desk", 6),
    ("wireroom", 7),
];

/// A file's most lines; tests and generated files aside.
const LONGEST_FILE: usize = 500;

/// A text, where it is at home, and why.
type Home = (&'static str, fn(&str) -> bool, &'static str);

/// What may stand only in certain files.
const AT_HOME: &[Home] = &[
    (
        "rusqlite::",
        |path| path.starts_with("crates/base/src/db"),
        "driver types stay in base::db",
    ),
    (
        "postgres::",
        |path| path.starts_with("crates/base/src/db"),
        "driver types stay in base::db",
    ),
    ("axum::", is_web, "axum stays in web.rs, stream.rs and base::web"),
    (
        "SystemTime::now",
        |path| path == "crates/base/src/clock.rs",
        "time comes from base::clock",
    ),
    (
        "rand::",
        |path| path == "crates/base/src/clock.rs",
        "randomness comes from base::clock",
    ),
];

pub fn run() -> Result<()> {
    let mut faults = levels()?;
    for path in sources(Path::new("crates"))? {
        faults.extend(file(&path)?);
    }
    faults.extend(owners()?);
    if fs::read_to_string("ARCHITECTURE.md")
        .context("ARCHITECTURE.md")?
        .lines()
        .count()
        > 300
    {
        faults.push("ARCHITECTURE.md is longer than 300 lines".to_owned());
    }
    if faults.is_empty() {
        return Ok(());
    }
    bail!("{}", faults.join("\n"))
}

fn levels() -> Result<Vec<String>> {
    let mut faults = Vec::new();
    let level: BTreeMap<&str, u8> = LEVELS.iter().copied().collect();
    for (name, own) in LEVELS {
        let manifest: toml::Table = fs::read_to_string(format!("crates/{name}/Cargo.toml"))?.parse()?;
        let used = manifest.get("dependencies").and_then(|table| table.as_table());
        for other in used.into_iter().flat_map(|table| table.keys()) {
            if level.get(other.as_str()).is_some_and(|other| other >= own) {
                faults.push(format!(
                    "crates/{name} uses {other}, which is not on a lower level"
                ));
            }
        }
    }
    for entry in fs::read_dir("crates")? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !level.contains_key(name.as_str()) {
            faults.push(format!(
                "crates/{name} has no level in xtask/src/tidy.rs and ARCHITECTURE.md"
            ));
        }
    }
    Ok(faults)
}

/// Every Rust file below a folder.
fn sources(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(sources(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn file(path: &Path) -> Result<Vec<String>> {
    let name = path.to_string_lossy().replace('\\', "/");
    let text = fs::read_to_string(path)?;
    let mut faults = Vec::new();
    if name.ends_with("mod.rs") {
        faults.push(format!("{name}: modules are foo.rs and foo/, never mod.rs"));
    }
    if is_test(&name) {
        return Ok(faults);
    }
    if text.lines().count() > LONGEST_FILE {
        faults.push(format!(
            "{name}: {} lines; {LONGEST_FILE} is the end",
            text.lines().count()
        ));
    }
    if !text.starts_with("//!") {
        faults.push(format!("{name}: begins without a //! that says what it is for"));
    }
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    for (word, home, why) in AT_HOME {
        let used = code
            .lines()
            .any(|line| !line.trim_start().starts_with("//") && stands_alone(line, word));
        if used && !home(&name) {
            faults.push(format!("{name}: {word} is not at home here; {why}"));
        }
    }
    Ok(faults)
}

/// Not `tokio_postgres::` where `postgres::` is meant, nor `self::axum::`.
fn stands_alone(line: &str, word: &str) -> bool {
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
}

fn is_web(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or_default();
    path.starts_with("crates/base/src/") && (path.contains("/web") || path.contains("/pages"))
        || ["web.rs", "stream.rs", "health.rs", "forms.rs"].contains(&file)
        || path.contains("/web/")
}

fn is_test(path: &str) -> bool {
    path.ends_with("tests.rs")
        || path.contains("/tests/")
        || path.contains("/examples/")
        || path.ends_with("scratch.rs")
}

/// Each table is written by one crate: the one whose migrations make it.
fn owners() -> Result<Vec<String>> {
    let mut texts = Vec::new();
    for path in sources(Path::new("crates"))? {
        let name = path.to_string_lossy().into_owned();
        if !is_test(&name) {
            let owner = name.split('/').nth(1).unwrap_or_default().to_owned();
            texts.push((owner, name, fs::read_to_string(&path)?));
        }
    }
    let mut owner_of: BTreeMap<String, String> = BTreeMap::new();
    for (owner, _, text) in &texts {
        for table in after(text, "CREATE TABLE ") {
            owner_of.insert(table, owner.clone());
        }
    }
    let mut faults = Vec::new();
    for (writer, name, text) in &texts {
        for verb in ["INSERT INTO ", "UPDATE ", "DELETE FROM "] {
            for table in after(text, verb) {
                if owner_of
                    .get(&table)
                    .is_some_and(|owner| owner != writer && writer != "wireroom")
                {
                    faults.push(format!(
                        "{name}: writes {table}, which crate {} owns",
                        owner_of[&table]
                    ));
                }
            }
        }
    }
    Ok(faults)
}

/// The words that follow a phrase.
fn after(text: &str, phrase: &str) -> Vec<String> {
    let word = |rest: &str| {
        rest.chars()
            .take_while(|c| c.is_ascii_lowercase() || *c == '_')
            .collect::<String>()
    };
    let words = text
        .match_indices(phrase)
        .map(|(at, _)| word(&text[at + phrase.len()..]));
    words.filter(|word| !word.is_empty()).collect()
}
