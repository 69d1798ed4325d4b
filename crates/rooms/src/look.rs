//! What a moderator should look at though it is shown: what was reported, and the first messages of new people.
//! A report never removes anything. Enough weight of trusted people holds a message until somebody has looked.

use crate::bench::ring;
use crate::decision::{Act, Decision};
use crate::message::{Case, Message, Own};
use crate::rules::{Reason, reported};
use crate::{rule, sanction};
use base::db::{Query, Row, Tx};
use base::{Result, values};
use lexicon::{MessageId, PersonId};

base::sql! {
    ADD = "INSERT INTO room_look (message, kind, rank, at, story, person, reports, weight, state)
        VALUES ($1, $2, 0, $3, $4, $5, 0, 0, 'open') ON CONFLICT (message) DO NOTHING";
    WEIGH = "UPDATE room_look SET kind = 'reported', reports = reports + 1, weight = weight + $1, rank = 0 - weight - $1, state = 'open'
        WHERE message = $2";
    WEIGHT = "SELECT weight FROM room_look WHERE message = $1";
    CLOSE = "UPDATE room_look SET state = 'closed' WHERE message = $1";
    OPEN = "UPDATE room_look SET state = 'open' WHERE message = $1";
    JUDGED = "UPDATE room_report SET state = $1 WHERE message = $2";
    APPROVED = "SELECT COUNT(*) FROM room_decision WHERE message = $1 AND act = 'approve' AND undone_at IS NULL";
}

/// Puts a newcomer's message on the list "new people".
pub(crate) fn newcomer(tx: &mut Tx, case: &Case<'_>) -> Result<()> {
    let now = tx.now();
    tx.execute(
        ADD,
        values![case.id, "new", now, &case.room.story, &case.author.person],
    )?;
    ring(tx);
    Ok(())
}

/// Weighs a new report. What a moderator has let through is not held by reports again.
pub(crate) fn report(tx: &mut Tx, message: &MessageId, own: &Own, reporter: &PersonId) -> Result<()> {
    let now = tx.now();
    let weight = i64::from(sanction::standing(tx, reporter, now)?.report_weight());
    tx.execute(ADD, values![message, "reported", now, &own.story, &own.person])?;
    tx.execute(WEIGH, values![weight, message])?;
    ring(tx);
    let all: i64 = tx.one(WEIGHT, values![message])?.map_or(Ok(0), Row::only)?;
    let edition = crate::Room::of(tx, &own.story)?.edition;
    let rules = rule::of_room(tx, &edition, &own.story)?;
    let approved: i64 = tx.one(APPROVED, values![message])?.map_or(Ok(0), Row::only)?;
    match reported(&rules, u32::try_from(all).unwrap_or(u32::MAX)) {
        Some(reason) if approved == 0 && weight > 0 => hold(tx, message, &reason),
        _ => Ok(()),
    }
}

fn hold(tx: &mut Tx, message: &MessageId, reason: &Reason) -> Result<()> {
    Message::hold(tx, message, reason.rule.as_str(), &reason.word)?;
    Decision::by_rule(tx, Act::Hold, message, reason)
}

/// Somebody has looked: reports of it were right or wrong.
pub(crate) fn close(tx: &mut Tx, message: &MessageId, right: bool) -> Result<()> {
    tx.execute(CLOSE, values![message])?;
    tx.execute(JUDGED, values![if right { "right" } else { "wrong" }, message])
        .map(|_| ())
}

/// The look is taken back.
pub(crate) fn open(tx: &mut Tx, message: &MessageId) -> Result<()> {
    tx.execute(OPEN, values![message])?;
    tx.execute(JUDGED, values!["open", message]).map(|_| ())
}
