//! Passwords: what is a good one, and their hashes.

use crate::email::fold;
use crate::limits::{HASHES_AT_ONCE, HASHES_WAITING, PASSWORD_LONGEST, PASSWORD_SHORTEST};
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use base::db::{Query, Row, Tx};
use base::{Error, Result, clock, values};
use lexicon::PersonId;
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

base::sql! {
    SET = "INSERT INTO people_password (person, hash, set_at) VALUES ($1, $2, $3)
        ON CONFLICT (person) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at";
    FIND = "SELECT hash FROM people_password WHERE person = $1";
    REMOVE = "DELETE FROM people_password WHERE person = $1";
}

/// The stored password of a person.
pub(crate) struct Password;

impl Password {
    /// Keeps a hash that `password_hash` made.
    pub fn set(tx: &mut Tx, person: &PersonId, hash: &str) -> Result<()> {
        tx.execute(SET, values![person, hash, tx.now()]).map(|_| ())
    }

    pub fn hash_of(db: &mut dyn Query, person: &PersonId) -> Result<Option<String>> {
        db.one(FIND, values![person])?.map(Row::only).transpose()
    }

    pub fn remove(tx: &mut Tx, person: &PersonId) -> Result<()> {
        tx.execute(REMOVE, values![person]).map(|_| ())
    }
}

/// Checks a new password of which nothing more is known, and hashes it. Takes about 20 ms and 19 MiB.
/// Errors: as `check`.
pub fn password_hash(password: &str) -> Result<String> {
    check(password, &[])?;
    hash(&Cost::default(), password)
}

/// Whether it may be a password: long enough, and not what everybody tries first. `known` is what a stranger knows of the
/// person: their address and name. Errors: `people.password_short`, `people.password_long`, `people.password_common`.
pub(crate) fn check(password: &str, known: &[&str]) -> Result<()> {
    let refuse = |code, message: String| Err(Error::invalid("password", code, message));
    let length = password.nfc().count();
    if length < PASSWORD_SHORTEST {
        let message = format!("use at least {PASSWORD_SHORTEST} characters; a few words in a row are good");
        return refuse("people.password_short", message);
    }
    if length > PASSWORD_LONGEST {
        return refuse(
            "people.password_long",
            format!("use at most {PASSWORD_LONGEST} characters"),
        );
    }
    if is_common(password, known) {
        let message = "this is among the first that are tried; use a few words in a row".to_owned();
        return refuse("people.password_common", message);
    }
    Ok(())
}

/// Words of which the passwords that are tried first are made, once repetition, digits and signs at their ends are taken off.
const COMMON: &[&str] = &[
    "password",
    "passwort",
    "motdepasse",
    "contraseña",
    "contrasena",
    "пароль",
    "qwerty",
    "qwertz",
    "azerty",
    "qwertyuiop",
    "йцукен",
    "asdfghjkl",
    "zxcvbnm",
    "letmein",
    "welcome",
    "iloveyou",
    "administrator",
    "admin",
    "newsroom",
    "wireroom",
    "changeme",
    "default",
    "football",
    "baseball",
    "superman",
    "trustno1",
    "sunshine",
    "princess",
    "dragon",
    "monkey",
    "passw0rd",
    "p@ssword",
    "p@ssw0rd",
    "editor",
    "secret",
    "1q2w3e4r5t6y",
    "1qaz2wsx3edc",
    "correcthorsebatterystaple",
];

fn is_common(password: &str, known: &[&str]) -> bool {
    let folded = fold(password);
    let letters: HashSet<char> = folded.chars().collect();
    let bare = folded.trim_matches(|c: char| !c.is_alphabetic());
    let known = known.iter().map(|text| fold(text)).any(|text| {
        let local = text.split('@').next().unwrap_or_default();
        text == folded || text == bare || local == bare
    });
    known || letters.len() < 5 || is_run(&folded) || COMMON.iter().any(|word| is_made_of(&folded, bare, word))
}

/// The word, the word again and again, or the word between digits and signs.
fn is_made_of(folded: &str, bare: &str, word: &str) -> bool {
    let rest = folded.replace(word, "");
    bare == word
        || folded == word
        || rest.is_empty()
        || (rest.len() < folded.len() && !rest.contains(char::is_alphabetic))
}

/// `abcdefghijkl`, `1234567890123`: each character the next after the one before.
fn is_run(text: &str) -> bool {
    let next = |a: char, b: char| {
        matches!(u32::from(b).wrapping_sub(u32::from(a)), 0 | 1 | u32::MAX) || (a == '9' && b == '0')
    };
    text.chars().zip(text.chars().skip(1)).all(|(a, b)| next(a, b))
}

/// What a hash costs. OWASP's argon2id: 19 MiB, two passes, one lane.
#[derive(Clone, Debug)]
pub(crate) struct Cost(Params);

impl Default for Cost {
    fn default() -> Self {
        Self(Params::new(19 * 1024, 2, 1, None).unwrap_or(Params::DEFAULT))
    }
}

impl Cost {
    /// So little that thousands of sign-ins fit into a test.
    #[cfg(test)]
    pub fn small() -> Self {
        Self(Params::new(8, 1, 1, None).unwrap())
    }

    fn argon2(&self) -> Argon2<'static> {
        Argon2::new(Algorithm::Argon2id, Version::V0x13, self.0.clone())
    }
}

/// One text, however the keyboard composes its letters.
fn normal(password: &str) -> String {
    password.nfc().collect()
}

