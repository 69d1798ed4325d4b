//! A typed public note on a published story, with exactly what it said before and after.

use crate::public::{Card, Cursor, Facts, PublicStory};
use base::db::{Query, Row, Tx};
use base::{Error, Result, values};
use lexicon::{At, CorrectionKind, EditionCode, PersonId, StoryId};
use markup::{Block, Document, Id, Kind, Paragraph, Text};
use serde::Serialize;

base::sql! {
    ADD = "INSERT INTO public_correction (edition, at, story, number, kind, note, before_text, after_text)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    OF_STORY = "SELECT c.at, c.story, c.number, c.kind, c.note, c.before_text, c.after_text, s.path, s.facts
        FROM public_correction c JOIN public_story s ON s.id = c.story WHERE c.story = $1 ORDER BY c.at DESC, c.number DESC LIMIT 100";
    OF_EDITION = "SELECT c.at, c.story, c.number, c.kind, c.note, c.before_text, c.after_text, s.path, s.facts
        FROM public_correction c JOIN public_story s ON s.id = c.story
        WHERE c.edition = $1 AND (c.at, c.story) < ($2, $3) ORDER BY c.at DESC, c.story DESC LIMIT $4";
    COUNT = "SELECT COUNT(*) FROM public_correction WHERE edition = $1";
    SKIPPED = "SELECT at, story FROM public_correction WHERE edition = $1 ORDER BY at DESC, story DESC LIMIT 1 OFFSET $2";
    VERSIONS = "SELECT number, kind, at, headline, standfirst, body FROM public_story_version WHERE story = $1 ORDER BY number DESC LIMIT 100";
}

/// A correction to be made.
#[derive(Clone, Debug, PartialEq)]
pub struct Correction {
    pub kind: CorrectionKind,
    /// What was wrong and what is right, in a sentence or two for readers.
    pub note: String,
    pub by: Option<PersonId>,
}

/// A correction as readers see it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PublicCorrection {
    pub at: At,
    pub story: StoryId,
    /// The public version it made.
    pub version: i64,
    pub kind: CorrectionKind,
    pub note: String,
    pub before: String,
    pub after: String,
    pub path: String,
    pub headline: String,
}

/// A public version that was replaced by a later one.
#[derive(Clone, Debug, PartialEq)]
pub struct PastVersion {
    pub number: i64,
    /// What made it public: `published`, or a kind of correction.
    pub kind: String,
    pub at: At,
    pub headline: String,
    pub standfirst: String,
    pub body: Document,
}

impl Correction {
    /// `stories.note` when the note is missing or longer than 2,000 characters, `stories.control_character`.
    pub fn check(&self) -> Result<()> {
        if self.note.trim().is_empty() || self.note.chars().count() > 2_000 {
            return Err(Error::invalid(
                "note",
                "stories.note",
                "say in at most 2,000 characters what changed; readers see it",
            ));
        }
        crate::draft::without_controls("note", &self.note)
    }

    /// Writes the note beside the version that `card` now shows.
    pub(crate) fn add(&self, tx: &mut Tx, card: &Card, old: &PublicStory, new: &Document) -> Result<()> {
        let Facts {
            headline, standfirst, ..
        } = &old.card.facts;
        let old = whole(headline, standfirst, &old.body);
        let new = whole(&card.facts.headline, &card.facts.standfirst, new);
        let (before, after) = markup::changed_text(&old, &new);
        let row = values![
            &card.edition,
            card.updated_at,
            &card.id,
            card.version,
            self.kind,
            &self.note,
            before,
            after
        ];
        tx.execute(ADD, row).map(|_| ())
    }
}

impl PublicCorrection {
    /// Of one story, newest first (100 at most).
    pub fn of_story(db: &mut dyn Query, story: &StoryId) -> Result<Vec<Self>> {
        db.query(OF_STORY, values![story])?
            .into_iter()
            .map(Self::from_row)
            .collect()
    }

    /// Of an edition, newest first.
    pub fn of_edition(
        db: &mut dyn Query,
        edition: &EditionCode,
        after: Cursor,
        limit: usize,
    ) -> Result<Vec<Self>> {
        db.query(OF_EDITION, values![edition, after.0, after.1, limit])?
            .into_iter()
            .map(Self::from_row)
            .collect()
    }

    /// How many an edition has.
    pub fn count(db: &mut dyn Query, edition: &EditionCode) -> Result<i64> {
        db.one(COUNT, values![edition])?.map_or(Ok(0), Row::only)
    }

    /// The cursor before the `nth` of an edition, for numbered pages; none past the end.
    pub fn cursor_at(db: &mut dyn Query, edition: &EditionCode, nth: usize) -> Result<Option<Cursor>> {
        if nth == 0 {
            return Ok(Some(crate::public::newest()));
        }
        let Some(row) = db.one(SKIPPED, values![edition, nth - 1])? else {
            return Ok(None);
        };
        let mut columns = row.columns();
        Ok(Some((columns.next()?, columns.next()?)))
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            at: columns.next()?,
            story: columns.next()?,
            version: columns.next()?,
            kind: columns.next()?,
            note: columns.next()?,
            before: columns.next()?,
            after: columns.next()?,
            path: columns.next()?,
            headline: headline(&columns.next::<String>()?)?,
        })
    }
}

/// All that a story says, headline and standfirst before its body, so that a change of any of it is seen.
pub fn whole(headline: &str, standfirst: &str, body: &Document) -> Document {
    let line = |id: &str, text: &str| {
        let text = Text::plain(text);
        let kind = Kind::Paragraph(Paragraph { text });
        Id::parse(id).map(|id| Block { id, kind })
    };
    let lines = [("story-headline", headline), ("story-standfirst", standfirst)];
    let lines = lines
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .filter_map(|(id, text)| line(id, text));
    Document {
        blocks: lines.chain(body.blocks.iter().cloned()).collect(),
        ..body.clone()
    }
}

fn headline(facts: &str) -> Result<String> {
    let facts: serde_json::Value = serde_json::from_str(facts)?;
    Ok(facts["headline"].as_str().unwrap_or_default().to_owned())
}

impl PastVersion {
    /// The replaced versions of a story, newest first (100 at most).
    pub fn of_story(db: &mut dyn Query, story: &StoryId) -> Result<Vec<Self>> {
        db.query(VERSIONS, values![story])?
            .into_iter()
            .map(Self::from_row)
            .collect()
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            number: columns.next()?,
            kind: columns.next()?,
            at: columns.next()?,
            headline: columns.next()?,
            standfirst: columns.next()?,
            body: Document::from_json(&columns.next::<String>()?).map_err(Error::internal)?,
        })
    }
}
