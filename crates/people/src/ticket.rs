//! A ticket: the password was right, and the second factor is still to come. It opens nothing else, and it is no session:
//! a session has a table of its own, into which only `Ticket::answer` puts staff.

use crate::browser::Browser;
use crate::event::Event;
use crate::guess::Place;
use crate::limits::{TICKET, TICKET_WRONG};
use crate::person::Person;
use crate::secret;
use crate::session::{Session, needs_second_factor};
use crate::totp::{Enrolment, Totp};
use base::db::{Query, Row, Tx};
use base::{Result, values};
use lexicon::{At, PersonId};

base::sql! {
    BEGIN = "INSERT INTO people_ticket (id, hash, person, agent, made_at, ends_at, wrong) VALUES ($1, $2, $3, $4, $5, $6, 0)";
    FIND = "SELECT t.id, t.person, t.agent FROM people_ticket t JOIN people_person p ON p.id = t.person
        WHERE t.hash = $1 AND t.ends_at > $2 AND t.wrong < $3 AND p.ended_at IS NULL";
    WRONG = "UPDATE people_ticket SET wrong = wrong + 1 WHERE id = $1";
    END = "DELETE FROM people_ticket WHERE id = $1";
    END_HELD = "DELETE FROM people_ticket WHERE hash = $1";
    END_ALL = "DELETE FROM people_ticket WHERE person = $1";
    SWEEP = "DELETE FROM people_ticket WHERE ends_at <= $1";
}

/// Somebody halfway in.
#[derive(Clone, Debug)]
pub(crate) struct Ticket {
    pub id: String,
    pub person: PersonId,
    pub agent: String,
}

/// What a right password gives.
#[derive(Debug)]
pub(crate) enum Entered {
    /// The secret of a ticket.
    Halfway(String),
    /// The secret of a session, and the mark by which this browser is known again.
    In { session: String, mark: String },
}

/// What a code gives.
#[derive(Debug)]
pub(crate) enum Answer {
    /// There is no such ticket, or not any more.
    NoTicket,
    Wrong,
    In(Entry),
}

/// Somebody who has just come in.
#[derive(Debug)]
pub(crate) struct Entry {
    /// The session's secret.
    pub session: String,
    pub person: PersonId,
    /// New recovery codes, when the second factor was set up just now.
    pub codes: Vec<String>,
}

impl Ticket {
    /// Lets somebody with the right password as far as it goes: staff, and whoever has a second factor, to the code.
    pub fn enter(tx: &mut Tx, person: &Person, agent: &str) -> Result<Entered> {
        if needs_second_factor(person) || Totp::is_on(tx, &person.id)? {
            return Self::begin(tx, &person.id, agent).map(Entered::Halfway);
        }
        Ok(Entered::In {
            session: Session::begin(tx, &person.id, agent)?,
            mark: Browser::remember(tx, &person.id)?,
        })
    }

    pub fn begin(tx: &mut Tx, person: &PersonId, agent: &str) -> Result<String> {
        let (secret, now) = (secret::draw(), tx.now());
        tx.execute(SWEEP, values![now])?;
        let (id, hash) = (secret::id(), secret::hash(&secret));
        tx.execute(BEGIN, values![id, hash, person, agent, now, now.plus(TICKET)])?;
        Ok(secret)
    }

    pub fn find(db: &mut dyn Query, secret: &str, now: At) -> Result<Option<Self>> {
        let row = db.one(FIND, values![secret::hash(secret), now, TICKET_WRONG])?;
        row.map(Self::from_row).transpose()
    }

    /// Whether the person still has to set a second factor up. Who has one can only be asked for its code.
    pub fn must_enrol(&self, db: &mut dyn Query) -> Result<bool> {
        Ok(cfg!(feature = "planted-second-factor-skipped") || !Totp::is_on(db, &self.person)?)
    }

    /// Judges a code. A right one ends the ticket and begins a session with a secret of its own.
    /// Errors: `people.guesses`.
    pub fn answer(tx: &mut Tx, secret: &str, code: &str) -> Result<Answer> {
        let now = tx.now();
        let Some(ticket) = Self::find(tx, secret, now)? else {
            return Ok(Answer::NoTicket);
        };
        let person = ticket.person.clone();
        Place::code(&person).take(tx)?;
        let codes = match ticket.must_enrol(tx)? {
            true => Enrolment::confirm(tx, &ticket.id, &person, code)?,
            false => Totp::accepts(tx, &person, code)?.then(Vec::new),
        };
        let Some(codes) = codes else {
            tx.execute(WRONG, values![&ticket.id])?;
            Event::note(tx, "code_refused", &person, None, &ticket.agent)?;
            return Ok(Answer::Wrong);
        };
        Place::code(&person).give_back(tx)?;
        tx.execute(END, values![&ticket.id])?;
        let session = Session::begin(tx, &person, &ticket.agent)?;
        Ok(Answer::In(Entry {
            session,
            person,
            codes,
        }))
    }

    pub fn end_held(tx: &mut Tx, secret: &str) -> Result<()> {
        tx.execute(END_HELD, values![secret::hash(secret)]).map(|_| ())
    }

    pub fn end_all(tx: &mut Tx, person: &PersonId) -> Result<()> {
        tx.execute(END_ALL, values![person]).map(|_| ())
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            id: columns.next()?,
            person: columns.next()?,
            agent: columns.next()?,
        })
    }
}
