//! The rooms of the sample newsroom: its readers, who have no accounts, say what `sample/rooms.toml` has them say.

use super::Played;
use super::script::age;
use ::rooms::author::{Author, Badge};
use ::rooms::{Message, Posting, Room, message, reaction};
use base::db::Tx;
use base::{Clock, Error, Result, clock};
use lexicon::{At, MessageId, Role};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// `sample/rooms.toml`.
#[derive(Deserialize)]
pub struct Rooms {
    room: Vec<RoomRow>,
}

#[derive(Deserialize)]
struct RoomRow {
    story: String,
    #[serde(default)]
    slow_seconds: i64,
    /// The message on top, counted from 1.
    pinned: Option<usize>,
    message: Vec<MessageRow>,
}

#[derive(Deserialize)]
struct MessageRow {
    #[serde(rename = "ago", deserialize_with = "age")]
    age: i64,
    name: String,
    text: String,
    #[serde(default)]
    badge: String,
    #[serde(default)]
    host: bool,
    #[serde(default)]
    featured: bool,
    /// The message it answers, counted from 1.
    reply: Option<usize>,
    #[serde(default)]
    reactions: BTreeMap<String, u32>,
}

impl Rooms {
    /// Plays every room. A story that is not in the sample any more is a mistake in it.
    pub fn play(&self, tx: &mut Tx, now: At, played: &Played) -> Result<()> {
        let mut people = HashMap::new();
        for row in &self.room {
            let missing = || Error::internal(format!("sample/rooms.toml: there is no story {}", row.story));
            let (story, _) = played.get(&row.story).ok_or_else(missing)?;
            let mut said: Vec<MessageId> = Vec::new();
            for message in &row.message {
                tx.as_of(now.plus(-message.age));
                let room = Room::of(tx, story)?;
                let author = message.author(&mut people);
                let reply_to = message
                    .reply
                    .and_then(|number| said.get(number.checked_sub(1)?).cloned());
                let posting = Posting {
                    text: message.text.clone(),
                    reply_to,
                    key: None,
                    host: message.host,
                };
                let receipt = Message::post(tx, room, &author, None, &posting, message::pass)?;
                message.decorate(tx, &receipt.id)?;
                said.push(receipt.id);
            }
            let mut room = Room::of(tx, story)?;
            if let Some(id) = row
                .pinned
                .and_then(|number| said.get(number.checked_sub(1)?).cloned())
            {
                room = Message::pin(tx, room, Some(id))?;
            }
            if row.slow_seconds > 0 {
                let settings = ::rooms::room::Settings {
                    slow_seconds: row.slow_seconds,
                    ..room.settings()
                };
                room.set(tx, settings)?;
            }
        }
        Ok(())
    }
}

impl MessageRow {
    /// The same name is the same person in all rooms.
    fn author(&self, people: &mut HashMap<String, Author>) -> Author {
        let (role, badge) = match self.badge.as_str() {
            "author" => (Role::Reporter, Badge::Author),
            "staff" => (Role::Editor, Badge::Staff),
            _ => (Role::Reader, Badge::None),
        };
        let made = || Author {
            person: Clock::system().person_id(),
            role,
            key: clock::random_base32(16),
            name: self.name.clone(),
            badge,
        };
        people.entry(self.name.clone()).or_insert_with(made).clone()
    }

    fn decorate(&self, tx: &mut Tx, id: &MessageId) -> Result<()> {
        for (kind, count) in &self.reactions {
            for _ in 0..*count {
                reaction::react(tx, id, &Clock::system().person_id(), kind, true)?;
            }
        }
        if self.featured {
            Message::feature(tx, id, true)?;
        }
        Ok(())
    }
}
