//! A session: somebody is signed in with everything that is asked of them. The row is the truth.

use crate::event::Event;
use crate::limits::{READER_IDLE, READER_WHOLE, SEEN_EVERY, SESSION_IDLE, SESSION_WHOLE};
use crate::person::Person;
use crate::secret;
use base::db::{Query, Row, Tx};
use base::journal::Happening;
use base::{Result, values};
use lexicon::{At, PersonId, Role, Stream};

base::sql! {
    BEGIN = "INSERT INTO people_session (id, hash, person, agent, made_at, seen_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    FIND = "SELECT s.id, s.seen_at, s.ends_at, p.id, p.name, p.role FROM people_session s JOIN people_person p ON p.id = s.person
        WHERE s.hash = $1 AND p.ended_at IS NULL";
    OF_PERSON = "SELECT id, agent, made_at, seen_at FROM people_session WHERE person = $1 AND ends_at > $2 AND seen_at > $3
        ORDER BY made_at DESC, id";
    SEEN = "UPDATE people_session SET seen_at = $1 WHERE id = $2";
    END = "DELETE FROM people_session WHERE person = $1 AND id = $2";
    END_HELD = "DELETE FROM people_session WHERE hash = $1 RETURNING person";
    END_ALL = "DELETE FROM people_session WHERE person = $1";
    OVER = "DELETE FROM people_session WHERE ends_at <= $1 RETURNING person";
    IDLE = "DELETE FROM people_session WHERE seen_at <= $1
        AND person IN (SELECT id FROM people_person WHERE role <> 'reader') RETURNING person";
    IDLE_READERS = "DELETE FROM people_session WHERE seen_at <= $1 RETURNING person";
    ROLE_OF = "SELECT role FROM people_person WHERE id = $1";
    END_OTHERS = "DELETE FROM people_session WHERE person = $1 AND id <> $2";
}

/// The kind of the desk's record that says that somebody's streams must end. Its subject is the person.
pub const ENDED: &str = "person.signed_out";

/// One place where somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Session {
    pub id: String,
    /// Browser and system, for people to know it by.
    pub agent: String,
    pub made_at: At,
    pub seen_at: At,
}

/// What a request learns from its cookie.
#[derive(Clone, Debug)]
pub(crate) struct Holder {
    pub session: String,
    pub seen_at: At,
    pub ends_at: At,
    pub person: PersonId,
    pub name: String,
    pub role: Role,
}

impl Session {
    /// Begins a session with a secret of its own, and gives the secret. Whoever calls this has asked for every factor.
    pub fn begin(tx: &mut Tx, person: &PersonId, agent: &str) -> Result<String> {
        let (secret, now) = (secret::draw(), tx.now());
        let (id, hash) = (secret::id(), secret::hash(&secret));
        let ends_at = now.plus(whole(role_of(tx, person)?));
        tx.execute(BEGIN, values![id, hash, person, agent, now, now, ends_at])?;
        Event::note(tx, "signed_in", person, Some(person), agent)?;
        Ok(secret)
    }

    /// Who holds this secret, sessions that are over included: the caller must ask `Holder::is_over`.
    pub fn holder(db: &mut dyn Query, secret: &str) -> Result<Option<Holder>> {
        let row = db.one(FIND, values![secret::hash(secret)])?;
        row.map(Holder::from_row).transpose()
    }

    /// Where a person is signed in, the newest first.
    pub fn of_person(db: &mut dyn Query, person: &PersonId, now: At) -> Result<Vec<Self>> {
        let idle = idle(role_of(db, person)?);
        let rows = db.query(OF_PERSON, values![person, now, now.plus(-idle)])?;
        rows.into_iter().map(Self::from_row).collect()
    }

    pub fn seen(tx: &mut Tx, id: &str) -> Result<()> {
        tx.execute(SEEN, values![tx.now(), id]).map(|_| ())
    }

    /// Ends one of a person's sessions; nothing happens when it is none of theirs.
    pub fn end(tx: &mut Tx, person: &PersonId, id: &str) -> Result<()> {
        if tx.execute(END, values![person, id])? > 0 {
            Event::note(tx, "signed_out", person, Some(person), "")?;
            cut(tx, person);
        }
        Ok(())
    }

    /// Ends the session that this secret opens, if any: its holder signs out, or signs in anew.
    pub fn end_held(tx: &mut Tx, secret: &str) -> Result<()> {
        if cfg!(feature = "planted-token-kept") {
            return Ok(());
        }
        for row in tx.query(END_HELD, values![secret::hash(secret)])? {
            let person: PersonId = row.only()?;
            Event::note(tx, "signed_out", &person, Some(&person), "")?;
            cut(tx, &person);
        }
        Ok(())
    }

    pub fn end_all(tx: &mut Tx, person: &PersonId) -> Result<()> {
        tx.execute(END_ALL, values![person])?;
        cut(tx, person);
        Ok(())
    }

    /// Ends a person's sessions but one.
    pub fn end_others(tx: &mut Tx, person: &PersonId, kept: &str) -> Result<()> {
        if tx.execute(END_OTHERS, values![person, kept])? > 0 {
            Event::note(tx, "other_sessions_ended", person, Some(person), "")?;
            cut(tx, person);
        }
        Ok(())
    }

    /// Takes away the sessions whose time is over, so that no clock that is set back can revive one.
    pub fn sweep(tx: &mut Tx) -> Result<()> {
        let now = tx.now();
        let mut over = tx.query(OVER, values![now])?;
        over.extend(tx.query(IDLE, values![now.plus(-SESSION_IDLE)])?);
        over.extend(tx.query(IDLE_READERS, values![now.plus(-READER_IDLE)])?);
        for row in over {
            cut(tx, &row.only()?);
        }
        Ok(())
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            id: columns.next()?,
            agent: columns.next()?,
            made_at: columns.next()?,
            seen_at: columns.next()?,
        })
    }
}

/// Has the person's open streams ended on every node: those whose session or token still stands come back by themselves.
pub(crate) fn cut(tx: &mut Tx, person: &PersonId) {
    if cfg!(feature = "planted-streams-kept") {
        return;
    }
    tx.record(
        Stream::Desk,
        Happening::shown(ENDED, person.as_str(), &serde_json::json!({})),
    );
}

impl Holder {
    pub fn is_over(&self, now: At) -> bool {
        now >= self.ends_at || now >= self.seen_at.plus(idle(self.role))
    }

    /// Whether the mark of last use is due.
    pub fn is_seen_late(&self, now: At) -> bool {
        now >= self.seen_at.plus(SEEN_EVERY)
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            session: columns.next()?,
            seen_at: columns.next()?,
            ends_at: columns.next()?,
            person: columns.next()?,
            name: columns.next()?,
            role: columns.next()?,
        })
    }
}

/// How long a session of this role may stay unused.
fn idle(role: Role) -> i64 {
    if role.is_staff() {
        SESSION_IDLE
    } else {
        READER_IDLE
    }
}

/// How long a session of this role lasts, however much it is used.
pub(crate) fn whole(role: Role) -> i64 {
    if role.is_staff() {
        SESSION_WHOLE
    } else {
        READER_WHOLE
    }
}

fn role_of(db: &mut dyn Query, person: &PersonId) -> Result<Role> {
    db.one(ROLE_OF, values![person])?
        .map_or(Ok(Role::Owner), Row::only)
}

/// Whether a role that signs in must bring a second factor.
pub(crate) fn needs_second_factor(person: &Person) -> bool {
    person.role.is_staff()
}
