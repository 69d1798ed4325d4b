//! Proofs on the whole running program: it is started, spoken to, killed and started again as a user's would be.
//!
//! `house` starts servers, `wire` speaks HTTP to them, `judge` judges histories and knows nothing of the system.
//! Every promise is tried on SQLite, and on PostgreSQL when `WIREROOM_TEST_POSTGRES` names one.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::type_complexity,
    // The judge's clock is its own.
    clippy::disallowed_methods
)]

mod autosave;
mod bombs;
mod crash;
mod crawl;
mod desk;
mod disk;
mod embargo;
mod fresh;
mod headers;
mod house;
mod input;
mod judge;
mod ledger;
mod markup;
mod release;
mod rights;
mod rooms;
mod spelling;
mod takedown;
mod wire;
mod worlds;
