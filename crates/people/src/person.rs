//! A person with an account: who they are and what they are here.

use crate::email::{Email, fold};
use crate::event::Event;
use crate::guess::Place;
use crate::link::Link;
use crate::name::{checked_name, is_free_for_readers};
use crate::password::Password;
use crate::profile::Profile;
use crate::session::Session;
use crate::ticket::Ticket;
use crate::totp::Totp;
use base::db::{Query, Row, Tx};
use base::{Clock, Error, Result, values};
use lexicon::{At, PersonId, Role};
use serde::Serialize;

base::sql! {
    ADD = "INSERT INTO people_person (id, folded, email, name, role, made_at) VALUES ($1, $2, $3, $4, $5, $6)";
    BY_ID = "SELECT id, email, name, role, made_at FROM people_person WHERE id = $1 AND ended_at IS NULL";
    BY_EMAIL = "SELECT id, email, name, role, made_at FROM people_person WHERE folded = $1 AND ended_at IS NULL";
    /// Somebody who left keeps their address, so that their past acts stay theirs.
    TAKEN = "SELECT id FROM people_person WHERE folded = $1";
    ALL = "SELECT id, email, name, role, made_at FROM people_person WHERE ended_at IS NULL ORDER BY folded";
    OWNERS = "SELECT COUNT(*) FROM people_person WHERE role = 'owner' AND ended_at IS NULL";
    SET_ROLE = "UPDATE people_person SET role = $1 WHERE id = $2";
    RENAME = "UPDATE people_person SET name = $1 WHERE id = $2";
    MOVE = "UPDATE people_person SET folded = $1, email = $2 WHERE id = $3";
    ADDRESS = "SELECT email FROM people_person WHERE id = $1";
    END = "UPDATE people_person SET ended_at = $1 WHERE id = $2";
    NO_TOKENS = "DELETE FROM people_token WHERE person = $1";
}

/// Somebody with an account that has not ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    pub id: PersonId,
    /// As typed.
    pub email: String,
    pub name: String,
    pub role: Role,
    pub made_at: At,
}

impl Person {
    /// Adds a person, with the hash of their password when there is one.
    /// Errors: `people.email`, `people.name`, `people.email_taken`.
    pub fn add(tx: &mut Tx, email: &str, name: &str, role: Role, password: Option<&str>) -> Result<Self> {
        Self::add_by(tx, email, name, role, password, None)
    }

    pub(crate) fn add_by(
        tx: &mut Tx,
        email: &str,
        name: &str,
        role: Role,
        password: Option<&str>,
        by: Option<&PersonId>,
    ) -> Result<Self> {
        let (email, name) = (Email::parse(email)?, checked_name(name)?);
        if tx.one(TAKEN, values![&email.folded])?.is_some() {
            let message = "Somebody here has this address already.";
            return Err(Error::conflict("people.email_taken", message));
        }
        let person = Self {
            // Ids follow the moment of the transaction.
            id: Clock::frozen(tx.now()).person_id(),
            email: email.typed,
            name,
            role,
            made_at: tx.now(),
        };
        let (id, mail) = (&person.id, &person.email);
        tx.execute(
            ADD,
            values![id, email.folded, mail, &person.name, role, person.made_at],
        )?;
        if let Some(hash) = password {
            Password::set(tx, id, hash)?;
        }
        Profile::show(tx, &person)?;
        Event::note(tx, "person_added", id, by, role.as_str())?;
        Ok(person)
    }

    pub fn by_id(db: &mut dyn Query, id: &PersonId) -> Result<Option<Self>> {
        db.one(BY_ID, values![id])?.map(Self::from_row).transpose()
    }

    /// Finds a person by their address, in whatever case it is written.
    pub fn by_email(db: &mut dyn Query, email: &str) -> Result<Option<Self>> {
        db.one(BY_EMAIL, values![fold(email)])?
            .map(Self::from_row)
            .transpose()
    }

    /// Everybody, by address.
    pub fn all(db: &mut dyn Query) -> Result<Vec<Self>> {
        db.query(ALL, &[])?.into_iter().map(Self::from_row).collect()
    }

    /// How many owners there are.
    pub(crate) fn owners(db: &mut dyn Query) -> Result<i64> {
        db.one(OWNERS, &[])?.map_or(Ok(0), Row::only)
    }

    /// Gives a person another role and signs them out everywhere; tokens go on with the new role.
    /// Errors: `people.no_person`, `people.last_owner`.
    pub fn set_role(tx: &mut Tx, id: &PersonId, role: Role) -> Result<()> {
        Self::set_role_by(tx, id, role, None)
    }

