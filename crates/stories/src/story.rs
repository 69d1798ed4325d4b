//! A story at the desk: its state, its versions, and what an editor may do with it before it is public.

use crate::draft::{Draft, Why, Written};
use crate::edition::{Author, Edition, Heading};
use base::db::{Query, Row, Tx};
use base::journal::Happening;
use base::{Error, Result, clock, values};
use lexicon::{At, EditionCode, Event, PersonId, Slug, StoryId, StoryState, Stream};
use serde::Serialize;

base::sql! {
    ADD = "INSERT INTO story (id, edition, section, kind, headline, state, version, public_version, external_id, made_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8, $9, $10)";
    BY_ID = "SELECT s.id, s.state, s.version, s.public_version, s.release_at, s.made_at, s.updated_at, v.draft
        FROM story s JOIN story_version v ON v.story = s.id AND v.number = s.version WHERE s.id = $1";
    BY_EXTERNAL = "SELECT id FROM story WHERE edition = $1 AND external_id = $2";
    LATEST = "SELECT s.id, s.state, s.version, s.public_version, s.release_at, s.made_at, s.updated_at, v.draft
        FROM story s JOIN story_version v ON v.story = s.id AND v.number = s.version
        WHERE (s.updated_at, s.id) < ($1, $2) ORDER BY s.updated_at DESC, s.id DESC LIMIT $3";
    SAVE = "UPDATE story SET edition = $1, section = $2, kind = $3, headline = $4, version = $5, external_id = $6, updated_at = $7
        WHERE id = $8 AND version = $9";
    SET_STATE = "UPDATE story SET state = $1, release_at = $2, updated_at = $3 WHERE id = $4";
    SET_PUBLIC = "UPDATE story SET state = 'published', release_at = NULL, public_version = $1, updated_at = $2 WHERE id = $3";
    ADD_VERSION = "INSERT INTO story_version (story, number, draft, at, by_person, why) VALUES ($1, $2, $3, $4, $5, $6)";
    /// The autosave before this one, when it is of the same hand and the same ten minutes.
    COALESCE = "DELETE FROM story_version WHERE story = $1 AND number = $2 AND why = 'autosaved' AND by_person = $3 AND at >= $4";
    VERSIONS = "SELECT number, at, by_person, why FROM story_version WHERE story = $1 ORDER BY number DESC LIMIT 200";
    VERSION = "SELECT draft FROM story_version WHERE story = $1 AND number = $2";
}

/// A story as the desk has it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Story {
    pub id: StoryId,
    pub state: StoryState,
    /// Of the draft; every save adds one.
    pub version: i64,
    /// The draft version that the public sees.
    pub public_version: Option<i64>,
    pub release_at: Option<At>,
    pub made_at: At,
    pub updated_at: At,
    pub draft: Draft,
}

/// A saved state in the list of versions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Version {
    pub number: i64,
    pub at: At,
    pub by: Option<PersonId>,
    pub why: String,
}

impl Story {
    /// Makes a new story of the draft. Errors: those of `Draft::check`, `stories.no_edition`, `stories.no_section`,
    /// `stories.no_author`, `stories.external_id` (taken in this edition).
    pub fn make(tx: &mut Tx, draft: Draft, by: Option<&PersonId>, why: Why) -> Result<Self> {
        admit(tx, &draft, why)?;
        if let Some(external) = &draft.external_id
            && let Some(taken) = Self::by_external(tx, &draft.edition, external)?
        {
            let message = format!("external_id {external:?} is story {taken} already");
            return Err(Error::conflict("stories.external_id", message));
        }
        let written = serde_json::to_string(&draft)?;
        Self::add(tx, draft, None, written, by, why)
    }

    /// Makes a story of what an import looked at, as published at once when it is `public`. The rows of its publication are
    /// the caller's to write. Errors: `db.constraint` when its external id is taken.
    pub(crate) fn bring(tx: &mut Tx, draft: &Draft, written: &Written, public: bool) -> Result<Self> {
        let mut draft = draft.clone();
        if cfg!(feature = "planted-no-source-id") {
            draft.external_id = None;
        }
        let public_version = public.then_some(1);
        Self::add(
            tx,
            draft,
            public_version,
            written.draft.clone(),
            None,
            Why::Imported,
        )
    }

