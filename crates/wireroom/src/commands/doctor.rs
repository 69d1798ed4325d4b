//! `wireroom doctor`: what is wrong, and what to do about it.

mod machine;

use super::{Desk, backup};
use crate::console::Console;
use base::db::Place;
use base::{Result, jobs, journal};
use lexicon::{At, Role, Stream};
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

type Check = fn(&Desk) -> Result<Finding>;

const CHECKS: [Check; 13] = [
    origin,
    limits,
    metrics,
    mail,
    owner,
    machine::clock,
    machine::space,
    machine::permissions,
    machine::open_files,
    database,
    search_index,
    overdue,
    snapshot,
];

/// Prints every finding; gives 0, 3 for warnings, 4 for errors. A check that cannot be made is an error of its own.
pub fn run(json: bool, desk: &Desk, console: &mut Console) -> Result<i32> {
    let mut worst = Grade::Ok;
    for check in CHECKS {
        let finding = check(desk).unwrap_or_else(|error| found("doctor", Grade::Error, format!("{error:?}")));
        worst = worst.max(finding.grade);
        match json {
            true => console.say(serde_json::to_string(&finding)?),
            false => console.say(format_args!(
                "{:7} {:12} {}",
                word(finding.grade),
                finding.check,
                finding.message
            )),
        }
    }
    Ok(match worst {
        Grade::Error => 4,
        Grade::Warning => 3,
        Grade::Ok => 0,
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

fn origin(desk: &Desk) -> Result<Finding> {
    let origin = desk.config.origin();
    let path = origin
        .split_once("://")
        .is_some_and(|(_, rest)| rest.contains('/'));
    Ok(if path {
        let message = format!("{origin} has a path; the public address is scheme and host alone");
        found("origin", Grade::Error, message)
    } else if origin.starts_with("https://") {
        found("origin", Grade::Ok, origin)
    } else {
        let message = format!("{origin} is not https; set WIREROOM_ORIGIN to the public address");
        found("origin", Grade::Warning, message)
    })
}

fn limits(desk: &Desk) -> Result<Finding> {
    Ok(match desk.config.limits() {
        true => found("limits", Grade::Ok, "rate limits are on"),
        false => found(
            "limits",
            Grade::Warning,
            "rate limits are off; that is for load tests only",
        ),
    })
}

fn metrics(desk: &Desk) -> Result<Finding> {
    let open = desk
        .config
        .metrics()
        .filter(|address| !address.ip().is_loopback());
    Ok(match open {
        Some(address) => {
            let message = format!(
                "anybody who reaches {address} can read the metrics; keep it in a network of your own"
            );
            found("metrics", Grade::Warning, message)
        }
        None => found("metrics", Grade::Ok, "not open to the network"),
    })
}

fn mail(desk: &Desk) -> Result<Finding> {
    let set = desk
        .config
        .shown()
        .iter()
        .any(|(key, value, _)| key.name == "smtp" && !value.is_empty());
    Ok(match set {
        true => found("mail", Grade::Ok, "there is a mail server"),
        false => found("mail", Grade::Warning, "no mail is sent; set WIREROOM_SMTP_FILE"),
    })
}

fn owner(desk: &Desk) -> Result<Finding> {
    let people = desk.db.read_blocking(|read| people::Person::all(read))?;
    Ok(match people.iter().any(|person| person.role == Role::Owner) {
        true => found("owner", Grade::Ok, "there is an owner"),
        false => {
            let message = "nobody owns this newsroom yet; start the server and follow its link";
            found("owner", Grade::Warning, message)
        }
    })
}

fn database(desk: &Desk) -> Result<Finding> {
    let faults = desk.db.faults()?;
    Ok(match faults.first() {
        None => found("database", Grade::Ok, "every page and index is sound"),
        Some(first) => {
            let message = format!("{first} ({} faults); restore the last backup", faults.len());
            found("database", Grade::Error, message)
        }
    })
}

/// The index follows the `public` stream; how far it is behind that stream's end.
fn search_index(desk: &Desk) -> Result<Finding> {
    /// A second of a busy import.
    const LATE: i64 = 3_000;
    let folder = desk.config.data().join("search");
    let (epoch, head) = desk
        .db
        .public()
        .read_blocking(|read| Ok((journal::epoch(read)?, journal::head(read, &Stream::Public)?)))?;
    if !folder.exists() {
        return Ok(found(
            "search",
            Grade::Ok,
            "no index yet; the server makes it when it starts",
        ));
    }
    let position = search::Index::open(&folder)?.position();
    Ok(match position {
        Some((of, seq)) if Some(&of) == epoch.as_ref() && head - seq <= LATE => {
            found("search", Grade::Ok, format!("{} records behind", head - seq))
        }
        Some((of, seq)) if Some(&of) == epoch.as_ref() => {
            let message = format!("{} records behind; is the server running?", head - seq);
            found("search", Grade::Warning, message)
        }
        _ => found(
            "search",
            Grade::Warning,
            "of another epoch; the server makes it anew when it starts",
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
        count => {
            let message =
                format!("up to {count} jobs are more than five minutes late; is the server running?");
            found("jobs", Grade::Warning, message)
        }
    })
}

fn snapshot(desk: &Desk) -> Result<Finding> {
    if let Place::Postgres(_) = desk.config.database()? {
        let message = "PostgreSQL is backed up with its own tools; see `wireroom backup create`";
        return Ok(found("backup", Grade::Ok, message));
    }
    let last = desk.db.read_blocking(|read| backup::last(read))?;
    let day_ago = desk.clock.now().plus(-24 * 60 * At::MINUTE);
    Ok(match last {
        Some(last) if last > day_ago => {
            found("backup", Grade::Ok, format!("the last is of {}", last.rfc3339()))
        }
        Some(last) => {
            let message = format!(
                "the last is of {}, more than a day old; run `wireroom backup create DIR`",
                last.rfc3339()
            );
            found("backup", Grade::Warning, message)
        }
        None => found(
            "backup",
            Grade::Warning,
            "there is none; run `wireroom backup create DIR`",
        ),
    })
}
