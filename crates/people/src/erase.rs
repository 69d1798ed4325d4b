//! Everything about one person, given out or taken away: over all crates, in one transaction.
//!
//! Each crate that keeps something of people hands in a `Part` when the program is wired. What was erased stays erased:
//! a hash of the id is left, in the database and in a file beside it, and at the start whoever a restored backup brought
//! back is erased again.

use crate::email::fold;
use crate::errand::Errand;
use crate::event::Event;
use crate::guess::Place;
use crate::person::Person;
use crate::profile::Profile;
use crate::session::Session;
use crate::token::Token;
use base::db::{Query, Row, Tx};
use base::{Db, Error, Read, Result, values};
use lexicon::{At, PersonId};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

base::sql! {
    BURY = "INSERT INTO people_tombstone (hash, at) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING";
    BURIED = "SELECT hash FROM people_tombstone ORDER BY hash";
    EVERYBODY = "SELECT id FROM people_person ORDER BY id";
    FORGET_PERSON = "DELETE FROM people_person WHERE id = $1";
    FORGET_PASSWORD = "DELETE FROM people_password WHERE person = $1";
    FORGET_TOTP = "DELETE FROM people_totp WHERE person = $1";
    FORGET_RECOVERY = "DELETE FROM people_recovery WHERE person = $1";
    FORGET_ENROLMENT = "DELETE FROM people_enrolment WHERE person = $1";
    FORGET_TICKETS = "DELETE FROM people_ticket WHERE person = $1";
    FORGET_BROWSERS = "DELETE FROM people_browser WHERE person = $1";
    FORGET_TOKENS = "DELETE FROM people_token WHERE person = $1";
    FORGET_LINKS = "DELETE FROM people_link WHERE person = $1";
    FORGET_EVENTS = "DELETE FROM people_event WHERE person = $1";
}

/// The file in the data folder that outlives the database. A restore leaves it where it is.
pub const FILE: &str = "erased";

/// What one crate keeps of people.
#[derive(Clone, Copy)]
pub struct Part {
    /// The crate; the export has its answer under this name.
    pub name: &'static str,
    /// `table.column` of everything that holds a person's id or tells who somebody is, and that `erase` empties.
    pub personal: &'static [&'static str],
    /// `table.column` in which the bare id stays, because the act is the newsroom's: nothing leads from it to anybody.
    pub kept: &'static [&'static str],
    pub erase: fn(&mut Tx, &PersonId) -> Result<()>,
    pub export: fn(&mut Read, &PersonId) -> Result<Value>,
}

/// What this crate keeps, and `base` for it.
pub const PART: Part = Part {
    name: "people",
    personal: &[
        "people_person.id",
        "people_password.person",
        "people_totp.person",
        "people_recovery.person",
        "people_enrolment.person",
        "people_ticket.person",
        "people_session.person",
        "people_browser.person",
        "people_token.person",
        "people_link.person",
        "people_event.person",
        "people_errand.person",
        "people_ignore.person",
        "people_ignore.ignored",
        "people_passkey.person",
        "people_challenge.person",
        "public_person.id",
        "base_precedent.person",
    ],
    kept: &["people_event.by_person"],
    erase: erase_account,
    export: export_account,
};

/// Takes away everything about a person that any part keeps. Errors: `people.no_person`, `people.last_owner`.
pub fn erase(tx: &mut Tx, parts: &[Part], id: &PersonId) -> Result<()> {
    if let Some(person) = Person::by_id(tx, id)? {
        person.is_not_the_last_owner(tx)?;
    }
    let now = tx.now();
    tx.execute(BURY, values![grave(id), now])?;
    erase_parts(tx, parts, id)
}

/// The account itself comes last: the others may still need to know whose it is.
fn erase_parts(tx: &mut Tx, parts: &[Part], id: &PersonId) -> Result<()> {
    let others = parts.iter().filter(|part| part.name != PART.name);
    for part in others.filter(|_| !cfg!(feature = "planted-own-part-only")) {
        (part.erase)(tx, id)?;
    }
    erase_account(tx, id)
}

/// Everything that is kept of a person, by the crate that keeps it. Errors: `people.no_person`.
pub fn export(read: &mut Read, parts: &[Part], id: &PersonId) -> Result<Value> {
    let mut all = serde_json::Map::new();
    all.insert(PART.name.to_owned(), export_account(read, id)?);
    for part in parts.iter().filter(|part| part.name != PART.name) {
        all.insert(part.name.to_owned(), (part.export)(read, id)?);
    }
    Ok(Value::Object(all))
}

fn erase_account(tx: &mut Tx, id: &PersonId) -> Result<()> {
    let email = Person::address(tx, id)?;
    if let Some(email) = &email {
        Place::account(&fold(email)).forget(tx)?;
        Place::mailbox(&fold(email)).forget(tx)?;
        Errand::forget(tx, id, &fold(email))?;
    }
    Place::code(id).forget(tx)?;
    Session::end_all(tx, id)?;
    base::precedent::forget(tx, id)?;
    crate::ignore::forget(tx, id)?;
    crate::passkey::forget(tx, id)?;
    let everywhere = [
        FORGET_PASSWORD,
        FORGET_TOTP,
        FORGET_RECOVERY,
        FORGET_ENROLMENT,
        FORGET_TICKETS,
        FORGET_BROWSERS,
        FORGET_TOKENS,
        FORGET_LINKS,
        FORGET_EVENTS,
        FORGET_PERSON,
    ];
    for statement in everywhere {
        tx.execute(statement, values![id])?;
    }
    Profile::hide(tx, id)
}

