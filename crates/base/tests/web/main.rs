//! The front door and the route table, from outside: through a real socket.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod answers;
mod client;
mod connections;
mod csrf;
mod framing;
mod house;
#[path = "../live/ledger.rs"]
mod ledger;
mod live;
mod pages;
mod protocol2;
mod spelling;
mod stream;
mod table;
