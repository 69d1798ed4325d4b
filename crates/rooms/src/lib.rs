//! Rooms: the live discussion that every story has, and its moderation.
//!
//! `room` and `message` are the nouns; `text` makes a message's words safe, `rules` judge it, `public_*` tables hold what
//! readers may see of it and `room_message` what only its author and the moderators may. Readers follow `room:<story>` live.

pub mod author;
mod bench;
pub mod decision;
pub mod erase;
mod flood;
pub mod list;
mod look;
pub mod message;
pub mod notice;
mod presence;
pub mod queue;
pub mod reaction;
pub mod report;
pub mod room;
pub mod rule;
pub mod rules;
pub mod sanction;
mod schema;
pub mod seen;
pub mod text;
mod web;

pub use author::Author;
pub use bench::QUEUE_CHANGED;
pub use message::{Message, Posting, Receipt, Verdict};
pub use room::Room;
pub use schema::MIGRATIONS;
pub use web::moderation::{MODERATORS, NewDecision, history, read_cursor};
pub use web::routes;

use base::jobs::{Job, Workers};
use base::{App, Error};
use flood::Flood;
use lexicon::StoryId;
use presence::Presence;
use std::sync::Arc;

#[cfg(test)]
mod tests;

/// Every statement of this crate.
pub fn statements() -> Vec<base::db::Sql> {
    [
        erase::STATEMENTS.to_vec(),
        bench::STATEMENTS.to_vec(),
        decision::statements(),
        look::STATEMENTS.to_vec(),
        message::statements(),
        notice::STATEMENTS.to_vec(),
        queue::STATEMENTS.to_vec(),
        reaction::STATEMENTS.to_vec(),
        report::STATEMENTS.to_vec(),
        room::STATEMENTS.to_vec(),
        rule::STATEMENTS.to_vec(),
        sanction::STATEMENTS.to_vec(),
        seen::STATEMENTS.to_vec(),
    ]
    .concat()
}

/// What the rooms of a running program stand on. Cloning shares it.
#[derive(Clone)]
pub struct Rooms {
    pub app: App,
    flood: Arc<Flood>,
    presence: Arc<Presence>,
    /// Judges each message before anybody sees it.
    judge: message::Judge,
}

impl Rooms {
    pub fn new(app: &App) -> Self {
        Self {
            app: app.clone(),
            flood: Arc::new(Flood::new(app.config.limits())),
            presence: Arc::default(),
            judge: bench::Bench::new(app.config.limits()).judging(),
        }
    }
}

/// Adds the closing of rooms whose time is over to the workers.
pub fn workers(app: &App, workers: Workers) -> Workers {
    let db = app.db.clone();
    workers.with(room::CLOSE, move |job: Job| {
        let db = db.clone();
        async move {
            let story = StoryId::parse(&job.payload).map_err(Error::from)?;
            db.write(move |tx| {
                job.finish(tx)?;
                Room::close_due(tx, &story)
            })
            .await
        }
    })
}
