//! People: who has an account, how they sign in, and what their programs sign in with.
//!
//! Nothing that opens anything is stored: passwords, sessions, tickets, tokens and links are there as hashes. A password
//! gives a *ticket*, a ticket and a code give a *session*; the two are different tables, so no flag can be forgotten.

mod agent;
mod browser;
mod cookie;
mod email;
pub mod event;
mod guess;
pub mod limits;
pub mod link;
pub mod page;
mod password;
mod people;
pub mod person;
mod schema;
mod secret;
mod session;
mod sign_in;
mod ticket;
pub mod token;
mod totp;
mod web;

pub use event::Event;
pub use link::{Invitation, Setup};
pub use page::Pages;
pub use password::password_hash;
pub use people::{People, ends, heard, watch};
pub use person::Person;
pub use schema::MIGRATIONS;
pub use token::Token;
pub use web::routes;

#[cfg(test)]
mod tests;

/// Every statement of this crate.
pub fn statements() -> Vec<base::db::Sql> {
    [
        browser::STATEMENTS,
        event::STATEMENTS,
        guess::STATEMENTS,
        link::STATEMENTS,
        password::STATEMENTS,
        person::STATEMENTS,
        session::STATEMENTS,
        ticket::STATEMENTS,
        token::STATEMENTS,
        totp::STATEMENTS,
    ]
    .concat()
}
