//! The proofs of this crate, each in its own room; `house` is the newsroom in which they happen.

mod actor;
mod erasure;
mod forms;
mod guessing;
mod house;
mod links;
mod passkeys;
mod readers;
mod second_factor;
mod sessions;
mod statements;
