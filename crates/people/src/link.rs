//! Links that work once: the set-up of the newsroom, an invitation, a new password. The row holds whose they are;
//! nothing that comes with the request can make them another's.

use crate::event::Event;
use crate::limits::{INVITATION, RESET_LINK, SETUP_LINK};
use crate::password::Password;
use crate::person::Person;
use crate::secret;
use crate::ticket::Ticket;
use base::db::{Query, Tx};
use base::{Db, Error, Result, values};
use lexicon::{At, PersonId, Role};

base::sql! {
    MAKE = "INSERT INTO people_link (hash, kind, person, email, made_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6)";
    FIND = "SELECT person, email, ends_at, used_at FROM people_link WHERE hash = $1 AND kind = $2";
    USE = "UPDATE people_link SET used_at = $1 WHERE hash = $2 AND used_at IS NULL";
    END_KIND = "UPDATE people_link SET used_at = $1 WHERE kind = $2 AND used_at IS NULL";
    END_ALL = "UPDATE people_link SET used_at = $1 WHERE person = $2 AND used_at IS NULL";
    /// Used ones stay a while, so that their holder is told why they do not work.
    FORGET_OLD = "DELETE FROM people_link WHERE ends_at < $1";
}

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Setup,
    Invitation,
    Reset,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Invitation => "invitation",
            Self::Reset => "reset",
        }
    }

    /// Where it leads.
    pub fn path(self) -> &'static str {
        match self {
            Self::Setup => "/setup",
            Self::Invitation => "/invitation",
            Self::Reset => "/reset",
        }
    }

    fn lasts(self) -> i64 {
        match self {
            Self::Setup => SETUP_LINK,
            Self::Invitation => INVITATION,
            Self::Reset => RESET_LINK,
        }
    }
}

/// A link that works.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    /// Whose it is; nobody's for the set-up.
    pub person: Option<PersonId>,
    /// The address it was made for, as it was then.
    pub email: String,
}

impl Link {
    /// Makes a link and gives its secret. An earlier one of the same person does not work any more.
    pub fn make(tx: &mut Tx, kind: Kind, person: Option<&Person>, by: Option<&PersonId>) -> Result<String> {
        let (secret, now) = (secret::draw(), tx.now());
        tx.execute(FORGET_OLD, values![now.plus(-30 * At::DAY)])?;
        if let Some(person) = person {
            Self::end_all(tx, &person.id)?;
            Event::note(tx, &format!("{}_link_made", kind.as_str()), &person.id, by, "")?;
        }
        let (id, email) = (
            person.map(|person| &person.id),
            person.map_or("", |person| &person.email),
        );
        tx.execute(
            MAKE,
            values![
                secret::hash(&secret),
                kind.as_str(),
                id,
                email,
                now,
                now.plus(kind.lasts())
            ],
        )?;
        Ok(secret)
    }

    /// Looks a link up. Errors: `people.link_unknown`, `people.link_used`, `people.link_expired`.
    pub fn open(db: &mut dyn Query, kind: Kind, secret: &str, now: At) -> Result<Self> {
        let row = db.one(FIND, values![secret::hash(secret), kind.as_str()])?;
        let mut columns = row.ok_or(Error::not_found("people.link_unknown"))?.columns();
        let link = Self {
            person: columns.next()?,
            email: columns.next()?,
        };
        let (ends_at, used_at): (At, Option<At>) = (columns.next()?, columns.next()?);
        if used_at.is_some() && !cfg!(feature = "planted-link-reused") {
            return Err(gone(
                "people.link_used",
                "This link was used already; each works once.",
            ));
        }
        if now >= ends_at {
            return Err(gone(
                "people.link_expired",
                "This link has expired; ask for a new one.",
            ));
        }
        Ok(link)
    }

