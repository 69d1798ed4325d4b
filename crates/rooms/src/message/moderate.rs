//! What the newsroom does with a message: show what was held, refuse it, take out, feature, pin.

use super::{Message, Own, Reply};
use crate::author::Badge;
use crate::room::Room;
use crate::text::Text;
use base::db::{Query, Tx};
use base::journal::{self, Happening};
use base::{Error, Result, values};
use lexicon::{At, MessageId, PersonId};
use serde_json::json;

base::sql! {
    HELD = "SELECT story, author, name, badge, text, reply_to, host, seq, at FROM room_message WHERE id = $1 AND state IN ('held', 'rejected', 'removed')";
    SHOWN = "UPDATE room_message SET state = 'shown', seq = $1, decided_by = $2, decided_at = $3, reason = '' WHERE id = $4";
    DECIDED = "UPDATE room_message SET state = $1, decided_by = $2, decided_at = $3, reason = $4 WHERE id = $5";
    EMPTY = "UPDATE public_room_message SET author = '', name = '', badge = '', reply_to = NULL, text = '', body = '[]', host = 0,
        featured = 0, edited_at = NULL, removed = $1 WHERE story = $2 AND seq = $3";
    FILL = "UPDATE public_room_message SET author = $1, name = $2, badge = $3, reply_to = $4, text = $5, body = $6, host = $7, removed = ''
        WHERE story = $8 AND seq = $9";
    HOLD = "UPDATE room_message SET state = 'held', rule = $1, word = $2, decided_by = NULL, decided_at = NULL, reason = '' WHERE id = $3";
    HOLD_AGAIN = "UPDATE room_message SET state = 'held', decided_by = NULL, decided_at = NULL, reason = '' WHERE id = $1";
    NO_REACTIONS = "DELETE FROM public_room_reaction WHERE story = $1 AND seq = $2";
    FORGET_REACTIONS = "DELETE FROM room_reaction WHERE message = $1";
}

impl Message {
    /// Shows a message that was held, rejected or taken out: where it stood, or as posted now if it never stood anywhere.
    /// `by` is the moderator. Errors: `rooms.not_held`.
    pub fn show(tx: &mut Tx, id: &MessageId, by: &PersonId) -> Result<Self> {
        let refuse = || Error::conflict("rooms.not_held", "This message is not held any more.");
        let mut columns = tx.one(HELD, values![id])?.ok_or_else(refuse)?.columns();
        let mut room = Room::of(tx, &columns.next()?)?;
        room.open(tx)?;
        let (author, name) = (columns.next()?, columns.next()?);
        let badge = Badge::of(&columns.next::<String>()?);
        let text: String = columns.next()?;
        let reply_to: Option<MessageId> = columns.next()?;
        let host = columns.next()?;
        let (stood, at): (Option<i64>, At) = (columns.next()?, columns.next()?);
        let message = Self {
            story: room.story.clone(),
            seq: match stood {
                Some(seq) => seq,
                None => journal::next(tx, &room.stream())?,
            },
            id: id.clone(),
            at: if stood.is_some() { at } else { tx.now() },
            author,
            name,
            badge,
            // What it answered may be gone by now.
            reply: reply_to.and_then(|id| Reply::to(tx, &room.story, &id).ok()),
            pieces: Text::read(&text),
            text,
            host,
            featured: false,
            edited_at: None,
            removed: String::new(),
            reactions: Vec::new(),
        };
        tx.execute(SHOWN, values![message.seq, by, tx.now(), id])?;
        match stood {
            Some(_) => message.fill(tx, &room)?,
            None => message.publish(tx, &room)?,
        }
        Ok(message)
    }

