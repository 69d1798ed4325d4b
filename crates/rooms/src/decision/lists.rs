//! Messages that are decided upon together, and the log that the public sees.

use super::TOGETHER;
use base::db::{Query, Row};
use base::{Error, Result, values};
use lexicon::{At, EditionCode, MessageId, PersonId};
use serde_json::{Value, json};

base::sql! {
    PUBLIC_LOG = "SELECT at, id, act, ground, rule, undone_at FROM public_room_decision WHERE edition = $1 AND (at, id) < ($2, $3)
        ORDER BY at DESC, id DESC LIMIT $4";
    STANDING_OF = "SELECT id FROM room_message WHERE person = $1 AND state IN ('shown', 'held') ORDER BY at DESC LIMIT $2";
    CLUSTER = "SELECT id FROM room_message WHERE likeness = $1 AND state = $2 ORDER BY at LIMIT $3";
    ALIKE = "SELECT likeness, state FROM room_message WHERE id = $1";
}

/// The messages of a person that stand or wait, newest first (as many as are decided upon together).
pub fn standing_of(db: &mut dyn Query, person: &PersonId) -> Result<Vec<MessageId>> {
    db.query(STANDING_OF, values![person, TOGETHER])?
        .into_iter()
        .map(Row::only)
        .collect()
}

/// The messages with the same letters in the same state as this one, itself among them.
pub fn cluster(db: &mut dyn Query, id: &MessageId) -> Result<Vec<MessageId>> {
    let row = db
        .one(ALIKE, values![id])?
        .ok_or(Error::not_found("rooms.no_message"))?;
    let mut columns = row.columns();
    let (likeness, state): (Option<i64>, String) = (columns.next()?, columns.next()?);
    match likeness {
        Some(likeness) => db
            .query(CLUSTER, values![likeness, state, TOGETHER])?
            .into_iter()
            .map(Row::only)
            .collect(),
        None => Ok(vec![id.clone()]),
    }
}

/// What the public sees of decisions in an edition, newest first: when, what, on what ground. Nobody is named.
pub fn public_log(
    db: &mut dyn Query,
    edition: &EditionCode,
    after: (At, String),
    limit: usize,
) -> Result<Vec<Value>> {
    let shown = |row: Row| {
        let mut columns = row.columns();
        let (at, id): (At, String) = (columns.next()?, columns.next()?);
        let (act, ground): (String, String) = (columns.next()?, columns.next()?);
        let (rule, undone_at): (String, Option<At>) = (columns.next()?, columns.next()?);
        Ok(json!({ "at": at, "id": id, "act": act, "ground": ground, "rule": rule, "undone_at": undone_at }))
    };
    db.query(PUBLIC_LOG, values![edition, after.0, after.1, limit])?
        .into_iter()
        .map(shown)
        .collect()
}
