//! `wireroom person`.

use super::Desk;
use crate::cli::PersonVerb;
use crate::console::Console;
use crate::house::PARTS;
use base::{Error, Result};
use lexicon::Role;
use people::Person;

pub fn run(verb: &PersonVerb, desk: &Desk, console: &mut Console) -> Result<()> {
    match verb {
        PersonVerb::Add {
            email,
            name,
            role,
            password_stdin,
            json,
        } => {
            let role: Role = role.parse()?;
            let password = password_stdin.then(|| console.input()).transpose()?;
            let password = password
                .map(|password| people::password_hash(&password))
                .transpose()?;
            let (email, name) = (email.clone(), name.clone());
            let (person, invitation) = desk.db.write_blocking(move |tx| {
                let person = Person::add(tx, &email, &name, role, password.as_deref())?;
                let invitation = match password {
                    Some(_) => None,
                    None => Some(people::Invitation::link(tx, &person.id)?),
                };
                Ok((person, invitation))
            })?;
            if let Some(key) = invitation {
                let origin = desk.config.origin();
                console.tell(format_args!(
                    "To choose a password (works once, for 7 days): {origin}/invitation?key={key}"
                ));
            }
            match json {
                true => console.say(serde_json::to_string(&person)?),
                false => console.say(person.id),
            }
        }
        PersonVerb::List { json } => {
            for person in desk.db.read_blocking(|read| Person::all(read))? {
                match json {
                    true => console.say(serde_json::to_string(&person)?),
                    false => console.say(format_args!("{}\t{}\t{}", person.email, person.role, person.name)),
                }
            }
        }
        PersonVerb::Role { email, role } => {
            let (person, role): (_, Role) = (desk.person(email)?, role.parse()?);
            desk.db
                .write_blocking(move |tx| Person::set_role(tx, &person.id, role))?;
        }
        PersonVerb::Reset {
            email,
            password_stdin,
        } => {
            if !password_stdin {
                return Err(Error::invalid(
                    "password-stdin",
                    "people.password",
                    "give --password-stdin and pipe the password in",
                ));
            }
            let person = desk.person(email)?;
            let password = people::password_hash(&console.input()?)?;
            desk.db
                .write_blocking(move |tx| Person::reset(tx, &person.id, &password))?;
        }
        PersonVerb::EndSessions { email } => {
            let person = desk.person(email)?;
            desk.db
                .write_blocking(move |tx| Person::end_sessions(tx, &person.id))?;
        }
        PersonVerb::Export { email } => {
            let person = desk.person(email)?;
            let read = move |read: &mut base::Read| people::export(read, PARTS, &person.id);
            let all = desk.db.read_blocking(read)?;
            console.say(serde_json::to_string_pretty(&all)?);
        }
        PersonVerb::Erase { email } => {
            let person = desk.person(email)?;
            desk.db
                .write_blocking(move |tx| people::erase(tx, PARTS, &person.id))?;
            people::erase::stay_erased(desk.db, &desk.config.data(), PARTS)?;
        }
    }
    Ok(())
}
