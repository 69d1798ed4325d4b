//! A launched front, and what readers see of it now.

use base::db::{Query, Row, Tx};
use base::journal::Happening;
use base::{Error, Result, values};
use lexicon::{At, EditionCode, Event, Level, Slug, StoryId, Stream};
use serde::{Deserialize, Serialize};
use stories::{Card, Edition, Heading};

base::sql! {
    CURRENT = "SELECT number, launched_at, slots FROM public_front WHERE edition = $1 AND place = $2 ORDER BY number DESC LIMIT 1";
    AT = "SELECT number, launched_at, slots FROM public_front WHERE edition = $1 AND place = $2 AND launched_at <= $3
        ORDER BY number DESC LIMIT 1";
    LAUNCH = "INSERT INTO public_front (edition, place, launched_at, number, slots) VALUES ($1, $2, $3, $4, $5)";
}

/// How much room a story gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    Lead,
    Second,
    Strip,
}

/// A story's place on a front, and what it is called there when that is not its own headline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    pub story: StoryId,
    pub weight: Weight,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kicker: Option<String>,
}

/// One launch of a front.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Front {
    /// Counts the launches of this front, from 1; 0 before the first.
    pub number: i64,
    pub launched_at: At,
    pub slots: Vec<Slot>,
}

/// What stands on a front now: curated slots that are still public, filled up with the latest stories.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    pub lead: Option<Card>,
    pub seconds: Vec<Card>,
    /// The newest of the edition, whatever is curated: nothing published is missing from the front.
    pub latest: Vec<Card>,
}

const SLOTS: usize = 60;
const SECONDS: usize = 3;
/// Longest headline or kicker of a slot, in characters.
const LINE: usize = 300;
/// Without a curated lead, a story with a picture leads when it is one of so many newest.
const LEADERS: usize = 8;
/// Breaking news leads until something so much newer is out.
const BREAKING: i64 = 12 * At::HOUR;

impl Front {
    /// Launches a front: readers see these slots from this commit on. `expected` is the launch that the editor began from,
    /// when they say so.
    /// Errors: `stories.no_edition`, `stories.no_section`, `fronts.slots` (more than 60, a story twice, two leads, a story that
    /// is not public in this edition), `fronts.line` (a headline that is too long), `fronts.precondition` (412).
    pub fn launch(
        tx: &mut Tx,
        edition: &EditionCode,
        section: Option<&Slug>,
        slots: Vec<Slot>,
        expected: Option<i64>,
    ) -> Result<Self> {
        Edition::by_code(tx, edition)?;
        check(&slots)?;
        for slot in &slots {
            slot.admit(tx, edition)?;
        }
        if let Some(section) = section
            && Heading::section(tx, edition, section)?.is_none()
        {
            return Err(Error::not_found("stories.no_section"));
        }
        let place = &place(section);
        let before = Self::current(tx, edition, place)?;
        if expected.is_some_and(|expected| expected != before.number)
            && !cfg!(feature = "planted-blind-launch")
        {
            return Err(before.meanwhile());
        }
        let number = before.number + 1;
        let front = Self {
            number,
            launched_at: tx.now(),
            slots,
        };
        let json = serde_json::to_string(&front.slots)?;
        tx.execute(LAUNCH, values![edition, place, front.launched_at, number, json])?;
        tx.record(
            Stream::Public,
            Happening::of(Event::FrontLaunched {
                edition: edition.clone(),
            }),
        );
        Ok(front)
    }

    /// The last launch.
    pub fn current(db: &mut dyn Query, edition: &EditionCode, place: &str) -> Result<Self> {
        db.one(CURRENT, values![edition, place])?
            .map_or_else(|| Ok(Self::none()), Self::from_row)
    }

    /// What was launched at a moment of the past.
    pub fn at(db: &mut dyn Query, edition: &EditionCode, place: &str, at: At) -> Result<Self> {
        db.one(AT, values![edition, place, at])?
            .map_or_else(|| Ok(Self::none()), Self::from_row)
    }

    /// The front as readers see it now.
    pub fn standing(
        &self,
        db: &mut dyn Query,
        edition: &EditionCode,
        place: &str,
        latest: usize,
    ) -> Result<Standing> {
        let newest = Card::listed(
            db,
            edition,
            place,
            stories::public::newest(),
            latest.max(SECONDS + 1),
        )?;
        let mut curated = Vec::new();
        for slot in &self.slots {
            if let Some(card) = Card::by_id(db, &slot.story)? {
                curated.push((slot.weight, slot.dressed(card)));
            }
        }
        Ok(stand(curated, newest, self.launched_at))
    }

