//! Typed ids. A text becomes an id only through `parse`, so a forged one stops at the door.

use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// The text is not an id of this kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed(pub &'static str);

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a valid {}", self.0)
    }
}

impl std::error::Error for Malformed {}

macro_rules! typed_id {
    ($(#[$doc:meta])* $name:ident, $word:literal, $valid:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Checks the text and takes it as an id.
            pub fn parse(text: &str) -> Result<Self, Malformed> {
                let valid: fn(&str) -> bool = $valid;
                if valid(text) { Ok(Self(text.to_owned())) } else { Err(Malformed($word)) }
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = Malformed;
            fn from_str(text: &str) -> Result<Self, Malformed> {
                Self::parse(text)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}

typed_id! {
    /// A story: 12 random characters of lower-case base32 (60 bits), shown in its URL.
    /// Neither order nor count can be read from it.
    StoryId, "story id", |t| t.len() == 12 && t.bytes().all(is_base32)
}
typed_id! {
    /// A picture or other file: 26 random characters of lower-case base32 (128 bits), so that it cannot be guessed before publication.
    AssetId, "asset id", |t| t.len() == 26 && t.bytes().all(is_base32)
}
typed_id! {
    /// A person: a UUID in its hyphenated form.
    PersonId, "person id", |t| t.len() == 36 && t.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}
typed_id! {
    /// A message in a room: 16 random characters of lower-case base32, shown in permalinks.
    MessageId, "message id", |t| t.len() == 16 && t.bytes().all(is_base32)
}
typed_id! {
    /// An edition's code, the first part of every URL: 2 to 16 of `a-z 0-9 -`, beginning with a letter (BCP 47 tags in lower case fit).
    EditionCode, "edition code", |t| (2..=16).contains(&t.len()) && t.starts_with(|c: char| c.is_ascii_lowercase()) && is_slug(t)
}
typed_id! {
    /// The name of a section, topic or author in URLs: 1 to 80 of `a-z 0-9 -`.
    Slug, "slug", |t| (1..=80).contains(&t.len()) && is_slug(t)
}

fn is_base32(byte: u8) -> bool {
    byte.is_ascii_lowercase() || (b'2'..=b'7').contains(&byte)
}

fn is_slug(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    text.bytes().all(plain) && !text.starts_with('-') && !text.ends_with('-')
}
