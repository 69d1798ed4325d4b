//! A room: where a published story is discussed. It is there with its story; a row of its own it has from its first message on.

use crate::author::Author;
use base::db::{Query, Row, Tx};
use base::journal::Happening;
use base::{Error, Result, jobs, values};
use lexicon::{At, EditionCode, Event, MessageId, RoomState, StoryId, Stream};
use serde::Serialize;
use serde_json::{Value, json};
use stories::{Card, PublicStory};

base::sql! {
    BY_STORY = "SELECT r.story, r.edition, r.state, r.slow_seconds, r.members_only, r.language, r.pinned, r.reason, r.opened_at,
        r.closes_at, r.messages, r.last_at FROM public_room r JOIN public_story s ON s.id = r.story
        WHERE r.story = $1 AND s.killed_at IS NULL";
    OPEN = "INSERT INTO public_room (story, edition, state, slow_seconds, members_only, language, pinned, reason, opened_at,
        closes_at, messages, last_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    SET = "UPDATE public_room SET state = $1, slow_seconds = $2, members_only = $3, language = $4, pinned = $5, reason = $6,
        closes_at = $7 WHERE story = $8";
    GROWN = "UPDATE public_room SET messages = messages + 1, last_at = $1 WHERE story = $2";
    SHRUNK = "UPDATE public_room SET messages = messages - 1 WHERE story = $1 AND messages > 0";
    LISTED = "SELECT r.story, r.edition, r.state, r.slow_seconds, r.members_only, r.language, r.pinned, r.reason, r.opened_at,
        r.closes_at, r.messages, r.last_at FROM public_room r JOIN public_story s ON s.id = r.story
        WHERE r.edition = $1 AND r.state = $2 AND s.killed_at IS NULL ORDER BY r.last_at DESC LIMIT $3";
}

/// The kind of the job that closes a room when its time is over.
pub const CLOSE: &str = "rooms.close";
/// A room takes messages for so long.
const LIFE: i64 = 14 * At::DAY;
/// Members are those whose account is at least so old.
pub const MEMBER_AFTER: i64 = At::DAY;
/// The longest wait between two messages of one person.
const SLOWEST_S: i64 = 3_600;

/// A story's room, as everybody sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Room {
    pub story: StoryId,
    pub edition: EditionCode,
    pub state: RoomState,
    /// Seconds that a person waits between two messages; 0 for none.
    pub slow_seconds: i64,
    pub members_only: bool,
    /// What is spoken here, BCP 47.
    pub language: String,
    pub pinned: Option<MessageId>,
    /// Why it is closed or read-only, for readers; empty when nobody said.
    pub reason: String,
    pub opened_at: At,
    pub closes_at: At,
    pub messages: i64,
    pub last_at: At,
    /// Whether it has a row yet.
    #[serde(skip)]
    has_row: bool,
}

/// What the newsroom sets of a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    pub state: RoomState,
    pub slow_seconds: i64,
    pub members_only: bool,
    pub language: String,
    pub reason: String,
    pub closes_at: At,
}

impl Room {
    /// The room of a public story. Errors: `stories.not_found`; `stories.killed` with the reason when it was withdrawn.
    pub fn of(db: &mut dyn Query, story: &StoryId) -> Result<Self> {
        match db.one(BY_STORY, values![story])? {
            Some(row) => Self::from_row(row),
            None => Ok(Self::unopened(&PublicStory::by_id(db, story)?.card)),
        }
    }

    /// The room of a story that nobody has written in yet.
    pub fn unopened(card: &Card) -> Self {
        Self {
            story: card.id.clone(),
            edition: card.edition.clone(),
            state: RoomState::Open,
            slow_seconds: 0,
            members_only: false,
            language: card.facts.language.clone(),
            pinned: None,
            reason: String::new(),
            opened_at: card.published_at,
            closes_at: card.published_at.plus(LIFE),
            messages: 0,
            last_at: card.published_at,
            has_row: false,
        }
    }

