//! The ordered lists of records.

use crate::{EditionCode, Malformed, StoryId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// An ordered, gap-free list of journal records.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stream {
    /// One record per public act; page store, search and the other followers read it.
    Public,
    /// What the desk sees. Not readable through the public connection.
    Desk,
    /// What the readers of one edition see live.
    Edition(EditionCode),
    /// The entries of one story's live coverage.
    Live(StoryId),
    /// The messages of one story's room.
    Room(StoryId),
}

impl Stream {
    /// Whether the public connection may read this stream.
    pub fn is_public(&self) -> bool {
        !matches!(self, Self::Desk)
    }

    /// Whether readers may subscribe to it; the followers' own stream is not for them.
    pub fn is_for_readers(&self) -> bool {
        matches!(self, Self::Edition(_) | Self::Live(_) | Self::Room(_))
    }
}

impl fmt::Display for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Public => f.write_str("public"),
            Self::Desk => f.write_str("desk"),
            Self::Edition(code) => write!(f, "edition:{code}"),
            Self::Live(story) => write!(f, "live:{story}"),
            Self::Room(story) => write!(f, "room:{story}"),
        }
    }
}

impl std::str::FromStr for Stream {
    type Err = Malformed;
    fn from_str(text: &str) -> Result<Self, Malformed> {
        match text.split_once(':') {
            None if text == "public" => Ok(Self::Public),
            None if text == "desk" => Ok(Self::Desk),
            Some(("edition", code)) => EditionCode::parse(code).map(Self::Edition),
            Some(("live", story)) => StoryId::parse(story).map(Self::Live),
            Some(("room", story)) => StoryId::parse(story).map(Self::Room),
            _ => Err(Malformed("stream")),
        }
    }
}

impl Serialize for Stream {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Stream {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
