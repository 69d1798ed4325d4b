//! A decision: what was done about a message or a person, by whom (or which rule), why, and whether it was undone.
//! The person concerned is told each one with its reason; the public sees a log that names nobody.

mod lists;

pub use lists::{cluster, public_log, standing_of};

use crate::bench::ring;
use crate::look;
use crate::message::{Message, Own};
use crate::rules::Reason;
use crate::sanction::{Kind, Sanction};
use base::db::{Query, Row, Tx};
use base::{Error, Result, clock, values};
use lexicon::{At, MessageId, PersonId, StoryId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

base::sql! {
    ADD = "INSERT INTO room_decision (id, at, act, edition, story, message, person, made_by, ground, rule, word, reason, batch, sanction,
        before_state, undone_at, undone_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, NULL, NULL)";
    ADD_PUBLIC = "INSERT INTO public_room_decision (edition, at, id, act, ground, rule, undone_at) VALUES ($1, $2, $3, $4, $5, $6, NULL)";
    BY_ID = "SELECT id, at, act, edition, story, message, person, made_by, ground, rule, word, reason, batch, sanction, before_state,
        undone_at, undone_by FROM room_decision WHERE id = $1";
    LATEST = "SELECT id, at, act, edition, story, message, person, made_by, ground, rule, word, reason, batch, sanction, before_state,
        undone_at, undone_by FROM room_decision WHERE (at, id) < ($1, $2) ORDER BY at DESC, id DESC LIMIT $3";
    OF_PERSON = "SELECT id, at, act, edition, story, message, person, made_by, ground, rule, word, reason, batch, sanction, before_state,
        undone_at, undone_by FROM room_decision WHERE person = $1 AND (at, id) < ($2, $3) ORDER BY at DESC, id DESC LIMIT $4";
    OF_BATCH = "SELECT id FROM room_decision WHERE batch = $1 AND undone_at IS NULL ORDER BY id LIMIT 1000";
    UNDONE = "UPDATE room_decision SET undone_at = $1, undone_by = $2 WHERE id = $3 AND undone_at IS NULL";
    UNDONE_PUBLIC = "UPDATE public_room_decision SET undone_at = $1 WHERE edition = $2 AND at = $3 AND id = $4";
    RULE_OF = "SELECT rule, word FROM room_message WHERE id = $1";
}

/// Every statement about decisions.
pub(crate) fn statements() -> Vec<base::db::Sql> {
    [STATEMENTS, lists::STATEMENTS].concat()
}

/// Messages that are decided upon in one act.
pub const TOGETHER: usize = 500;
const LONGEST_REASON: usize = 1_000;

/// What is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// It stands: shown if it was held, and reports of it were wrong.
    Approve,
    /// A held message is not shown.
    Reject,
    /// A shown message is taken out.
    Remove,
    /// A shown message is taken out until somebody has decided.
    Hold,
    Warn,
    TimeOut,
    Mute,
    Ban,
}

/// On what a decision rests; the first are of the house rules.
pub const GROUNDS: [&str; 9] = [
    "",
    "abuse",
    "hate",
    "threat",
    "spam",
    "off_topic",
    "personal_data",
    "illegal",
    "other",
];

/// What a moderator wants done.
#[derive(Clone, Debug)]
pub struct Order {
    pub act: Act,
    /// One of `GROUNDS`.
    pub ground: String,
    /// What the person is told.
    pub reason: String,
    /// How long a timeout lasts.
    pub seconds: Option<u32>,
    /// The same for all decisions of one act.
    pub batch: String,
}

/// A decision as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    pub id: String,
    pub at: At,
    pub act: String,
    pub edition: String,
    pub story: Option<StoryId>,
    pub message: Option<MessageId>,
    pub person: Option<PersonId>,
    /// None: a rule did it by itself.
    pub by: Option<PersonId>,
    pub ground: String,
    pub rule: String,
    pub word: String,
    pub reason: String,
    pub batch: String,
    #[serde(skip)]
    sanction: Option<String>,
    #[serde(skip)]
    before: String,
    pub undone_at: Option<At>,
    pub undone_by: Option<PersonId>,
}

