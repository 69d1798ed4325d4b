//! `wireroom backup`: a consistent snapshot while serving, checked by its own checksums, and back.

mod manifest;

use super::Desk;
use crate::cli::BackupVerb;
use crate::console::{Console, Stop};
use crate::house;
use base::db::{self, Place, Query, Row};
use base::{Clock, Config, Db, Error, Result, values};
use lexicon::At;
use manifest::{DATABASE, MANIFEST, Manifest};
use std::fs;
use std::path::{Path, PathBuf};

base::sql! {
    MARK = "INSERT INTO base_setting (name, value) VALUES ('backup', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    LAST = "SELECT value FROM base_setting WHERE name = 'backup'";
}

/// What a data folder holds beside the database that cannot be made anew.
const FOLDERS: [&str; 2] = ["blobs", "themes"];
const CONFIGURATION: &str = "wireroom.toml";
/// Stands in a folder while a snapshot is being restored into it, so that a restore that was cut can be run again.
const UNDER_WAY: &str = "restore.partial";

/// What needs the database: making a snapshot of it.
pub fn run(verb: &BackupVerb, desk: &Desk, console: &mut Console) -> Result<()> {
    match verb {
        BackupVerb::Create { dir, json } => create(desk, &console.path(dir), *json, console),
        BackupVerb::RenewEpoch => {
            let epoch = desk.db.write_blocking(base::journal::renew_epoch)?;
            console.say(format_args!("epoch {epoch}"));
            Ok(())
        }
        _ => run_apart(verb, desk.config, console).unwrap_or(Ok(())),
    }
}

/// What is done without opening the newsroom's database; none for the others.
pub fn run_apart(verb: &BackupVerb, config: &Config, console: &mut Console) -> Option<Result<()>> {
    Some(match verb {
        BackupVerb::List { dir, json } => list(&console.path(dir), *json, console),
        BackupVerb::Verify { snapshot, json } => say_verified(&console.path(snapshot), *json, console),
        BackupVerb::Restore { snapshot } => restore(config, &console.path(snapshot), console),
        BackupVerb::Create { .. } | BackupVerb::RenewEpoch => return None,
    })
}

fn say_verified(snapshot: &Path, json: bool, console: &mut Console) -> Result<()> {
    let manifest = verify(snapshot)?;
    match json {
        true => console.say(manifest.summary(snapshot)),
        false => console.say(format_args!("{} is whole: {manifest}", snapshot.display())),
    }
    Ok(())
}

/// When the last snapshot was made from here.
pub fn last(db: &mut dyn Query) -> Result<Option<At>> {
    let row = db.one(LAST, &[])?.map(Row::only::<String>).transpose()?;
    Ok(row.and_then(|text| At::parse(&text)))
}

/// The database first, then the files: those it names are there, since they were written before their rows and never change.
fn create(desk: &Desk, dir: &Path, json: bool, console: &mut Console) -> Result<()> {
    let Place::Sqlite(database) = desk.config.database()? else {
        return Err(on_postgres(desk.config));
    };
    let made_at = desk.clock.now();
    let (target, partial) = places(dir, made_at)?;
    let written = write(desk, &database, &partial, made_at, console);
    let manifest = match written {
        Ok(manifest) => manifest,
        Err(error) => {
            let _ = fs::remove_dir_all(&partial);
            return Err(error);
        }
    };
    fs::rename(&partial, &target)?;
    fs::File::open(dir)?.sync_all()?;
    let moment = made_at.rfc3339();
    desk.db
        .write_blocking(move |tx| tx.execute(MARK, values![&moment]).map(|_| ()))?;
    match json {
        true => console.say(manifest.summary(&target)),
        false => console.say(target.display()),
    }
    Ok(())
}

/// The new snapshot's folder, and where it is made. Two of one second get names of their own.
fn places(dir: &Path, made_at: At) -> Result<(PathBuf, PathBuf)> {
    fs::create_dir_all(dir)?;
    let second = made_at.zoned("UTC").strftime("%Y%m%dT%H%M%SZ").to_string();
    for number in 1..1_000 {
        let name = if number == 1 {
            second.clone()
        } else {
            format!("{second}-{number}")
        };
        let (target, partial) = (dir.join(&name), dir.join(format!(".{name}.partial")));
        if !target.exists() && fs::create_dir(&partial).is_ok() {
            return Ok((target, partial));
        }
    }
    let message = format!("{} takes no new folder", dir.display());
    Err(Error::invalid("dir", "backup.folder", message))
}

fn write(
    desk: &Desk,
    database: &Path,
    partial: &Path,
    made_at: At,
    console: &mut Console,
) -> Result<Manifest> {
    let mut manifest = Manifest::new(made_at.rfc3339());
    if cfg!(feature = "planted-file-copy") {
        fs::copy(database, partial.join(DATABASE))?;
    } else {
        desk.db.snapshot(&partial.join(DATABASE))?;
    }
    manifest.note(partial, DATABASE)?;
    let (data, stop) = (desk.config.data(), console.stop());
    for folder in FOLDERS {
        for path in walk(&data.join(folder))? {
            go_on(&stop)?;
            let name = path
                .strip_prefix(&data)
                .unwrap_or(&path)
                .to_string_lossy()
                .into_owned();
            console.progress(|| Some(format!("{} files copied", manifest.files.len())));
            if copy(&path, &partial.join(&name))? {
                manifest.note(partial, &name)?;
            }
        }
    }
    if copy(&data.join(CONFIGURATION), &partial.join(CONFIGURATION))? {
        manifest.note(partial, CONFIGURATION)?;
    }
    console.progress_ends();
    manifest.write(partial)?;
    Ok(manifest)
}

