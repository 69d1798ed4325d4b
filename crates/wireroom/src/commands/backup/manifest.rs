//! What a snapshot holds: each file's length and BLAKE3 hash, and a seal over the list itself.

use base::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::Write;
use std::path::{Component, Path};

pub const MANIFEST: &str = "manifest.json";
pub const DATABASE: &str = "wireroom.db";

#[derive(Deserialize, Serialize)]
pub struct Manifest {
    /// Of the program that made it.
    pub version: String,
    pub made_at: String,
    pub files: BTreeMap<String, (u64, String)>,
    seal: String,
}

impl Manifest {
    pub fn new(made_at: String) -> Self {
        Self {
            version: crate::health::VERSION.to_owned(),
            made_at,
            files: BTreeMap::new(),
            seal: String::new(),
        }
    }

    /// Adds a file of the snapshot.
    pub fn note(&mut self, snapshot: &Path, name: &str) -> Result<()> {
        self.files.insert(name.to_owned(), digest(&snapshot.join(name))?);
        Ok(())
    }

    /// Seals it, writes it and flushes it.
    pub fn write(&mut self, snapshot: &Path) -> Result<()> {
        self.seal = self.sum()?;
        let mut file = fs::File::create(snapshot.join(MANIFEST))?;
        file.write_all(&serde_json::to_vec_pretty(self)?)?;
        Ok(file.sync_all()?)
    }

    /// Reads and checks it. Errors: `backup.no_manifest`, `backup.damaged`.
    pub fn read(snapshot: &Path) -> Result<Self> {
        let text = fs::read(snapshot.join(MANIFEST)).map_err(|_| {
            let message = format!("there is no snapshot in {}", snapshot.display());
            Error::invalid("snapshot", "backup.no_manifest", message)
        })?;
        let manifest: Self = serde_json::from_slice(&text)
            .map_err(|error| damaged(snapshot, &format!("{MANIFEST}: {error}")))?;
        let inside = |name: &String| {
            let mut parts = Path::new(name).components();
            parts.all(|part| matches!(part, Component::Normal(_)))
        };
        let sound = manifest.seal == manifest.sum()?
            && manifest.files.keys().all(inside)
            && manifest.files.contains_key(DATABASE);
        match sound {
            true => Ok(manifest),
            false => Err(damaged(snapshot, MANIFEST)),
        }
    }

    /// Every file is there, of its length and hash; the first that is not is named.
    pub fn check_files(&self, snapshot: &Path) -> Result<()> {
        for (name, noted) in &self.files {
            match digest(&snapshot.join(name)) {
                Ok(found) if found == *noted => {}
                Ok((length, _)) if length != noted.0 => {
                    let what = format!("{name} has {length} bytes instead of {}", noted.0);
                    return Err(damaged(snapshot, &what));
                }
                Ok(_) => return Err(damaged(snapshot, &format!("{name} is not what was written"))),
                Err(_) => return Err(damaged(snapshot, &format!("{name} is missing"))),
            }
        }
        Ok(())
    }

    /// A line for programs.
    pub fn summary(&self, snapshot: &Path) -> serde_json::Value {
        serde_json::json!({
            "snapshot": snapshot, "made_at": self.made_at, "version": self.version, "files": self.files.len(), "bytes": self.bytes(),
        })
    }

    fn bytes(&self) -> u64 {
        self.files.values().map(|(length, _)| length).sum()
    }

    fn sum(&self) -> Result<String> {
        let listed = serde_json::to_vec(&(&self.version, &self.made_at, &self.files))?;
        Ok(blake3::hash(&listed).to_hex().to_string())
    }
}

/// For people: `3 files, 1234 bytes, of 2026-11-24T08:00:00Z`.
impl fmt::Display for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} files, {} bytes, of {}",
            self.files.len(),
            self.bytes(),
            self.made_at
        )
    }
}

pub fn damaged(snapshot: &Path, what: &str) -> Error {
    let message = format!("{} is damaged: {what}", snapshot.display());
    Error::conflict("backup.damaged", message)
}

fn digest(path: &Path) -> Result<(u64, String)> {
    let mut hasher = blake3::Hasher::new();
    let length = std::io::copy(&mut fs::File::open(path)?, &mut hasher)?;
    Ok((length, hasher.finalize().to_hex().to_string()))
}
