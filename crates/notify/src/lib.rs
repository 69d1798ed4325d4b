//! Mail: committed with its cause, sent afterwards by a lane of its own, tried again with growing pauses.
//!
//! Without an SMTP server the letters are shown on the terminal and at `/desk/outbox`, so that a newsroom can be tried out.

mod compose;
mod mail;
mod printer;
mod sender;
mod smtp;
mod web;

pub use mail::{MIGRATIONS, Mail, Outbox, PART};
pub use people::{Letter, Post};
pub use printer::{Outgoing, Printed, Printer};
pub use sender::workers;
pub use smtp::Smtp;
pub use web::routes;

#[cfg(test)]
mod tests;

/// Every statement of this crate.
pub fn statements() -> Vec<base::db::Sql> {
    mail::STATEMENTS.to_vec()
}