    /// The edition's rooms in a state, the last active first.
    pub fn listed(
        db: &mut dyn Query,
        edition: &EditionCode,
        state: RoomState,
        limit: usize,
    ) -> Result<Vec<Self>> {
        db.query(LISTED, values![edition, state, limit])?
            .into_iter()
            .map(Self::from_row)
            .collect()
    }

    /// Its state at a moment: a room whose time is over is closed, whether or not somebody has noted it.
    pub fn state_at(&self, now: At) -> RoomState {
        let over = now >= self.closes_at && matches!(self.state, RoomState::Open | RoomState::Premoderated);
        if over { RoomState::Closed } else { self.state }
    }

    /// Whether readers may write in it then.
    pub fn is_live(&self, now: At) -> bool {
        matches!(self.state_at(now), RoomState::Open | RoomState::Premoderated)
    }

    /// Whether this person may write in it now.
    /// Errors: `rooms.closed`, `rooms.read_only`, `rooms.members_only`.
    pub(crate) fn admits(&self, author: &Author, member_since: Option<At>, now: At) -> Result<()> {
        let state = self.state_at(now);
        if matches!(state, RoomState::Closed | RoomState::Archived) {
            let why = if self.reason.is_empty() {
                "This discussion is closed; it can still be read."
            } else {
                &self.reason
            };
            return Err(Error::refused("rooms.closed", why));
        }
        if author.is_staff() {
            return Ok(());
        }
        if state == RoomState::ReadOnly {
            let why = if self.reason.is_empty() {
                "Only the newsroom writes here just now."
            } else {
                &self.reason
            };
            return Err(Error::refused("rooms.read_only", why));
        }
        let member = member_since.is_some_and(|since| since.plus(MEMBER_AFTER) <= now);
        if self.members_only && !member {
            let message = "Only those whose account is a day old write here just now; come back later.";
            return Err(Error::refused("rooms.members_only", message));
        }
        Ok(())
    }

    /// Gives it a row, if it has none, and the job that closes it.
    pub(crate) fn open(&mut self, tx: &mut Tx) -> Result<()> {
        if std::mem::replace(&mut self.has_row, true) {
            return Ok(());
        }
        let row = values![
            &self.story,
            &self.edition,
            self.state,
            self.slow_seconds,
            self.members_only,
            &self.language,
            self.pinned.clone(),
            &self.reason,
            self.opened_at,
            self.closes_at,
            self.messages,
            self.last_at
        ];
        tx.execute(OPEN, row)?;
        self.schedule(tx)?;
        // The story's page says how to join from now on, not how to begin.
        self.touch(tx, true);
        Ok(())
    }

    fn schedule(&self, tx: &mut Tx) -> Result<()> {
        let key = format!("{CLOSE}:{}", self.story);
        if self.is_live(tx.now()) && !tx.is_past() {
            return jobs::enqueue(tx, CLOSE, self.story.as_str(), self.closes_at, Some(&key));
        }
        jobs::withdraw(tx, &key)
    }

    /// Sets it, and tells who is there. Errors: `rooms.slow`, `rooms.reason`, `rooms.language`.
    pub fn set(mut self, tx: &mut Tx, settings: Settings) -> Result<Self> {
        settings.check()?;
        self.open(tx)?;
        let Settings {
            state,
            slow_seconds,
            members_only,
            language,
            reason,
            closes_at,
        } = settings;
        let room = Self {
            state,
            slow_seconds,
            members_only,
            language,
            reason,
            closes_at,
            ..self
        };
        room.keep(tx)?;
        room.schedule(tx)?;
        Ok(room)
    }

    /// Pins a message on top, or none.
    pub(crate) fn pin(mut self, tx: &mut Tx, message: Option<MessageId>) -> Result<Self> {
        self.open(tx)?;
        self.pinned = message;
        self.keep(tx)?;
        Ok(self)
    }

