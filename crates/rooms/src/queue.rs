//! The moderators' queue over all rooms: what is held, what was reported, what new people wrote, and everything.

use crate::sanction;
use crate::text::Text;
use base::db::{Query, Row};
use base::{Error, Result, values};
use lexicon::{At, MessageId, PersonId, StoryId};
use serde_json::{Value, json};

base::sql! {
    HELD = "SELECT m.id, m.story, m.person, m.name, m.badge, m.text, m.at, m.state, m.rule, m.word, m.likeness, m.reason, m.seq, s.facts, s.path, 0, m.at
        FROM room_message m JOIN public_story s ON s.id = m.story
        WHERE m.state = 'held' AND (m.at, m.id) > ($1, $2) AND ($3 = '' OR s.edition = $3) AND ($4 = '' OR m.story = $4)
        AND ($5 = '' OR m.person = $5) AND ($6 = '' OR m.rule = $6) ORDER BY m.at, m.id LIMIT $7";
    LOOKED = "SELECT m.id, m.story, m.person, m.name, m.badge, m.text, m.at, m.state, m.rule, m.word, m.likeness, m.reason, m.seq, s.facts, s.path,
        l.rank, l.at FROM room_look l JOIN room_message m ON m.id = l.message JOIN public_story s ON s.id = l.story
        WHERE l.state = 'open' AND l.kind = $1 AND (l.rank, l.at, l.message) > ($2, $3, $4) AND m.state = 'shown'
        AND ($5 = '' OR s.edition = $5) AND ($6 = '' OR l.story = $6) AND ($7 = '' OR l.person = $7)
        ORDER BY l.rank, l.at, l.message LIMIT $8";
    SHOWN = "SELECT m.id, m.story, m.person, m.name, m.badge, m.text, m.at, m.state, m.rule, m.word, m.likeness, m.reason, m.seq, s.facts, s.path, 0, m.at
        FROM room_message m JOIN public_story s ON s.id = m.story
        WHERE m.state = 'shown' AND (m.at, m.id) < ($1, $2) AND ($3 = '' OR s.edition = $3) AND ($4 = '' OR m.story = $4)
        AND ($5 = '' OR m.person = $5) ORDER BY m.at DESC, m.id DESC LIMIT $6";
    ONE = "SELECT m.id, m.story, m.person, m.name, m.badge, m.text, m.at, m.state, m.rule, m.word, m.likeness, m.reason, m.seq, s.facts, s.path, 0, m.at
        FROM room_message m JOIN public_story s ON s.id = m.story WHERE m.id = $1";
    OF_PERSON = "SELECT m.id, m.story, m.person, m.name, m.badge, m.text, m.at, m.state, m.rule, m.word, m.likeness, m.reason, m.seq, s.facts, s.path, 0, m.at
        FROM room_message m JOIN public_story s ON s.id = m.story WHERE m.person = $1 ORDER BY m.at DESC LIMIT $2";
    ALIKE = "SELECT COUNT(*) FROM (SELECT 1 FROM room_message WHERE likeness = $1 AND state = $2 LIMIT 501) AS alike";
    REPORTS = "SELECT reason, note, person, at FROM room_report WHERE message = $1 ORDER BY at DESC LIMIT 20";
    WEIGHT = "SELECT reports, weight FROM room_look WHERE message = $1";
    BEFORE = "SELECT seq, name, text, removed, at FROM public_room_message WHERE story = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3";
    AFTER = "SELECT seq, name, text, removed, at FROM public_room_message WHERE story = $1 AND seq > $2 ORDER BY seq LIMIT $3";
    COUNT_HELD = "SELECT COUNT(*) FROM (SELECT 1 FROM room_message WHERE state = 'held' LIMIT 1000) AS waiting";
    COUNT_LOOK = "SELECT COUNT(*) FROM (SELECT 1 FROM room_look WHERE state = 'open' AND kind = $1 LIMIT 1000) AS waiting";
}

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Held,
    Reported,
    New,
    All,
}

/// What is asked of the queue; empty texts ask for everything.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub edition: String,
    pub room: String,
    pub person: String,
    pub rule: String,
}

