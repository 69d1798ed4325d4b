//! Pictures: what the newsroom brings in, and the sizes in which the public sees it.
//!
//! `asset` is the desk's side: the original, byte for byte, with its words. `public` holds what readers may fetch, for as long
//! as some publication shows it. `rendition` makes the sizes; the bytes themselves are decoded only in the sandbox (`picture`).

mod asset;
mod file;
mod jobs;
mod picture;
mod public;
mod rendition;
mod schema;
mod store;
mod web;
mod words;

pub use asset::{Asset, AssetDraft};
pub use jobs::workers;
pub use picture::TASKS;
pub use public::PublicMedia;
pub use rendition::{SrcSet, srcset};
pub use schema::MIGRATIONS;
pub use store::Store;
pub use web::routes;
pub use words::Words;

#[cfg(test)]
mod tests;

/// Every statement of this crate.
pub fn statements() -> Vec<base::db::Sql> {
    [asset::STATEMENTS, public::STATEMENTS, rendition::STATEMENTS].concat()
}
