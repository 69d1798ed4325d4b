//! A flash: a headline ahead of its story.

use base::db::{Query, Row, Tx};
use base::journal::Happening;
use base::{Error, Result, clock, values};
use lexicon::{At, EditionCode, Event, Level, StoryId, Stream};
use serde::Serialize;
use serde_json::json;
use stories::public::Cursor;
use stories::{Card, Edition, PublicStory};

base::sql! {
    ADD = "INSERT INTO public_newsfeed_flash (edition, at, id, level, headline, story) VALUES ($1, $2, $3, $4, $5, $6)";
    LATEST = "SELECT f.id, f.level, f.headline, f.story, f.at FROM public_newsfeed_flash f
        WHERE f.edition = $1 AND (f.at, f.id) < ($2, $3) AND (f.at, f.id) > ($4, $5)
        AND NOT EXISTS (SELECT 1 FROM public_story s WHERE s.id = f.story AND s.killed_at IS NOT NULL)
        ORDER BY f.at DESC, f.id DESC LIMIT $6";
    FIND = "SELECT edition FROM public_newsfeed_flash WHERE id = $1";
    WITHDRAW = "DELETE FROM public_newsfeed_flash WHERE id = $1";
}

/// The place before everything that ever was.
pub(crate) fn oldest() -> Cursor {
    (At(i64::MIN), String::new())
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
    /// Errors: `stories.no_edition`, `newsfeed.headline` (empty or over 300 characters), `newsfeed.story` (of another edition),
    /// `stories.not_found`.
    pub fn send(
        tx: &mut Tx,
        edition: &EditionCode,
        level: Level,
        headline: &str,
        story: Option<StoryId>,
    ) -> Result<Self> {
        Edition::by_code(tx, edition)?;
        let headline = headline.trim();
        if headline.is_empty()
            || headline.chars().count() > 300
            || headline
                .chars()
                .any(|c| c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}'))
        {
            return Err(Error::invalid(
                "headline",
                "newsfeed.headline",
                "a flash is one line of 1 to 300 characters",
            ));
        }
        let announced = announced(tx, edition, story.as_ref())?;
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
        let story = announced.map(|card| json!({ "id": card.id, "url": card.path, "headline": headline }));
        let shown = json!({ "id": id, "level": level, "headline": headline, "story": story });
        tx.record(
            Stream::Edition(edition.clone()),
            Happening::shown("flash", id, &shown),
        );
        Ok(flash)
    }

    /// Takes a flash back: it leaves every list, and its headline the stream. `newsfeed.no_flash` when there is none.
    pub fn withdraw(tx: &mut Tx, id: &str) -> Result<()> {
        let row = tx
            .one(FIND, values![id])?
            .ok_or(Error::not_found("newsfeed.no_flash"))?;
        let edition: EditionCode = row.only()?;
        if !cfg!(feature = "planted-flash-stays") {
            tx.execute(WITHDRAW, values![id])?;
        }
        let stream = Stream::Edition(edition.clone());
        tx.record(Stream::Public, Happening::of(Event::FlashSent { edition }));
        tx.record(
            stream,
            Happening::shown("flash.withdrawn", id, &json!({ "id": id })),
        );
        Ok(())
    }

    /// The flashes of an edition, newest first, from after one place to before another. One whose story was withdrawn is
    /// shown no more.
    pub fn between(
        db: &mut dyn Query,
        edition: &EditionCode,
        after: Cursor,
        until: Cursor,
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
        db.query(
            LATEST,
            values![edition, after.0, after.1, until.0, until.1, limit],
        )?
        .into_iter()
        .map(flash)
        .collect()
    }
}

/// The story that a flash is about, as readers see it.
fn announced(tx: &mut Tx, edition: &EditionCode, story: Option<&StoryId>) -> Result<Option<Card>> {
    let Some(story) = story else { return Ok(None) };
    let card = PublicStory::by_id(tx, story)?.card;
    if card.edition != *edition {
        return Err(Error::invalid(
            "story",
            "newsfeed.story",
            "the story is of another edition",
        ));
    }
    Ok(Some(card))
}
