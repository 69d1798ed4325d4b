//! A story that comes from another system: made and published once, with its old date and its old address; found again by
//! the id it has there, and changed here when it was changed there.

use crate::draft::{Draft, Why, Written};
use crate::edition::{Author, Heading};
use crate::publication::{self, Published};
use crate::redirect;
use crate::story::Story;
use base::db::{Query, Row, Tx};
use base::{Error, Result, values};
use lexicon::{At, StoryId, StoryState};

base::sql! {
    BROUGHT = "SELECT s.id, s.state, s.version, s.public_version, v.number, v.draft FROM story s
        JOIN story_version v ON v.story = s.id AND v.why = 'imported'
        WHERE s.edition = $1 AND s.external_id = $2 ORDER BY v.number DESC LIMIT 1";
}

/// What an importer read, as a draft; its `external_id` makes a second import find it again.
#[derive(Clone, Debug)]
pub struct Arrival {
    pub draft: Draft,
    /// A draft there stays a draft here.
    pub public: bool,
    /// When it was published there.
    pub published_at: Option<At>,
    /// When it was last changed there.
    pub changed_at: Option<At>,
    /// Its address there.
    pub old_url: Option<String>,
    /// Headings and profiles that the draft names; made when they are not there yet.
    pub section: Heading,
    pub topics: Vec<Heading>,
    pub authors: Vec<Author>,
}

/// An arrival that has been looked at, with what will be stored of it: writing it out is no work for the writer's thread.
pub struct Prepared {
    arrival: Arrival,
    written: Written,
}

/// What became of an arrival. `redirected` when its old address leads here now and did not before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Made { redirected: bool },
    Changed { redirected: bool },
    Unchanged,
}

/// What would become of an arrival, without taking it in. Errors: as `take_in`.
pub fn rehearse(db: &mut dyn Query, prepared: &Prepared, now: At) -> Result<Outcome> {
    let arrival = &prepared.arrival;
    match Brought::find(db, &arrival.draft)? {
        Some(brought) if !brought.is_behind(prepared)? => Ok(Outcome::Unchanged),
        Some(brought) => brought
            .admits_change()
            .map(|()| Outcome::Changed { redirected: false }),
        None => arrival.not_to_come(now).map(|()| Outcome::Made {
            redirected: arrival.public && arrival.old_url.is_some(),
        }),
    }
}

/// Takes one arrival in, whole or not at all. Errors: `stories.future` (a date to come), `stories.edited_here` (changed
/// there, but also here since it came in), and those of publishing.
pub fn take_in(tx: &mut Tx, prepared: &Prepared) -> Result<Outcome> {
    match Brought::find(tx, &prepared.arrival.draft)? {
        Some(brought) if !brought.is_behind(prepared)? => Ok(Outcome::Unchanged),
        Some(brought) => brought.bring_up_to_date(tx, &prepared.arrival),
        None => prepared.make(tx),
    }
}

impl Prepared {
    fn make(&self, tx: &mut Tx) -> Result<Outcome> {
        let Self { arrival, written } = self;
        arrival.not_to_come(tx.now())?;
        // Without a date it happened now, but it is no news all the same.
        tx.as_of(arrival.published_at.unwrap_or(tx.now()));
        arrival.furnish(tx)?;
        let story = Story::bring(tx, &arrival.draft, written, arrival.public)?;
        if !arrival.public {
            return Ok(Outcome::Made { redirected: false });
        }
        let published = publication::release_new(tx, &story, written)?;
        let redirected = arrival.redirect(tx, &published)?;
        Ok(Outcome::Made { redirected })
    }
}

impl Arrival {
    /// Looks at the draft and writes it out. Errors: those of `Draft::check`.
    pub fn prepare(self) -> Result<Prepared> {
        self.draft.check()?;
        let written = Written::of(&self.draft)?;
        Ok(Prepared {
            arrival: self,
            written,
        })
    }

    fn not_to_come(&self, now: At) -> Result<()> {
        match self.published_at.is_some_and(|at| at > now) {
            true => Err(Error::invalid(
                "date",
                "stories.future",
                "the item's date is in the future",
            )),
            false => Ok(()),
        }
    }

    /// Makes what the draft names and is not there yet.
    fn furnish(&self, tx: &mut Tx) -> Result<()> {
        let edition = &self.draft.edition;
        self.section.add_section(tx, edition)?;
        for topic in &self.topics {
            topic.add_topic(tx, edition)?;
        }
        for author in &self.authors {
            author.add(tx, edition)?;
        }
        Ok(())
    }

    /// Publishes what was public there; says whether its old address leads here now.
    fn show(&self, tx: &mut Tx, story: &Story) -> Result<bool> {
        if !self.public {
            return Ok(false);
        }
        let published = publication::release(tx, story, None)?;
        self.redirect(tx, &published)
    }

    fn redirect(&self, tx: &mut Tx, published: &Published) -> Result<bool> {
        match (&self.old_url, published) {
            (Some(old), Published::Published { path, .. }) => redirect::add(tx, old, path),
            _ => Ok(false),
        }
    }
}

/// A story that an earlier import made, and what that import brought.
struct Brought {
    id: StoryId,
    state: StoryState,
    version: i64,
    public_version: Option<i64>,
    /// The version that the last import made.
    number: i64,
    draft: String,
}

impl Brought {
    fn find(db: &mut dyn Query, draft: &Draft) -> Result<Option<Self>> {
        let external = draft
            .external_id
            .as_deref()
            .ok_or_else(|| Error::internal("an arrival without an id"))?;
        db.one(BROUGHT, values![&draft.edition, external])?
            .map(Self::from_row)
            .transpose()
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            id: columns.next()?,
            state: columns.next()?,
            version: columns.next()?,
            public_version: columns.next()?,
            number: columns.next()?,
            draft: columns.next()?,
        })
    }

    /// Whether the arrival says something else than the import before it, or has become public there.
    fn is_behind(&self, prepared: &Prepared) -> Result<bool> {
        let Prepared { arrival, written } = prepared;
        if arrival.public && self.state == StoryState::Draft && self.public_version.is_none() {
            return Ok(true);
        }
        if self.draft == written.draft {
            return Ok(false);
        }
        // An older version of the program may have written the same draft with other words.
        Ok(serde_json::from_str::<Draft>(&self.draft)? != arrival.draft)
    }

    /// What an editor did here is never undone by an import.
    fn admits_change(&self) -> Result<()> {
        let touched = match self.state {
            StoryState::Killed => "was withdrawn here",
            StoryState::Spiked => "was spiked here",
            _ if self.version != self.number => "was edited here since it came in",
            _ => return Ok(()),
        };
        let message = format!(
            "story {} {touched}; what changed in the export was not taken",
            self.id
        );
        Err(Error::conflict("stories.edited_here", message))
    }

    fn bring_up_to_date(&self, tx: &mut Tx, arrival: &Arrival) -> Result<Outcome> {
        self.admits_change()?;
        // The past is no news, and neither is what changed in it.
        tx.as_of(arrival.changed_at.unwrap_or(tx.now()));
        arrival.furnish(tx)?;
        let story = Story::by_id(tx, &self.id)?;
        let story = story.save(tx, arrival.draft.clone(), self.version, None, Why::Imported)?;
        let redirected = arrival.show(tx, &story)?;
        Ok(Outcome::Changed { redirected })
    }
}