impl Act {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Reject => "reject",
            Self::Remove => "remove",
            Self::Hold => "hold",
            Self::Warn => "warn",
            Self::TimeOut => "time_out",
            Self::Mute => "mute",
            Self::Ban => "ban",
        }
    }

    /// The sanction that it is.
    pub fn sanction(self) -> Option<Kind> {
        match self {
            Self::Warn => Some(Kind::Warn),
            Self::TimeOut => Some(Kind::TimeOut),
            Self::Mute => Some(Kind::Mute),
            Self::Ban => Some(Kind::Ban),
            _ => None,
        }
    }
}

impl Order {
    /// Errors: `rooms.ground`, `rooms.decision_reason`: whoever is stopped or loses a message is told why.
    pub fn check(&self) -> Result<()> {
        if !GROUNDS.contains(&self.ground.as_str()) {
            let message = format!("use one of {}", GROUNDS.join(", "));
            return Err(Error::invalid("ground", "rooms.ground", message));
        }
        let silent = self.reason.trim().is_empty()
            && self.ground.is_empty()
            && !cfg!(feature = "planted-silent-decision");
        if silent && !matches!(self.act, Act::Approve | Act::Hold) {
            let message = "say why, in a ground or in words; the person is told";
            return Err(Error::invalid("reason", "rooms.decision_reason", message));
        }
        if self.reason.chars().count() > LONGEST_REASON
            || self.reason.chars().any(|c| c.is_control() && c != '\n')
        {
            let message = format!("write at most {LONGEST_REASON} characters, without control characters");
            return Err(Error::invalid("reason", "rooms.decision_reason", message));
        }
        Ok(())
    }

    /// What the person is told: the words, else the ground.
    fn told(&self) -> String {
        match self.reason.trim() {
            "" => self.ground.replace('_', " "),
            words => words.to_owned(),
        }
    }
}

impl Decision {
    /// Decides on a message; a sanction then also concerns its author.
    /// Errors: those of the order, `rooms.no_message`, `rooms.not_held`, `rooms.not_shown`, `rooms.staff`.
    pub fn on_message(tx: &mut Tx, id: &MessageId, order: &Order, by: &PersonId) -> Result<Self> {
        order.check()?;
        let own = Own::of(tx, id)?;
        let before = own.state.clone();
        let sanction = match order.act.sanction() {
            Some(kind) => Some(Sanction::put(
                tx,
                &own.person,
                kind,
                order.seconds,
                &order.told(),
                Some(id),
                by,
            )?),
            None => {
                carry_out(tx, id, &own, order, by)?;
                None
            }
        };
        let (rule, word) = rule_of(tx, id)?;
        let decision = Self {
            story: Some(own.story.clone()),
            message: Some(id.clone()),
            person: Some(own.person),
            by: Some(by.clone()),
            rule,
            word,
            sanction,
            before,
            ..Self::blank(tx, order)
        };
        decision.keep(tx)
    }

    /// Decides on a person: a sanction. Errors: `rooms.act`, `rooms.staff`, `people.no_person`, `rooms.seconds`.
    pub fn on_person(tx: &mut Tx, person: &PersonId, order: &Order, by: &PersonId) -> Result<Self> {
        order.check()?;
        let refuse = || {
            Error::invalid(
                "act",
                "rooms.act",
                "only warn, time_out, mute and ban concern a person",
            )
        };
        let kind = order.act.sanction().ok_or_else(refuse)?;
        let sanction = Sanction::put(tx, person, kind, order.seconds, &order.told(), None, by)?;
        let decision = Self {
            person: Some(person.clone()),
            by: Some(by.clone()),
            sanction: Some(sanction),
            ..Self::blank(tx, order)
        };
        decision.keep(tx)
    }

