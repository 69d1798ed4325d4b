//! Passkeys: keys that a person's device holds, and of which only the public half is here.

use base::db::{Query, Row, Tx};
use base::{Result, values};
use lexicon::{At, PersonId};

base::sql! {
    OF_PERSON = "SELECT id, name, made_at, used_at FROM people_passkey WHERE person = $1 ORDER BY made_at, id";
    FORGET_KEYS = "DELETE FROM people_passkey WHERE person = $1";
    FORGET_CHALLENGES = "DELETE FROM people_challenge WHERE person = $1";
}

/// One passkey, without its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Passkey {
    /// The credential's id, as base64url.
    pub id: String,
    pub name: String,
    pub made_at: At,
    pub used_at: Option<At>,
}

impl Passkey {
    pub fn of_person(db: &mut dyn Query, person: &PersonId) -> Result<Vec<Self>> {
        let rows = db.query(OF_PERSON, values![person])?;
        rows.into_iter().map(Self::from_row).collect()
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            id: columns.next()?,
            name: columns.next()?,
            made_at: columns.next()?,
            used_at: columns.next()?,
        })
    }
}

pub(crate) fn forget(tx: &mut Tx, person: &PersonId) -> Result<()> {
    tx.execute(FORGET_KEYS, values![person])?;
    tx.execute(FORGET_CHALLENGES, values![person]).map(|_| ())
}