    fn keep(&self, tx: &mut Tx) -> Result<()> {
        let row = values![
            self.state,
            self.slow_seconds,
            self.members_only,
            &self.language,
            self.pinned.clone(),
            &self.reason,
            self.closes_at,
            &self.story
        ];
        tx.execute(SET, row)?;
        self.touch(tx, false);
        let kind = if self.is_live(tx.now()) || self.state == RoomState::ReadOnly {
            "room.changed"
        } else {
            "room.closed"
        };
        let shown = json!({ "room": self.shown(tx.now()) });
        tx.record(self.stream(), Happening::shown(kind, "room", &shown));
        Ok(())
    }

    /// Closes it when its time is over; the job calls this.
    pub(crate) fn close_due(tx: &mut Tx, story: &StoryId) -> Result<()> {
        let Some(room) = tx
            .one(BY_STORY, values![story])?
            .map(Self::from_row)
            .transpose()?
        else {
            return Ok(());
        };
        let due = room.state_at(tx.now()) == RoomState::Closed && room.state != RoomState::Closed;
        if !due {
            return Ok(());
        }
        Self {
            state: RoomState::Closed,
            ..room
        }
        .keep(tx)
    }

    pub fn stream(&self) -> Stream {
        Stream::Room(self.story.clone())
    }

    pub(crate) fn grown(&self, tx: &mut Tx) -> Result<()> {
        tx.execute(GROWN, values![tx.now(), &self.story]).map(|_| ())
    }

    pub(crate) fn shrunk(&self, tx: &mut Tx) -> Result<()> {
        tx.execute(SHRUNK, values![&self.story]).map(|_| ())
    }

    /// Drops the pages that show this room; with `story_page`, the story's own as well.
    pub fn touch(&self, tx: &mut Tx, story_page: bool) {
        let event = Event::RoomChanged {
            story: self.story.clone(),
            edition: self.edition.clone(),
            story_page,
        };
        tx.record(Stream::Public, Happening::of(event));
    }

    /// What readers get of it.
    pub fn shown(&self, now: At) -> Value {
        json!({
            "id": self.story, "state": self.state_at(now), "live": self.is_live(now), "slow_seconds": self.slow_seconds,
            "members_only": self.members_only, "language": self.language, "pinned": self.pinned, "reason": self.reason,
            "closes_at": self.closes_at.rfc3339(), "messages": self.messages, "last_at": self.last_at.rfc3339(),
        })
    }

    /// What stands there now, to be changed.
    pub fn settings(&self) -> Settings {
        Settings {
            state: self.state,
            slow_seconds: self.slow_seconds,
            members_only: self.members_only,
            language: self.language.clone(),
            reason: self.reason.clone(),
            closes_at: self.closes_at,
        }
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            story: columns.next()?,
            edition: columns.next()?,
            state: columns.next()?,
            slow_seconds: columns.next()?,
            members_only: columns.next()?,
            language: columns.next()?,
            pinned: columns.next()?,
            reason: columns.next()?,
            opened_at: columns.next()?,
            closes_at: columns.next()?,
            messages: columns.next()?,
            last_at: columns.next()?,
            has_row: true,
        })
    }
}

impl Settings {
    fn check(&self) -> Result<()> {
        if !(0..=SLOWEST_S).contains(&self.slow_seconds) {
            let message = format!("slow mode is 0 to {SLOWEST_S} seconds");
            return Err(Error::invalid("slow_seconds", "rooms.slow", message));
        }
        if self.reason.chars().count() > 300 || self.reason.chars().any(char::is_control) {
            return Err(Error::invalid(
                "reason",
                "rooms.reason",
                "a reason is one line of at most 300 characters",
            ));
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if !(2..=35).contains(&self.language.len()) || !self.language.chars().all(plain) {
            return Err(Error::invalid(
                "language",
                "rooms.language",
                "use a language tag such as en or pt-BR",
            ));
        }
        Ok(())
    }
}