    /// Notes what a rule did to a shown message by itself.
    pub(crate) fn by_rule(tx: &mut Tx, act: Act, id: &MessageId, reason: &Reason) -> Result<()> {
        let own = Own::of(tx, id)?;
        let order = Order {
            act,
            ground: String::new(),
            reason: String::new(),
            seconds: None,
            batch: clock::random_base32(20),
        };
        let decision = Self {
            story: Some(own.story),
            message: Some(id.clone()),
            person: Some(own.person),
            rule: reason.rule.as_str().to_owned(),
            word: reason.word.clone(),
            before: "shown".to_owned(),
            ..Self::blank(tx, &order)
        };
        decision.keep(tx).map(|_| ())
    }

    fn blank(tx: &mut Tx, order: &Order) -> Self {
        Self {
            id: clock::random_base32(20),
            at: tx.now(),
            act: order.act.as_str().to_owned(),
            edition: String::new(),
            story: None,
            message: None,
            person: None,
            by: None,
            ground: order.ground.clone(),
            rule: String::new(),
            word: String::new(),
            reason: order.reason.trim().to_owned(),
            batch: order.batch.clone(),
            sanction: None,
            before: String::new(),
            undone_at: None,
            undone_by: None,
        }
    }

    fn keep(mut self, tx: &mut Tx) -> Result<Self> {
        if let Some(story) = &self.story {
            let room = crate::Room::of(tx, story)?;
            self.edition = room.edition.to_string();
            // The public log is a stored page.
            if self.act != "approve" {
                room.touch(tx, false);
            }
        }
        let row = values![
            &self.id,
            self.at,
            &self.act,
            &self.edition,
            self.story.clone(),
            self.message.clone(),
            self.person.clone(),
            self.by.clone(),
            &self.ground,
            &self.rule,
            &self.word,
            &self.reason,
            &self.batch,
            self.sanction.clone(),
            &self.before
        ];
        tx.execute(ADD, row)?;
        // What was let through concerns nobody else.
        if self.act != "approve" {
            let leak = cfg!(feature = "planted-log-tells")
                .then(|| self.message.as_ref().map(ToString::to_string))
                .flatten();
            let rule = leak.unwrap_or_else(|| self.rule.clone());
            let row = values![&self.edition, self.at, &self.id, &self.act, &self.ground, rule];
            tx.execute(ADD_PUBLIC, row)?;
        }
        ring(tx);
        Ok(self)
    }

    /// Takes a decision back: what was hidden stands again, what was shown is held again, a sanction ends.
    /// Errors: `rooms.no_decision`, `rooms.undone`, `rooms.changed_since`.
    pub fn undo(tx: &mut Tx, id: &str, by: &PersonId) -> Result<Self> {
        let decision = Self::by_id(tx, id)?;
        let now = tx.now();
        if tx.execute(UNDONE, values![now, by, id])? == 0 {
            return Err(Error::conflict(
                "rooms.undone",
                "This decision was undone already.",
            ));
        }
        match (&decision.sanction, &decision.message) {
            (Some(_), _) if cfg!(feature = "planted-undo-forgets") => {}
            (Some(sanction), _) => {
                Sanction::undo(tx, sanction, by)?;
            }
            (None, Some(message)) => decision.take_back(tx, message, by)?,
            (None, None) => {}
        }
        tx.execute(UNDONE_PUBLIC, values![now, &decision.edition, decision.at, id])?;
        if let Some(story) = &decision.story {
            crate::Room::of(tx, story)?.touch(tx, false);
        }
        ring(tx);
        Self::by_id(tx, id)
    }

    /// Undoes all decisions that were made in one act.
    pub fn undo_batch(tx: &mut Tx, batch: &str, by: &PersonId) -> Result<usize> {
        let ids: Vec<String> = tx
            .query(OF_BATCH, values![batch])?
            .into_iter()
            .map(Row::only)
            .collect::<Result<_>>()?;
        for id in &ids {
            Self::undo(tx, id, by)?;
        }
        Ok(ids.len())
    }

    fn take_back(&self, tx: &mut Tx, message: &MessageId, by: &PersonId) -> Result<()> {
        let state = Own::of(tx, message)?.state;
        let changed = || {
            Err(Error::conflict(
                "rooms.changed_since",
                "Something else was decided about this message since; look at it again.",
            ))
        };
        match (self.act.as_str(), self.before.as_str(), state.as_str()) {
            ("approve", "shown", "shown") => look::open(tx, message),
            ("approve", _, "shown") => Message::hold(tx, message, &self.rule, &self.word),
            ("reject", _, "rejected") => Message::hold_again(tx, message),
            ("remove", _, "removed") | ("hold", _, "held") => {
                Message::show(tx, message, by)?;
                look::open(tx, message)
            }
            _ => changed(),
        }
    }