fn export_account(read: &mut Read, id: &PersonId) -> Result<Value> {
    let person = Person::by_id(read, id)?.ok_or(Error::not_found("people.no_person"))?;
    let moment = |at: At| at.rfc3339();
    let sessions = Session::of_person(read, id, person.made_at)?;
    let tokens = Token::of_person(read, id)?;
    let events = Event::of_person(read, id, 10_000)?;
    let ignored = crate::ignore::of_person(read, id)?;
    let passkeys = crate::passkey::Passkey::of_person(read, id)?;
    Ok(json!({
        "id": person.id,
        "email": person.email,
        "name": person.name,
        "role": person.role,
        "made_at": moment(person.made_at),
        "sessions": sessions.iter().map(|one| json!({
            "device": one.agent, "started_at": moment(one.made_at), "last_seen_at": moment(one.seen_at),
        })).collect::<Vec<_>>(),
        "tokens": tokens.iter().map(|one| json!({
            "name": one.name, "scope": one.scope, "made_at": moment(one.made_at),
        })).collect::<Vec<_>>(),
        "events": events.iter().map(|one| json!({
            "at": moment(one.at), "what": one.what, "detail": one.detail,
        })).collect::<Vec<_>>(),
        "ignored": ignored.iter().map(|one| json!({ "key": one.key, "name": one.name })).collect::<Vec<_>>(),
        "passkeys": passkeys.iter().map(|one| json!({
            "name": one.name, "made_at": moment(one.made_at),
        })).collect::<Vec<_>>(),
    }))
}

/// What is left of somebody who was erased. It says nothing, and fits only the one id.
fn grave(id: &PersonId) -> Vec<u8> {
    blake3::hash(id.as_str().as_bytes()).as_bytes().to_vec()
}

/// Brings table and file together, and erases again whom either names and a backup brought back; gives how many those are.
/// Called at the start, before anybody can ask for anything, and after each erasure.
pub fn stay_erased(db: &Db, data: &Path, parts: &'static [Part]) -> Result<usize> {
    let told = read_file(&data.join(FILE))?;
    let erased = if cfg!(feature = "planted-no-tombstone") {
        0
    } else {
        let told = told.clone();
        db.write_blocking(move |tx| erase_again(tx, &told, parts))?
    };
    let known = db.read_blocking(|read| buried(read))?;
    if known.len() > told.len() {
        write_file(data, &known)?;
    }
    Ok(erased)
}

/// As `stay_erased`, for a person who was just erased: their hash into the file. A write that fails is made up for at the next
/// start, from the table.
pub async fn remember_erased(db: &Db, data: &Path) -> Result<()> {
    let known = db.read(|read| buried(read)).await?;
    write_file(data, &known)
}

fn erase_again(tx: &mut Tx, told: &BTreeSet<Vec<u8>>, parts: &[Part]) -> Result<usize> {
    let now = tx.now();
    for hash in told {
        tx.execute(BURY, values![hash.clone(), now])?;
    }
    let graves = buried(tx)?;
    if graves.is_empty() {
        return Ok(0);
    }
    let everybody: Vec<PersonId> = tx
        .query(EVERYBODY, &[])?
        .into_iter()
        .map(Row::only)
        .collect::<Result<_>>()?;
    let back: Vec<PersonId> = everybody
        .into_iter()
        .filter(|id| graves.contains(&grave(id)))
        .collect();
    for id in &back {
        erase_parts(tx, parts, id)?;
    }
    Ok(back.len())
}

fn buried<Q: Query>(db: &mut Q) -> Result<BTreeSet<Vec<u8>>> {
    db.query(BURIED, &[])?.into_iter().map(Row::only).collect()
}

/// A line a hash, in hexadecimal. A line that is none (a write that was cut) is passed over: the table has it.
fn read_file(path: &Path) -> Result<BTreeSet<Vec<u8>>> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) => return Err(error.into()),
    };
    let hash = |line: &str| {
        blake3::Hash::from_hex(line.trim())
            .ok()
            .map(|hash| hash.as_bytes().to_vec())
    };
    Ok(text.lines().filter_map(hash).collect())
}

fn write_file(data: &Path, known: &BTreeSet<Vec<u8>>) -> Result<()> {
    let (path, next) = (data.join(FILE), data.join("erased.tmp"));
    // What an older database does not know any more stays in the file.
    let all: BTreeSet<Vec<u8>> = read_file(&path)?.union(known).cloned().collect();
    let mut file = std::fs::File::create(&next)?;
    for hash in &all {
        let bytes: [u8; 32] = hash.as_slice().try_into().map_err(Error::internal)?;
        writeln!(file, "{}", blake3::Hash::from_bytes(bytes).to_hex())?;
    }
    file.sync_all()?;
    std::fs::rename(&next, &path)?;
    Ok(std::fs::File::open(data)?.sync_all()?)
}
