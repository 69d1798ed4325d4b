//! A sanction: a warning, a timeout, a mute, a ban. A row with who, why, until when, and whether it was undone.
//! It holds in all rooms, and whoever it stops is told so, with the reason.

use crate::rules::{Standing, Stop, Stopped, limits};
use base::db::{Query, Row, Tx};
use base::{Error, Result, clock, values};
use lexicon::{At, MessageId, PersonId};
use people::Person;
use serde::Serialize;

base::sql! {
    ADD = "INSERT INTO room_sanction (id, person, kind, at, until, why, message, made_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    STOPS = "SELECT kind, until, why FROM room_sanction WHERE person = $1 AND undone_at IS NULL AND kind <> 'warn'
        AND (until IS NULL OR until > $2) ORDER BY at DESC LIMIT 20";
    OF_PERSON = "SELECT id, kind, at, until, why, message, made_by, undone_at, undone_by FROM room_sanction WHERE person = $1
        ORDER BY at DESC LIMIT 100";
    UNDO = "UPDATE room_sanction SET undone_at = $1, undone_by = $2 WHERE id = $3 AND undone_at IS NULL";
    RECENT = "SELECT COUNT(*) FROM room_sanction WHERE person = $1 AND at > $2 AND undone_at IS NULL";
    STOOD = "SELECT COUNT(*) FROM (SELECT 1 FROM room_message WHERE person = $1 AND state = 'shown' LIMIT 100) AS stood";
    WEEK = "SELECT COUNT(*), COALESCE(SUM(CASE WHEN state = 'rejected' OR (state = 'removed' AND decided_by IS NOT NULL) THEN 1 ELSE 0 END), 0)
        FROM (SELECT state, decided_by FROM room_message WHERE person = $1 AND at > $2 ORDER BY at DESC LIMIT 200) AS week";
    REPORTS = "SELECT COALESCE(SUM(CASE WHEN state = 'right' THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN state = 'wrong' THEN 1 ELSE 0 END), 0)
        FROM room_report WHERE person = $1";
}

/// Sanctions count against trust for so long.
const REMEMBERED: i64 = 90 * At::DAY;

/// What a sanction does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Told, and nothing else.
    Warn,
    TimeOut,
    Mute,
    Ban,
}

/// A sanction as moderators and the person see it; `by` only moderators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sanction {
    pub id: String,
    pub kind: String,
    pub at: At,
    pub until: Option<At>,
    pub why: String,
    pub message: Option<MessageId>,
    pub by: PersonId,
    pub undone_at: Option<At>,
    pub undone_by: Option<PersonId>,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Warn => "warn",
            Self::TimeOut => "time_out",
            Self::Mute => "mute",
            Self::Ban => "ban",
        }
    }
}

impl Sanction {
    /// Puts a sanction on a person; answers its id. A ban also signs them out, so their open streams are cut on every node.
    /// Errors: `rooms.staff`, `people.no_person`, `rooms.seconds`.
    pub(crate) fn put(
        tx: &mut Tx,
        person: &PersonId,
        kind: Kind,
        seconds: Option<u32>,
        why: &str,
        message: Option<&MessageId>,
        by: &PersonId,
    ) -> Result<String> {
        let whom = Person::by_id(tx, person)?.ok_or(Error::not_found("people.no_person"))?;
        if whom.role.is_staff() {
            let message = "This is somebody of the newsroom; an owner changes what they may do.";
            return Err(Error::refused("rooms.staff", message));
        }
        let until = until(kind, seconds, tx.now())?;
        let id = clock::random_base32(20);
        let row = values![
            &id,
            person,
            kind.as_str(),
            tx.now(),
            until,
            why,
            message.cloned(),
            by
        ];
        tx.execute(ADD, row)?;
        if kind == Kind::Ban {
            Person::end_sessions(tx, person)?;
        }
        Ok(id)
    }

