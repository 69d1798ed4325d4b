//! Who did what, and when: rows that are only ever added.

use crate::secret;
use base::db::{Query, Row, Tx};
use base::{Result, values};
use lexicon::{At, PersonId};
use serde::Serialize;

base::sql! {
    NOTE = "INSERT INTO people_event (at, id, what, person, by_person, detail) VALUES ($1, $2, $3, $4, $5, $6)";
    OF_PERSON = "SELECT at, what, by_person, detail FROM people_event WHERE person = $1 ORDER BY at DESC, id LIMIT $2";
}

/// One act that concerns somebody's account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    pub at: At,
    /// `signed_in`, `role_changed`, `token_made` …
    pub what: String,
    /// Who did it; `None` for the command line.
    pub by: Option<PersonId>,
    pub detail: String,
}

impl Event {
    /// Leaves a row about an act of this transaction.
    pub(crate) fn note(
        tx: &mut Tx,
        what: &str,
        person: &PersonId,
        by: Option<&PersonId>,
        detail: &str,
    ) -> Result<()> {
        let (now, id) = (tx.now(), secret::id());
        tx.execute(NOTE, values![now, id, what, person, by, detail])
            .map(|_| ())
    }

    /// What happened to a person's account, newest first.
    pub fn of_person(db: &mut dyn Query, person: &PersonId, limit: usize) -> Result<Vec<Self>> {
        let rows = db.query(OF_PERSON, values![person, limit])?;
        rows.into_iter().map(Self::from_row).collect()
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            at: columns.next()?,
            what: columns.next()?,
            by: columns.next()?,
            detail: columns.next()?,
        })
    }
}