    /// Puts the words back where only a mark of their absence stands.
    fn fill(&self, tx: &mut Tx, room: &Room) -> Result<()> {
        let reply_to = self.reply.as_ref().map(|reply| reply.id.clone());
        let body = serde_json::to_string(&self.pieces)?;
        let row = values![
            &self.author,
            &self.name,
            self.badge.as_str(),
            reply_to,
            &self.text,
            body,
            self.host,
            &self.story,
            self.seq
        ];
        tx.execute(FILL, row)?;
        room.grown(tx)?;
        room.touch(tx, false);
        self.tell_edited(tx, room);
        Ok(())
    }

    /// A rejected message waits again.
    pub(crate) fn hold_again(tx: &mut Tx, id: &MessageId) -> Result<()> {
        tx.execute(HOLD_AGAIN, values![id]).map(|_| ())
    }

    /// Takes a shown message out until a moderator has decided. Errors: `rooms.not_shown`.
    pub fn hold(tx: &mut Tx, id: &MessageId, rule: &str, word: &str) -> Result<()> {
        if Own::of(tx, id)?.state != "shown" {
            return Err(Error::conflict(
                "rooms.not_shown",
                "This message is not shown any more.",
            ));
        }
        if !cfg!(feature = "planted-held-stays") {
            Self::remove(tx, id, None, "moderator", "")?;
        }
        tx.execute(HOLD, values![rule, word, id]).map(|_| ())
    }

    /// Refuses a held message for a reason that its author is told. Errors: `rooms.not_held`.
    pub fn reject(tx: &mut Tx, id: &MessageId, by: &PersonId, reason: &str) -> Result<()> {
        if Own::of(tx, id)?.state != "held" {
            return Err(Error::conflict(
                "rooms.not_held",
                "This message is not held any more.",
            ));
        }
        tx.execute(DECIDED, values!["rejected", by, tx.now(), reason, id])
            .map(|_| ())
    }

    /// Takes a message out of every public table and out of the stream's earlier records. What is kept of it in
    /// `room_message` only moderators see. `by` is none when its author does it; `who` is `author` or `moderator`.
    pub fn remove(tx: &mut Tx, id: &MessageId, by: Option<&PersonId>, who: &str, reason: &str) -> Result<()> {
        let own = Own::of(tx, id)?;
        tx.execute(DECIDED, values!["removed", by.cloned(), tx.now(), reason, id])?;
        tx.execute(FORGET_REACTIONS, values![id])?;
        let Some(seq) = own.seq.filter(|_| own.state == "shown") else {
            return Ok(());
        };
        let featured = Self::by_id(tx, &own.story, id).is_ok_and(|message| message.featured);
        if !cfg!(feature = "planted-removed-kept") {
            tx.execute(EMPTY, values![who, &own.story, seq])?;
        }
        tx.execute(NO_REACTIONS, values![&own.story, seq])?;
        let mut room = Room::of(tx, &own.story)?;
        if room.pinned.as_ref() == Some(id) {
            room = room.pin(tx, None)?;
        }
        room.shrunk(tx)?;
        room.touch(tx, featured);
        let subject = if cfg!(feature = "planted-old-text-kept") {
            ""
        } else {
            id.as_str()
        };
        let shown = json!({ "message": { "id": id, "seq": seq, "removed": who } });
        tx.record(
            room.stream(),
            Happening::shown("message.removed", subject, &shown),
        );
        Ok(())
    }

    /// Lets a message stand in the story, or takes it off again. Errors: `rooms.no_message`.
    pub fn feature(tx: &mut Tx, id: &MessageId, featured: bool) -> Result<Self> {
        let own = Own::of(tx, id)?;
        let room = Room::of(tx, &own.story)?;
        let message = Self {
            featured,
            ..Self::by_id(tx, &own.story, id)?
        };
        message.replace(tx)?;
        message.tell_edited(tx, &room);
        room.touch(tx, true);
        Ok(message)
    }

    /// Pins a message on top of its room, or takes the pin off.
    pub fn pin(tx: &mut Tx, room: Room, id: Option<MessageId>) -> Result<Room> {
        if let Some(id) = &id {
            Self::by_id(tx, &room.story, id)?;
        }
        room.pin(tx, id)
    }
}
