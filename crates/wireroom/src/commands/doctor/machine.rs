//! What of the machine under the newsroom can be wrong: clock, disk, rights, limits.

use super::{Finding, Grade, found};
use crate::commands::Desk;
use base::{Error, Result};
use lexicon::At;
use std::ffi::CString;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Two clocks of one installation may differ by so much.
const DRIFT: i64 = 2 * At::SECOND;
const GIB: u64 = 1 << 30;

/// The machine's clock against the database's and against what has already happened.
pub fn clock(desk: &Desk) -> Result<Finding> {
    let (before, theirs) = (desk.clock.now(), desk.db.write_blocking(|tx| Ok(tx.now()))?);
    let drift = (theirs.0 - before.0).max(desk.clock.now().0 - theirs.0);
    let newest = desk
        .db
        .read_blocking(|read| stories::Story::latest(read, (At(i64::MAX), String::new()), 1))?;
    let newest = newest.first().map_or(At(0), |story| story.updated_at);
    Ok(if newest > before.plus(DRIFT) {
        let message = format!(
            "it is {} here, but a story was changed at {}",
            before.rfc3339(),
            newest.rfc3339()
        );
        found("clock", Grade::Error, message)
    } else if drift > DRIFT {
        let message = format!(
            "{} s apart from the database's; set up time synchronisation",
            drift / At::SECOND
        );
        found("clock", Grade::Warning, message)
    } else {
        found("clock", Grade::Ok, before.rfc3339())
    })
}

/// A write and an fsync, and how much room is left.
pub fn space(desk: &Desk) -> Result<Finding> {
    let data = desk.config.data();
    let probe = data.join("doctor.probe");
    let written = std::fs::File::create(&probe).and_then(|mut file| {
        file.write_all(&[0; 4096])?;
        file.sync_all()
    });
    let _ = std::fs::remove_file(&probe);
    if let Err(error) = written {
        let message = format!("the data folder takes no writes: {error}");
        return Ok(found("disk", Grade::Error, message));
    }
    let free = free_bytes(&data)?;
    let left = format!("{:.1} GiB free for the data folder", free as f64 / GIB as f64);
    Ok(match free {
        free if free < GIB / 8 => found(
            "disk",
            Grade::Error,
            format!("{left}; writes are about to be refused"),
        ),
        free if free < 2 * GIB => found("disk", Grade::Warning, format!("{left}; make room")),
        _ => found("disk", Grade::Ok, left),
    })
}

fn free_bytes(folder: &Path) -> Result<u64> {
    let path = CString::new(folder.as_os_str().as_bytes()).map_err(Error::internal)?;
    // SAFETY: an all-zero statvfs is a valid value of this plain C struct.
    let mut room: libc::statvfs = unsafe { std::mem::zeroed() };
    // SAFETY: the path ends in NUL and both live through the call.
    match unsafe { libc::statvfs(path.as_ptr(), &mut room) } {
        0 => Ok(room.f_bavail.saturating_mul(room.f_frsize)),
        _ => Err(std::io::Error::last_os_error().into()),
    }
}

/// Drafts and keys are in the data folder: only its owner may look into it.
pub fn permissions(desk: &Desk) -> Result<Finding> {
    let data = desk.config.data();
    let mode = std::fs::metadata(&data)?.permissions().mode() & 0o777;
    Ok(match mode & 0o007 {
        0 => found(
            "rights",
            Grade::Ok,
            format!("the data folder is closed to others ({mode:o})"),
        ),
        _ => {
            let message = format!(
                "everybody on this machine can look into {} ({mode:o}); chmod o= it",
                data.display()
            );
            found("rights", Grade::Warning, message)
        }
    })
}

/// Readers of live pages are open files.
pub fn open_files(_: &Desk) -> Result<Finding> {
    let mut limit = libc::rlimit {
        rlim_cur: 0,
        rlim_max: 0,
    };
    // SAFETY: the struct is ours and lives through the call.
    let known = unsafe { libc::getrlimit(libc::RLIMIT_NOFILE, &mut limit) } == 0;
    Ok(match limit.rlim_max {
        most if known && most < 4096 => {
            let message = format!("at most {most} open files: raise LimitNOFILE for more readers");
            found("open-files", Grade::Warning, message)
        }
        most => found("open-files", Grade::Ok, format!("up to {most} open files")),
    })
}
