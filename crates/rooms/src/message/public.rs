//! Messages as everybody sees them, read through the public connection.

use crate::author::Badge;
use crate::text::Text;
use base::db::{Query, Row, Tx};
use base::{Error, Result, values};
use lexicon::{At, MessageId, StoryId};
use serde_json::{Value, json};
use std::collections::BTreeMap;

base::sql! {
    ADD = "INSERT INTO public_room_message (story, seq, id, at, author, name, badge, reply_to, text, body, host, featured, edited_at,
        removed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, NULL, '')";
    REPLACE = "UPDATE public_room_message SET text = $1, body = $2, edited_at = $3, featured = $4 WHERE story = $5 AND seq = $6";
    BEFORE = "SELECT m.story, m.seq, m.id, m.at, m.author, m.name, m.badge, m.text, m.body, m.host, m.featured, m.edited_at, m.removed,
        m.reply_to, p.seq, p.name, p.body FROM public_room_message m LEFT JOIN public_room_message p ON p.id = m.reply_to
        WHERE m.story = $1 AND m.seq < $2 ORDER BY m.seq DESC LIMIT $3";
    BY_ID = "SELECT m.story, m.seq, m.id, m.at, m.author, m.name, m.badge, m.text, m.body, m.host, m.featured, m.edited_at, m.removed,
        m.reply_to, p.seq, p.name, p.body FROM public_room_message m LEFT JOIN public_room_message p ON p.id = m.reply_to
        WHERE m.id = $1";
    FEATURED = "SELECT m.story, m.seq, m.id, m.at, m.author, m.name, m.badge, m.text, m.body, m.host, m.featured, m.edited_at, m.removed,
        m.reply_to, p.seq, p.name, p.body FROM public_room_message m LEFT JOIN public_room_message p ON p.id = m.reply_to
        WHERE m.story = $1 AND m.featured = 1 ORDER BY m.seq LIMIT 10";
    BETWEEN = "SELECT m.story, m.seq, m.id, m.at, m.author, m.name, m.badge, m.text, m.body, m.host, m.featured, m.edited_at, m.removed,
        m.reply_to, p.seq, p.name, p.body FROM public_room_message m LEFT JOIN public_room_message p ON p.id = m.reply_to
        WHERE m.story = $1 AND m.seq >= $2 AND m.seq <= $3 ORDER BY m.seq DESC";
    OLDER = "SELECT MAX(seq) FROM public_room_message WHERE story = $1 AND seq < $2";
    NEWER = "SELECT MIN(seq) FROM public_room_message WHERE story = $1 AND seq > $2";
    UNSEEN = "SELECT COUNT(*) FROM (SELECT seq FROM public_room_message WHERE story = $1 AND seq > $2 AND removed = '' LIMIT 100) AS unseen";
    ADDRESSED = "SELECT id, seq, name, body FROM public_room_message WHERE id = $1 AND story = $2 AND removed = ''";
    REACTIONS = "SELECT seq, kind, count FROM public_room_reaction WHERE story = $1 AND seq >= $2 AND seq <= $3 AND count > 0
        ORDER BY seq, kind";
}

/// A reply shows so much of what it answers.
const EXCERPT: usize = 140;

/// A message in a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub story: StoryId,
    /// Its number on the room's stream.
    pub seq: i64,
    pub id: MessageId,
    pub at: At,
    /// The author's public key.
    pub author: String,
    pub name: String,
    pub badge: Badge,
    pub reply: Option<Reply>,
    /// As it was typed and cleaned.
    pub text: String,
    pub pieces: Text,
    pub host: bool,
    pub featured: bool,
    pub edited_at: Option<At>,
    /// Who took it out: `author` or `moderator`; empty while it stands.
    pub removed: String,
    pub reactions: Vec<(String, i64)>,
}

/// What a message answers. The excerpt is read with it each time, so it goes when that message goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub id: MessageId,
    pub seq: i64,
    pub name: String,
    pub excerpt: String,
}

