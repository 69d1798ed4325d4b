//! One line of the newsfeed: a published story or a flash, with its number on the edition's stream.

use crate::flash::{Flash, oldest};
use base::db::{Query, Row, Value};
use base::{Result, values};
use lexicon::{At, EditionCode, Level, Stream};
use std::collections::HashMap;
use stories::Card;
use stories::public::Cursor;

base::sql! {
    /// When the public first heard of each. A story from before (an import) has no number and counts for nobody as unseen.
    NUMBERS = "SELECT subject, MIN(seq) FROM public_record WHERE stream = $1 AND subject IN ($2, $3, $4, $5, $6, $7, $8, $9, $10,
        $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21) AND kind IN ('story.published', 'flash') GROUP BY subject";
}

/// So many numbers are asked for at once, as `NUMBERS` has places.
const TOGETHER: usize = 20;
/// More flashes than these do not stand between the stories of one page.
const FLASHES: usize = 500;

/// A line of the newsfeed.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub edition: EditionCode,
    pub at: At,
    pub level: Level,
    pub what: What,
    /// Its number on the stream `edition:{code}`; a reader has seen it when their mark is not lower.
    pub seq: Option<i64>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum What {
    Story(Box<Card>),
    /// A flash, and the story it announces.
    Flash(Flash, Option<Box<Card>>),
}

impl Item {
    /// The newsfeed of an edition, newest first, from after a place.
    pub fn latest(
        db: &mut dyn Query,
        edition: &EditionCode,
        after: Cursor,
        limit: usize,
    ) -> Result<Vec<Self>> {
        let cards = Card::listed(db, edition, "", after.clone(), limit)?;
        let flashes = Flash::between(db, edition, after, oldest(), limit)?;
        let mut items = Self::merged(db, edition, cards, flashes)?;
        items.truncate(limit);
        Self::numbered(db, edition, items)
    }

    /// So many stories from after a place, and the flashes among them: a page of the newsfeed whose pages are counted by
    /// stories.
    pub fn page(
        db: &mut dyn Query,
        edition: &EditionCode,
        after: Cursor,
        stories: usize,
    ) -> Result<Vec<Self>> {
        let cards = Card::listed(db, edition, "", after.clone(), stories)?;
        let last = cards.last().filter(|_| cards.len() == stories);
        let until = last.map_or_else(oldest, |card| (card.published_at, card.id.to_string()));
        let flashes = Flash::between(db, edition, after, until, FLASHES)?;
        let items = Self::merged(db, edition, cards, flashes)?;
        Self::numbered(db, edition, items)
    }

    fn merged(
        db: &mut dyn Query,
        edition: &EditionCode,
        cards: Vec<Card>,
        flashes: Vec<Flash>,
    ) -> Result<Vec<Self>> {
        let mut items: Vec<Self> = cards.into_iter().map(Self::story).collect();
        for flash in flashes {
            items.push(Self::flash(db, edition, flash)?);
        }
        items.sort_by(|a, b| (b.at, b.id()).cmp(&(a.at, a.id())));
        Ok(items)
    }

    fn numbered(db: &mut dyn Query, edition: &EditionCode, mut items: Vec<Self>) -> Result<Vec<Self>> {
        let stream = Stream::Edition(edition.clone());
        for part in items.chunks_mut(TOGETHER) {
            let mut places: Vec<Value> = values![&stream].to_vec();
            places.extend(part.iter().flat_map(|item| values![item.id()].to_vec()));
            places.resize_with(TOGETHER + 1, || Value::Text(String::new()));
            let numbers: HashMap<String, i64> = db
                .query(NUMBERS, &places)?
                .into_iter()
                .map(number)
                .collect::<Result<_>>()?;
            for item in part {
                item.seq = numbers.get(item.id()).copied();
                if cfg!(feature = "planted-past-unseen") {
                    item.seq = item.seq.or(Some(i64::MAX));
                }
            }
        }
        Ok(items)
    }

    /// The story's or the flash's id; with `at` it is the item's place in the list.
    pub fn id(&self) -> &str {
        match &self.what {
            What::Story(card) => card.id.as_str(),
            What::Flash(flash, _) => &flash.id,
        }
    }

    fn story(card: Card) -> Self {
        let (edition, at, level) = (card.edition.clone(), card.published_at, card.facts.level);
        Self {
            edition,
            at,
            level,
            what: What::Story(Box::new(card)),
            seq: None,
        }
    }

    fn flash(db: &mut dyn Query, edition: &EditionCode, flash: Flash) -> Result<Self> {
        let story = match &flash.story {
            Some(story) => Card::by_id(db, story)?.map(Box::new),
            None => None,
        };
        Ok(Self {
            edition: edition.clone(),
            at: flash.at,
            level: flash.level,
            what: What::Flash(flash, story),
            seq: None,
        })
    }
}

fn number(row: Row) -> Result<(String, i64)> {
    let mut columns = row.columns();
    Ok((columns.next()?, columns.next()?))
}