fn hash(cost: &Cost, password: &str) -> Result<String> {
    let salt = clock::random_bytes(16);
    let hashed = cost
        .argon2()
        .hash_password_with_salt(normal(password).as_bytes(), &salt);
    Ok(hashed.map_err(Error::internal)?.to_string())
}

/// Hashes passwords, at most two at once, away from the threads that serve.
#[derive(Clone)]
pub(crate) struct Hashing(Arc<Inner>);

struct Inner {
    cost: Cost,
    places: Semaphore,
    waiting: AtomicUsize,
    /// Stands in for the hash of somebody who is not there, so that they cost the same work.
    nobody: String,
    done: AtomicU64,
}

impl Hashing {
    pub fn new(cost: Cost) -> Self {
        Self(Arc::new(Inner {
            nobody: hash(&cost, &clock::random_base32(20)).unwrap_or_default(),
            places: Semaphore::new(HASHES_AT_ONCE),
            waiting: AtomicUsize::new(0),
            done: AtomicU64::new(0),
            cost,
        }))
    }

    /// Whether the password fits the hash. Without a hash it fits nothing, after the same work.
    pub async fn fits(&self, password: &str, stored: Option<String>) -> Result<bool> {
        let (known, inner) = (stored.is_some(), self.0.clone());
        if !known && cfg!(feature = "planted-early-return") {
            return Ok(false);
        }
        let stored = stored.unwrap_or_else(|| inner.nobody.clone());
        // Nobody's password is longer, and hashing a long text would be a way to keep us busy.
        let fits_at_all = password.chars().count() <= PASSWORD_LONGEST;
        let password: String = normal(password).chars().take(PASSWORD_LONGEST).collect();
        let fits = self.run(move || {
            let parsed = PasswordHash::new(&stored).map_err(Error::internal)?;
            Ok(inner
                .cost
                .argon2()
                .verify_password(password.as_bytes(), &parsed)
                .is_ok())
        });
        Ok(fits.await? && known && fits_at_all)
    }

    pub async fn hash(&self, password: &str) -> Result<String> {
        let (password, inner) = (password.to_owned(), self.0.clone());
        self.run(move || hash(&inner.cost, &password)).await
    }

    /// How many passwords were hashed so far.
    #[cfg(test)]
    pub fn done(&self) -> u64 {
        self.0.done.load(Ordering::SeqCst)
    }

    async fn run<T: Send + 'static>(&self, body: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let _waiting = Waiting::take(&self.0)?;
        let _place = self.0.places.acquire().await.map_err(Error::internal)?;
        self.0.done.fetch_add(1, Ordering::SeqCst);
        tokio::task::spawn_blocking(body).await.map_err(Error::internal)?
    }
}

/// A place in the queue before the hashing; given back when dropped.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn take(inner: &'a Inner) -> Result<Self> {
        let waiting = Self(&inner.waiting);
        if inner.waiting.fetch_add(1, Ordering::SeqCst) >= HASHES_WAITING {
            return Err(Error::Unavailable {
                code: "people.busy",
                retry_after_s: 2,
            });
        }
        Ok(waiting)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_counts_and_nothing_else_is_asked() {
        let good = [
            "all lower case words",
            "десять тысяч знаков",
            "一二三四五六七八九十甲乙",
            "    leading spaces",
        ];
        for password in good {
            assert!(check(password, &["ruth@example.org"]).is_ok(), "{password}");
        }
        assert!(check(&"abcdef".repeat(40)[..PASSWORD_LONGEST], &[]).is_ok());
    }

    #[test]
    fn one_past_each_limit_is_refused() {
        let code = |password: &str| check(password, &[]).unwrap_err().code();
        assert_eq!(code("elevenchars"), "people.password_short");
        assert_eq!(
            code(&"abcdef".repeat(40)[..=PASSWORD_LONGEST]),
            "people.password_long"
        );
    }

    #[test]
    fn what_is_tried_first_is_refused() {
        let common = [
            "password1234",
            "Password123!",
            "qwertyuiop123",
            "passwordpassword",
            "aaaaaaaaaaaaaa",
            "123456789012",
            "abcdefghijklm",
            "ababababababab",
            "Administrator1!",
            "ruth@example.org",
            "ruth.ellin1984",
            "пароль123456",
        ];
        for password in common {
            let refused = check(password, &["ruth@example.org", "ruth.ellin"]).map_err(|error| error.code());
            assert_eq!(refused, Err("people.password_common"), "{password}");
        }
    }

    #[test]
    fn a_password_fits_however_its_letters_are_composed() {
        let stored = hash(&Cost::small(), "пароль й для нас").unwrap();
        let parsed = PasswordHash::new(&stored).unwrap();
        let typed = normal("пароль и\u{306} для нас");
        assert!(
            Cost::small()
                .argon2()
                .verify_password(typed.as_bytes(), &parsed)
                .is_ok()
        );
        assert!(
            hash(&Cost::default(), "x")
                .unwrap()
                .starts_with("$argon2id$v=19$m=19456,t=2,p=1$")
        );
    }

    #[tokio::test]
    async fn one_more_than_may_wait_is_sent_away() {
        let hashing = Hashing::new(Cost::small());
        hashing.0.waiting.store(HASHES_WAITING - 1, Ordering::SeqCst);
        assert!(hashing.hash("the last place").await.is_ok());
        hashing.0.waiting.store(HASHES_WAITING, Ordering::SeqCst);
        assert_eq!(hashing.hash("one more").await.unwrap_err().code(), "people.busy");
    }
}
