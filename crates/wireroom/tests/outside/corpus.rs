//! The foreign exports, which are not part of this repository.

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus")).to_owned()
}

/// Files of a folder and its folders whose names end so, in order. Says when there are none; a failure where they must be there.
pub fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    walk(&root().join(folder), ending, &mut found);
    if found.is_empty() {
        let required = std::env::var("WIREROOM_CORPUS").as_deref() == Ok("required");
        assert!(!required, "corpus missing: {folder}");
        println!("corpus missing: {folder}");
    }
    found.sort();
    found
}

fn walk(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for path in std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
    {
        if path.is_dir() {
            walk(&path, ending, found);
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
}
