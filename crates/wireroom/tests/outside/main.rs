//! The program from outside, as an operator has it: a folder, a command, what it prints and what readers then see.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "these are tests"
)]

mod backups;
mod corpus;
mod erasures;
mod hostile;
mod house;
mod imports;
mod kills;
mod manners;
mod starts;