    /// Takes a sanction back; false when somebody has done so already.
    pub(crate) fn undo(tx: &mut Tx, id: &str, by: &PersonId) -> Result<bool> {
        let now = tx.now();
        Ok(tx.execute(UNDO, values![now, by, id])? > 0)
    }

    /// A person's sanctions, newest first.
    pub fn of_person(db: &mut dyn Query, person: &PersonId) -> Result<Vec<Self>> {
        db.query(OF_PERSON, values![person])?
            .into_iter()
            .map(Self::from_row)
            .collect()
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            id: columns.next()?,
            kind: columns.next()?,
            at: columns.next()?,
            until: columns.next()?,
            why: columns.next()?,
            message: columns.next()?,
            by: columns.next()?,
            undone_at: columns.next()?,
            undone_by: columns.next()?,
        })
    }
}

fn until(kind: Kind, seconds: Option<u32>, now: At) -> Result<Option<At>> {
    match (kind, seconds) {
        (Kind::TimeOut, Some(seconds)) if limits::TIMEOUTS_S.contains(&seconds) => {
            Ok(Some(now.plus(i64::from(seconds) * At::SECOND)))
        }
        (Kind::TimeOut, _) => {
            let choices = limits::TIMEOUTS_S.map(|seconds| seconds.to_string()).join(", ");
            Err(Error::invalid(
                "seconds",
                "rooms.seconds",
                format!("a timeout lasts one of {choices} seconds"),
            ))
        }
        (_, Some(_)) => Err(Error::invalid(
            "seconds",
            "rooms.seconds",
            "only a timeout has an end; leave the seconds out",
        )),
        (_, None) => Ok(None),
    }
}

/// What stops a person from writing now: the hardest of what holds.
pub fn stopped(db: &mut dyn Query, person: &PersonId, now: At) -> Result<Option<Stopped>> {
    let mut hardest: Option<Stopped> = None;
    for row in db.query(STOPS, values![person, now])? {
        let mut columns = row.columns();
        let how = match columns.next::<String>()?.as_str() {
            "ban" => Stop::Banned,
            "mute" => Stop::Muted,
            _ => Stop::TimedOut,
        };
        let next = Stopped {
            how,
            until: columns.next()?,
            why: columns.next()?,
        };
        let rank = |stopped: &Stopped| (stopped.how as u8, stopped.until.map_or(i64::MAX, |until| until.0));
        if hardest.as_ref().is_none_or(|old| rank(old) < rank(&next)) {
            hardest = Some(next);
        }
    }
    Ok(hardest)
}

/// All that is known of a person, counted now.
pub fn standing(db: &mut dyn Query, person: &PersonId, now: At) -> Result<Standing> {
    let count = |row: Option<Row>| row.map_or(Ok(0_i64), Row::only);
    let whom = Person::by_id(db, person)?;
    let mut week = db
        .one(WEEK, values![person, now.plus(-7 * At::DAY)])?
        .map(Row::columns);
    let mut reports = db.one(REPORTS, values![person])?.map(Row::columns);
    let next = |columns: &mut Option<base::db::Columns>| {
        columns.as_mut().map_or(Ok(0_i64), |columns| columns.next())
    };
    Ok(Standing {
        staff: whom.as_ref().is_some_and(|whom| whom.role.is_staff()),
        approved: small(count(db.one(STOOD, values![person])?)?),
        week: small(next(&mut week)?),
        week_rejected: small(next(&mut week)?),
        age: whom.map_or(0, |whom| now.0 - whom.made_at.0),
        sanctions: small(count(db.one(RECENT, values![person, now.plus(-REMEMBERED)])?)?),
        reports_right: small(next(&mut reports)?),
        reports_wrong: small(next(&mut reports)?),
        stopped: stopped(db, person, now)?,
    })
}

fn small(count: i64) -> u32 {
    count.try_into().unwrap_or(u32::MAX)
}