    /// Opens a link and uses it up in this transaction.
    pub fn take(tx: &mut Tx, kind: Kind, secret: &str) -> Result<Self> {
        let now = tx.now();
        let link = Self::open(tx, kind, secret, now)?;
        tx.execute(USE, values![now, secret::hash(secret)])?;
        Ok(link)
    }

    pub fn end_all(tx: &mut Tx, person: &PersonId) -> Result<()> {
        tx.execute(END_ALL, values![tx.now(), person]).map(|_| ())
    }

    /// Whose account this link is about. A link does not survive a change of the address it was made for.
    pub fn owner(&self, db: &mut dyn Query) -> Result<Person> {
        let person = match &self.person {
            Some(id) => Person::by_id(db, id)?,
            None => None,
        };
        let person = person.filter(|person| person.email == self.email);
        person.ok_or(Error::not_found("people.link_unknown"))
    }

    /// Sets the password of the link's person and lets them in as far as a password goes; every session ends.
    /// `typed` is the address that the form sent for password managers: it decides nothing.
    pub fn set_password(
        tx: &mut Tx,
        kind: Kind,
        secret: &str,
        hash: &str,
        typed: &str,
        agent: &str,
    ) -> Result<String> {
        let link = Self::take(tx, kind, secret)?;
        let mut person = link.owner(tx)?;
        if cfg!(feature = "planted-typed-address")
            && let Some(named) = Person::by_email(tx, typed)?
        {
            person = named;
        }
        Password::set(tx, &person.id, hash)?;
        Event::note(tx, "password_set", &person.id, Some(&person.id), kind.as_str())?;
        Person::end_sessions(tx, &person.id)?;
        Ticket::begin(tx, &person.id, agent)
    }
}

fn gone(code: &'static str, message: &str) -> Error {
    Error::Gone {
        code,
        message: message.to_owned(),
    }
}

/// The first visitor with the link becomes the owner.
pub struct Setup;

impl Setup {
    /// While there is no owner: the secret of a new link `/setup?key=…` that makes one. Nodes that start together may
    /// each print one; the first that is used ends them all.
    pub async fn link(db: &Db) -> Result<Option<String>> {
        db.write(|tx| match Person::owners(tx)? {
            0 => Link::make(tx, Kind::Setup, None, None).map(Some),
            _ => Ok(None),
        })
        .await
    }

    /// Whether a set-up link works. Errors: `people.has_owner`, and those of `Link::open`.
    pub(crate) fn open(db: &mut dyn Query, secret: &str, now: At) -> Result<()> {
        Link::open(db, Kind::Setup, secret, now)?;
        if Person::owners(db)? == 0 {
            return Ok(());
        }
        Err(gone(
            "people.has_owner",
            "This newsroom has an owner already; sign in instead.",
        ))
    }

    /// Makes the owner, once. Gives the secret of a ticket: the second factor comes next.
    pub(crate) fn take(tx: &mut Tx, secret: &str, owner: &NewOwner, agent: &str) -> Result<String> {
        let now = tx.now();
        Self::open(tx, secret, now)?;
        Link::take(tx, Kind::Setup, secret)?;
        tx.execute(END_KIND, values![now, Kind::Setup.as_str()])?;
        let person = Person::add(tx, &owner.email, &owner.name, Role::Owner, Some(&owner.hash))?;
        Ticket::begin(tx, &person.id, agent)
    }
}

/// The link with which somebody who was added chooses their first password.
pub struct Invitation;

impl Invitation {
    /// The secret of a new link `/invitation?key=…`; an earlier one of theirs ends. Errors: `people.no_person`.
    pub fn link(tx: &mut Tx, person: &PersonId) -> Result<String> {
        let person = Person::by_id(tx, person)?.ok_or(Error::not_found("people.no_person"))?;
        Link::make(tx, Kind::Invitation, Some(&person), None)
    }
}

/// Who becomes the owner.
#[derive(Clone, Debug)]
pub(crate) struct NewOwner {
    pub email: String,
    pub name: String,
    pub hash: String,
}
