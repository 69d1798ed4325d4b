//! The commands that work on the database, whether it is opened for them or belongs to the running server.

mod backup;
mod doctor;
mod edition;
mod import;
mod person;
mod token;

pub use backup::run_apart;
pub use import::TASKS;

use crate::cli::Verb;
use crate::console::Console;
use base::{Clock, Config, Db, Error, Result};

/// Every statement of the commands.
#[cfg(test)]
pub fn statements() -> Vec<base::db::Sql> {
    backup::STATEMENTS.to_vec()
}

/// What a command works with.
pub struct Desk<'a> {
    pub db: &'a Db,
    pub clock: &'a Clock,
    pub config: &'a Config,
}

/// Does a command and gives its exit code: 0 done, 1 failed, 2 used wrongly, 75 try again, 78 configuration.
pub fn run(verb: &Verb, db: &Db, clock: &Clock, config: &Config, console: &mut Console) -> i32 {
    let desk = Desk { db, clock, config };
    let outcome = match verb {
        Verb::Person(verb) => person::run(verb, &desk, console).map(|()| 0),
        Verb::Token(verb) => token::run(verb, &desk, console).map(|()| 0),
        Verb::Edition(verb) => edition::run_edition(verb, &desk, console).map(|()| 0),
        Verb::Section(verb) => edition::run_section(verb, &desk, console).map(|()| 0),
        Verb::Import(args) => import::run(args, &desk, console),
        Verb::Backup(verb) => backup::run(verb, &desk, console).map(|()| 0),
        Verb::Doctor { json } => doctor::run(*json, &desk, console),
        _ => Err(Error::invalid(
            "command",
            "wireroom.command",
            "this is not a command for a running server",
        )),
    };
    outcome.unwrap_or_else(|error| refused(&error, console))
}

/// Says what went wrong and what to do next; gives the exit code.
pub fn refused(error: &Error, console: &mut Console) -> i32 {
    console.tell(format_args!("wireroom: {error}"));
    if let Error::Internal { cause } = error {
        console.tell(format_args!("  {cause}"));
    }
    match error {
        Error::Invalid { code, .. } if code.starts_with("config.") => 78,
        Error::Invalid { .. } => 2,
        Error::Unavailable { .. } | Error::TooMany { .. } => 75,
        Error::Conflict {
            code: "db.locked", ..
        } => 75,
        _ => 1,
    }
}

impl Desk<'_> {
    /// A person by their e-mail address, or `people.no_person`.
    fn person(&self, email: &str) -> Result<people::Person> {
        let email = email.to_owned();
        self.db.read_blocking(move |read| {
            people::Person::by_email(read, &email)?.ok_or_else(|| {
                Error::invalid(
                    "email",
                    "people.no_person",
                    format!("nobody here has the address {email}"),
                )
            })
        })
    }
}
