//! A launched front, and what readers see of it now.

use base::db::{Query, Row, Tx};
use base::journal::Happening;
use base::{Error, Result, values};
use lexicon::{At, EditionCode, Event, Level, StoryId, Stream};
use serde::{Deserialize, Serialize};
use stories::{Card, Edition, PublicStory};

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

/// A story's place on a front.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    pub story: StoryId,
    pub weight: Weight,
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
const SECONDS: usize = 4;

impl Front {
    /// Launches a front: readers see these slots from this commit on.
    /// Errors: `stories.no_edition`, `fronts.slots` (more than 60, a story twice, two leads), `stories.not_found`.
    pub fn launch(tx: &mut Tx, edition: &EditionCode, place: &str, slots: Vec<Slot>) -> Result<Self> {
        Edition::by_code(tx, edition)?;
        check(&slots)?;
        for slot in &slots {
            PublicStory::by_id(tx, &slot.story)?;
        }
        let number = Self::current(tx, edition, place)?.number + 1;
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
            match PublicStory::by_id(db, &slot.story) {
                Ok(story) => curated.push((slot.weight, story.card)),
                Err(Error::NotFound { .. } | Error::Gone { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(stand(curated, newest))
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

/// Breaking news goes before what was curated earlier; without a lead the newest story with a picture leads.
fn stand(curated: Vec<(Weight, Card)>, newest: Vec<Card>) -> Standing {
    let mut lead = None;
    let mut seconds: Vec<Card> = Vec::new();
    for (weight, card) in curated {
        match weight {
            Weight::Lead if lead.is_none() => lead = Some(card),
            _ => seconds.push(card),
        }
    }
    let breaking = newest
        .iter()
        .find(|card| matches!(card.facts.level, Level::Flash | Level::Urgent));
    if let Some(breaking) = breaking.filter(|card| {
        lead.as_ref()
            .is_none_or(|lead| card.published_at > lead.published_at)
    }) {
        seconds.extend(lead.replace(breaking.clone()));
    }
    let lead = lead.or_else(|| {
        newest
            .iter()
            .find(|card| card.facts.picture.is_some())
            .or(newest.first())
            .cloned()
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
