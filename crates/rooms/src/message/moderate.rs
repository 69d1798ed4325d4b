//! What the newsroom does with a message: show what was held, refuse it, take out, feature, pin.

use super::{Message, Own, Reply};
use crate::author::Badge;
use crate::room::Room;
use crate::text::Text;
use base::db::{Query, Tx};
use base::journal::{self, Happening};
use base::{Error, Result, values};
use lexicon::{MessageId, PersonId};
use serde_json::json;

base::sql! {
    HELD = "SELECT story, author, name, badge, text, reply_to, host FROM room_message WHERE id = $1 AND state IN ('held', 'rejected')";
    SHOWN = "UPDATE room_message SET state = 'shown', seq = $1, decided_by = $2, decided_at = $3, reason = '' WHERE id = $4";
    DECIDED = "UPDATE room_message SET state = $1, decided_by = $2, decided_at = $3, reason = $4 WHERE id = $5";
    EMPTY = "UPDATE public_room_message SET author = '', name = '', badge = '', reply_to = NULL, text = '', body = '[]', host = 0,
        featured = 0, edited_at = NULL, removed = $1 WHERE story = $2 AND seq = $3";
    NO_REACTIONS = "DELETE FROM public_room_reaction WHERE story = $1 AND seq = $2";
    FORGET_REACTIONS = "DELETE FROM room_reaction WHERE message = $1";
}

impl Message {
    /// Shows a message that was held or rejected: it is posted now. `by` is the moderator.
    /// Errors: `rooms.not_held`.
    pub fn show(tx: &mut Tx, id: &MessageId, by: &PersonId) -> Result<Self> {
        let refuse = || Error::conflict("rooms.not_held", "This message is not held any more.");
        let mut columns = tx.one(HELD, values![id])?.ok_or_else(refuse)?.columns();
        let mut room = Room::of(tx, &columns.next()?)?;
        room.open(tx)?;
        let (author, name) = (columns.next()?, columns.next()?);
        let badge = Badge::of(&columns.next::<String>()?);
        let text: String = columns.next()?;
        let reply_to: Option<MessageId> = columns.next()?;
        let message = Self {
            story: room.story.clone(),
            seq: journal::next(tx, &room.stream())?,
            id: id.clone(),
            at: tx.now(),
            author,
            name,
            badge,
            // What it answered may be gone by now.
            reply: reply_to.and_then(|id| Reply::to(tx, &room.story, &id).ok()),
            pieces: Text::read(&text),
            text,
            host: columns.next()?,
            featured: false,
            edited_at: None,
            removed: String::new(),
            reactions: Vec::new(),
        };
        tx.execute(SHOWN, values![message.seq, by, tx.now(), id])?;
        message.publish(tx, &room)?;
        Ok(message)
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
