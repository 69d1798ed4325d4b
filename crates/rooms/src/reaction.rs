//! Six ways to answer without words. Who reacted is nobody's business but theirs; the counts are everybody's.

use crate::message::{Own, counted};
use crate::room::Room;
use base::db::{Query, Row, Tx};
use base::journal::Happening;
use base::{Error, Result, values};
use lexicon::{MessageId, PersonId};
use serde_json::{Value, json};

base::sql! {
    ADD = "INSERT INTO room_reaction (message, person, kind, at) VALUES ($1, $2, $3, $4) ON CONFLICT (message, person, kind) DO NOTHING";
    DROP = "DELETE FROM room_reaction WHERE message = $1 AND person = $2 AND kind = $3";
    COUNT = "INSERT INTO public_room_reaction (story, seq, kind, count) VALUES ($1, $2, $3, $4)
        ON CONFLICT (story, seq, kind) DO UPDATE SET count = public_room_reaction.count + excluded.count";
    COUNTS = "SELECT kind, count FROM public_room_reaction WHERE story = $1 AND seq = $2 AND count > 0 ORDER BY kind";
    OF_PERSON = "SELECT r.message, r.kind FROM room_reaction r JOIN room_message m ON m.id = r.message
        WHERE r.person = $1 AND m.story = $2 ORDER BY r.message, r.kind LIMIT 500";
}

/// What a reader can say with one key. Words, not pictures: every theme and screen reader has them.
pub const KINDS: [&str; 6] = ["agree", "thanks", "insight", "funny", "surprised", "sad"];

/// Sets or takes back a reaction; gives the message's counts. Doing it twice is doing it once.
/// Errors: `rooms.reaction` (no such kind), `rooms.no_message`, `rooms.closed`.
pub fn react(tx: &mut Tx, id: &MessageId, person: &PersonId, kind: &str, on: bool) -> Result<Value> {
    let Some(kind) = KINDS.iter().find(|known| **known == kind) else {
        let message = format!("use one of {}", KINDS.join(", "));
        return Err(Error::invalid("kind", "rooms.reaction", message));
    };
    let own = Own::of(tx, id)?;
    let seq = own
        .seq
        .filter(|_| own.state == "shown")
        .ok_or(Error::not_found("rooms.no_message"))?;
    let room = Room::of(tx, &own.story)?;
    if !room.is_live(tx.now()) {
        return Err(Error::refused(
            "rooms.closed",
            "This discussion is closed; it can still be read.",
        ));
    }
    let changed = match on {
        true => tx.execute(ADD, values![id, person, *kind, tx.now()])?,
        false => tx.execute(DROP, values![id, person, *kind])?,
    };
    if changed > 0 {
        tx.execute(
            COUNT,
            values![&own.story, seq, *kind, if on { 1_i64 } else { -1 }],
        )?;
    }
    let counts = counts(tx, &own.story, seq)?;
    if changed > 0 {
        // A subject of its own: the counts replace earlier counts, never the message's text.
        let subject = format!("reactions:{id}");
        let shown = json!({ "message": { "id": id, "seq": seq, "reactions": counts } });
        tx.record(
            room.stream(),
            Happening::shown("message.reacted", &subject, &shown),
        );
    }
    Ok(counts)
}

fn counts(db: &mut dyn Query, story: &lexicon::StoryId, seq: i64) -> Result<Value> {
    let count = |row: Row| {
        let mut columns = row.columns();
        Ok((columns.next()?, columns.next()?))
    };
    let counts = db.query(COUNTS, values![story, seq])?.into_iter().map(count);
    Ok(counted(&counts.collect::<Result<Vec<(String, i64)>>>()?))
}

/// What this person has reacted to in a room: message and kind.
pub fn of_person(
    db: &mut dyn Query,
    person: &PersonId,
    story: &lexicon::StoryId,
) -> Result<Vec<(String, String)>> {
    let pair = |row: Row| {
        let mut columns = row.columns();
        Ok((columns.next()?, columns.next()?))
    };
    db.query(OF_PERSON, values![person, story])?
        .into_iter()
        .map(pair)
        .collect()
}
