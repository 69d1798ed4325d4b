//! The second factor: codes of an authenticator app (RFC 6238), and the codes to fall back on.

use crate::event::Event;
use crate::limits::{RECOVERY_CHARACTERS, RECOVERY_CODES, STEP_S};
use crate::secret;
use base::db::{Query, Row, Tx};
use base::{Error, Result, clock, values};
use lexicon::{At, PersonId};

base::sql! {
    SET = "INSERT INTO people_totp (person, secret, confirmed_at, last_step) VALUES ($1, $2, $3, $4)
        ON CONFLICT (person) DO UPDATE SET secret = excluded.secret, confirmed_at = excluded.confirmed_at, last_step = excluded.last_step";
    FIND = "SELECT secret, last_step FROM people_totp WHERE person = $1";
    STEPPED = "UPDATE people_totp SET last_step = $1 WHERE person = $2 AND last_step < $3";
    REMOVE = "DELETE FROM people_totp WHERE person = $1";
    ENROL = "INSERT INTO people_enrolment (holder, person, secret, made_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (holder) DO NOTHING";
    ENROLLING = "SELECT secret FROM people_enrolment WHERE holder = $1 AND person = $2";
    ENROLLED = "DELETE FROM people_enrolment WHERE person = $1";
    FORGET_OLD = "DELETE FROM people_enrolment WHERE made_at < $1";
    ADD_RECOVERY = "INSERT INTO people_recovery (person, hash) VALUES ($1, $2)";
    USE_RECOVERY = "DELETE FROM people_recovery WHERE person = $1 AND hash = $2";
    REMOVE_RECOVERY = "DELETE FROM people_recovery WHERE person = $1";
    COUNT_RECOVERY = "SELECT COUNT(*) FROM people_recovery WHERE person = $1";
}

/// A person's confirmed second factor.
pub(crate) struct Totp;

impl Totp {
    pub fn is_on(db: &mut dyn Query, person: &PersonId) -> Result<bool> {
        Ok(db.one(FIND, values![person])?.is_some())
    }

    /// Whether this is a code of the person's app, not used before, or one of their recovery codes, which is then gone.
    pub fn accepts(tx: &mut Tx, person: &PersonId, code: &str) -> Result<bool> {
        let Some(row) = tx.one(FIND, values![person])? else {
            return Ok(false);
        };
        let mut columns = row.columns();
        let (secret, last_step): (Vec<u8>, i64) = (columns.next()?, columns.next()?);
        match step_of(&secret, code, tx.now()) {
            Some(_) if cfg!(feature = "planted-code-reused") => Ok(true),
            Some(step) if step > last_step => Ok(tx.execute(STEPPED, values![step, person, step])? > 0),
            Some(_) => Ok(false),
            None => Recovery::take(tx, person, code),
        }
    }

    /// Takes the second factor off, with everything around it.
    pub fn remove(tx: &mut Tx, person: &PersonId) -> Result<()> {
        for sql in [REMOVE, REMOVE_RECOVERY, ENROLLED] {
            tx.execute(sql, values![person])?;
        }
        Ok(())
    }
}

/// A second factor that is being set up: its secret belongs to one ticket or session and counts for nothing yet.
pub(crate) struct Enrolment;

impl Enrolment {
    /// The secret for this holder: the same one however often the page is shown.
    pub fn secret(tx: &mut Tx, holder: &str, person: &PersonId) -> Result<Vec<u8>> {
        let now = tx.now();
        tx.execute(FORGET_OLD, values![now.plus(-At::DAY)])?;
        tx.execute(ENROL, values![holder, person, clock::random_bytes(20), now])?;
        Self::find(tx, holder, person)?.ok_or_else(|| Error::internal("an enrolment of somebody else's"))
    }

    /// Takes the secret as the person's second factor when the app shows its code. Gives new recovery codes.
    pub fn confirm(tx: &mut Tx, holder: &str, person: &PersonId, code: &str) -> Result<Option<Vec<String>>> {
        let now = tx.now();
        let Some(secret) = Self::find(tx, holder, person)? else {
            return Ok(None);
        };
        let Some(step) = step_of(&secret, code, now) else {
            return Ok(None);
        };
        tx.execute(SET, values![person, secret, now, step])?;
        tx.execute(ENROLLED, values![person])?;
        Event::note(tx, "second_factor_set", person, Some(person), "")?;
        Recovery::renew(tx, person).map(Some)
    }