    pub(crate) fn set_role_by(tx: &mut Tx, id: &PersonId, role: Role, by: Option<&PersonId>) -> Result<()> {
        let person = Self::existing(tx, id)?;
        if person.role == role {
            return Ok(());
        }
        person.is_not_the_last_owner(tx)?;
        tx.execute(SET_ROLE, values![role, id])?;
        Profile::show(
            tx,
            &Self {
                role,
                ..person.clone()
            },
        )?;
        Event::note(tx, "role_changed", id, by, &format!("{} → {role}", person.role))?;
        Self::end_sessions(tx, id)
    }

    /// Gives a person another name. Errors: `people.no_person`, `people.name`, `people.name_taken`.
    pub fn rename(tx: &mut Tx, id: &PersonId, name: &str) -> Result<Self> {
        let person = Self {
            name: checked_name(name)?,
            ..Self::existing(tx, id)?
        };
        if !person.role.is_staff() {
            is_free_for_readers(tx, &person.name)?;
        }
        tx.execute(RENAME, values![&person.name, id])?;
        Profile::show(tx, &person)?;
        Event::note(tx, "renamed", id, Some(id), "")?;
        Ok(person)
    }

    /// Moves a person to another address, from which they have answered. Errors: `people.email_taken`.
    pub(crate) fn move_to(tx: &mut Tx, id: &PersonId, email: &str) -> Result<()> {
        let email = Email::parse(email)?;
        if tx.one(TAKEN, values![&email.folded])?.is_some() {
            let message = "Somebody here has this address already.";
            return Err(Error::conflict("people.email_taken", message));
        }
        tx.execute(MOVE, values![email.folded, email.typed, id])?;
        Link::end_all(tx, id)?;
        Event::note(tx, "address_changed", id, Some(id), "")
    }

    /// Whether an address belongs to somebody, ended or not.
    pub(crate) fn was_here(db: &mut dyn Query, folded: &str) -> Result<bool> {
        Ok(db.one(TAKEN, values![folded])?.is_some())
    }

    /// The address of an account, ended or not.
    pub(crate) fn address(db: &mut dyn Query, id: &PersonId) -> Result<Option<String>> {
        db.one(ADDRESS, values![id])?.map(Row::only).transpose()
    }

    /// Sets a new password by its hash, takes the second factor off and signs the person out everywhere.
    pub fn reset(tx: &mut Tx, id: &PersonId, password: &str) -> Result<()> {
        let person = Self::existing(tx, id)?;
        Password::set(tx, id, password)?;
        Totp::remove(tx, id)?;
        crate::passkey::forget(tx, id)?;
        Link::end_all(tx, id)?;
        Place::account(&fold(&person.email)).forget(tx)?;
        Place::code(id).forget(tx)?;
        Event::note(tx, "account_reset", id, None, "")?;
        Self::end_sessions(tx, id)
    }

    /// Signs a person out everywhere; their open streams are cut.
    pub fn end_sessions(tx: &mut Tx, id: &PersonId) -> Result<()> {
        Ticket::end_all(tx, id)?;
        Session::end_all(tx, id)?;
        Event::note(tx, "sessions_ended", id, None, "")
    }

    /// Ends an account with everything that opens it. What the person did stays theirs.
    /// Errors: `people.no_person`, `people.last_owner`.
    pub fn end(tx: &mut Tx, id: &PersonId, by: Option<&PersonId>) -> Result<()> {
        let person = Self::existing(tx, id)?;
        person.is_not_the_last_owner(tx)?;
        tx.execute(END, values![tx.now(), id])?;
        tx.execute(NO_TOKENS, values![id])?;
        Password::remove(tx, id)?;
        Totp::remove(tx, id)?;
        crate::passkey::forget(tx, id)?;
        Link::end_all(tx, id)?;
        Profile::retire(tx, id)?;
        Event::note(tx, "person_ended", id, by, "")?;
        Self::end_sessions(tx, id)
    }

    fn existing(db: &mut dyn Query, id: &PersonId) -> Result<Self> {
        Self::by_id(db, id)?.ok_or(Error::not_found("people.no_person"))
    }

    pub(crate) fn is_not_the_last_owner(&self, db: &mut dyn Query) -> Result<()> {
        if self.role != Role::Owner || Self::owners(db)? > 1 {
            return Ok(());
        }
        let message = "This is the only owner. Make somebody else an owner first.";
        Err(Error::conflict("people.last_owner", message))
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            id: columns.next()?,
            email: columns.next()?,
            name: columns.next()?,
            role: columns.next()?,
            made_at: columns.next()?,
        })
    }
}

/// Whether an address and a name can be taken, before anything costly is done with them.
pub(crate) fn checked(email: &str, name: &str) -> Result<()> {
    Email::parse(email)?;
    checked_name(name).map(|_| ())
}
