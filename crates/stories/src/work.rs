//! The work on a story: how far it is, who has it, until when and how long. The queue is a list of works.

use crate::story::Story;
use base::db::{Query, Row, Tx};
use base::{Error, Result, values};
use lexicon::{At, EditionCode, PersonId, Slug, Stage, StoryId, StoryKind, StoryState};
use serde::Serialize;

base::sql! {
    OF = "SELECT stage, person, due_at, words, embargo_until FROM story_work WHERE story = $1";
    SET_STAGE = "INSERT INTO story_work (story, stage, moved_at, moved_by) VALUES ($1, $2, $3, $4)
        ON CONFLICT (story) DO UPDATE SET stage = excluded.stage, moved_at = excluded.moved_at, moved_by = excluded.moved_by";
    ASSIGN = "INSERT INTO story_work (story, stage, moved_at, moved_by, person, due_at, words) VALUES ($1, 'idea', $2, $3, $4, $5, $6)
        ON CONFLICT (story) DO UPDATE SET person = excluded.person, due_at = excluded.due_at, words = excluded.words";
    EMBARGO = "INSERT INTO story_work (story, stage, moved_at, embargo_until) VALUES ($1, 'ready', $2, $3)
        ON CONFLICT (story) DO UPDATE SET embargo_until = excluded.embargo_until";
    /// Open stories are few however large the archive is.
    OPEN = "SELECT s.id, s.edition, s.section, s.kind, s.headline, s.state, s.version, s.release_at, s.updated_at, w.stage, w.person,
            w.due_at, w.words, p.name, p.until
        FROM story s LEFT JOIN story_work w ON w.story = s.id LEFT JOIN story_pen p ON p.story = s.id
        WHERE s.state IN ('draft', 'hold', 'scheduled') LIMIT 5000";
    BY_STATE = "SELECT s.id, s.edition, s.section, s.kind, s.headline, s.state, s.version, s.release_at, s.updated_at, w.stage, w.person,
            w.due_at, w.words, p.name, p.until
        FROM story s LEFT JOIN story_work w ON w.story = s.id LEFT JOIN story_pen p ON p.story = s.id
        WHERE s.state = $1 AND s.updated_at < $2 ORDER BY s.updated_at DESC LIMIT $3";
    RECENT = "SELECT id, headline FROM story WHERE updated_at < $1 ORDER BY updated_at DESC LIMIT 3000";
}

/// What the desk agreed about a story.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Work {
    pub stage: Stage,
    pub person: Option<PersonId>,
    pub due_at: Option<At>,
    /// How long it is to be, in words.
    pub words: Option<i64>,
    /// Nothing of it may be public before.
    pub embargo_until: Option<At>,
}

/// A line of the queue.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    pub id: StoryId,
    pub edition: EditionCode,
    pub section: Slug,
    pub kind: StoryKind,
    pub headline: String,
    pub state: StoryState,
    pub version: i64,
    pub release_at: Option<At>,
    pub updated_at: At,
    pub stage: Option<Stage>,
    pub person: Option<PersonId>,
    pub due_at: Option<At>,
    pub words: Option<i64>,
    /// Who has its pen, and how long that holds unless they go on.
    pub pen: Option<String>,
    pub pen_until: Option<At>,
}

impl Work {
    /// A story that nobody moved yet is being written.
    pub fn of(db: &mut dyn Query, story: &StoryId) -> Result<Self> {
        let row = db.one(OF, values![story])?;
        row.map(Self::from_row).transpose().map(|work| {
            work.unwrap_or(Self {
                stage: Stage::Writing,
                person: None,
                due_at: None,
                words: None,
                embargo_until: None,
            })
        })
    }

    /// Moves a story on its way. Errors: `stories.not_open` when it is public or set aside.
    pub fn move_to(tx: &mut Tx, story: &Story, stage: Stage, by: &PersonId) -> Result<()> {
        if !matches!(story.state, StoryState::Draft) {
            let message = "Only a story in work has a stage; take it up again, or off the schedule, first.";
            return Err(Error::conflict("stories.not_open", message));
        }
        let now = tx.now();
        tx.execute(SET_STAGE, values![&story.id, stage, now, by])?;
        story.tell_desk(tx);
        Ok(())
    }

