//! The proofs of this crate, each in its own room; `house` is the newsroom in which they happen.

mod house;
mod links;
mod sessions;
mod statements;
