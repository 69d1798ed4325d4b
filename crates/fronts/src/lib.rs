//! Fronts: a curated page of an edition or section. Its slots hold stories, and every launch is kept.

pub mod front;
mod web;

pub use front::{Front, Slot, Standing, Weight, place};
pub use web::routes;

use base::db::Migration;

pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "fronts_1",
    sql:
        "CREATE TABLE public_front (edition {key} NOT NULL, place {key} NOT NULL, launched_at BIGINT NOT NULL,
            number BIGINT NOT NULL, slots TEXT NOT NULL, PRIMARY KEY (edition, place, number)) {clustered};",
}];

/// Every statement of this crate.
pub fn statements() -> Vec<base::db::Sql> {
    front::STATEMENTS.to_vec()
}

#[cfg(test)]
mod tests;
