//! People: who has an account, how they sign in, and what their programs sign in with.
//!
//! Nothing that opens anything is stored: passwords, sessions, tickets, tokens and links are there as hashes. A password
//! gives a *ticket*, a ticket and a code give a *session*; the two are different tables, so no flag can be forgotten.

mod agent;
mod browser;
mod cookie;
mod disposable;
mod email;
pub mod erase;
mod errand;
pub mod event;
mod guess;
mod ignore;
pub mod limits;
pub mod link;
mod name;
pub mod page;
mod passkey;
mod password;
mod people;
pub mod person;
pub mod post;
mod profile;
mod schema;
mod secret;
mod session;
mod sign_in;
mod stamp;
mod ticket;
pub mod token;
mod totp;
mod web;

pub use erase::{Part, erase, export};
pub use event::Event;
pub use link::{Invitation, Setup};
pub use page::Pages;
pub use password::password_hash;
pub use people::{People, ends, heard, watch};
pub use person::Person;
pub use post::{Letter, Post};
pub use profile::Profile;
pub use schema::MIGRATIONS;
pub use token::Token;
pub use web::routes;

#[cfg(test)]
mod tests;

/// A hash by which mail to an address is found again, however the address is written.
pub fn mailbox(address: &str) -> Vec<u8> {
    secret::hash(&email::fold(address))
}

/// Every statement of this crate.
pub fn statements() -> Vec<base::db::Sql> {
    [
        browser::STATEMENTS,
        erase::STATEMENTS,
        errand::STATEMENTS,
        event::STATEMENTS,
        guess::STATEMENTS,
        ignore::STATEMENTS,
        link::STATEMENTS,
        passkey::STATEMENTS,
        password::STATEMENTS,
        person::STATEMENTS,
        profile::STATEMENTS,
        session::STATEMENTS,
        stamp::STATEMENTS,
        ticket::STATEMENTS,
        token::STATEMENTS,
        totp::STATEMENTS,
    ]
    .concat()
}
