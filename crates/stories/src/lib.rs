//! Stories: what a newsroom writes, and what the public sees of it.
//!
//! `story` and `draft` are the desk's side; `publication` copies what the public may see into `public_*` tables, in the same
//! transaction as the journal record; `public` reads it back through the public connection.

pub mod checklist;
pub mod correction;
pub mod draft;
pub mod edition;
pub mod erase;
pub mod ingest;
pub mod note;
pub mod pen;
mod proposal;
pub mod public;
pub mod publication;
pub mod redirect;
mod schema;
pub mod story;
pub mod storyline;
mod topic;
mod web;
pub mod work;

pub use checklist::{Checklist, Going};
pub use correction::{Correction, PastVersion, PublicCorrection};
pub use draft::{Draft, Original, Picture, Source, Why};
pub use edition::{Author, Edition, Heading, Page};
pub use note::Note;
pub use pen::Pen;
pub use public::{Byline, Card, Facts, PublicSource, PublicStory};
pub use publication::{Published, Timing, correct, kill, publish};
pub use schema::MIGRATIONS;
pub use story::Story;
pub use storyline::{Background, Storyline};
pub use web::routes;
pub use work::{Line, Work};

use base::jobs::{Job, Workers};
use base::{App, Error};
use lexicon::StoryId;

#[cfg(test)]
mod tests;

/// Every statement of this crate.
pub fn statements() -> Vec<base::db::Sql> {
    [
        correction::STATEMENTS,
        edition::STATEMENTS,
        erase::STATEMENTS,
        ingest::STATEMENTS,
        note::STATEMENTS,
        pen::STATEMENTS,
        public::STATEMENTS,
        publication::STATEMENTS,
        redirect::STATEMENTS,
        story::STATEMENTS,
        storyline::STATEMENTS,
        topic::STATEMENTS,
        work::STATEMENTS,
    ]
    .concat()
}

/// Adds the releasing of scheduled stories to the workers: the job ends in the transaction that publishes.
pub fn workers(app: &App, workers: Workers) -> Workers {
    let db = app.db.clone();
    workers.with(publication::RELEASE, move |job: Job| {
        let db = db.clone();
        async move {
            let id = StoryId::parse(&job.payload).map_err(Error::from)?;
            db.write(move |tx| {
                job.finish(tx)?;
                publication::release_due(tx, &id).map(|_| ())
            })
            .await
        }
    })
}
