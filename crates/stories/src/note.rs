//! Notes on a story: what the newsroom says to itself about it, in threads that are resolved. Never public.

use crate::story::Story;
use base::db::{Query, Row, Tx};
use base::{Error, Result, clock, values};
use lexicon::{At, PersonId, StoryId};
use serde::Serialize;

base::sql! {
    ADD = "INSERT INTO story_note (id, story, thread, text, about, by_person, name, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    OF_STORY = "SELECT id, thread, text, about, by_person, name, at, resolved_at, resolved_by FROM story_note WHERE story = $1
        LIMIT 500";
    THREAD = "SELECT id, thread, text, about, by_person, name, at, resolved_at, resolved_by FROM story_note
        WHERE story = $1 AND id = $2 AND thread IS NULL";
    RESOLVE = "UPDATE story_note SET resolved_at = $1, resolved_by = $2 WHERE story = $3 AND id = $4";
    OPEN = "SELECT COUNT(*) FROM story_note WHERE story = $1 AND thread IS NULL AND resolved_at IS NULL";
}

/// The longest note, in characters.
const LONGEST: usize = 4_000;

/// One note, or an answer to one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    pub id: String,
    /// The note that this answers.
    pub thread: Option<String>,
    pub text: String,
    /// The words of the story that it is about.
    pub about: String,
    pub by: PersonId,
    pub name: String,
    pub at: At,
    pub resolved_at: Option<At>,
    pub resolved_by: Option<String>,
}

/// A note as somebody writes it.
#[derive(Clone, Debug)]
pub struct NoteDraft {
    /// The id of its mark in the text, when it has one; else one is made.
    pub id: Option<String>,
    pub thread: Option<String>,
    pub text: String,
    pub about: String,
}

impl Note {
    /// Errors: `stories.note` (empty or too long), `stories.no_note` (no such thread).
    pub fn add(tx: &mut Tx, story: &Story, draft: NoteDraft, by: &PersonId, name: &str) -> Result<Self> {
        let fits = !draft.text.trim().is_empty() && draft.text.chars().count() <= LONGEST;
        if !fits {
            let message = format!("write 1 to {LONGEST} characters");
            return Err(Error::invalid("text", "stories.note", message));
        }
        crate::draft::without_controls("text", &draft.text)?;
        if let Some(thread) = &draft.thread {
            Self::thread(tx, &story.id, thread)?;
        }
        let id = draft.id.filter(|id| markup::Id::parse(id).is_some());
        let note = Self {
            id: id.unwrap_or_else(|| clock::random_base32(12)),
            thread: draft.thread,
            text: draft.text.trim().to_owned(),
            about: draft.about.chars().take(200).collect(),
            by: by.clone(),
            name: name.to_owned(),
            at: tx.now(),
            resolved_at: None,
            resolved_by: None,
        };
        let row = values![
            &note.id,
            &story.id,
            note.thread.clone(),
            &note.text,
            &note.about,
            by,
            name,
            note.at
        ];
        tx.execute(ADD, row)?;
        story.tell_desk(tx);
        Ok(note)
    }

    /// All notes of a story, oldest first.
    pub fn of_story(db: &mut dyn Query, story: &StoryId) -> Result<Vec<Self>> {
        let rows = db.query(OF_STORY, values![story])?;
        let mut notes: Vec<Self> = rows.into_iter().map(Self::from_row).collect::<Result<_>>()?;
        notes.sort_by(|one, other| (one.at, &one.id).cmp(&(other.at, &other.id)));
        Ok(notes)
    }

    /// Settles a thread, or opens it again. Errors: `stories.no_note`.
    pub fn resolve(tx: &mut Tx, story: &Story, id: &str, by: Option<&str>) -> Result<()> {
        let note = Self::thread(tx, &story.id, id)?;
        let at = by.map(|_| tx.now());
        tx.execute(RESOLVE, values![at, by.map(str::to_owned), &story.id, &note.id])?;
        story.tell_desk(tx);
        Ok(())
    }

    /// How many threads are open.
    pub fn open(db: &mut dyn Query, story: &StoryId) -> Result<i64> {
        db.one(OPEN, values![story])?.map_or(Ok(0), Row::only)
    }

    fn thread(db: &mut dyn Query, story: &StoryId, id: &str) -> Result<Self> {
        let row = db.one(THREAD, values![story, id])?;
        row.map(Self::from_row)
            .transpose()?
            .ok_or(Error::not_found("stories.no_note"))
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            id: columns.next()?,
            thread: columns.next()?,
            text: columns.next()?,
            about: columns.next()?,
            by: columns.next()?,
            name: columns.next()?,
            at: columns.next()?,
            resolved_at: columns.next()?,
            resolved_by: columns.next()?,
        })
    }
}