impl Reply {
    /// `rooms.reply` when there is no such message in the room.
    pub(crate) fn to(db: &mut dyn Query, story: &StoryId, id: &MessageId) -> Result<Self> {
        let refuse = || {
            Error::invalid(
                "reply_to",
                "rooms.reply",
                "there is no such message in this room; send it without",
            )
        };
        let mut columns = db
            .one(ADDRESSED, values![id, story])?
            .ok_or_else(refuse)?
            .columns();
        let (id, seq, name) = (columns.next()?, columns.next()?, columns.next()?);
        let excerpt = excerpt(&columns.next::<String>()?)?;
        Ok(Self {
            id,
            seq,
            name,
            excerpt,
        })
    }
}

fn excerpt(body: &str) -> Result<String> {
    Ok(serde_json::from_str::<Text>(body)?.excerpt(EXCERPT))
}

impl Message {
    /// The messages before a number, newest first; those taken out among them, without their words.
    pub fn before(db: &mut dyn Query, story: &StoryId, seq: i64, limit: usize) -> Result<Vec<Self>> {
        let rows = db.query(BEFORE, values![story, seq, limit])?;
        let mut messages = rows.into_iter().map(Self::from_row).collect::<Result<Vec<_>>>()?;
        add_reactions(db, story, &mut messages)?;
        Ok(messages)
    }

    /// `rooms.no_message` when there is none in this room; `Gone` when it was taken out.
    pub fn by_id(db: &mut dyn Query, story: &StoryId, id: &MessageId) -> Result<Self> {
        let row = db
            .one(BY_ID, values![id])?
            .ok_or(Error::not_found("rooms.no_message"))?;
        let message = Self::from_row(row)?;
        if message.story != *story {
            return Err(Error::not_found("rooms.no_message"));
        }
        if !message.removed.is_empty() {
            return Err(gone());
        }
        let mut one = vec![message];
        add_reactions(db, story, &mut one)?;
        one.pop().ok_or(Error::not_found("rooms.no_message"))
    }

    /// The messages whose numbers lie between two, both included, newest first.
    pub fn between(db: &mut dyn Query, story: &StoryId, first: i64, last: i64) -> Result<Vec<Self>> {
        let rows = db.query(BETWEEN, values![story, first, last])?;
        let mut messages = rows.into_iter().map(Self::from_row).collect::<Result<Vec<_>>>()?;
        add_reactions(db, story, &mut messages)?;
        Ok(messages)
    }

    /// The number of the last message before one, and of the first after one.
    pub fn beside(
        db: &mut dyn Query,
        story: &StoryId,
        before: i64,
        after: i64,
    ) -> Result<(Option<i64>, Option<i64>)> {
        let older = db
            .one(OLDER, values![story, before])?
            .map_or(Ok(None), Row::only)?;
        let newer = db
            .one(NEWER, values![story, after])?
            .map_or(Ok(None), Row::only)?;
        Ok((older, newer))
    }

    /// How many stand after a number; 100 for that and more.
    pub fn unseen(db: &mut dyn Query, story: &StoryId, seq: i64) -> Result<i64> {
        db.one(UNSEEN, values![story, seq])?.map_or(Ok(0), Row::only)
    }

    /// The answers that stand in the story.
    pub fn featured(db: &mut dyn Query, story: &StoryId) -> Result<Vec<Self>> {
        db.query(FEATURED, values![story])?
            .into_iter()
            .map(Self::from_row)
            .collect()
    }

