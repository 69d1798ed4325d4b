//! The newsfeed: an edition's ordered list of what was published, newest first, and flashes ahead of their stories.

pub mod flash;
pub mod item;
mod web;

pub use flash::Flash;
pub use item::Item;
pub use web::routes;

use base::db::Migration;

pub const MIGRATIONS: &[Migration] = &[FIRST, SECOND];

const FIRST: Migration = Migration {
    name: "newsfeed_1",
    sql: "CREATE TABLE public_newsfeed_flash (edition {key} NOT NULL, at BIGINT NOT NULL, id {key} NOT NULL, level TEXT NOT NULL,
            headline TEXT NOT NULL, story {key}, PRIMARY KEY (edition, at, id)) {clustered};",
};

/// A flash is taken back by its id.
const SECOND: Migration = Migration {
    name: "newsfeed_2",
    sql: "CREATE UNIQUE INDEX public_newsfeed_flash_id ON public_newsfeed_flash (id);",
};

/// Every statement of this crate.
pub fn statements() -> Vec<base::db::Sql> {
    [flash::STATEMENTS, item::STATEMENTS].concat()
}

#[cfg(test)]
mod tests;
