//! Who gives letters their words, and the newsroom's page of them its look.

use crate::Letter;
use base::Result;
use base::web::Later;
use lexicon::At;
use people::page::Tongue;
use serde::Serialize;

/// A letter with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The newsroom's name, which stands before the sender's address.
    pub from: String,
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// A mail as the newsroom's page shows it.
#[derive(Clone, Debug, Serialize)]
pub struct Outgoing {
    pub kind: String,
    pub state: String,
    pub made_at: At,
    pub error: Option<String>,
    pub to: Option<String>,
    pub subject: Option<String>,
    pub text: Option<String>,
    /// Where its button leads.
    pub link: Option<String>,
}

/// Has the theme. `site` implements it.
pub trait Printer: Send + Sync + 'static {
    /// The letter in the language of its reader.
    fn print(&self, letter: Letter) -> Later<'_, Result<Printed>>;

    /// The page `/desk/outbox`.
    fn outbox(&self, mails: Vec<Outgoing>, tongue: Tongue) -> Later<'_, Result<String>>;
}
