//! The document itself: a version and its blocks.

use crate::{Block, Error, Kind, Text, json, settle};
use serde::{Deserialize, Deserializer, Serialize};

/// The version of the format that this crate reads and writes.
pub const VERSION: u32 = 1;

/// The body of a story.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Document {
    /// Always [`VERSION`].
    pub version: u32,
    /// In reading order.
    pub blocks: Vec<Block>,
}

impl Document {
    /// Settles blocks into a document: runs with equal marks become one, control characters go, and every block
    /// without an id gets one that depends on nothing but what the document says.
    pub fn new(blocks: Vec<Block>) -> Self {
        let mut document = Self {
            version: VERSION,
            blocks,
        };
        settle::settle(&mut document);
        document
    }

    /// Reads what somebody sent. The errors are those of [`Error`]; nothing is dropped silently.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        json::read(text)
    }

    /// As it is stored. [`Document::from_json`] reads the same document back.
    pub fn to_json(&self) -> String {
        // Writing strings and numbers to memory has no way to fail, so there is no error to pass on.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Every block, those inside others after the one they are in.
    pub fn walk(&self) -> impl Iterator<Item = &Block> {
        let mut left: Vec<&Block> = self.blocks.iter().rev().collect();
        std::iter::from_fn(move || {
            let block = left.pop()?;
            left.extend(block.inner().iter().rev());
            Some(block)
        })
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }
}

impl Default for Document {
    fn default() -> Self {
        Self {
            version: VERSION,
            blocks: Vec::new(),
        }
    }
}

impl<'de> Deserialize<'de> for Document {
    /// Only from JSON: a document is read from its text, so that unknown blocks keep theirs.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let raw = Box::<serde_json::value::RawValue>::deserialize(from)?;
        Self::from_json(raw.get()).map_err(serde::de::Error::custom)
    }
}

impl Block {
    /// The blocks inside it; empty for most.
    pub fn inner(&self) -> &[Block] {
        match &self.kind {
            Kind::Callout(callout) => &callout.blocks,
            Kind::Entry(entry) => &entry.blocks,
            _ => &[],
        }
    }

    pub(crate) fn inner_mut(&mut self) -> Option<&mut Vec<Block>> {
        match &mut self.kind {
            Kind::Callout(callout) => Some(&mut callout.blocks),
            Kind::Entry(entry) => Some(&mut entry.blocks),
            _ => None,
        }
    }

    /// The texts of the block itself, in reading order, without those of inner blocks.
    pub fn texts(&self) -> Vec<&Text> {
        self.kind.texts()
    }
}

impl Kind {
    pub(crate) fn texts(&self) -> Vec<&Text> {
        match self {
            Self::Paragraph(it) => vec![&it.text],
            Self::Heading(it) => vec![&it.text],
            Self::List(it) => it.texts(),
            Self::Quote(it) | Self::PullQuote(it) => vec![&it.text, &it.cite],
            Self::Picture(it) => vec![&it.caption],
            Self::Gallery(it) => it
                .pictures
                .iter()
                .map(|picture| &picture.caption)
                .chain([&it.caption])
                .collect(),
            Self::Table(it) => [&it.caption]
                .into_iter()
                .chain(it.rows.iter().flatten().map(|cell| &cell.text))
                .collect(),
            Self::Callout(it) => vec![&it.title],
            _ => Vec::new(),
        }
    }
}

impl Kind {
    /// The word of `type`.
    pub fn word(&self) -> &str {
        match self {
            Self::Paragraph(_) => "paragraph",
            Self::Heading(_) => "heading",
            Self::List(_) => "list",
            Self::Quote(_) => "quote",
            Self::PullQuote(_) => "pull_quote",
            Self::Picture(_) => "picture",
            Self::Gallery(_) => "gallery",
            Self::Embed(_) => "embed",
            Self::Table(_) => "table",
            Self::Callout(_) => "callout",
            Self::Related(_) => "related",
            Self::Entry(_) => "entry",
            Self::File(_) => "file",
            Self::Divider => "divider",
            Self::Storyline(_) => "storyline",
            Self::Code(_) => "code",
            Self::Unknown(it) => &it.word,
        }
    }
}

impl crate::List {
    fn texts(&self) -> Vec<&Text> {
        let mut found = Vec::new();
        for item in &self.items {
            found.push(&item.text);
            found.extend(item.list.iter().flat_map(Self::texts));
        }
        found
    }
}