    /// `rooms.no_decision` when there is none.
    pub fn by_id(db: &mut dyn Query, id: &str) -> Result<Self> {
        Self::from_row(
            db.one(BY_ID, values![id])?
                .ok_or(Error::not_found("rooms.no_decision"))?,
        )
    }

    /// All, newest first.
    pub fn latest(db: &mut dyn Query, after: (At, String), limit: usize) -> Result<Vec<Self>> {
        db.query(LATEST, values![after.0, after.1, limit])?
            .into_iter()
            .map(Self::from_row)
            .collect()
    }

    /// Those about a person, newest first.
    pub fn of_person(
        db: &mut dyn Query,
        person: &PersonId,
        after: (At, String),
        limit: usize,
    ) -> Result<Vec<Self>> {
        let rows = db.query(OF_PERSON, values![person, after.0, after.1, limit])?;
        rows.into_iter().map(Self::from_row).collect()
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            id: columns.next()?,
            at: columns.next()?,
            act: columns.next()?,
            edition: columns.next()?,
            story: columns.next()?,
            message: columns.next()?,
            person: columns.next()?,
            by: columns.next()?,
            ground: columns.next()?,
            rule: columns.next()?,
            word: columns.next()?,
            reason: columns.next()?,
            batch: columns.next()?,
            sanction: columns.next()?,
            before: columns.next()?,
            undone_at: columns.next()?,
            undone_by: columns.next()?,
        })
    }

    /// The statement of reasons that the person gets (Regulation (EU) 2022/2065, article 17): what, why, on what ground,
    /// whether a program decided or found it, and what they can do. It does not name the moderator.
    pub fn statement(&self) -> Value {
        let illegal = self.ground == "illegal";
        json!({
            "id": self.id, "at": self.at.rfc3339(), "act": self.act, "message": self.message, "story": self.story,
            "facts": self.reason, "ground": self.ground, "basis": if illegal { "law" } else { "house_rules" },
            "rule": self.rule, "word": self.word, "decided_by_program": self.by.is_none(), "found_by_program": !self.rule.is_empty(),
            "undone_at": self.undone_at.map(At::rfc3339), "appeal": format!("/api/v1/rooms/decisions/{}/appeal", self.id),
        })
    }
}

fn carry_out(tx: &mut Tx, id: &MessageId, own: &Own, order: &Order, by: &PersonId) -> Result<()> {
    match (order.act, own.state.as_str()) {
        (Act::Approve, "shown") => look::close(tx, id, false),
        (Act::Approve, "held" | "rejected") => {
            Message::show(tx, id, by)?;
            look::close(tx, id, false)
        }
        (Act::Reject | Act::Remove, "held") => {
            Message::reject(tx, id, by, &order.told())?;
            look::close(tx, id, true)
        }
        (Act::Remove, "shown") => {
            Message::remove(tx, id, Some(by), "moderator", &order.told())?;
            look::close(tx, id, true)
        }
        (Act::Hold, "shown") => Message::hold(tx, id, "moderator", by_hand(order)),
        (Act::Hold | Act::Remove, _) => Err(Error::conflict(
            "rooms.not_shown",
            "This message is not shown any more.",
        )),
        _ => Err(Error::conflict(
            "rooms.not_held",
            "This message is not held any more.",
        )),
    }
}

fn by_hand(order: &Order) -> &str {
    if order.ground.is_empty() {
        "by hand"
    } else {
        &order.ground
    }
}

fn rule_of(tx: &mut Tx, id: &MessageId) -> Result<(String, String)> {
    let Some(row) = tx.one(RULE_OF, values![id])? else {
        return Ok(Default::default());
    };
    let mut columns = row.columns();
    Ok((columns.next()?, columns.next()?))
}
