//! A flash: a headline ahead of its story.

use base::db::{Query, Row, Tx};
use base::journal::Happening;
use base::{Error, Result, clock, values};
use lexicon::{At, EditionCode, Event, Level, StoryId, Stream};
use serde::Serialize;
use serde_json::json;
use stories::{Edition, PublicStory};

base::sql! {
    ADD = "INSERT INTO public_newsfeed_flash (edition, at, id, level, headline, story) VALUES ($1, $2, $3, $4, $5, $6)";
    LATEST = "SELECT id, level, headline, story, at FROM public_newsfeed_flash WHERE edition = $1 AND (at, id) < ($2, $3)
        ORDER BY at DESC, id DESC LIMIT $4";
}

/// A headline that is out before its story.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Flash {
    pub id: String,
    pub level: Level,
    pub headline: String,
    /// The story it announces, once there is one.
    pub story: Option<StoryId>,
    pub at: At,
}

impl Flash {
    /// Sends a headline to everybody who has the edition open.
    /// Errors: `stories.no_edition`, `newsfeed.headline` (empty or over 300 characters), `stories.not_found`.
    pub fn send(
        tx: &mut Tx,
        edition: &EditionCode,
        level: Level,
        headline: &str,
        story: Option<StoryId>,
    ) -> Result<Self> {
        Edition::by_code(tx, edition)?;
        let headline = headline.trim();
        if headline.is_empty() || headline.chars().count() > 300 || headline.chars().any(char::is_control) {
            return Err(Error::invalid(
                "headline",
                "newsfeed.headline",
                "a flash is one line of 1 to 300 characters",
            ));
        }
        if let Some(story) = &story {
            PublicStory::by_id(tx, story)?;
        }
        let flash = Self {
            id: clock::random_base32(12),
            level,
            headline: headline.to_owned(),
            story,
            at: tx.now(),
        };
        let Self {
            id,
            level,
            headline,
            story,
            at,
        } = &flash;
        tx.execute(ADD, values![edition, *at, id, *level, headline, story.clone()])?;
        tx.record(
            Stream::Public,
            Happening::of(Event::FlashSent {
                edition: edition.clone(),
            }),
        );
        let shown = json!({ "id": id, "level": level, "headline": headline, "story": story.as_ref().map(|id| json!({ "id": id })) });
        tx.record(
            Stream::Edition(edition.clone()),
            Happening::shown("flash", id, &shown),
        );
        Ok(flash)
    }

    /// The flashes of an edition, newest first, from after a place.
    pub fn latest(
        db: &mut dyn Query,
        edition: &EditionCode,
        after: (At, String),
        limit: usize,
    ) -> Result<Vec<Self>> {
        let flash = |row: Row| {
            let mut columns = row.columns();
            Ok(Self {
                id: columns.next()?,
                level: columns.next()?,
                headline: columns.next()?,
                story: columns.next()?,
                at: columns.next()?,
            })
        };
        db.query(LATEST, values![edition, after.0, after.1, limit])?
            .into_iter()
            .map(flash)
            .collect()
    }
}
