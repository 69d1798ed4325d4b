//! An event or saga: dated background entries that several stories share.

use base::db::{Query, Row, Tx};
use base::journal::Happening;
use base::{Result, values};
use lexicon::{At, EditionCode, Event, Slug, Stream};
use serde::Serialize;

base::sql! {
    PUT = "INSERT INTO public_storyline (edition, slug, title) VALUES ($1, $2, $3)
        ON CONFLICT (edition, slug) DO UPDATE SET title = excluded.title";
    PUT_ENTRY = "INSERT INTO public_storyline_entry (edition, slug, at, text) VALUES ($1, $2, $3, $4)
        ON CONFLICT (edition, slug, at) DO UPDATE SET text = excluded.text";
    FIND = "SELECT title FROM public_storyline WHERE edition = $1 AND slug = $2";
    ENTRIES = "SELECT at, text FROM public_storyline_entry WHERE edition = $1 AND slug = $2 ORDER BY at DESC LIMIT 100";
}

/// A storyline in one edition.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Storyline {
    pub slug: Slug,
    pub title: String,
    /// Newest first.
    pub entries: Vec<Background>,
}

/// What happened when.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Background {
    pub at: At,
    pub text: String,
}

impl Storyline {
    /// Writes title and entries, over earlier ones at the same moments.
    pub fn put(&self, tx: &mut Tx, edition: &EditionCode) -> Result<()> {
        tx.execute(PUT, values![edition, &self.slug, &self.title])?;
        for Background { at, text } in &self.entries {
            tx.execute(PUT_ENTRY, values![edition, &self.slug, *at, text])?;
        }
        tx.record(
            Stream::Public,
            Happening::of(Event::EditionChanged {
                edition: edition.clone(),
            }),
        );
        Ok(())
    }

    pub fn by_slug(db: &mut dyn Query, edition: &EditionCode, slug: &Slug) -> Result<Option<Self>> {
        let Some(title) = db.one(FIND, values![edition, slug])? else {
            return Ok(None);
        };
        let entry = |row: Row| {
            let mut columns = row.columns();
            Ok(Background {
                at: columns.next()?,
                text: columns.next()?,
            })
        };
        let entries: Result<Vec<Background>> = db
            .query(ENTRIES, values![edition, slug])?
            .into_iter()
            .map(entry)
            .collect();
        Ok(Some(Self {
            slug: slug.clone(),
            title: title.only()?,
            entries: entries?,
        }))
    }
}
