//! How far somebody has read in each room, so that the counts of what is unseen are right on every device.

use base::db::{Query, Row, Tx};
use base::{Result, journal, values};
use lexicon::{PersonId, StoryId, Stream};

base::sql! {
    MARK = "INSERT INTO room_seen (person, story, seq, at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (person, story) DO UPDATE SET seq = {greatest}(room_seen.seq, excluded.seq), at = excluded.at";
    ALL = "SELECT story, seq FROM room_seen WHERE person = $1 ORDER BY at DESC LIMIT 200";
    FORGET = "DELETE FROM room_seen WHERE person = $1";
}

/// Notes that somebody has seen a room up to a number. It only moves forward, and never past the newest.
pub fn mark(tx: &mut Tx, person: &PersonId, story: &StoryId, seq: i64) -> Result<()> {
    let head = journal::head(tx, &Stream::Room(story.clone()))?;
    tx.execute(MARK, values![person, story, seq.clamp(0, head), tx.now()])
        .map(|_| ())
}

/// The rooms somebody was in, the last visited first.
pub fn of_person(db: &mut dyn Query, person: &PersonId) -> Result<Vec<(String, i64)>> {
    let mark = |row: Row| {
        let mut columns = row.columns();
        Ok((columns.next()?, columns.next()?))
    };
    db.query(ALL, values![person])?.into_iter().map(mark).collect()
}

pub(crate) fn forget(tx: &mut Tx, person: &PersonId) -> Result<()> {
    tx.execute(FORGET, values![person]).map(|_| ())
}
