//! Time and randomness, the only place that has either.

use lexicon::{AssetId, At, MessageId, PersonId, StoryId};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Tells the time; frozen in tests. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Frozen(Arc<AtomicI64>),
}

impl Clock {
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still until `advance`.
    pub fn frozen(at: At) -> Self {
        Self(Source::Frozen(Arc::new(AtomicI64::new(at.0))))
    }

    #[expect(clippy::disallowed_methods, reason = "this is base::clock")]
    pub fn now(&self) -> At {
        match &self.0 {
            Source::System => At(jiff::Timestamp::now().as_microsecond()),
            Source::Frozen(at) => At(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a frozen clock; the system's own cannot be moved.
    pub fn advance(&self, micros: i64) {
        if let Source::Frozen(at) = &self.0 {
            at.fetch_add(micros, Ordering::SeqCst);
        }
    }

    pub fn is_frozen(&self) -> bool {
        matches!(self.0, Source::Frozen(_))
    }

    /// A UUID whose order follows this clock (RFC 9562, version 7).
    pub fn uuid(&self) -> uuid::Uuid {
        let at = self.now().0.max(0);
        let (seconds, micros) = (at.div_euclid(1_000_000) as u64, at.rem_euclid(1_000_000) as u32);
        uuid::Uuid::new_v7(uuid::Timestamp::from_unix(
            uuid::NoContext,
            seconds,
            micros * 1000,
        ))
    }

    pub fn person_id(&self) -> PersonId {
        typed(PersonId::parse, || self.uuid().to_string())
    }
}

/// Random text of lower-case base32, five bits a character.
pub fn random_base32(characters: usize) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let bytes = random_bytes(characters);
    bytes
        .iter()
        .map(|b| ALPHABET[usize::from(b & 31)] as char)
        .collect()
}

/// Random bytes from the operating system's generator.
pub fn random_bytes(count: usize) -> Vec<u8> {
    let mut bytes = vec![0; count];
    rand::Rng::fill_bytes(&mut rand::rng(), &mut bytes);
    bytes
}

/// A new story's id (60 random bits).
pub fn story_id() -> StoryId {
    typed(StoryId::parse, || random_base32(12))
}

/// A new asset's id (130 random bits): not to be guessed before publication.
pub fn asset_id() -> AssetId {
    typed(AssetId::parse, || random_base32(26))
}

/// A new message's id (80 random bits).
pub fn message_id() -> MessageId {
    typed(MessageId::parse, || random_base32(16))
}

fn typed<T, E>(parse: impl Fn(&str) -> Result<T, E>, draw: impl Fn() -> String) -> T {
    loop {
        if let Ok(id) = parse(&draw()) {
            return id;
        }
    }
}