    fn add(
        tx: &mut Tx,
        draft: Draft,
        public_version: Option<i64>,
        written: String,
        by: Option<&PersonId>,
        why: Why,
    ) -> Result<Self> {
        let (id, now) = (clock::story_id(), tx.now());
        let state = public_version.map_or(StoryState::Draft, |_| StoryState::Published);
        let row = values![
            &id,
            &draft.edition,
            &draft.section,
            draft.kind,
            &draft.headline,
            state,
            public_version,
            draft.external_id.clone(),
            now,
            now
        ];
        tx.execute(ADD, row)?;
        let story = Self {
            id,
            state,
            version: 1,
            public_version,
            release_at: None,
            made_at: now,
            updated_at: now,
            draft,
        };
        story.add_version(tx, written, by, why)?;
        Ok(story)
    }

    /// `stories.not_found` when there is none.
    pub fn by_id(db: &mut dyn Query, id: &StoryId) -> Result<Self> {
        let row = db.one(BY_ID, values![id])?;
        Self::from_row(row.ok_or(Error::not_found("stories.not_found"))?)
    }

    /// The story that came from elsewhere under this id.
    pub fn by_external(
        db: &mut dyn Query,
        edition: &EditionCode,
        external_id: &str,
    ) -> Result<Option<StoryId>> {
        db.one(BY_EXTERNAL, values![edition, external_id])?
            .map(Row::only)
            .transpose()
    }

    /// Stories by their last change, newest first, from before a place in that order.
    pub fn latest(db: &mut dyn Query, before: (At, String), limit: usize) -> Result<Vec<Self>> {
        db.query(LATEST, values![before.0, before.1, limit])?
            .into_iter()
            .map(Self::from_row)
            .collect()
    }

    /// Saves the draft as a new version. `expected` is the version that the writer began from:
    /// `stories.precondition` (412) with what stands there now when somebody else saved in between.
    pub fn save(
        mut self,
        tx: &mut Tx,
        draft: Draft,
        expected: i64,
        by: Option<&PersonId>,
        why: Why,
    ) -> Result<Self> {
        if expected != self.version && !cfg!(feature = "planted-blind-save") {
            let message = format!(
                "Somebody saved version {} meanwhile; yours began from {expected}.",
                self.version
            );
            let current = Some(serde_json::to_value(&self)?);
            return Err(Error::Conflict {
                code: "stories.precondition",
                message,
                current,
            });
        }
        if self.state == StoryState::Killed {
            return Err(Error::Gone {
                code: "stories.killed",
                message: "This story was withdrawn; make a new one.".into(),
            });
        }
        if self.public_version.is_some() && draft.edition != self.draft.edition {
            return Err(Error::invalid(
                "edition",
                "stories.edition_fixed",
                "a published story stays in its edition",
            ));
        }
        admit(tx, &draft, why)?;
        let now = tx.now();
        let Draft {
            edition,
            section,
            kind,
            headline,
            external_id,
            ..
        } = &draft;
        let row = values![
            edition,
            section,
            *kind,
            headline,
            expected + 1,
            external_id.clone(),
            now,
            &self.id,
            expected
        ];
        tx.execute(SAVE, row)?;
        let same_line = self.draft.headline == draft.headline && self.draft.section == draft.section;
        (self.version, self.updated_at, self.draft) = (expected + 1, now, draft);
        let quiet = why == Why::Autosaved && self.coalesce(tx, expected, by)? && same_line;
        self.put_version(tx, serde_json::to_string(&self.draft)?, by, why)?;
        if !quiet {
            self.tell_desk(tx);
        }
        Ok(self)
    }

    /// The saved states, newest first (200 at most).
    pub fn versions(&self, db: &mut dyn Query) -> Result<Vec<Version>> {
        let row = |row: Row| {
            let mut columns = row.columns();
            Ok(Version {
                number: columns.next()?,
                at: columns.next()?,
                by: columns.next()?,
                why: columns.next()?,
            })
        };
        db.query(VERSIONS, values![&self.id])?
            .into_iter()
            .map(row)
            .collect()
    }

    /// The draft as it was in one version. `stories.no_version` when there is no such number.
    pub fn draft_at(&self, db: &mut dyn Query, number: i64) -> Result<Draft> {
        let row = db
            .one(VERSION, values![&self.id, number])?
            .ok_or(Error::not_found("stories.no_version"))?;
        Ok(serde_json::from_str(&row.only::<String>()?)?)
    }

