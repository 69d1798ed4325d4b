//! The foreign test inputs, which are not part of this repository.
#![allow(
    dead_code,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "each test file uses its part, and says what it could not test"
)]

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus")).to_owned()
}

/// Says that inputs are missing; a failure where they must be there.
fn missing(what: &Path) {
    assert!(
        std::env::var("WIREROOM_CORPUS").as_deref() != Ok("required"),
        "corpus missing: {}",
        what.display()
    );
    println!("corpus missing: {}", what.display());
}

/// One file, by its path within the corpus.
pub fn file(path: &str) -> Option<Vec<u8>> {
    let path = root().join(path);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        missing(&path);
    }
    bytes
}

/// All files of a folder and its folders whose names end so, with their paths, in order.
pub fn files(folder: &str, ending: &str) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    walk(&root().join(folder), ending, &mut found);
    if found.is_empty() {
        missing(&root().join(folder));
    }
    found.sort();
    found
}

fn walk(folder: &Path, ending: &str, found: &mut Vec<(String, Vec<u8>)>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        if path.is_dir() {
            walk(&path, ending, found);
        } else if path.to_string_lossy().ends_with(ending) {
            found.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
}
