//! Notices of illegal content by anybody (Regulation (EU) 2022/2065, article 16), and appeals against decisions (article 20).
//! Whoever gave an address is told the outcome; whoever did not can look it up with the secret they got.

use crate::bench::ring;
use crate::decision::{Act, Decision, Order};
use crate::message::Own;
use base::db::{Query, Row, Tx};
use base::{Error, Result, clock, values};
use lexicon::{At, MessageId, PersonId, StoryId};
use serde::Serialize;

base::sql! {
    ADD = "INSERT INTO room_notice (id, secret, at, story, message, law, explanation, name, mail, state, answer, decision, decided_by,
        decided_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', '', NULL, NULL, NULL)";
    BY_ID = "SELECT id, secret, at, story, message, law, explanation, name, mail, state, answer, decision, decided_by, decided_at
        FROM room_notice WHERE id = $1";
    IN_STATE = "SELECT id, secret, at, story, message, law, explanation, name, mail, state, answer, decision, decided_by, decided_at
        FROM room_notice WHERE state = $1 AND (at, id) > ($2, $3) ORDER BY at, id LIMIT $4";
    SETTLE = "UPDATE room_notice SET state = $1, answer = $2, decision = $3, decided_by = $4, decided_at = $5 WHERE id = $6 AND state = 'open'";
    APPEAL = "INSERT INTO room_appeal (decision, person, at, text, state, answer, decided_by, decided_at)
        VALUES ($1, $2, $3, $4, 'open', '', NULL, NULL) ON CONFLICT (decision) DO NOTHING";
    APPEAL_OF = "SELECT decision, person, at, text, state, answer, decided_at FROM room_appeal WHERE decision = $1";
    APPEALS = "SELECT decision, person, at, text, state, answer, decided_at FROM room_appeal WHERE state = $1 AND (at, decision) > ($2, $3)
        ORDER BY at, decision LIMIT $4";
    SETTLE_APPEAL = "UPDATE room_appeal SET state = $1, answer = $2, decided_by = $3, decided_at = $4 WHERE decision = $5 AND state = 'open'";
    NOTE = "INSERT INTO room_shift_note (id, at, made_by, name, text) VALUES ($1, $2, $3, $4, $5)";
    NOTES = "SELECT at, name, text FROM room_shift_note ORDER BY at DESC LIMIT 30";
}

const LONGEST: usize = 5_000;
const LONGEST_LINE: usize = 300;
/// A decision can be appealed against for six months.
const APPEAL_WITHIN: i64 = 183 * At::DAY;

/// A notice as moderators see it. The secret is its sender's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Notice {
    pub id: String,
    #[serde(skip)]
    secret: String,
    pub at: At,
    pub story: StoryId,
    pub message: MessageId,
    /// Which law it is thought to break, in the sender's words.
    pub law: String,
    pub explanation: String,
    pub name: String,
    pub mail: String,
    /// `open`, `upheld`, `dismissed`
    pub state: String,
    pub answer: String,
    pub decision: Option<String>,
    #[serde(skip)]
    decided_by: Option<PersonId>,
    pub decided_at: Option<At>,
}

/// What somebody says about a message.
#[derive(Clone, Debug, Default)]
pub struct Claim {
    pub law: String,
    pub explanation: String,
    pub name: String,
    pub mail: String,
    /// That they believe it to be true (article 16, 2 d).
    pub good_faith: bool,
}

/// Somebody does not agree with a decision about them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Appeal {
    pub decision: String,
    pub person: PersonId,
    pub at: At,
    pub text: String,
    /// `open`, `granted`, `refused`
    pub state: String,
    pub answer: String,
    pub decided_at: Option<At>,
}

impl Claim {
    fn check(&self) -> Result<()> {
        line("law", &self.law)?;
        line("name", &self.name)?;
        line("mail", &self.mail)?;
        long("explanation", &self.explanation)?;
        if !self.mail.is_empty() && !self.mail.contains('@') {
            return Err(Error::invalid(
                "mail",
                "rooms.notice_mail",
                "write an address with an @, or leave it empty",
            ));
        }
        match self.good_faith {
            true => Ok(()),
            false => Err(Error::invalid(
                "good_faith",
                "rooms.good_faith",
                "say that what you write is true to the best of your knowledge",
            )),
        }
    }
}