/// A message as moderators see it in the queue.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub id: MessageId,
    pub story: StoryId,
    pub person: PersonId,
    pub name: String,
    pub badge: String,
    pub text: String,
    pub at: At,
    pub state: String,
    pub rule: String,
    pub word: String,
    likeness: Option<i64>,
    pub reason: String,
    seq: Option<i64>,
    pub headline: String,
    pub path: String,
    rank: i64,
    listed_at: At,
}

impl Kind {
    /// Errors: `rooms.queue`.
    pub fn parse(word: &str) -> Result<Self> {
        match word {
            "held" => Ok(Self::Held),
            "reported" => Ok(Self::Reported),
            "new" => Ok(Self::New),
            "all" => Ok(Self::All),
            _ => Err(Error::invalid(
                "kind",
                "rooms.queue",
                "use held, reported, new or all",
            )),
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Reported => "reported",
            Self::New => "new",
            Self::All => "all",
        }
    }
}

/// A page of the queue: what waits longest first, what was reported heaviest first, everything newest first.
pub fn page(
    db: &mut dyn Query,
    kind: Kind,
    filter: &Filter,
    cursor: Option<&str>,
    limit: usize,
) -> Result<Vec<Item>> {
    let Filter {
        edition,
        room,
        person,
        rule,
    } = filter;
    let rows = match kind {
        Kind::Held => {
            let (_, at, id) = read_cursor(cursor, (0, i64::MIN, ""))?;
            db.query(HELD, values![at, id, edition, room, person, rule, limit])?
        }
        Kind::Reported | Kind::New => {
            let (rank, at, id) = read_cursor(cursor, (i64::MIN, i64::MIN, ""))?;
            db.query(
                LOOKED,
                values![kind.as_str(), rank, at, id, edition, room, person, limit],
            )?
        }
        Kind::All => {
            let (_, at, id) = read_cursor(cursor, (0, i64::MAX, "~"))?;
            db.query(SHOWN, values![at, id, edition, room, person, limit])?
        }
    };
    rows.into_iter().map(Item::from_row).collect()
}

fn read_cursor(cursor: Option<&str>, start: (i64, i64, &str)) -> Result<(i64, At, String)> {
    let refuse = || Error::invalid("cursor", "rooms.cursor", "use the cursor of an earlier answer");
    let Some(cursor) = cursor else {
        return Ok((start.0, At(start.1), start.2.to_owned()));
    };
    let mut parts = cursor.split('.');
    let mut next = || parts.next().ok_or_else(refuse);
    let (rank, at, id) = (next()?, next()?, next()?);
    let number = |text: &str| text.parse().map_err(|_| refuse());
    let id = MessageId::parse(id).map_err(|_| refuse())?;
    Ok((number(rank)?, At(number(at)?), id.to_string()))
}

/// How many wait in each list, counted to a thousand.
pub fn counts(db: &mut dyn Query) -> Result<Value> {
    let mut count = |statement, kind: Option<&str>| -> Result<i64> {
        let row = match kind {
            Some(kind) => db.one(statement, values![kind])?,
            None => db.one(statement, &[])?,
        };
        row.map_or(Ok(0), Row::only)
    };
    Ok(
        json!({ "held": count(COUNT_HELD, None)?, "reported": count(COUNT_LOOK, Some("reported"))?, "new": count(COUNT_LOOK, Some("new"))? }),
    )
}

impl Item {
    /// `rooms.no_message` when there is none.
    pub fn by_id(db: &mut dyn Query, id: &MessageId) -> Result<Self> {
        Self::from_row(
            db.one(ONE, values![id])?
                .ok_or(Error::not_found("rooms.no_message"))?,
        )
    }

    /// What a person wrote last, in every state.
    pub fn of_person(db: &mut dyn Query, person: &PersonId, limit: usize) -> Result<Vec<Self>> {
        db.query(OF_PERSON, values![person, limit])?
            .into_iter()
            .map(Self::from_row)
            .collect()
    }

