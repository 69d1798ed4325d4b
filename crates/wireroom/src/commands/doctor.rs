//! `wireroom doctor`: what is wrong, and what to do about it.

use super::Desk;
use crate::console::Console;
use base::{Result, jobs};
use lexicon::{At, Role};
use serde::Serialize;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
enum Grade {
    Ok,
    Warning,
    Error,
}

#[derive(Serialize)]
struct Finding {
    check: &'static str,
    grade: Grade,
    message: String,
}

/// Prints every finding; gives 0, 3 for warnings, 4 for errors.
pub fn run(json: bool, desk: &Desk, console: &mut Console) -> Result<i32> {
    let findings = [
        origin(desk),
        limits(desk),
        owner(desk)?,
        disk(desk)?,
        overdue(desk)?,
        open_files(),
    ];
    for finding in &findings {
        match json {
            true => console.say(serde_json::to_string(finding)?),
            false => console.say(format_args!(
                "{:7} {:12} {}",
                word(finding.grade),
                finding.check,
                finding.message
            )),
        }
    }
    Ok(match findings.iter().map(|finding| finding.grade).max() {
        Some(Grade::Error) => 4,
        Some(Grade::Warning) => 3,
        _ => 0,
    })
}

fn word(grade: Grade) -> &'static str {
    match grade {
        Grade::Ok => "ok",
        Grade::Warning => "warning",
        Grade::Error => "ERROR",
    }
}

fn found(check: &'static str, grade: Grade, message: impl Into<String>) -> Finding {
    Finding {
        check,
        grade,
        message: message.into(),
    }
}

fn origin(desk: &Desk) -> Finding {
    let origin = desk.config.origin();
    match origin.starts_with("https://") {
        true => found("origin", Grade::Ok, origin),
        false => found(
            "origin",
            Grade::Warning,
            format!("{origin} is not https; set WIREROOM_ORIGIN to the public address"),
        ),
    }
}

fn limits(desk: &Desk) -> Finding {
    match desk.config.limits() {
        true => found("limits", Grade::Ok, "rate limits are on"),
        false => found(
            "limits",
            Grade::Warning,
            "rate limits are off; that is for load tests only",
        ),
    }
}

fn owner(desk: &Desk) -> Result<Finding> {
    let people = desk.db.read_blocking(|read| people::Person::all(read))?;
    Ok(match people.iter().any(|person| person.role == Role::Owner) {
        true => found("owner", Grade::Ok, "there is an owner"),
        false => found(
            "owner",
            Grade::Warning,
            "nobody owns this newsroom yet; start the server and follow its link",
        ),
    })
}

/// A write and an fsync, and how much room is left.
fn disk(desk: &Desk) -> Result<Finding> {
    let probe = desk.config.data().join("doctor.probe");
    let written = std::fs::File::create(&probe).and_then(|mut file| {
        std::io::Write::write_all(&mut file, &[0; 4096])?;
        file.sync_all()
    });
    let _ = std::fs::remove_file(&probe);
    Ok(match written {
        Ok(()) => found("disk", Grade::Ok, "the data folder takes writes"),
        Err(error) => found(
            "disk",
            Grade::Error,
            format!("the data folder takes no writes: {error}"),
        ),
    })
}

fn overdue(desk: &Desk) -> Result<Finding> {
    let late = desk.clock.now().plus(-5 * At::MINUTE);
    let waiting = desk.db.read_blocking(|read| jobs::waiting(read))?;
    let overdue: i64 = waiting
        .iter()
        .filter(|(_, _, due_at)| *due_at < late)
        .map(|(_, count, _)| count)
        .sum();
    Ok(match overdue {
        0 => found("jobs", Grade::Ok, "nothing is overdue"),
        count => found(
            "jobs",
            Grade::Warning,
            format!("up to {count} jobs are more than five minutes late; is the server running?"),
        ),
    })
}

fn open_files() -> Finding {
    let mut limit = libc::rlimit {
        rlim_cur: 0,
        rlim_max: 0,
    };
    // SAFETY: the struct is ours and lives through the call.
    let known = unsafe { libc::getrlimit(libc::RLIMIT_NOFILE, &mut limit) } == 0;
    match limit.rlim_max {
        most if known && most < 4096 => found(
            "open-files",
            Grade::Warning,
            format!("at most {most} open files: raise LimitNOFILE for more readers"),
        ),
        most => found("open-files", Grade::Ok, format!("up to {most} open files")),
    }
}