fn line(field: &'static str, text: &str) -> Result<()> {
    if text.chars().count() > LONGEST_LINE || text.chars().any(char::is_control) {
        let message = format!("write one line of at most {LONGEST_LINE} characters");
        return Err(Error::invalid(field, "rooms.notice_line", message));
    }
    Ok(())
}

fn long(field: &'static str, text: &str) -> Result<()> {
    let controls = text
        .chars()
        .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
    if text.trim().is_empty() || text.chars().count() > LONGEST || controls {
        let message = format!("explain it in at most {LONGEST} characters");
        return Err(Error::invalid(field, "rooms.notice_text", message));
    }
    Ok(())
}

impl Notice {
    /// Takes a notice in; answers it with the secret to look it up by.
    /// Errors: `rooms.no_message`, `rooms.notice_…`, `rooms.good_faith`.
    pub fn add(tx: &mut Tx, message: &MessageId, claim: &Claim) -> Result<(String, String)> {
        claim.check()?;
        let own = Own::of(tx, message)?;
        if own.state != "shown" {
            return Err(Error::not_found("rooms.no_message"));
        }
        let (id, secret) = (clock::random_base32(16), clock::random_base32(26));
        let row = values![
            &id,
            &secret,
            tx.now(),
            &own.story,
            message,
            &claim.law,
            claim.explanation.trim(),
            &claim.name,
            &claim.mail
        ];
        tx.execute(ADD, row)?;
        ring(tx);
        Ok((id, secret))
    }

    /// `rooms.no_notice` when there is none.
    pub fn by_id(db: &mut dyn Query, id: &str) -> Result<Self> {
        Self::from_row(
            db.one(BY_ID, values![id])?
                .ok_or(Error::not_found("rooms.no_notice"))?,
        )
    }

    /// For its sender alone.
    pub fn by_secret(db: &mut dyn Query, id: &str, secret: &str) -> Result<Self> {
        let notice = Self::by_id(db, id)?;
        if blake3::hash(notice.secret.as_bytes()) != blake3::hash(secret.as_bytes()) {
            return Err(Error::not_found("rooms.no_notice"));
        }
        Ok(notice)
    }

    /// Those in a state, the oldest first.
    pub fn in_state(db: &mut dyn Query, state: &str, limit: usize) -> Result<Vec<Self>> {
        let rows = db.query(IN_STATE, values![state, i64::MIN, "", limit])?;
        rows.into_iter().map(Self::from_row).collect()
    }

    /// Decides: upheld takes the message out on the ground of law. `answer` goes to the sender, `reason` to the author.
    /// Errors: `rooms.notice_settled`, `rooms.notice_text`.
    pub fn settle(tx: &mut Tx, id: &str, upheld: bool, answer: &str, by: &PersonId) -> Result<Self> {
        long("answer", answer)?;
        let notice = Self::by_id(tx, id)?;
        let decision = match upheld && Own::of(tx, &notice.message)?.state == "shown" {
            true => {
                let reason = if notice.law.is_empty() {
                    answer
                } else {
                    notice.law.as_str()
                };
                let (ground, reason, batch) =
                    ("illegal".to_owned(), reason.to_owned(), clock::random_base32(20));
                let order = Order {
                    act: Act::Remove,
                    ground,
                    reason,
                    seconds: None,
                    batch,
                };
                Some(Decision::on_message(tx, &notice.message, &order, by)?.id)
            }
            false => None,
        };
        let (state, now) = (if upheld { "upheld" } else { "dismissed" }, tx.now());
        if tx.execute(SETTLE, values![state, answer.trim(), decision, by, now, id])? == 0 {
            return Err(Error::conflict(
                "rooms.notice_settled",
                "Somebody has answered this notice already.",
            ));
        }
        ring(tx);
        Self::by_id(tx, id)
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            id: columns.next()?,
            secret: columns.next()?,
            at: columns.next()?,
            story: columns.next()?,
            message: columns.next()?,
            law: columns.next()?,
            explanation: columns.next()?,
            name: columns.next()?,
            mail: columns.next()?,
            state: columns.next()?,
            answer: columns.next()?,
            decision: columns.next()?,
            decided_by: columns.next()?,
            decided_at: columns.next()?,
        })
    }
}

