//! What every feature stands on: database, journal, hub, pages, web, clock, configuration and errors.
//! Knows no news noun.

pub mod blobs;
pub mod clock;
pub mod config;
pub mod db;
pub mod error;
pub mod hub;
pub mod jobs;
pub mod journal;
pub mod log;
pub mod metrics;
pub mod pages;
pub mod precedent;
pub mod sandbox;
pub mod web;

mod app;

pub use app::App;
pub use clock::Clock;
pub use config::Config;
pub use db::{Db, Read, Tx};
pub use error::{Error, Result};

/// Every statement of this crate, for the test that prepares each on both engines.
pub fn statements() -> Vec<db::Sql> {
    [
        journal::STATEMENTS,
        jobs::STATEMENTS,
        precedent::STATEMENTS,
        db::migration_statements(),
    ]
    .concat()
}

/// The tables of this crate, in order.
pub fn migrations() -> Vec<db::Migration> {
    [journal::MIGRATIONS, jobs::MIGRATIONS, precedent::MIGRATIONS].concat()
}
