//! Wrong guesses, counted in the database, so that no restart and no second node forgets them.
//!
//! A guess is taken before it is checked: of fifty at once each finds those before it counted.

use crate::limits::{ACCOUNT, MAIL_NETWORK, MAILBOX, NETWORK, Patience};
use base::db::{Query, Row, Tx};
use base::{Error, Result, values};
use lexicon::{At, PersonId};

base::sql! {
    FIND = "SELECT level, at FROM people_guess WHERE place = $1";
    PUT = "INSERT INTO people_guess (place, level, at) VALUES ($1, $2, $3)
        ON CONFLICT (place) DO UPDATE SET level = excluded.level, at = excluded.at";
    GIVE_BACK = "UPDATE people_guess SET level = level - 1 WHERE place = $1 AND level > 0";
    FORGET = "DELETE FROM people_guess WHERE place = $1";
    FORGET_OLD = "DELETE FROM people_guess WHERE at < $1";
}

/// Where guesses are counted.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    key: String,
    patience: Patience,
}

impl Place {
    /// A folded address, whether anybody has it or not. What was typed there may be anything, even a password: only its
    /// hash is kept.
    pub fn account(folded: &str) -> Self {
        let hash = blake3::hash(folded.as_bytes()).to_hex();
        Self::of(format!("account:{}", &hash[..32]), ACCOUNT)
    }

    /// A browser in which this account has signed in before: nobody elsewhere can use up its guesses.
    pub fn browser(mark: &str) -> Self {
        let hash = blake3::hash(mark.as_bytes()).to_hex();
        Self::of(format!("browser:{hash}"), ACCOUNT)
    }

    /// The second factor of a person.
    pub fn code(person: &PersonId) -> Self {
        Self::of(format!("code:{person}"), ACCOUNT)
    }

    pub fn network(neighbourhood: &str) -> Self {
        let key = format!("network:{neighbourhood}");
        Self {
            key,
            patience: NETWORK,
        }
    }

    /// Mail asked for to an address, whether anybody here has it or not.
    pub fn mailbox(folded: &str) -> Self {
        let (hash, patience) = (blake3::hash(folded.as_bytes()).to_hex(), MAILBOX);
        let key = format!("mailbox:{}", &hash[..32]);
        Self { key, patience }
    }

    /// Mail asked for from one network.
    pub fn mail_network(neighbourhood: &str) -> Self {
        let key = format!("mail:{neighbourhood}");
        Self {
            key,
            patience: MAIL_NETWORK,
        }
    }

    fn of(key: String, patience: Patience) -> Self {
        let free = if cfg!(feature = "planted-per-network-only") {
            i64::MAX
        } else {
            patience.free
        };
        Self {
            key,
            patience: Patience { free, ..patience },
        }
    }

    /// Takes one guess. Errors: `people.guesses` with the seconds to wait.
    pub fn take(&self, tx: &mut Tx) -> Result<()> {
        let now = tx.now();
        tx.execute(FORGET_OLD, values![now.plus(-2 * At::DAY)])?;
        let level = match tx.one(FIND, values![&self.key])? {
            Some(row) => self.patience.level(row, now)?,
            None => 0,
        };
        tx.execute(PUT, values![&self.key, level + 1, now]).map(|_| ())
    }

    /// It was right, so it was no guess.
    pub fn give_back(&self, tx: &mut Tx) -> Result<()> {
        tx.execute(GIVE_BACK, values![&self.key]).map(|_| ())
    }

    pub fn forget(&self, tx: &mut Tx) -> Result<()> {
        tx.execute(FORGET, values![&self.key]).map(|_| ())
    }
}

impl Patience {
    /// The guesses that still count, when another may be made now.
    fn level(self, row: Row, now: At) -> Result<i64> {
        let mut columns = row.columns();
        let (level, at): (i64, At) = (columns.next()?, columns.next()?);
        // A clock that was set back must not make anybody wait for years.
        let passed = (now.0 - at.0).max(0);
        let wait = self.wait(level).min(self.longest) - passed;
        if wait > 0 {
            return Err(Error::TooMany {
                code: "people.guesses",
                retry_after_s: u32::try_from(wait / At::SECOND + 1).unwrap_or(u32::MAX),
            });
        }
        Ok((level - passed / self.forgets).max(0))
    }

    fn wait(self, level: i64) -> i64 {
        match u32::try_from(level.saturating_sub(self.free)) {
            Ok(doublings) => At::SECOND << doublings.min(20),
            Err(_) => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::db::scratch::Scratch;

    /// Guesses as fast as it is let, for so many days; gives how many were taken on the worst day.
    fn worst_day(place: &Place, days: i64) -> usize {
        let scratch = Scratch::sqlite(&[&base::migrations()[..], crate::MIGRATIONS].concat());
        let mut taken: Vec<i64> = Vec::new();
        let end = scratch.clock.now().plus(days * At::DAY);
        while scratch.clock.now() < end {
            let place = place.clone();
            match scratch.db().write_blocking(move |tx| place.take(tx)) {
                Ok(()) => taken.push(scratch.clock.now().0),
                Err(Error::TooMany { retry_after_s, .. }) => {
                    scratch.clock.advance(i64::from(retry_after_s) * At::SECOND)
                }
                Err(error) => panic!("{error:?}"),
            }
        }
        let within = |from: &i64| {
            taken
                .iter()
                .filter(|at| (*from..from + At::DAY).contains(at))
                .count()
        };
        taken.iter().map(within).max().unwrap()
    }

    #[test]
    fn at_most_a_hundred_guesses_at_an_account_are_checked_in_any_day() {
        let worst = worst_day(&Place::account("ruth@example.org"), 3);
        assert!((20..=100).contains(&worst), "{worst}");
    }

    #[test]
    fn the_longest_wait_is_half_an_hour_and_ends() {
        let patience = ACCOUNT;
        let waits = (0..80).map(|level| patience.wait(level).min(patience.longest));
        assert_eq!(waits.max(), Some(30 * At::MINUTE));
        assert_eq!((patience.wait(4), patience.wait(5)), (0, At::SECOND));
    }
}
