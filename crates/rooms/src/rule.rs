//! The stored rules: what the newsroom, an edition and a room say. Each change is a version that is kept.

use crate::rules::{Judge, Layer, Rules, Trust, Verdict};
use base::db::{Query, Row, Tx};
use base::{Error, Result, values};
use lexicon::{At, EditionCode, MessageId, PersonId, StoryId};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt;

base::sql! {
    OF_PLACES = "SELECT place, version FROM room_rule WHERE place IN ($1, $2, $3)";
    OF_PLACE = "SELECT version, layer, made_by, at FROM room_rule WHERE place = $1";
    SET = "INSERT INTO room_rule (place, version, layer, made_by, at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (place) DO UPDATE SET version = excluded.version, layer = excluded.layer, made_by = excluded.made_by, at = excluded.at";
    KEEP = "INSERT INTO room_rule_version (place, version, layer, made_by, at) VALUES ($1, $2, $3, $4, $5)";
    VERSIONS = "SELECT version, layer, made_by, at FROM room_rule_version WHERE place = $1 ORDER BY version DESC LIMIT 50";
    PLACES = "SELECT place, version, layer, made_by, at FROM room_rule ORDER BY place LIMIT 1000";
    PAST = "SELECT m.id, m.story, m.text, m.at, m.state, m.decided_by FROM room_message m JOIN public_room r ON r.story = m.story
        WHERE m.state = $1 AND m.at > $2 AND ($3 = '' OR m.story = $3) AND ($4 = '' OR r.edition = $4)
        ORDER BY m.at DESC, m.id DESC LIMIT $5";
}

/// How far back rules are tried, and on how many messages of each state.
const TRIED_WITHIN: i64 = 31 * At::DAY;
const TRIED_MOST: usize = 20_000;
/// Examples that a trial shows.
const EXAMPLES: usize = 20;

/// Where rules hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Newsroom,
    Edition(EditionCode),
    Room(StoryId),
}

/// What one place says, with who said it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    pub place: String,
    /// 0 while nothing was ever said.
    pub version: i64,
    pub layer: Layer,
    pub by: Option<PersonId>,
    pub at: Option<At>,
}

/// What rules would have done with the messages of the last month.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Trial {
    pub looked_at: usize,
    pub held: usize,
    pub refused: usize,
    /// Of those, messages that today's rules let through.
    pub new: usize,
    /// Of those that would be stopped: moderators took out, or let through. The second are what the rule would do wrong.
    pub were_removed: usize,
    pub were_approved: usize,
    pub by_rule: BTreeMap<&'static str, usize>,
    pub examples: Vec<Value>,
}

impl Place {
    /// `newsroom`, `edition:en`, `room:abcdefgh2345`. Errors: `rooms.place`.
    pub fn parse(text: &str) -> Result<Self> {
        let refuse = || Error::not_found("rooms.place");
        match text.split_once(':') {
            None if text == "newsroom" => Ok(Self::Newsroom),
            Some(("edition", code)) => EditionCode::parse(code).map(Self::Edition).map_err(|_| refuse()),
            Some(("room", story)) => StoryId::parse(story).map(Self::Room).map_err(|_| refuse()),
            _ => Err(refuse()),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newsroom => f.write_str("newsroom"),
            Self::Edition(code) => write!(f, "edition:{code}"),
            Self::Room(story) => write!(f, "room:{story}"),
        }
    }
}

/// Which versions hold in a room; equal versions are equal rules.
pub(crate) fn versions(
    db: &mut dyn Query,
    edition: &EditionCode,
    story: &StoryId,
) -> Result<Vec<(String, i64)>> {
    let places = [
        Place::Newsroom,
        Place::Edition(edition.clone()),
        Place::Room(story.clone()),
    ];
    let [newsroom, edition, room] = places.map(|place| place.to_string());
    let row = |row: Row| {
        let mut columns = row.columns();
        Ok((columns.next()?, columns.next()?))
    };
    db.query(OF_PLACES, values![newsroom, edition, room])?
        .into_iter()
        .map(row)
        .collect()
}

/// The rules that hold in a room of an edition.
pub fn of_room(db: &mut dyn Query, edition: &EditionCode, story: &StoryId) -> Result<Rules> {
    let mut layers = Vec::new();
    for place in [
        Place::Newsroom,
        Place::Edition(edition.clone()),
        Place::Room(story.clone()),
    ] {
        layers.push(Said::of(db, &place)?.layer);
    }
    Ok(Rules::of(&layers))
}

impl Said {
    /// What a place says now; an empty layer when it says nothing.
    pub fn of(db: &mut dyn Query, place: &Place) -> Result<Self> {
        match db.one(OF_PLACE, values![place.to_string()])? {
            Some(row) => Self::from_row(place.to_string(), row),
            None => Ok(Self {
                place: place.to_string(),
                version: 0,
                layer: Layer::default(),
                by: None,
                at: None,
            }),
        }
    }

    /// Every place that says something.
    pub fn all(db: &mut dyn Query) -> Result<Vec<Self>> {
        let said = |row: Row| {
            let mut columns = row.columns();
            let place: String = columns.next()?;
            Self::from_columns(place, &mut columns)
        };
        db.query(PLACES, &[])?.into_iter().map(said).collect()
    }