    /// Where the next page begins.
    pub fn cursor(&self) -> String {
        format!("{}.{}.{}", self.rank, self.listed_at.0, self.id)
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            id: columns.next()?,
            story: columns.next()?,
            person: columns.next()?,
            name: columns.next()?,
            badge: columns.next()?,
            text: columns.next()?,
            at: columns.next()?,
            state: columns.next()?,
            rule: columns.next()?,
            word: columns.next()?,
            likeness: columns.next()?,
            reason: columns.next()?,
            seq: columns.next()?,
            headline: headline(&columns.next::<String>()?)?,
            path: columns.next()?,
            rank: columns.next()?,
            listed_at: columns.next()?,
        })
    }

    /// A row of the queue.
    pub fn row(&self, db: &mut dyn Query) -> Result<Value> {
        let alike = match self.likeness {
            Some(likeness) => db
                .one(ALIKE, values![likeness, &self.state])?
                .map_or(Ok(1), Row::only::<i64>)?,
            None => 1,
        };
        let mut weight = db.one(WEIGHT, values![&self.id])?.map(Row::columns);
        let mut next = || weight.as_mut().map_or(Ok(0_i64), |columns| columns.next());
        let (reports, weight) = (next()?, next()?);
        Ok(json!({
            "id": self.id, "story": self.story, "headline": self.headline, "path": self.path, "person": self.person,
            "name": self.name, "badge": self.badge, "text": self.text,
            "at": self.at, "state": self.state, "rule": self.rule, "word": self.word, "reason": self.reason,
            "alike": alike, "reports": reports, "weight": weight,
        }))
    }

    /// All that a decision needs: the message among its neighbours, the reports, and the person.
    pub fn whole(&self, db: &mut dyn Query, now: At) -> Result<Value> {
        let mut whole = self.row(db)?;
        whole["body"] = json!(Text::read(&self.text));
        whole["reported"] = self.reports(db)?;
        whole["context"] = self.context(db)?;
        whole["who"] = person(db, &self.person, now)?;
        Ok(whole)
    }

    fn reports(&self, db: &mut dyn Query) -> Result<Value> {
        let shown = |row: Row| {
            let mut columns = row.columns();
            let (reason, note): (String, String) = (columns.next()?, columns.next()?);
            let (person, at): (PersonId, At) = (columns.next()?, columns.next()?);
            Ok(json!({ "reason": reason, "note": note, "person": person, "at": at }))
        };
        let rows = db.query(REPORTS, values![&self.id])?;
        Ok(Value::Array(rows.into_iter().map(shown).collect::<Result<_>>()?))
    }

    /// The three messages before it and the two after, as the room shows them. What is held has those at the room's end.
    fn context(&self, db: &mut dyn Query) -> Result<Value> {
        let seq = self.seq.unwrap_or(i64::MAX);
        let mut rows = db.query(BEFORE, values![&self.story, seq, 3_i64])?;
        rows.reverse();
        if self.seq.is_some() {
            rows.extend(db.query(AFTER, values![&self.story, seq, 2_i64])?);
        }
        let shown = |row: Row| {
            let mut columns = row.columns();
            let (at_seq, name): (i64, String) = (columns.next()?, columns.next()?);
            let (text, removed): (String, String) = (columns.next()?, columns.next()?);
            let at: At = columns.next()?;
            Ok(
                json!({ "seq": at_seq, "name": name, "text": text, "removed": removed, "at": at, "after": at_seq > seq }),
            )
        };
        Ok(Value::Array(rows.into_iter().map(shown).collect::<Result<_>>()?))
    }
}

/// A person as moderators need them: standing, trust, what holds now.
pub fn person(db: &mut dyn Query, person: &PersonId, now: At) -> Result<Value> {
    let standing = sanction::standing(db, person, now)?;
    let whom = people::Person::by_id(db, person)?;
    Ok(json!({
        "id": person, "name": whom.as_ref().map(|whom| whom.name.as_str()), "since": whom.as_ref().map(|whom| whom.made_at),
        "trust": standing.trust().as_str(), "report_weight": standing.report_weight(), "approved": standing.approved, "week": standing.week,
        "week_rejected": standing.week_rejected, "sanctions": standing.sanctions, "stopped": standing.stopped,
        "reports_right": standing.reports_right, "reports_wrong": standing.reports_wrong, "staff": standing.staff,
    }))
}

fn headline(facts: &str) -> Result<String> {
    let facts: Value = serde_json::from_str(facts)?;
    Ok(facts["headline"].as_str().unwrap_or_default().to_owned())
}
