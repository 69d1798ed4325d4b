//! A message: posted, changed within half a minute, taken out, featured. What readers may see of it is copied into
//! `public_room_message` in the transaction that also tells those who are there; what is held or taken out is there no more.

mod moderate;
mod public;

pub use public::{Message, Reply};

pub(crate) use public::counted;

use crate::author::Author;
use crate::room::Room;
use crate::rules::likeness;
use crate::text::{Text, clean};
use base::db::{Query, Row, Tx};
use base::journal::{self, Happening};
use base::{Error, Result, clock, values};
use lexicon::{At, MessageId, PersonId, RoomState, StoryId};
use serde_json::{Value, json};
use std::sync::Arc;

base::sql! {
    AGAIN = "SELECT id, seq, state, rule, at FROM room_message WHERE story = $1 AND person = $2 AND key = $3";
    LAST_OF = "SELECT MAX(at) FROM room_message WHERE story = $1 AND person = $2 AND state <> 'removed'";
    KEEP = "INSERT INTO room_message (id, story, seq, person, key, author, name, badge, text, reply_to, host, at, state, rule, word,
        decided_by, decided_at, reason, likeness)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, NULL, NULL, '', $16)";
    OWN = "SELECT story, seq, person, state, at, reply_to FROM room_message WHERE id = $1";
    WAITING = "SELECT id, text, at, state, rule, word, reason FROM room_message WHERE story = $1 AND person = $2
        AND state IN ('held', 'rejected') ORDER BY at DESC LIMIT 20";
    REWRITE = "UPDATE room_message SET text = $1 WHERE id = $2";
}

/// Every statement about messages.
pub(crate) fn statements() -> Vec<base::db::Sql> {
    [STATEMENTS, public::STATEMENTS, moderate::STATEMENTS].concat()
}

/// A message may be changed for so long; the road to us is not counted against its author.
pub const EDIT_WINDOW: i64 = 30 * At::SECOND;
const EDIT_GRACE: i64 = 2 * At::SECOND;
/// A key of the sender's own choice is at most so long, in bytes.
const LONGEST_KEY: usize = 100;

/// A message as it is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Posting {
    pub text: String,
    pub reply_to: Option<MessageId>,
    /// Made by the sender, unique for each message: a second sending is answered like the first.
    pub key: Option<String>,
    /// As the room's host; for the newsroom alone.
    pub host: bool,
}

/// What is judged before anybody sees a message.
#[derive(Debug)]
pub struct Case<'a> {
    /// The id it will have, or has.
    pub id: &'a MessageId,
    pub room: &'a Room,
    pub author: &'a Author,
    /// As it is kept.
    pub text: &'a str,
    pub pieces: &'a Text,
    pub reply_to: Option<&'a MessageId>,
    /// The message that is being changed; none for a new one.
    pub editing: Option<&'a MessageId>,
}

/// What the rules say of a message.
#[derive(Debug)]
pub enum Verdict {
    Pass,
    /// It waits for a moderator; `rule` and `word` say why, to its author and to the moderator.
    Hold {
        rule: String,
        word: String,
    },
    Refuse(Error),
}

/// Judges a message in the transaction that keeps it.
pub type Judge = Arc<dyn Fn(&mut Tx, &Case<'_>) -> Result<Verdict> + Send + Sync>;

/// A judge without rules.
pub fn pass(_: &mut Tx, _: &Case<'_>) -> Result<Verdict> {
    Ok(Verdict::Pass)
}

/// What became of a message that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub id: MessageId,
    /// The number on the room's stream; none while it is held.
    pub seq: Option<i64>,
    pub at: At,
    /// The rule that holds it.
    pub held_by: Option<String>,
    /// Sent before with the same key: this is what was answered then.
    pub again: bool,
}

