//! `wireroom backup`: a consistent snapshot while serving, checked by its own checksums, and back.

use super::Desk;
use crate::cli::BackupVerb;
use crate::console::Console;
use crate::house;
use base::db::Place;
use base::{Clock, Config, Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What a snapshot holds: each file's length and BLAKE3 hash.
#[derive(Deserialize, Serialize)]
struct Manifest {
    version: String,
    made_at: String,
    files: BTreeMap<String, (u64, String)>,
}

const MANIFEST: &str = "manifest.json";
const DATABASE: &str = "wireroom.db";

pub fn run(verb: &BackupVerb, desk: &Desk, console: &mut Console) -> Result<()> {
    match verb {
        BackupVerb::Create { dir } => create(desk, &console.path(dir), console),
        BackupVerb::List { dir } => list(&console.path(dir), console),
        BackupVerb::Verify { snapshot } => {
            let manifest = verify(&console.path(snapshot))?;
            console.say(format_args!(
                "{} files of {} are whole",
                manifest.files.len(),
                manifest.made_at
            ));
            Ok(())
        }
        BackupVerb::Restore { .. } => Err(Error::conflict(
            "backup.serving",
            "Stop the server first, and restore into an empty data folder.",
        )),
    }
}

/// The database first, then the blobs: those it names are there, since they were written before their rows and never change.
fn create(desk: &Desk, dir: &Path, console: &mut Console) -> Result<()> {
    let Place::Sqlite(_) = desk.config.database()? else {
        let message =
            "PostgreSQL is backed up with its own tools (pg_dump, base backups); copy the blobs beside it.";
        return Err(Error::conflict("backup.postgres", message));
    };
    let made_at = desk.clock.now();
    let name = made_at.zoned("UTC").strftime("%Y%m%dT%H%M%SZ").to_string();
    let (target, partial) = (dir.join(&name), dir.join(format!(".{name}.partial")));
    fs::create_dir_all(&partial)?;
    desk.db.snapshot(&partial.join(DATABASE))?;
    let mut files = BTreeMap::new();
    note(&partial, DATABASE, &mut files)?;
    copy_blobs(&desk.config.data().join("blobs"), &partial, &mut files)?;
    let manifest = Manifest {
        version: crate::health::VERSION.to_owned(),
        made_at: made_at.rfc3339(),
        files,
    };
    write_durably(&partial.join(MANIFEST), &serde_json::to_vec_pretty(&manifest)?)?;
    fs::rename(&partial, &target)?;
    fs::File::open(dir)?.sync_all()?;
    console.say(target.display());
    Ok(())
}

fn copy_blobs(from: &Path, to: &Path, files: &mut BTreeMap<String, (u64, String)>) -> Result<()> {
    for path in walk(from)? {
        let name = Path::new("blobs").join(path.strip_prefix(from).unwrap_or(&path));
        let copy = to.join(&name);
        if let Some(folder) = copy.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(&path, &copy)?;
        fs::File::open(&copy)?.sync_all()?;
        note(to, &name.to_string_lossy(), files)?;
    }
    Ok(())
}

fn note(root: &Path, name: &str, files: &mut BTreeMap<String, (u64, String)>) -> Result<()> {
    let (length, hash) = digest(&root.join(name))?;
    files.insert(name.to_owned(), (length, hash));
    Ok(())
}

fn digest(path: &Path) -> Result<(u64, String)> {
    let mut hasher = blake3::Hasher::new();
    let length = std::io::copy(&mut fs::File::open(path)?, &mut hasher)?;
    Ok((length, hasher.finalize().to_hex().to_string()))
}

fn write_durably(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = fs::File::create(path)?;
    std::io::Write::write_all(&mut file, bytes)?;
    Ok(file.sync_all()?)
}

/// The finished files below a folder; none when it is not there.
fn walk(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(files);
    };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(walk(&path)?);
        } else if !path.extension().is_some_and(|extension| extension == "tmp") {
            files.push(path);
        }
    }
    Ok(files)
}

fn list(dir: &Path, console: &mut Console) -> Result<()> {
    let mut snapshots: Vec<PathBuf> = fs::read_dir(dir)?.flatten().map(|entry| entry.path()).collect();
    snapshots.retain(|path| path.join(MANIFEST).is_file());
    snapshots.sort();
    for snapshot in snapshots {
        let manifest = read_manifest(&snapshot)?;
        let bytes: u64 = manifest.files.values().map(|(length, _)| length).sum();
        console.say(format_args!(
            "{}\t{}\t{} files\t{bytes} bytes",
            snapshot.display(),
            manifest.made_at,
            manifest.files.len()
        ));
    }
    Ok(())
}

fn read_manifest(snapshot: &Path) -> Result<Manifest> {
    let text = fs::read(snapshot.join(MANIFEST)).map_err(|_| {
        Error::invalid(
            "snapshot",
            "backup.no_manifest",
            "there is no snapshot in this folder",
        )
    })?;
    serde_json::from_slice(&text)
        .map_err(|error| Error::invalid("snapshot", "backup.manifest", error.to_string()))
}

/// Every file is there and has its hash, and the database opens. The first that is not whole is named.
fn verify(snapshot: &Path) -> Result<Manifest> {
    let manifest = read_manifest(snapshot)?;
    for (name, (length, hash)) in &manifest.files {
        let whole = digest(&snapshot.join(name)).is_ok_and(|found| found == (*length, hash.clone()));
        if !whole {
            return Err(Error::invalid(
                "snapshot",
                "backup.damaged",
                format!("{name} is damaged or missing"),
            ));
        }
    }
    if !manifest.files.contains_key(DATABASE) {
        return Err(Error::invalid(
            "snapshot",
            "backup.damaged",
            "the database is missing",
        ));
    }
    Ok(manifest)
}

/// Puts a verified snapshot into an empty data folder and begins a new epoch: numbers that readers hold from after the
/// snapshot are not taken for new ones.
pub fn restore(config: &Config, snapshot: &Path, console: &mut Console) -> Result<()> {
    let (data, manifest) = (config.data(), verify(snapshot)?);
    if data.join(DATABASE).exists() {
        let message = format!(
            "{} has a database already; restore into an empty data folder.",
            data.display()
        );
        return Err(Error::conflict("backup.not_empty", message));
    }
    for name in manifest.files.keys().filter(|name| name.as_str() != DATABASE) {
        place(snapshot, &data, name)?;
    }
    // The database comes last: a restore that was cut leaves a folder that can be restored into again.
    place(snapshot, &data, DATABASE)?;
    let db = house::open(config, &Clock::system())?;
    let epoch = db.write_blocking(|tx| base::journal::renew_epoch(tx))?;
    db.close();
    console.say(format_args!(
        "restored {} files of {}; epoch {epoch}",
        manifest.files.len(),
        manifest.made_at
    ));
    Ok(())
}

fn place(snapshot: &Path, data: &Path, name: &str) -> Result<()> {
    let target = data.join(name);
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    let partial = target.with_extension("tmp");
    fs::copy(snapshot.join(name), &partial)?;
    fs::File::open(&partial)?.sync_all()?;
    Ok(fs::rename(&partial, &target)?)
}
