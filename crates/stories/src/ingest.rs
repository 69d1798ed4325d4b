//! A story that comes from another system: made and published once, with its old date and its old address.

use crate::draft::{Draft, Why};
use crate::edition::{Author, Edition, Heading};
use crate::publication::{self, Published};
use crate::redirect;
use crate::story::Story;
use base::db::Tx;
use base::{Error, Result};
use lexicon::At;

/// What an importer read, as a draft; its `external_id` makes a second import find it again.
#[derive(Clone, Debug)]
pub struct Arrival {
    pub draft: Draft,
    /// When it was published there; a draft stays a draft.
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

/// Takes one arrival in, whole or not at all. Errors: those of `Draft::check`, `stories.future` (a date to come).
pub fn take_in(tx: &mut Tx, arrival: &Arrival) -> Result<Outcome> {
    let draft = &arrival.draft;
    let external = draft.external_id.as_deref().ok_or_else(|| Error::internal("an arrival without an id"))?;
    if Story::by_external(tx, &draft.edition, external)?.is_some() {
        return Ok(Outcome::Unchanged);
    }
    if arrival.published_at.is_some_and(|at| at > tx.now()) {
        return Err(Error::invalid("date", "stories.future", "the item's date is in the future"));
    }
    Edition::by_code(tx, &draft.edition)?;
    arrival.section.add_section(tx, &draft.edition)?;
    for topic in &arrival.topics {
        topic.add_topic(tx, &draft.edition)?;
    }
    for author in &arrival.authors {
        author.add(tx, &draft.edition)?;
    }
    let story = Story::make(tx, draft.clone(), None, Why::Imported)?;
    let Some(published_at) = arrival.published_at else { return Ok(Outcome::Made { redirected: false }) };
    let published = publication::release(tx, &story, None, published_at)?;
    let redirected = match (&arrival.old_url, published) {
        (Some(old), Published::Published { path, .. }) => redirect::add(tx, old, &path)?,
        _ => false,
    };
    Ok(Outcome::Made { redirected })
}