    /// The versions of a place, newest first.
    pub fn versions(db: &mut dyn Query, place: &Place) -> Result<Vec<Self>> {
        let rows = db.query(VERSIONS, values![place.to_string()])?;
        rows.into_iter()
            .map(|row| Self::from_row(place.to_string(), row))
            .collect()
    }

    /// Switches rules on. `version` is the one they were made from.
    /// Errors: those of `Layer::check`, `rooms.rule_changed` with what stands there now.
    pub fn set(tx: &mut Tx, place: &Place, version: i64, layer: &Layer, by: &PersonId) -> Result<Self> {
        layer.check()?;
        let old = Self::of(tx, place)?;
        if old.version != version {
            return Err(Error::Conflict {
                code: "rooms.rule_changed",
                message: "Somebody changed these rules meanwhile; look at theirs and save again.".to_owned(),
                current: Some(serde_json::to_value(&old)?),
            });
        }
        let (stored, now) = (serde_json::to_string(layer)?, tx.now());
        for statement in [SET, KEEP] {
            tx.execute(
                statement,
                values![place.to_string(), version + 1, &stored, by, now],
            )?;
        }
        Ok(Self {
            version: version + 1,
            layer: layer.clone(),
            by: Some(by.clone()),
            at: Some(now),
            ..old
        })
    }

    fn from_row(place: String, row: Row) -> Result<Self> {
        Self::from_columns(place, &mut row.columns())
    }

    fn from_columns(place: String, columns: &mut base::db::Columns) -> Result<Self> {
        Ok(Self {
            place,
            version: columns.next()?,
            layer: serde_json::from_str(&columns.next::<String>()?)?,
            by: columns.next()?,
            at: columns.next()?,
        })
    }
}

/// Tries a layer of a place on what was written there in the last month. Changes nothing.
/// Errors: those of `Layer::check`.
pub fn try_on(db: &mut dyn Query, place: &Place, layer: &Layer, now: At) -> Result<Trial> {
    layer.check()?;
    let (story, edition) = match place {
        Place::Newsroom => (String::new(), String::new()),
        Place::Edition(code) => (String::new(), code.to_string()),
        Place::Room(story) => (story.to_string(), String::new()),
    };
    let (before, after) = (
        standing_rules(db, place, None)?,
        standing_rules(db, place, Some(layer))?,
    );
    let (before, after) = (Judge::of(before), Judge::of(after));
    let mut trial = Trial::default();
    for state in ["shown", "held", "removed", "rejected"] {
        let since = now.plus(-TRIED_WITHIN);
        for row in db.query(PAST, values![state, since, &story, &edition, TRIED_MOST])? {
            trial.add(&Past::from_row(row)?, &before, &after);
        }
    }
    Ok(trial)
}

/// The rules of a place with those wider than it, and with another layer of its own when one is given.
fn standing_rules(db: &mut dyn Query, place: &Place, own: Option<&Layer>) -> Result<Rules> {
    let mut layers = vec![Said::of(db, &Place::Newsroom)?.layer];
    if let Place::Room(story) = place {
        let edition = crate::Room::of(db, story)?.edition;
        layers.push(Said::of(db, &Place::Edition(edition))?.layer);
    }
    if *place != Place::Newsroom {
        layers.push(Said::of(db, place)?.layer);
    }
    if let (Some(own), Some(last)) = (own, layers.last_mut()) {
        *last = own.clone();
    }
    Ok(Rules::of(&layers))
}

struct Past {
    id: MessageId,
    story: StoryId,
    text: String,
    at: At,
    state: String,
    decided: bool,
}

impl Past {
    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            id: columns.next()?,
            story: columns.next()?,
            text: columns.next()?,
            at: columns.next()?,
            state: columns.next()?,
            decided: columns.next::<Option<PersonId>>()?.is_some(),
        })
    }
}

impl Trial {
    fn add(&mut self, past: &Past, before: &Judge, after: &Judge) {
        self.looked_at += 1;
        // As of somebody known: what is held because people are new cannot be tried on what they wrote since.
        let reason = match after.content(Trust::Regular, &past.text) {
            Verdict::Pass => return,
            Verdict::Hold(reason) => {
                self.held += 1;
                reason
            }
            Verdict::Refuse { reason, .. } => {
                self.refused += 1;
                reason
            }
        };
        let is_new = before.content(Trust::Regular, &past.text) == Verdict::Pass;
        self.new += usize::from(is_new);
        self.were_removed +=
            usize::from(past.decided && matches!(past.state.as_str(), "removed" | "rejected"));
        self.were_approved += usize::from(past.decided && past.state == "shown");
        *self.by_rule.entry(reason.rule.as_str()).or_default() += 1;
        if self.examples.len() < EXAMPLES && (is_new || self.new == 0) {
            let text: String = past.text.chars().take(280).collect();
            self.examples.push(json!({
                "id": past.id, "story": past.story, "text": text, "at": past.at.rfc3339(), "state": past.state,
                "rule": reason.rule, "word": reason.word, "listed": reason.listed, "new": is_new,
            }));
        }
    }
}
