//! Search: a follower of the `public` stream with an index of its own, which can be thrown away and rebuilt.
//!
//! The index knows ids and words only; what a reader sees of a hit is read through the public connection, so a story that
//! was withdrawn a moment ago is not shown even while the index still has it.

mod analysis;
mod folder;
mod follow;
mod index;
mod query;
pub mod web;

pub use follow::follow;
pub use index::{Index, Passage};
pub use query::{Find, Hit};
pub use web::{SearchQuery, Shown, results, routes};

#[cfg(test)]
mod tests;
