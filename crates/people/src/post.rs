//! Mail that this crate has sent: what is to be said, to whom, and in which language. Whoever has the post sends it.

use crate::page::Tongue;
use base::Result;
use base::db::Tx;
use lexicon::PersonId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Takes letters and sends them after the commit of their cause. `notify` implements it.
pub trait Post: Send + Sync + 'static {
    /// Puts a letter beside the rows it follows from.
    fn send(&self, tx: &mut Tx, letter: &Letter) -> Result<()>;
}

/// One letter, before it has words. Its texts stand in the theme under `mail-{kind}-…`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    pub kind: String,
    pub to: String,
    /// Whose account it is about, so that it is erased with them.
    pub person: Option<PersonId>,
    /// The code of the edition it was asked for in.
    pub edition: Option<String>,
    /// The asking browser's `Accept-Language`.
    pub wished: String,
    /// Where its button leads.
    pub link: Option<String>,
    /// What stands in its texts: `name`, `address`, …
    pub words: BTreeMap<String, String>,
}

impl Letter {
    pub fn new(kind: &str, to: &str, tongue: &Tongue) -> Self {
        Self {
            kind: kind.to_owned(),
            to: to.to_owned(),
            person: None,
            edition: tongue.edition.clone(),
            wished: tongue.wished.chars().take(200).collect(),
            link: None,
            words: BTreeMap::new(),
        }
    }

    #[must_use]
    pub fn about(mut self, person: Option<&PersonId>) -> Self {
        self.person = person.cloned();
        self
    }

    #[must_use]
    pub fn leading_to(mut self, link: String) -> Self {
        self.link = Some(link);
        self
    }

    #[must_use]
    pub fn word(mut self, key: &str, value: &str) -> Self {
        self.words.insert(key.to_owned(), value.to_owned());
        self
    }
}

/// Drops every letter: for tests and programs without mail.
pub struct NoPost;

impl Post for NoPost {
    fn send(&self, _: &mut Tx, _: &Letter) -> Result<()> {
        Ok(())
    }
}