impl Message {
    /// Posts a message, or holds it. `member_since` is when the account was made.
    /// Errors: those of the room and of the text, of the judge, `rooms.slow_mode`, `rooms.reply`, `rooms.key`, `rooms.host`.
    pub fn post(
        tx: &mut Tx,
        room: Room,
        author: &Author,
        member_since: Option<At>,
        posting: &Posting,
        judge: impl Fn(&mut Tx, &Case<'_>) -> Result<Verdict>,
    ) -> Result<Receipt> {
        let key = posting.checked_key()?;
        if let Some(receipt) = sent_before(tx, &room, author, &key)? {
            return Ok(receipt);
        }
        let text = clean(&posting.text)?;
        room.admits(author, member_since, tx.now())?;
        if posting.host && !author.is_staff() {
            return Err(Error::refused("rooms.host", "Only the newsroom writes as host."));
        }
        slow(tx, &room, author)?;
        let reply = posting
            .reply_to
            .as_ref()
            .map(|id| Reply::to(tx, &room.story, id))
            .transpose()?;
        let pieces = Text::read(&text);
        let id = clock::message_id();
        let case = Case {
            id: &id,
            room: &room,
            author,
            text: &text,
            pieces: &pieces,
            reply_to: posting.reply_to.as_ref(),
            editing: None,
        };
        let (rule, word) = match verdict(tx, &case, judge)? {
            Verdict::Refuse(error) => return Err(error),
            Verdict::Hold { rule, word } => (rule, word),
            Verdict::Pass => (String::new(), String::new()),
        };
        let held = !rule.is_empty();
        let message = Self {
            story: room.story.clone(),
            seq: journal::next(tx, &room.stream())?,
            id,
            at: tx.now(),
            author: author.key.clone(),
            name: author.name.clone(),
            badge: author.badge,
            reply,
            text,
            pieces,
            host: posting.host,
            featured: false,
            edited_at: None,
            removed: String::new(),
            reactions: Vec::new(),
        };
        message.keep(tx, author, &key, held, &rule, &word)?;
        let mut room = room;
        room.open(tx)?;
        if !held || cfg!(feature = "planted-held-shown") {
            message.publish(tx, &room)?;
        }
        Ok(Receipt {
            seq: (!held).then_some(message.seq),
            id: message.id,
            at: message.at,
            held_by: held.then_some(rule),
            again: false,
        })
    }

    fn keep(
        &self,
        tx: &mut Tx,
        author: &Author,
        key: &str,
        held: bool,
        rule: &str,
        word: &str,
    ) -> Result<()> {
        let state = if held { "held" } else { "shown" };
        let reply_to = self.reply.as_ref().map(|reply| reply.id.clone());
        let row = values![
            &self.id,
            &self.story,
            (!held).then_some(self.seq),
            &author.person,
            key,
            &self.author,
            &self.name,
            self.badge.as_str(),
            &self.text,
            reply_to,
            self.host,
            self.at,
            state,
            rule,
            word,
            likeness(&self.text)
        ];
        tx.execute(KEEP, row).map(|_| ())
    }

    /// Puts it where readers see it and tells those who are there.
    pub(crate) fn publish(&self, tx: &mut Tx, room: &Room) -> Result<()> {
        self.add(tx)?;
        room.grown(tx)?;
        let shown = json!({ "message": self.shown() });
        tx.record(
            room.stream(),
            Happening::introduced("message.posted", self.id.as_str(), &shown),
        );
        Ok(())
    }

    /// Changes a message of one's own within half a minute.
    /// Errors: `rooms.no_message`, `rooms.not_yours`, `rooms.edit_window`, `rooms.edit_held`, those of room, text and judge.
    pub fn edit(
        tx: &mut Tx,
        id: &MessageId,
        author: &Author,
        text: &str,
        judge: impl Fn(&mut Tx, &Case<'_>) -> Result<Verdict>,
    ) -> Result<Self> {
        let own = Own::of(tx, id)?.by(author)?;
        let room = Room::of(tx, &own.story)?;
        room.admits(author, Some(At(i64::MIN / 2)), tx.now())?;
        if tx.now() > own.at.plus(EDIT_WINDOW + EDIT_GRACE) && !cfg!(feature = "planted-edit-for-ever") {
            let message = "A message can be changed for 30 seconds; take it out and write another.";
            return Err(Error::conflict("rooms.edit_window", message));
        }
        let text = clean(text)?;
        let pieces = Text::read(&text);
        let case = Case {
            id,
            room: &room,
            author,
            text: &text,
            pieces: &pieces,
            reply_to: own.reply_to.as_ref(),
            editing: Some(id),
        };
        match verdict(tx, &case, judge)? {
            Verdict::Pass => {}
            Verdict::Refuse(error) => return Err(error),
            Verdict::Hold { .. } => {
                let message =
                    "Changed like this it would have to wait for a moderator; take it out and write another.";
                return Err(Error::conflict("rooms.edit_held", message));
            }
        }
        let before = Self::by_id(tx, &own.story, id)?;
        let message = Self {
            text,
            pieces,
            edited_at: Some(tx.now()),
            ..before
        };
        tx.execute(REWRITE, values![&message.text, id])?;
        message.replace(tx)?;
        message.tell_edited(tx, &room);
        Ok(message)
    }

    /// Takes a message of one's own out.
    pub fn take_back(tx: &mut Tx, id: &MessageId, author: &Author) -> Result<()> {
        let own = Own::of(tx, id)?.by(author)?;
        match own.state.as_str() {
            "removed" => Ok(()),
            _ => Self::remove(tx, id, None, "author", ""),
        }
    }

    /// Tells those who are there what it says now; what it said is taken out of the earlier records.
    pub(crate) fn tell_edited(&self, tx: &mut Tx, room: &Room) {
        let subject = if cfg!(feature = "planted-old-text-kept") {
            ""
        } else {
            self.id.as_str()
        };
        let shown = json!({ "message": self.shown() });
        tx.record(room.stream(), Happening::shown("message.edited", subject, &shown));
    }
}

impl Posting {
    fn checked_key(&self) -> Result<String> {
        let Some(key) = &self.key else {
            return Ok(clock::random_base32(20));
        };
        if key.is_empty() || key.len() > LONGEST_KEY || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            let message = "send a key of 1 to 100 visible ASCII characters, another for each message";
            return Err(Error::invalid("idempotency_key", "rooms.key", message));
        }
        Ok(key.clone())
    }
}

/// A room in which everything waits has no need of rules to say so; what staff write does not wait.
fn verdict(
    tx: &mut Tx,
    case: &Case<'_>,
    judge: impl Fn(&mut Tx, &Case<'_>) -> Result<Verdict>,
) -> Result<Verdict> {
    if case.author.is_staff() {
        return Ok(Verdict::Pass);
    }
    let verdict = judge(tx, case)?;
    let waits = case.room.state == RoomState::Premoderated && matches!(verdict, Verdict::Pass);
    Ok(match waits {
        true => Verdict::Hold {
            rule: "premoderated".to_owned(),
            word: "everybody".to_owned(),
        },
        false => verdict,
    })
}

fn sent_before(tx: &mut Tx, room: &Room, author: &Author, key: &str) -> Result<Option<Receipt>> {
    if cfg!(feature = "planted-retry-doubles") {
        return Ok(None);
    }
    let Some(row) = tx.one(AGAIN, values![&room.story, &author.person, key])? else {
        return Ok(None);
    };
    let mut columns = row.columns();
    let (id, seq): (MessageId, Option<i64>) = (columns.next()?, columns.next()?);
    let (state, rule): (String, String) = (columns.next()?, columns.next()?);
    let held_by = (state == "held").then_some(rule);
    Ok(Some(Receipt {
        id,
        seq,
        at: columns.next()?,
        held_by,
        again: true,
    }))
}

/// Slow mode: so long between two messages of one person. Errors: `rooms.slow_mode`, with the seconds left.
fn slow(tx: &mut Tx, room: &Room, author: &Author) -> Result<()> {
    if room.slow_seconds == 0 || author.is_staff() {
        return Ok(());
    }
    let last: Option<At> = tx
        .one(LAST_OF, values![&room.story, &author.person])?
        .map_or(Ok(None), Row::only)?;
    let left = last.map_or(0, |last| last.0 + room.slow_seconds * At::SECOND - tx.now().0);
    if left <= 0 {
        return Ok(());
    }
    let retry_after_s = u32::try_from(left / At::SECOND + 1).unwrap_or(u32::MAX);
    Err(Error::TooMany {
        code: "rooms.slow_mode",
        retry_after_s,
    })
}

/// What somebody wrote in a room and only they see: what waits, and what was refused and why.
pub(crate) fn waiting(db: &mut dyn Query, story: &StoryId, person: &PersonId) -> Result<Vec<Value>> {
    let shown = |row: Row| {
        let mut columns = row.columns();
        let (id, text): (String, String) = (columns.next()?, columns.next()?);
        let (at, state): (At, String) = (columns.next()?, columns.next()?);
        let (rule, word): (String, String) = (columns.next()?, columns.next()?);
        let reason: String = columns.next()?;
        let body = Text::read(&text);
        Ok(
            json!({ "id": id, "text": text, "body": body, "at": at.rfc3339(), "state": state, "rule": rule, "word": word, "reason": reason }),
        )
    };
    db.query(WAITING, values![story, person])?
        .into_iter()
        .map(shown)
        .collect()
}

/// A message as its author and the moderators have it.
pub(crate) struct Own {
    pub story: StoryId,
    pub seq: Option<i64>,
    pub person: PersonId,
    pub state: String,
    at: At,
    pub reply_to: Option<MessageId>,
}

impl Own {
    /// `rooms.no_message` when there is none.
    pub fn of(db: &mut dyn Query, id: &MessageId) -> Result<Self> {
        let row = db
            .one(OWN, values![id])?
            .ok_or(Error::not_found("rooms.no_message"))?;
        let mut columns = row.columns();
        Ok(Self {
            story: columns.next()?,
            seq: columns.next()?,
            person: columns.next()?,
            state: columns.next()?,
            at: columns.next()?,
            reply_to: columns.next()?,
        })
    }

    fn by(self, author: &Author) -> Result<Self> {
        if self.person == author.person || cfg!(feature = "planted-anybodys") {
            return Ok(self);
        }
        Err(Error::refused(
            "rooms.not_yours",
            "Only its author can do this; you can report the message.",
        ))
    }
}