    /// What readers get of it.
    pub fn shown(&self) -> Value {
        let mut shown = json!({ "id": self.id, "seq": self.seq, "at": self.at.rfc3339() });
        if !self.removed.is_empty() {
            shown["removed"] = self.removed.as_str().into();
            return shown;
        }
        shown["author"] = json!({ "key": self.author, "name": self.name, "badge": self.badge });
        shown["text"] = self.text.as_str().into();
        shown["body"] = json!(self.pieces);
        if let Some(reply) = &self.reply {
            shown["reply_to"] = json!({ "id": reply.id, "seq": reply.seq, "name": reply.name });
        }
        if self.host {
            shown["host"] = true.into();
        }
        if self.featured {
            shown["featured"] = true.into();
        }
        if let Some(at) = self.edited_at {
            shown["edited_at"] = at.rfc3339().into();
        }
        if !self.reactions.is_empty() {
            shown["reactions"] = counted(&self.reactions);
        }
        shown
    }

    /// As `shown`, with the words it answers: for lists, never for a record, which would keep them.
    pub fn listed(&self) -> Value {
        let mut shown = self.shown();
        if let (Some(reply), Some(place)) = (&self.reply, shown.get_mut("reply_to")) {
            place["excerpt"] = reply.excerpt.as_str().into();
        }
        shown
    }

    pub(crate) fn add(&self, tx: &mut Tx) -> Result<()> {
        let reply_to = self.reply.as_ref().map(|reply| reply.id.clone());
        let row = values![
            &self.story,
            self.seq,
            &self.id,
            self.at,
            &self.author,
            &self.name,
            self.badge.as_str(),
            reply_to,
            &self.text,
            serde_json::to_string(&self.pieces)?,
            self.host
        ];
        tx.execute(ADD, row).map(|_| ())
    }

    pub(crate) fn replace(&self, tx: &mut Tx) -> Result<()> {
        let body = serde_json::to_string(&self.pieces)?;
        let row = values![
            &self.text,
            body,
            self.edited_at,
            self.featured,
            &self.story,
            self.seq
        ];
        tx.execute(REPLACE, row).map(|_| ())
    }

    pub(crate) fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            story: columns.next()?,
            seq: columns.next()?,
            id: columns.next()?,
            at: columns.next()?,
            author: columns.next()?,
            name: columns.next()?,
            badge: Badge::of(&columns.next::<String>()?),
            text: columns.next()?,
            pieces: serde_json::from_str(&columns.next::<String>()?)?,
            host: columns.next()?,
            featured: columns.next()?,
            edited_at: columns.next()?,
            removed: columns.next()?,
            reply: match (
                columns.next()?,
                columns.next()?,
                columns.next()?,
                columns.next::<Option<String>>()?,
            ) {
                (Some(id), Some(seq), Some(name), Some(body)) => Some(Reply {
                    id,
                    seq,
                    name,
                    excerpt: excerpt(&body)?,
                }),
                _ => None,
            },
            reactions: Vec::new(),
        })
    }
}

/// `Gone`: it was here.
fn gone() -> Error {
    Error::Gone {
        code: "rooms.message_removed",
        message: "This message was taken out.".to_owned(),
    }
}

/// The counts by kind.
pub(crate) fn counted(reactions: &[(String, i64)]) -> Value {
    let counts: BTreeMap<&str, i64> = reactions
        .iter()
        .map(|(kind, count)| (kind.as_str(), *count))
        .collect();
    json!(counts)
}

fn add_reactions(db: &mut dyn Query, story: &StoryId, messages: &mut [Message]) -> Result<()> {
    let numbers = messages.iter().map(|message| message.seq);
    let Some((first, last)) = numbers.clone().min().zip(numbers.max()) else {
        return Ok(());
    };
    let mut by_seq: BTreeMap<i64, Vec<(String, i64)>> = BTreeMap::new();
    for row in db.query(REACTIONS, values![story, first, last])? {
        let mut columns = row.columns();
        let seq = columns.next()?;
        by_seq
            .entry(seq)
            .or_default()
            .push((columns.next()?, columns.next()?));
    }
    for message in messages {
        message.reactions = by_seq.remove(&message.seq).unwrap_or_default();
    }
    Ok(())
}
