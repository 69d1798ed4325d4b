//! What the desk's tables know of a person beside their work: taken out when they are erased. Versions, notes and moves stay
//! the newsroom's record, under a bare id that leads to nobody.

use base::db::{Query, Row, Tx};
use base::{Read, Result, values};
use lexicon::{At, PersonId};
use serde_json::{Value, json};

base::sql! {
    UNHAND = "DELETE FROM story_pen WHERE person = $1";
    UNNAME = "UPDATE story_note SET name = '' WHERE by_person = $1";
    UNSETTLE = "UPDATE story_note SET resolved_by = '' WHERE resolved_by = $1";
    UNASSIGN = "UPDATE story_work SET person = NULL WHERE person = $1";
    NOTES = "SELECT story, text, at FROM story_note WHERE by_person = $1 ORDER BY at LIMIT 10000";
}

/// What this crate keeps of people.
pub const PART: people::Part = people::Part {
    name: "stories",
    personal: &[
        "story_pen.person",
        "story_note.name",
        "story_note.resolved_by",
        "story_work.person",
    ],
    kept: &[
        "story_version.by_person",
        "story_work.moved_by",
        "story_note.by_person",
    ],
    erase,
    export: |read, person| export(read, person),
};

/// Whoever settled a note stands there by name alone; this is called while the account still has it.
fn erase(tx: &mut Tx, person: &PersonId) -> Result<()> {
    if let Some(known) = people::Person::by_id(tx, person)? {
        tx.execute(UNSETTLE, values![&known.name])?;
    }
    for forget in [UNHAND, UNNAME, UNASSIGN] {
        tx.execute(forget, values![person])?;
    }
    Ok(())
}

/// The notes they wrote.
fn export(read: &mut Read, person: &PersonId) -> Result<Value> {
    let note = |row: Row| {
        let mut columns = row.columns();
        let (story, text): (String, String) = (columns.next()?, columns.next()?);
        let at: At = columns.next()?;
        Ok(json!({ "story": story, "text": text, "at": at.rfc3339() }))
    };
    let notes: Vec<Value> = read
        .query(NOTES, values![person])?
        .into_iter()
        .map(note)
        .collect::<Result<_>>()?;
    Ok(json!({ "notes": notes }))
}