impl Appeal {
    /// The person concerned asks for another look, once.
    /// Errors: `rooms.no_decision`, `rooms.appeal_late`, `rooms.appealed`, `rooms.notice_text`.
    pub fn make(tx: &mut Tx, decision: &str, person: &PersonId, text: &str) -> Result<Self> {
        long("text", text)?;
        let made = Decision::by_id(tx, decision)?;
        if made.person.as_ref() != Some(person) {
            return Err(Error::not_found("rooms.no_decision"));
        }
        let now = tx.now();
        if made.at.plus(APPEAL_WITHIN) < now {
            return Err(Error::conflict(
                "rooms.appeal_late",
                "A decision can be appealed against for six months.",
            ));
        }
        if tx.execute(APPEAL, values![decision, person, now, text.trim()])? == 0 {
            return Err(Error::conflict(
                "rooms.appealed",
                "You have appealed against this decision already.",
            ));
        }
        ring(tx);
        Self::of(tx, decision)?.ok_or(Error::not_found("rooms.no_decision"))
    }

    /// The appeal against a decision, if there is one.
    pub fn of(db: &mut dyn Query, decision: &str) -> Result<Option<Self>> {
        db.one(APPEAL_OF, values![decision])?
            .map(Self::from_row)
            .transpose()
    }

    /// Those in a state, the oldest first.
    pub fn in_state(db: &mut dyn Query, state: &str, limit: usize) -> Result<Vec<Self>> {
        let rows = db.query(APPEALS, values![state, i64::MIN, "", limit])?;
        rows.into_iter().map(Self::from_row).collect()
    }

    /// Decides on an appeal; granting it undoes the decision. Not by whoever made the decision.
    /// Errors: `rooms.no_decision`, `rooms.own_decision`, `rooms.appeal_settled`.
    pub fn settle(tx: &mut Tx, decision: &str, granted: bool, answer: &str, by: &PersonId) -> Result<Self> {
        long("answer", answer)?;
        let made = Decision::by_id(tx, decision)?;
        if made.by.as_ref() == Some(by) && !cfg!(feature = "planted-own-appeal") {
            return Err(Error::refused(
                "rooms.own_decision",
                "Somebody else must look at this: you made the decision.",
            ));
        }
        let (state, now) = (if granted { "granted" } else { "refused" }, tx.now());
        if tx.execute(SETTLE_APPEAL, values![state, answer.trim(), by, now, decision])? == 0 {
            return Err(Error::conflict(
                "rooms.appeal_settled",
                "There is no open appeal against this decision.",
            ));
        }
        if granted && made.undone_at.is_none() {
            Decision::undo(tx, decision, by)?;
        }
        ring(tx);
        Self::of(tx, decision)?.ok_or(Error::not_found("rooms.no_decision"))
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            decision: columns.next()?,
            person: columns.next()?,
            at: columns.next()?,
            text: columns.next()?,
            state: columns.next()?,
            answer: columns.next()?,
            decided_at: columns.next()?,
        })
    }
}

/// Leaves a line for the moderators of the next shift. Errors: `rooms.notice_text`.
pub fn leave_note(tx: &mut Tx, by: &PersonId, name: &str, text: &str) -> Result<()> {
    long("text", text)?;
    let row = values![clock::random_base32(20), tx.now(), by, name, text.trim()];
    tx.execute(NOTE, row)?;
    ring(tx);
    Ok(())
}

/// The latest lines, newest first: when, who, what.
pub fn notes(db: &mut dyn Query) -> Result<Vec<(At, String, String)>> {
    let read = |row: Row| {
        let mut columns = row.columns();
        Ok((columns.next()?, columns.next()?, columns.next()?))
    };
    db.query(NOTES, &[])?.into_iter().map(read).collect()
}
