//! One line of the newsfeed: a published story or a flash, with its number on the edition's stream.

use crate::flash::Flash;
use base::db::{Query, Row};
use base::{Result, values};
use lexicon::{At, EditionCode, Level, Stream};
use stories::Card;

base::sql! {
    /// When the public first heard of it. A story from before (an import) has no number and counts for nobody as unseen.
    NUMBER = "SELECT MIN(seq) FROM public_record WHERE stream = $1 AND subject = $2 AND kind IN ('story.published', 'flash')";
}

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
    Flash(Flash),
}

impl Item {
    /// The newsfeed of an edition, newest first, from after a place.
    pub fn latest(
        db: &mut dyn Query,
        edition: &EditionCode,
        after: (At, String),
        limit: usize,
    ) -> Result<Vec<Self>> {
        let cards = Card::listed(db, edition, "", after.clone(), limit)?;
        let flashes = Flash::latest(db, edition, after, limit)?;
        let mut items: Vec<Self> = cards.into_iter().map(Self::story).collect();
        items.extend(flashes.into_iter().map(|flash| Self::flash(edition, flash)));
        items.sort_by(|a, b| (b.at, b.id()).cmp(&(a.at, a.id())));
        items.truncate(limit);
        let stream = Stream::Edition(edition.clone());
        for item in &mut items {
            item.seq = db
                .one(NUMBER, values![&stream, item.id()])?
                .map_or(Ok(None), Row::only)?;
        }
        Ok(items)
    }

    /// The story's or the flash's id; with `at` it is the item's place in the list.
    pub fn id(&self) -> &str {
        match &self.what {
            What::Story(card) => card.id.as_str(),
            What::Flash(flash) => &flash.id,
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

    fn flash(edition: &EditionCode, flash: Flash) -> Self {
        Self {
            edition: edition.clone(),
            at: flash.at,
            level: flash.level,
            what: What::Flash(flash),
            seq: None,
        }
    }
}