    /// Says who has it, until when and how long it is to be. Errors: `stories.no_person`, `stories.length`.
    pub fn assign(
        tx: &mut Tx,
        story: &Story,
        person: Option<PersonId>,
        due_at: Option<At>,
        words: Option<i64>,
        by: &PersonId,
    ) -> Result<()> {
        if let Some(id) = &person {
            let found = people::Person::by_id(tx, id)?;
            if !found.is_some_and(|person| person.role.is_staff()) {
                let message = "nobody of the staff has this id";
                return Err(Error::invalid("person", "stories.no_person", message));
            }
        }
        if words.is_some_and(|words| !(1..=100_000).contains(&words)) {
            return Err(Error::invalid("words", "stories.length", "1 to 100,000 words"));
        }
        let now = tx.now();
        tx.execute(ASSIGN, values![&story.id, now, by, person, due_at, words])?;
        story.tell_desk(tx);
        Ok(())
    }

    /// Keeps what an embargo says, so that publishing before it is noticed.
    pub(crate) fn embargo(tx: &mut Tx, story: &StoryId, until: Option<At>) -> Result<()> {
        let now = tx.now();
        tx.execute(EMBARGO, values![story, now, until]).map(|_| ())
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            stage: columns.next()?,
            person: columns.next()?,
            due_at: columns.next()?,
            words: columns.next()?,
            embargo_until: columns.next()?,
        })
    }
}

impl Line {
    /// Everything in work: what is due first stands first, what has no time comes last, the newest of those first.
    pub fn open(db: &mut dyn Query) -> Result<Vec<Self>> {
        let rows = db.query(OPEN, &[])?;
        let mut lines: Vec<Self> = rows.into_iter().map(Self::from_row).collect::<Result<_>>()?;
        lines.sort_by_key(|line| {
            let due = line.due_at.or(line.release_at).unwrap_or(At(i64::MAX));
            (due, std::cmp::Reverse(line.updated_at), line.id.clone())
        });
        Ok(lines)
    }

    /// Stories of a state, last changed first, from before a moment.
    pub fn in_state(db: &mut dyn Query, state: StoryState, before: At, limit: usize) -> Result<Vec<Self>> {
        let rows = db.query(BY_STATE, values![state, before, limit])?;
        rows.into_iter().map(Self::from_row).collect()
    }

    /// Of the 3,000 stories that changed last, those whose headline has these words. Compared here, since the engines
    /// do not agree on what a small letter is outside ASCII.
    pub fn named(db: &mut dyn Query, words: &str, limit: usize) -> Result<Vec<StoryId>> {
        let words = words.trim().to_lowercase();
        let mut found = Vec::new();
        for row in db.query(RECENT, values![At(i64::MAX)])? {
            let mut columns = row.columns();
            let (id, headline): (StoryId, String) = (columns.next()?, columns.next()?);
            if headline.to_lowercase().contains(&words) {
                found.push(id);
            }
            if found.len() >= limit {
                break;
            }
        }
        Ok(found)
    }

    /// Without a pen whose time is over.
    pub fn with_pen_at(mut self, now: At) -> Self {
        self.pen = self
            .pen
            .filter(|_| self.pen_until.is_some_and(|until| until > now));
        self
    }

    /// The one word for where it stands: its stage while it is in work, its state otherwise.
    pub fn standing(&self) -> &'static str {
        match self.state {
            StoryState::Draft => self.stage.unwrap_or(Stage::Writing).as_str(),
            state => state.as_str(),
        }
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            id: columns.next()?,
            edition: columns.next()?,
            section: columns.next()?,
            kind: columns.next()?,
            headline: columns.next()?,
            state: columns.next()?,
            version: columns.next()?,
            release_at: columns.next()?,
            updated_at: columns.next()?,
            stage: columns.next()?,
            person: columns.next()?,
            due_at: columns.next()?,
            words: columns.next()?,
            pen: columns.next()?,
            pen_until: columns.next()?,
        })
    }
}
