//! Ids of blocks, and of the stories, pictures and notes a document points at.

use serde::{Deserialize, Serialize};

/// 1 to 64 characters of `A-Z a-z 0-9 _ -` (and `.` or `:` after the first): safe in an attribute, a URL and a file name.
/// The default is the empty one, which a block has before its document gives it a real one.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Id(String);

impl Id {
    /// `None` when the characters or the length are not those of an id.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        let mut bytes = text.bytes();
        let fits = text.len() <= 64
            && bytes.next().is_some_and(plain)
            && bytes.all(|byte| plain(byte) || byte == b'.' || byte == b':');
        fits.then(|| Self(text.to_owned()))
    }

    /// As it is written in JSON.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// An id made of what the block says and of how many equal ones came before it, so that the same document
    /// always gets the same ids and a paragraph keeps its own when another is put above it.
    pub(crate) fn of_content(hash: u64, nth: u32) -> Self {
        const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
        let mixed = mix(hash ^ (u64::from(nth) << 32));
        let letters = (0..8).map(|at| char::from(LETTERS[(mixed >> (5 * at)) as usize & 31]));
        Self(letters.collect())
    }
}

/// FNV-1a, the same on every machine and in every version of the compiler.
pub(crate) fn hash(content: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    content.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

/// The finaliser of SplitMix64: every bit of the hash reaches every bit of the id.
fn mix(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

impl TryFrom<String> for Id {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("markup.id: an id is 1 to 64 letters, digits, '_' or '-'")
    }
}

impl From<Id> for String {
    fn from(id: Id) -> Self {
        id.0
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}