fn go_on(stop: &Stop) -> Result<()> {
    match stop.is_asked() {
        true => Err(Error::conflict(
            "backup.stopped",
            "Stopped; no snapshot was made.",
        )),
        false => Ok(()),
    }
}

/// PostgreSQL knows better than we how to copy itself; the files beside it are ours to name.
fn on_postgres(config: &Config) -> Error {
    let blobs = config.data().join("blobs");
    let message = format!(
        "PostgreSQL is backed up with its own tools: `pg_dump --format=custom --file=wireroom.pgdump \"$WIREROOM_DATABASE\"`, \
         and after it a copy of {}. Restore with pg_restore into an empty database, put the files back, and run \
         `wireroom backup renew-epoch` before the first start.",
        blobs.display()
    );
    Error::conflict("backup.postgres", message)
}

/// Copies a file and flushes it; false when there is none (any more).
fn copy(from: &Path, to: &Path) -> Result<bool> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    match fs::copy(from, to) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error.into()),
        Ok(_) => {
            fs::File::open(to)?.sync_all()?;
            Ok(true)
        }
    }
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
        } else if path.extension().is_none_or(|extension| extension != "tmp") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn list(dir: &Path, json: bool, console: &mut Console) -> Result<()> {
    let entries = fs::read_dir(dir)
        .map_err(|error| Error::invalid("dir", "backup.folder", format!("{}: {error}", dir.display())))?;
    let mut snapshots: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    snapshots.retain(|path| path.join(MANIFEST).is_file() && !path.to_string_lossy().ends_with(".partial"));
    snapshots.sort();
    for snapshot in snapshots {
        match (Manifest::read(&snapshot), json) {
            (Ok(manifest), true) => console.say(manifest.summary(&snapshot)),
            (Ok(manifest), false) => console.say(format_args!("{}\t{manifest}", snapshot.display())),
            (Err(error), _) => console.tell(format_args!("{}: {error}", snapshot.display())),
        }
    }
    Ok(())
}

/// Every file is there and has its hash, and the database opens and is sound. The first that is not whole is named.
fn verify(snapshot: &Path) -> Result<Manifest> {
    let manifest = Manifest::read(snapshot)?;
    manifest.check_files(snapshot)?;
    let faults = db::faults_of_file(&snapshot.join(DATABASE))?;
    match faults.first() {
        None => Ok(manifest),
        Some(fault) => Err(manifest::damaged(snapshot, &format!("{DATABASE}: {fault}"))),
    }
}

/// Puts a verified snapshot into an empty data folder and begins a new epoch: numbers that readers hold from after the
/// snapshot are not taken for new ones.
fn restore(config: &Config, snapshot: &Path, console: &mut Console) -> Result<()> {
    let Place::Sqlite(database) = config.database()? else {
        return Err(on_postgres(config));
    };
    let manifest = verify(snapshot)?;
    let data = config.data();
    refuse_filled(&data, &database)?;
    fs::create_dir_all(&data)?;
    fs::write(data.join(UNDER_WAY), b"")?;
    for name in manifest.files.keys().filter(|name| name.as_str() != DATABASE) {
        if name != CONFIGURATION || !data.join(CONFIGURATION).exists() {
            copy(&snapshot.join(name), &data.join(name))?;
        }
    }
    // The database comes last, and with its new epoch: a folder is either empty of it or restored.
    let epoch = place(&snapshot.join(DATABASE), &database)?;
    fs::remove_file(data.join(UNDER_WAY))?;
    console.say(format_args!(
        "restored {manifest} into {}; epoch {epoch}",
        data.display()
    ));
    Ok(())
}

/// Nothing of a newsroom may be lost by a restore: only the configuration may be there already, and the list of who was
/// erased, which must outlive every snapshot.
fn refuse_filled(data: &Path, database: &Path) -> Result<()> {
    let entries = fs::read_dir(data).into_iter().flatten().flatten();
    let names: Vec<_> = entries.map(|entry| entry.file_name()).collect();
    let again = names.iter().any(|name| name == UNDER_WAY) && !database.exists();
    match names
        .iter()
        .find(|name| *name != CONFIGURATION && *name != people::erase::FILE)
        .filter(|_| !again)
    {
        None if !database.exists() => Ok(()),
        found => {
            let name = found.map_or_else(
                || database.display().to_string(),
                |name| name.display().to_string(),
            );
            let message = format!(
                "{} is not empty (it has {name}); restore into an empty data folder, given with --data.",
                data.display()
            );
            Err(Error::conflict("backup.not_empty", message))
        }
    }
}

/// Makes the copied database ready under another name, so that it never stands under its own with the old epoch. What it
/// wrote may still be in a log beside it, so the one that is put in place is a copy of it that is whole by itself.
fn place(from: &Path, database: &Path) -> Result<String> {
    let (work, whole) = (
        database.with_extension("restoring"),
        database.with_extension("restored"),
    );
    copy(from, &work)?;
    let db = Db::open(
        &Place::Sqlite(work.clone()),
        Clock::system(),
        &house::migrations(),
    )?;
    let epoch = if cfg!(feature = "planted-epoch-kept") {
        "as it was".to_owned()
    } else {
        db.write_blocking(base::journal::renew_epoch)?
    };
    let _ = fs::remove_file(&whole);
    db.snapshot(&whole)?;
    db.close();
    fs::rename(&whole, database)?;
    for extension in ["restoring", "restoring-wal", "restoring-shm", "lock"] {
        let _ = fs::remove_file(work.with_extension(extension));
    }
    if let Some(folder) = database.parent() {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(epoch)
}
