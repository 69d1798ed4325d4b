//! API tokens: what programs sign in with.

use crate::event::Event;
use crate::limits::{NAME_LONGEST, SEEN_EVERY};
use crate::secret;
use crate::session::cut;
use base::db::{Query, Row, Tx};
use base::web::{Caller, Via};
use base::{Error, Result, values};
use lexicon::{At, PersonId, Scope};
use serde::Serialize;

base::sql! {
    ADD = "INSERT INTO people_token (id, hash, person, name, scope, made_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    FIND = "SELECT t.id, t.scope, t.used_at, t.ends_at, p.id, p.name, p.role FROM people_token t JOIN people_person p ON p.id = t.person
        WHERE t.hash = $1 AND p.ended_at IS NULL";
    OF_PERSON = "SELECT id, name, scope, made_at, used_at, ends_at FROM people_token WHERE person = $1 ORDER BY made_at, id";
    USED = "UPDATE people_token SET used_at = $1 WHERE id = $2";
    END = "DELETE FROM people_token WHERE id = $1 RETURNING person, name";
    END_OWN = "DELETE FROM people_token WHERE id = $1 AND person = $2 RETURNING person, name";
}

/// So that scanners recognise one in a place where none should be.
const PREFIX: &str = "wr_";

/// A token, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Token {
    pub id: String,
    pub name: String,
    pub scope: Scope,
    pub made_at: At,
    pub used_at: Option<At>,
    /// It is valid until then; `None`: until it is ended.
    pub ends_at: Option<At>,
}

/// What a request learns from its token.
#[derive(Clone, Debug)]
pub(crate) struct Bearer {
    pub caller: Caller,
    used_at: Option<At>,
    ends_at: Option<At>,
}

impl Token {
    /// Makes a token and gives its secret, which is shown once. Errors: `people.no_person`, `people.name`.
    pub fn add(tx: &mut Tx, person: &PersonId, name: &str, scope: Scope) -> Result<String> {
        Self::add_until(tx, person, name, scope, None)
    }

    /// As `add`, for a token that ends by itself.
    pub fn add_until(
        tx: &mut Tx,
        person: &PersonId,
        name: &str,
        scope: Scope,
        ends_at: Option<At>,
    ) -> Result<String> {
        let name = name.trim();
        if !(1..=NAME_LONGEST).contains(&name.chars().count()) {
            let message = format!("write 1 to {NAME_LONGEST} characters");
            return Err(Error::invalid("name", "people.name", message));
        }
        if crate::Person::by_id(tx, person)?.is_none() {
            return Err(Error::not_found("people.no_person"));
        }
        let secret = format!("{PREFIX}{}", secret::draw());
        let (id, hash, now) = (secret::id(), secret::hash(&secret), tx.now());
        tx.execute(ADD, values![id, hash, person, name, scope, now, ends_at])?;
        Event::note(tx, "token_made", person, None, &format!("{name} ({scope})"))?;
        Ok(secret)
    }

    pub fn of_person(db: &mut dyn Query, person: &PersonId) -> Result<Vec<Self>> {
        let rows = db.query(OF_PERSON, values![person])?;
        rows.into_iter().map(Self::from_row).collect()
    }

    /// Ends a token: the next request with it is refused. Errors: `people.no_token`.
    pub fn end(tx: &mut Tx, id: &str) -> Result<()> {
        let row = tx.one(END, values![id])?;
        ended(tx, row)
    }

    /// Ends a token of this person's own.
    pub(crate) fn end_own(tx: &mut Tx, id: &str, person: &PersonId) -> Result<()> {
        let row = tx.one(END_OWN, values![id, person])?;
        ended(tx, row)
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            id: columns.next()?,
            name: columns.next()?,
            scope: columns.next()?,
            made_at: columns.next()?,
            used_at: columns.next()?,
            ends_at: columns.next()?,
        })
    }
}

fn ended(tx: &mut Tx, row: Option<Row>) -> Result<()> {
    let mut columns = row.ok_or(Error::not_found("people.no_token"))?.columns();
    let (person, name): (PersonId, String) = (columns.next()?, columns.next()?);
    Event::note(tx, "token_ended", &person, None, &name)?;
    cut(tx, &person);
    Ok(())
}

impl Bearer {
    /// Who sends this token. What cannot be one costs no look-up.
    pub fn find(db: &mut dyn Query, secret: &str, now: At) -> Result<Option<Self>> {
        let bearer = db
            .one(FIND, values![secret::hash(secret)])?
            .map(Self::from_row)
            .transpose()?;
        Ok(bearer.filter(|bearer| bearer.ends_at.is_none_or(|ends_at| now < ends_at)))
    }

    /// Whether a text has the shape of a token.
    pub fn is_one(text: &str) -> bool {
        text.len() == PREFIX.len() + 52 && text.starts_with(PREFIX)
    }

    pub fn is_used_late(&self, now: At) -> bool {
        self.used_at.is_none_or(|at| now >= at.plus(SEEN_EVERY))
    }

    pub fn used(tx: &mut Tx, id: &str) -> Result<()> {
        tx.execute(USED, values![tx.now(), id]).map(|_| ())
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        let (id, scope) = (columns.next()?, columns.next()?);
        let (used_at, ends_at) = (columns.next()?, columns.next()?);
        let caller = Caller {
            person: columns.next()?,
            name: columns.next()?,
            role: columns.next()?,
            scope,
            via: Via::Token { id },
        };
        Ok(Self {
            caller,
            used_at,
            ends_at,
        })
    }
}
