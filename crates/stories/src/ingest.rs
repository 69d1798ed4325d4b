//! A story that comes from another system: made and published once, with its old date and its old address.

use crate::draft::{Draft, Why};
use crate::edition::{Author, Edition, Heading};
use crate::publication::{self, Published};
use crate::redirect;
use crate::story::Story;
use base::db::{Query, Tx};
use base::{Error, Result};
use lexicon::At;

/// What an importer read, as a draft; its `external_id` makes a second import find it again.
#[derive(Clone, Debug)]
pub struct Arrival {
    pub draft: Draft,
    /// A draft there stays a draft here.
    pub public: bool,
    /// When it was published there.
    pub published_at: Option<At>,
    /// Its address there.
    pub old_url: Option<String>,
    /// Headings and profiles that the draft names; made when they are not there yet.
    pub section: Heading,
    pub topics: Vec<Heading>,
    pub authors: Vec<Author>,
}

/// What became of an arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Made { redirected: bool },
    Unchanged,
}

/// What would become of an arrival, without taking it in. Errors: as `take_in`.
pub fn rehearse(db: &mut dyn Query, arrival: &Arrival) -> Result<Outcome> {
    let draft = &arrival.draft;
    draft.check()?;
    let external = draft.external_id.as_deref().unwrap_or_default();
    Ok(match Story::by_external(db, &draft.edition, external)? {
        Some(_) => Outcome::Unchanged,
        None => Outcome::Made {
            redirected: arrival.public && arrival.old_url.is_some(),
        },
    })
}

/// Takes one arrival in, whole or not at all. Errors: those of `Draft::check`, `stories.future` (a date to come).
pub fn take_in(tx: &mut Tx, arrival: &Arrival) -> Result<Outcome> {
    let draft = &arrival.draft;
    let external = draft
        .external_id
        .as_deref()
        .ok_or_else(|| Error::internal("an arrival without an id"))?;
    if Story::by_external(tx, &draft.edition, external)?.is_some() {
        return Ok(Outcome::Unchanged);
    }
    if arrival.published_at.is_some_and(|at| at > tx.now()) {
        return Err(Error::invalid(
            "date",
            "stories.future",
            "the item's date is in the future",
        ));
    }
    // Without a date it happened now, but it is no news all the same.
    tx.as_of(arrival.published_at.unwrap_or(tx.now()));
    Edition::by_code(tx, &draft.edition)?;
    arrival.section.add_section(tx, &draft.edition)?;
    for topic in &arrival.topics {
        topic.add_topic(tx, &draft.edition)?;
    }
    for author in &arrival.authors {
        author.add(tx, &draft.edition)?;
    }
    let story = Story::make(tx, draft.clone(), None, Why::Imported)?;
    if !arrival.public {
        return Ok(Outcome::Made { redirected: false });
    }
    let published = publication::release(tx, &story, None)?;
    let redirected = match (&arrival.old_url, published) {
        (Some(old), Published::Published { path, .. }) => redirect::add(tx, old, &path)?,
        _ => false,
    };
    Ok(Outcome::Made { redirected })
}