    /// What the public sees, as a draft: a correction begins from it, so that nothing a writer saved since slips out with it.
    pub fn public_draft(&self, db: &mut dyn Query) -> Result<Draft> {
        match self.public_version {
            Some(public) if public != self.version && !cfg!(feature = "planted-draft-slips-out") => {
                self.draft_at(db, public)
            }
            _ => Ok(self.draft.clone()),
        }
    }

    /// Stops the story: it will not be released until somebody schedules or publishes it again.
    pub fn hold(&self, tx: &mut Tx) -> Result<()> {
        self.leave(tx, StoryState::Hold)
    }

    /// Sets the story aside; it stays in the archive and can be taken up again.
    pub fn spike(&self, tx: &mut Tx) -> Result<()> {
        self.leave(tx, StoryState::Spiked)
    }

    /// Takes a held or spiked story up again.
    pub fn take_up(&self, tx: &mut Tx) -> Result<()> {
        self.leave(tx, StoryState::Draft)
    }

    fn leave(&self, tx: &mut Tx, state: StoryState) -> Result<()> {
        if matches!(self.state, StoryState::Published | StoryState::Killed) {
            return Err(Error::conflict(
                "stories.is_public",
                "A published story is ended by a kill, not by this.",
            ));
        }
        base::jobs::withdraw(tx, &crate::publication::release_key(&self.id))?;
        self.enter(tx, state, None)
    }

    pub(crate) fn enter(&self, tx: &mut Tx, state: StoryState, release_at: Option<At>) -> Result<()> {
        let now = tx.now();
        tx.execute(SET_STATE, values![state, release_at, now, &self.id])?;
        self.tell_desk(tx);
        Ok(())
    }

    pub(crate) fn enter_public(&self, tx: &mut Tx) -> Result<()> {
        let now = tx.now();
        tx.execute(SET_PUBLIC, values![self.version, now, &self.id])?;
        self.tell_desk(tx);
        Ok(())
    }

    /// Takes the version before away when this one stands for it: of the autosaves of ten minutes the last is kept, and
    /// never one that the public sees.
    fn coalesce(&self, tx: &mut Tx, before: i64, by: Option<&PersonId>) -> Result<bool> {
        if self.public_version == Some(before) {
            return Ok(false);
        }
        let now = tx.now();
        let window = At(now.0 - now.0.rem_euclid(10 * At::MINUTE));
        let gone = tx.execute(COALESCE, values![&self.id, before, by.cloned(), window])?;
        Ok(gone > 0)
    }

    pub(crate) fn tell_desk(&self, tx: &mut Tx) {
        let story = self.id.clone();
        tx.record(Stream::Desk, Happening::of(Event::StorySaved { story }));
    }

    fn add_version(&self, tx: &mut Tx, written: String, by: Option<&PersonId>, why: Why) -> Result<()> {
        self.put_version(tx, written, by, why)?;
        self.tell_desk(tx);
        Ok(())
    }

    fn put_version(&self, tx: &mut Tx, written: String, by: Option<&PersonId>, why: Why) -> Result<()> {
        let now = tx.now();
        let row = values![&self.id, self.version, written, now, by.cloned(), why.as_str()];
        tx.execute(ADD_VERSION, row)?;
        Ok(())
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            id: columns.next()?,
            state: columns.next()?,
            version: columns.next()?,
            public_version: columns.next()?,
            release_at: columns.next()?,
            made_at: columns.next()?,
            updated_at: columns.next()?,
            draft: serde_json::from_str(&columns.next::<String>()?)?,
        })
    }
}

/// The draft is whole, and its edition, section and authors exist.
fn admit(tx: &mut Tx, draft: &Draft, why: Why) -> Result<()> {
    draft.check()?;
    if !why.is_rough() {
        draft.is_named()?;
    }
    Edition::by_code(tx, &draft.edition)?;
    if Heading::section(tx, &draft.edition, &draft.section)?.is_none() {
        return Err(no_section(&draft.section));
    }
    for author in &draft.authors {
        if Author::by_slug(tx, &draft.edition, author)?.is_none() {
            return Err(no_author(author));
        }
    }
    Ok(())
}

fn no_author(slug: &Slug) -> Error {
    let message = format!("this edition has no author {slug}; a name without a profile goes into the byline");
    Error::invalid("authors", "stories.no_author", message)
}

fn no_section(slug: &Slug) -> Error {
    Error::invalid(
        "section",
        "stories.no_section",
        format!("this edition has no section {slug}"),
    )
}