    fn meanwhile(&self) -> Error {
        Error::Conflict {
            code: "fronts.precondition",
            message: format!(
                "Somebody launched number {} meanwhile; look at it first.",
                self.number
            ),
            current: serde_json::to_value(self).ok(),
        }
    }

    fn none() -> Self {
        Self {
            number: 0,
            launched_at: At::default(),
            slots: Vec::new(),
        }
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        let (number, launched_at) = (columns.next()?, columns.next()?);
        Ok(Self {
            number,
            launched_at,
            slots: serde_json::from_str(&columns.next::<String>()?)?,
        })
    }
}

impl Slot {
    fn admit(&self, tx: &mut Tx, edition: &EditionCode) -> Result<()> {
        let card = Card::by_id(tx, &self.story)?;
        if card.is_none_or(|card| card.edition != *edition) {
            let message = format!("{} is not a published story of this edition", self.story);
            return Err(Error::invalid("slots", "fronts.slots", message));
        }
        for line in [&self.headline, &self.kicker].into_iter().flatten() {
            if line.trim().is_empty() || line.chars().count() > LINE || line.chars().any(char::is_control) {
                return Err(Error::invalid(
                    "slots",
                    "fronts.line",
                    "a headline or kicker is one line of 1 to 300 characters",
                ));
            }
        }
        Ok(())
    }

    /// The story as this front calls it.
    fn dressed(&self, mut card: Card) -> Card {
        if let Some(headline) = &self.headline {
            card.facts.headline.clone_from(headline);
        }
        if let Some(kicker) = &self.kicker {
            card.facts.kicker.clone_from(kicker);
        }
        card
    }
}

/// The name of a front inside its edition: empty for the edition's own.
pub fn place(section: Option<&Slug>) -> String {
    section.map(|slug| format!("section/{slug}")).unwrap_or_default()
}

/// Breaking news goes before what was curated earlier; without a lead one of the newest stories with a picture leads.
fn stand(curated: Vec<(Weight, Card)>, newest: Vec<Card>, launched_at: At) -> Standing {
    let mut lead = None;
    let mut seconds: Vec<Card> = Vec::new();
    for (weight, card) in curated {
        match weight {
            Weight::Lead if lead.is_none() => lead = Some(card),
            _ => seconds.push(card),
        }
    }
    let head = newest.first().map_or(At::default(), |card| card.published_at);
    let loud = |card: &&Card| matches!(card.facts.level, Level::Flash | Level::Urgent);
    let launched_at = if cfg!(feature = "planted-lasting-flash") {
        At(i64::MIN)
    } else {
        launched_at
    };
    let since = |card: &Card| card.published_at > launched_at && card.published_at.plus(BREAKING) > head;
    // What broke after the last launch goes first; a launch since then is the editor's word on it.
    if let Some(breaking) = newest.iter().find(loud).filter(|card| since(card)) {
        let displaced = lead.replace(breaking.clone());
        let rest = std::mem::replace(&mut seconds, displaced.into_iter().collect());
        seconds.extend(rest);
    }
    let lead = lead.or_else(|| {
        let mut leaders = newest.iter().take(LEADERS);
        let pictured = leaders.find(|card| card.facts.picture.is_some());
        pictured.or(newest.first()).cloned()
    });
    let mut taken: Vec<StoryId> = lead.iter().map(|card| card.id.clone()).collect();
    seconds.retain(|card| !taken.contains(&card.id));
    for card in &newest {
        if seconds.len() < SECONDS
            && !taken.contains(&card.id)
            && !seconds.iter().any(|second| second.id == card.id)
        {
            seconds.push(card.clone());
        }
    }
    taken.extend(seconds.iter().map(|card| card.id.clone()));
    Standing {
        lead,
        seconds,
        latest: newest,
    }
}

fn check(slots: &[Slot]) -> Result<()> {
    let refuse = |message: &str| Err(Error::invalid("slots", "fronts.slots", message));
    if slots.len() > SLOTS {
        return refuse("a front has at most 60 slots");
    }
    if slots.iter().filter(|slot| slot.weight == Weight::Lead).count() > 1 {
        return refuse("a front has one lead");
    }
    let mut seen = std::collections::HashSet::new();
    if !slots.iter().all(|slot| seen.insert(&slot.story)) {
        return refuse("a story stands on a front once");
    }
    Ok(())
}
