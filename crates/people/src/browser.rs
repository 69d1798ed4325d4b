//! Browsers in which somebody has signed in before. They open nothing; their guesses are counted apart, so that a flood of
//! guesses from elsewhere cannot keep the person out (OWASP's device cookies).

use crate::limits::BROWSER;
use crate::secret;
use base::db::{Query, Tx};
use base::{Result, values};
use lexicon::PersonId;

base::sql! {
    REMEMBER = "INSERT INTO people_browser (hash, person, made_at) VALUES ($1, $2, $3)";
    KNOWN = "SELECT person FROM people_browser WHERE hash = $1 AND person = $2 AND made_at > $3";
    FORGET_OLD = "DELETE FROM people_browser WHERE person = $1 AND made_at <= $2";
}

/// A browser's mark, as its cookie holds it.
pub(crate) struct Browser;

impl Browser {
    /// Remembers a browser in which this person has just signed in, and gives its secret.
    pub fn remember(tx: &mut Tx, person: &PersonId) -> Result<String> {
        let (mark, now) = (secret::draw(), tx.now());
        tx.execute(FORGET_OLD, values![person, now.plus(-BROWSER)])?;
        tx.execute(REMEMBER, values![secret::hash(&mark), person, now])?;
        Ok(mark)
    }

    /// Whether this person signed in here before.
    pub fn knows(tx: &mut Tx, mark: &str, person: &PersonId) -> Result<bool> {
        let since = tx.now().plus(-BROWSER);
        Ok(tx
            .one(KNOWN, values![secret::hash(mark), person, since])?
            .is_some())
    }
}
