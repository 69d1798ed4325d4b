//! One mail on its way. What it says is kept until it is sent and not a moment longer.

use base::db::{Migration, Query, Row, Tx};
use base::{Read, Result, clock, jobs, values};
use lexicon::{At, PersonId};
use people::{Letter, Part, Person, Post};
use serde_json::{Value, json};

pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "notify_1",
    sql: "CREATE TABLE notify_mail (id {key} PRIMARY KEY, person {key}, mailbox {bytes} NOT NULL, kind {key} NOT NULL,
            letter TEXT NOT NULL, state {key} NOT NULL, made_at BIGINT NOT NULL, done_at BIGINT, error TEXT) {strict};
        CREATE INDEX notify_mail_person ON notify_mail (person);
        CREATE INDEX notify_mail_mailbox ON notify_mail (mailbox);
        CREATE INDEX notify_mail_made ON notify_mail (made_at);",
}];

base::sql! {
    ADD = "INSERT INTO notify_mail (id, person, mailbox, kind, letter, state, made_at) VALUES ($1, $2, $3, $4, $5, 'waiting', $6)";
    WAITING = "SELECT letter FROM notify_mail WHERE id = $1 AND state = 'waiting'";
    SENT = "UPDATE notify_mail SET letter = '', state = 'sent', done_at = $1 WHERE id = $2";
    SHOWN = "UPDATE notify_mail SET state = 'shown', done_at = $1 WHERE id = $2";
    FAILED = "UPDATE notify_mail SET letter = '', state = 'failed', done_at = $1, error = $2 WHERE id = $3";
    LATEST = "SELECT id, kind, letter, state, made_at, done_at, error FROM notify_mail ORDER BY made_at DESC, id LIMIT $1";
    FORGET_OLD = "DELETE FROM notify_mail WHERE made_at < $1";
    FORGET_PERSON = "DELETE FROM notify_mail WHERE person = $1";
    FORGET_MAILBOX = "DELETE FROM notify_mail WHERE mailbox = $1";
    OF_PERSON = "SELECT kind, state, made_at FROM notify_mail WHERE person = $1 ORDER BY made_at";
}

/// Rows stay so long, for the newsroom to see what was sent; their words do not.
const KEPT: i64 = 14 * At::DAY;
/// The kind of the job; what begins with `mail.` has a lane of its own.
pub(crate) const JOB: &str = "mail.send";

/// A mail as the newsroom sees it.
#[derive(Clone, Debug)]
pub struct Mail {
    pub id: String,
    pub kind: String,
    /// `None` once it was sent.
    pub letter: Option<Letter>,
    /// `waiting`, `sent`, `shown` (there is no server) or `failed`.
    pub state: String,
    pub made_at: At,
    pub done_at: Option<At>,
    pub error: Option<String>,
}

/// What this crate keeps of people.
pub const PART: Part = Part {
    name: "notify",
    personal: &["notify_mail.person"],
    kept: &[],
    erase,
    export,
};

/// The post of the program: a letter becomes a row and a job in the transaction of its cause.
pub struct Outbox;

impl Post for Outbox {
    fn send(&self, tx: &mut Tx, letter: &Letter) -> Result<()> {
        Mail::send(tx, letter)
    }
}

impl Mail {
    /// Puts a letter beside the rows it follows from.
    pub fn send(tx: &mut Tx, letter: &Letter) -> Result<()> {
        let (id, now) = (clock::random_base32(20), tx.now());
        let text = serde_json::to_string(letter)?;
        tx.execute(FORGET_OLD, values![now.plus(-KEPT)])?;
        let person = letter.person.as_ref();
        let mailbox = people::mailbox(&letter.to);
        tx.execute(ADD, values![&id, person, mailbox, &letter.kind, text, now])?;
        jobs::enqueue(tx, JOB, &id, now, None)
    }

    /// What a waiting mail says; nothing when it was sent, given up or erased.
    pub(crate) fn waiting(db: &mut dyn Query, id: &str) -> Result<Option<Letter>> {
        let text: Option<String> = db.one(WAITING, values![id])?.map(Row::only).transpose()?;
        Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
    }

    pub(crate) fn sent(tx: &mut Tx, id: &str) -> Result<()> {
        let sql = if cfg!(feature = "planted-mail-kept") {
            SHOWN
        } else {
            SENT
        };
        tx.execute(sql, values![tx.now(), id]).map(|_| ())
    }

    pub(crate) fn shown(tx: &mut Tx, id: &str) -> Result<()> {
        tx.execute(SHOWN, values![tx.now(), id]).map(|_| ())
    }

    pub(crate) fn failed(tx: &mut Tx, id: &str, error: &str) -> Result<()> {
        tx.execute(FAILED, values![tx.now(), error, id]).map(|_| ())
    }

    /// The latest mails, the newest first.
    pub fn latest(db: &mut dyn Query, limit: usize) -> Result<Vec<Self>> {
        let rows = db.query(LATEST, values![limit])?;
        rows.into_iter().map(Self::from_row).collect()
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        let (id, kind, letter): (String, String, String) =
            (columns.next()?, columns.next()?, columns.next()?);
        Ok(Self {
            id,
            kind,
            letter: serde_json::from_str(&letter).ok(),
            state: columns.next()?,
            made_at: columns.next()?,
            done_at: columns.next()?,
            error: columns.next()?,
        })
    }
}

/// Also what went to the person's address before there was an account.
fn erase(tx: &mut Tx, person: &PersonId) -> Result<()> {
    if let Some(found) = Person::by_id(tx, person)? {
        tx.execute(FORGET_MAILBOX, values![people::mailbox(&found.email)])?;
    }
    tx.execute(FORGET_PERSON, values![person]).map(|_| ())
}

fn export(read: &mut Read, person: &PersonId) -> Result<Value> {
    let row = |row: Row| {
        let mut columns = row.columns();
        let (kind, state, made_at): (String, String, At) =
            (columns.next()?, columns.next()?, columns.next()?);
        Ok(json!({ "kind": kind, "state": state, "made_at": made_at.rfc3339() }))
    };
    let mails: Vec<Value> = read
        .query(OF_PERSON, values![person])?
        .into_iter()
        .map(row)
        .collect::<Result<_>>()?;
    Ok(json!({ "mails": mails }))
}
