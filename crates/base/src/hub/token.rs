//! The `id:` of an event: where every stream of the connection stands, as one opaque text.
//!
//! `epoch.tag-seq.tag-seq…`, the tags in the order of the connection's streams. It says positions only; which streams
//! are read is said by the URL alone, so a forged token can do no more than ask for a reset.

use lexicon::Stream;
use std::fmt::Write;

/// The longest text that is looked at, in bytes: an epoch and 16 positions fit.
const MAX_TOKEN_BYTES: usize = 512;

/// Six base32 characters of BLAKE3 of a stream's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tag([u8; 6]);

impl Tag {
    pub fn of(stream: &Stream) -> Self {
        let hash = blake3::hash(stream.to_string().as_bytes());
        Self(base32(hash.as_bytes()))
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// What a client says it has seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    epoch: String,
    positions: Vec<(String, i64)>,
}

impl Token {
    /// Reads a token; `None` when it is not one.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > MAX_TOKEN_BYTES {
            return None;
        }
        let mut parts = text.split('.');
        let epoch = parts.next().filter(|epoch| is_word(epoch))?.to_owned();
        let positions: Vec<_> = parts.map(position).collect::<Option<_>>()?;
        (!positions.is_empty()).then_some(Self { epoch, positions })
    }

    pub fn epoch(&self) -> &str {
        &self.epoch
    }

    /// The position of each stream, in the streams' own order; `None` when one is not told.
    /// Two streams whose tags are equal find theirs by that order.
    pub fn positions_of(&self, tags: &[Tag]) -> Option<Vec<i64>> {
        let mut left: Vec<_> = self.positions.iter().collect();
        let mut take = |tag: &Tag| {
            let at = left.iter().position(|(name, _)| name == tag.as_str())?;
            Some(left.remove(at).1)
        };
        tags.iter().map(&mut take).collect()
    }

    /// Every tag that is told, asked for or not.
    #[cfg(feature = "planted-unsigned-cursor")]
    pub fn tags(&self) -> impl Iterator<Item = (&str, i64)> {
        self.positions.iter().map(|(tag, seq)| (tag.as_str(), *seq))
    }
}

/// Appends the token of these positions.
pub(crate) fn write_token(out: &mut String, epoch: &str, positions: impl Iterator<Item = (Tag, i64)>) {
    out.push_str(epoch);
    for (tag, seq) in positions {
        // Writing to a String cannot fail.
        let _ = write!(out, ".{}-{seq}", tag.as_str());
    }
}

/// An epoch as it may stand in a token: itself when it is a short word, else its hash.
pub(crate) fn epoch_word(epoch: &str) -> String {
    if is_word(epoch) {
        return epoch.to_owned();
    }
    let hash: [u8; 10] = base32(blake3::hash(epoch.as_bytes()).as_bytes());
    hash.iter().map(|byte| char::from(*byte)).collect()
}

fn is_word(text: &str) -> bool {
    (1..=16).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

fn position(part: &str) -> Option<(String, i64)> {
    let (tag, seq) = part.split_once('-')?;
    let digits = (1..=18).contains(&seq.len()) && seq.bytes().all(|b| b.is_ascii_digit());
    let seq = seq.parse().ok().filter(|_| digits)?;
    (tag.len() == 6 && is_word(tag)).then(|| (tag.to_owned(), seq))
}

fn base32<const N: usize>(bytes: &[u8]) -> [u8; N] {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut text = [b'a'; N];
    for (character, byte) in text.iter_mut().zip(bytes) {
        *character = ALPHABET[usize::from(byte & 31)];
    }
    text
}
