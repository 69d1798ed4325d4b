//! The proofs of this crate.

mod bending;
mod sending;