    fn find(db: &mut dyn Query, holder: &str, person: &PersonId) -> Result<Option<Vec<u8>>> {
        db.one(ENROLLING, values![holder, person])?
            .map(Row::only)
            .transpose()
    }
}

/// Codes for the day when the phone is gone. Each works once.
pub(crate) struct Recovery;

impl Recovery {
    /// Makes new codes; those of before are worth nothing any more.
    pub fn renew(tx: &mut Tx, person: &PersonId) -> Result<Vec<String>> {
        tx.execute(REMOVE_RECOVERY, values![person])?;
        let codes: Vec<String> = (0..RECOVERY_CODES)
            .map(|_| clock::random_base32(RECOVERY_CHARACTERS))
            .collect();
        for code in &codes {
            tx.execute(ADD_RECOVERY, values![person, secret::hash(code)])?;
        }
        Event::note(tx, "recovery_codes_made", person, Some(person), "")?;
        Ok(codes.iter().map(|code| grouped(code)).collect())
    }

    pub fn left(db: &mut dyn Query, person: &PersonId) -> Result<i64> {
        db.one(COUNT_RECOVERY, values![person])?.map_or(Ok(0), Row::only)
    }

    fn take(tx: &mut Tx, person: &PersonId, code: &str) -> Result<bool> {
        let bare = bare(code);
        let taken = bare.len() == RECOVERY_CHARACTERS
            && tx.execute(USE_RECOVERY, values![person, secret::hash(&bare)])? > 0;
        if taken {
            Event::note(tx, "recovery_code_used", person, Some(person), "")?;
        }
        Ok(taken)
    }
}

/// The step to which the code belongs, now or one step off (RFC 6238 §5.2).
fn step_of(secret: &[u8], code: &str, now: At) -> Option<i64> {
    let seconds = u64::try_from(now.0 / At::SECOND).ok()?;
    app(secret)?
        .check(&bare(code), seconds)
        .and_then(|step| i64::try_from(step).ok())
}

fn app(secret: &[u8]) -> Option<totp_rs::Totp> {
    let builder = totp_rs::Builder::new().with_secret(secret.to_vec());
    builder.with_step_duration(STEP_S.unsigned_abs()).build().ok()
}

/// The code that an app with this secret shows at a moment.
#[cfg(test)]
pub(crate) fn code_at(secret: &[u8], at: At) -> String {
    app(secret)
        .unwrap()
        .generate((at.0 / At::SECOND).unsigned_abs())
        .to_string()
}

/// As people read it: four by four.
pub(crate) fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

/// However it was typed: without spaces and hyphens, in lower case.
fn bare(code: &str) -> String {
    let counts = |c: &char| !c.is_whitespace() && *c != '-';
    code.chars()
        .filter(counts)
        .flat_map(char::to_lowercase)
        .take(64)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, the lower six digits of the SHA-1 rows.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = b"12345678901234567890";
        let rows = [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_234_567_890, "005924"),
            (20_000_000_000, "353130"),
        ];
        for (second, code) in rows {
            let at = At(second * At::SECOND);
            assert_eq!(code_at(secret, at), code);
            assert_eq!(step_of(secret, code, at), Some(second / STEP_S));
            assert_eq!(
                step_of(secret, &format!("{} {}", &code[..3], &code[3..]), at),
                Some(second / STEP_S)
            );
        }
    }

    #[test]
    fn a_code_is_good_one_step_early_or_late_and_no_more() {
        let secret = b"12345678901234567890";
        let at = At(1_111_111_109 * At::SECOND);
        let code = code_at(secret, at);
        let accepted = |steps: i64| step_of(secret, &code, at.plus(steps * STEP_S * At::SECOND)).is_some();
        assert_eq!(
            (-2..=2).map(accepted).collect::<Vec<_>>(),
            [false, true, true, true, false]
        );
    }

    #[test]
    fn a_recovery_code_may_be_typed_in_many_ways() {
        assert_eq!(grouped("abcdefgh2345"), "abcd-efgh-2345");
        assert_eq!(bare(" ABCD efgh-2345 "), "abcdefgh2345");
    }
}
