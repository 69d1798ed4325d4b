//! A reader says that a message should be looked at, and why. A report removes nothing by itself.

use crate::message::Own;
use base::db::Tx;
use base::{Error, Result, values};
use lexicon::{MessageId, PersonId};

base::sql! {
    ADD = "INSERT INTO room_report (message, person, story, reason, note, at, state) VALUES ($1, $2, $3, $4, $5, $6, 'open')
        ON CONFLICT (message, person) DO NOTHING";
}

/// Why a message is reported.
pub const REASONS: [&str; 7] = ["abuse", "hate", "threat", "spam", "off_topic", "illegal", "other"];
const LONGEST_NOTE: usize = 1_000;

/// Notes a report, once for each person and message. True when it is new.
/// Errors: `rooms.report_reason`, `rooms.report_note`, `rooms.no_message`.
pub fn report(tx: &mut Tx, id: &MessageId, person: &PersonId, reason: &str, note: &str) -> Result<bool> {
    if !REASONS.contains(&reason) {
        let message = format!("use one of {}", REASONS.join(", "));
        return Err(Error::invalid("reason", "rooms.report_reason", message));
    }
    if note.chars().count() > LONGEST_NOTE {
        let message = format!("a note has at most {LONGEST_NOTE} characters");
        return Err(Error::invalid("note", "rooms.report_note", message));
    }
    let note: String = note.chars().filter(|c| !c.is_control() || *c == '\n').collect();
    let own = Own::of(tx, id)?;
    if own.state != "shown" {
        return Err(Error::not_found("rooms.no_message"));
    }
    let made = tx.execute(
        ADD,
        values![id, person, &own.story, reason, note.trim(), tx.now()],
    )?;
    if made > 0 {
        crate::look::report(tx, id, &own, person)?;
    }
    Ok(made > 0)
}
