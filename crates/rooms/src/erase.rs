//! All that somebody wrote and did in rooms: given to them, or taken out for ever.

use crate::message::Message;
use crate::seen;
use base::db::{Query, Row, Tx};
use base::{Result, values};
use lexicon::{At, MessageId, PersonId};
use serde_json::{Value, json};

base::sql! {
    UNLOOK = "DELETE FROM room_look WHERE message IN (SELECT id FROM room_message WHERE person = $1)";
    UNAPPEAL = "DELETE FROM room_appeal WHERE decision IN (SELECT id FROM room_decision WHERE person = $1)";
    UNSANCTION = "DELETE FROM room_sanction WHERE person = $1";
    UNNAME = "UPDATE room_decision SET person = NULL, word = '', reason = '' WHERE person = $1";
    UNSIGN = "UPDATE room_shift_note SET name = '' WHERE made_by = $1";
    DECIDED = "SELECT act, ground, reason, at, undone_at FROM room_decision WHERE person = $1 ORDER BY at LIMIT 10000";
    MESSAGES = "SELECT id FROM room_message WHERE person = $1 AND state <> 'removed' ORDER BY at";
    FORGET = "DELETE FROM room_message WHERE person = $1";
    REACTIONS = "SELECT r.message, r.kind, m.story, m.seq FROM room_reaction r JOIN room_message m ON m.id = r.message
        WHERE r.person = $1 ORDER BY r.message";
    UNCOUNT = "UPDATE public_room_reaction SET count = count - 1 WHERE story = $1 AND seq = $2 AND kind = $3 AND count > 0";
    UNREACT = "DELETE FROM room_reaction WHERE person = $1";
    UNREPORT = "DELETE FROM room_report WHERE person = $1";
    WROTE = "SELECT id, story, text, at, state, reason FROM room_message WHERE person = $1 ORDER BY at LIMIT 100000";
    REPORTED = "SELECT message, reason, note, at FROM room_report WHERE person = $1 ORDER BY at LIMIT 10000";
}

/// What this crate keeps of people.
pub const PART: people::Part = people::Part {
    name: "rooms",
    personal: &[
        "room_message.person",
        "room_message.author",
        "room_message.name",
        "public_room_message.author",
        "public_room_message.name",
        "room_reaction.person",
        "room_report.person",
        "room_seen.person",
        "room_sanction.person",
        "room_decision.person",
        "room_appeal.person",
        "room_look.person",
        "room_shift_note.name",
    ],
    kept: &[
        "room_message.decided_by",
        "room_rule.made_by",
        "room_rule_version.made_by",
        "room_sanction.made_by",
        "room_sanction.undone_by",
        "room_decision.made_by",
        "room_decision.undone_by",
        "room_notice.decided_by",
        "room_appeal.decided_by",
        "room_shift_note.made_by",
    ],
    erase,
    export: |read, person| export(read, person),
};

/// Takes out everything of a person: messages with their text in tables and records, reactions, reports, marks of reading.
pub fn erase(tx: &mut Tx, person: &PersonId) -> Result<()> {
    for row in tx.query(MESSAGES, values![person])? {
        let id: MessageId = row.only()?;
        Message::remove(tx, &id, None, "author", "")?;
    }
    for row in tx.query(REACTIONS, values![person])? {
        let mut columns = row.columns();
        let (_, kind, story): (String, String, String) = (columns.next()?, columns.next()?, columns.next()?);
        if let Some(seq) = columns.next::<Option<i64>>()? {
            tx.execute(UNCOUNT, values![story, seq, kind])?;
        }
    }
    // Looks and appeals are found through what they are about, so they go first.
    for forget in [
        UNLOOK, UNAPPEAL, UNSANCTION, UNNAME, UNSIGN, UNREACT, UNREPORT, FORGET,
    ] {
        tx.execute(forget, values![person])?;
    }
    seen::forget(tx, person)
}

/// Everything of a person, for their own eyes.
pub fn export(db: &mut dyn Query, person: &PersonId) -> Result<Value> {
    let message = |row: Row| {
        let mut columns = row.columns();
        let (id, story, text): (String, String, String) = (columns.next()?, columns.next()?, columns.next()?);
        let (at, state, reason): (At, String, String) = (columns.next()?, columns.next()?, columns.next()?);
        Ok(
            json!({ "id": id, "room": story, "text": text, "at": at.rfc3339(), "state": state, "reason": reason }),
        )
    };
    let reaction = |row: Row| {
        let mut columns = row.columns();
        let (message, kind): (String, String) = (columns.next()?, columns.next()?);
        Ok(json!({ "message": message, "kind": kind }))
    };
    let report = |row: Row| {
        let mut columns = row.columns();
        let (message, reason): (String, String) = (columns.next()?, columns.next()?);
        let (note, at): (String, At) = (columns.next()?, columns.next()?);
        Ok(json!({ "message": message, "reason": reason, "note": note, "at": at.rfc3339() }))
    };
    let decision = |row: Row| {
        let mut columns = row.columns();
        let (act, ground): (String, String) = (columns.next()?, columns.next()?);
        let (reason, at): (String, At) = (columns.next()?, columns.next()?);
        let undone_at: Option<At> = columns.next()?;
        Ok(
            json!({ "act": act, "ground": ground, "reason": reason, "at": at.rfc3339(), "undone_at": undone_at.map(At::rfc3339) }),
        )
    };
    let all = |rows: Vec<Row>, shown: fn(Row) -> Result<Value>| {
        rows.into_iter().map(shown).collect::<Result<Vec<_>>>()
    };
    Ok(json!({
        "messages": all(db.query(WROTE, values![person])?, message)?,
        "reactions": all(db.query(REACTIONS, values![person])?, reaction)?,
        "reports": all(db.query(REPORTED, values![person])?, report)?,
        "decisions": all(db.query(DECIDED, values![person])?, decision)?,
    }))
}
