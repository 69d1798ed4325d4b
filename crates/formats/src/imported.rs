//! What every import format ends as: one shape of story, one shape of refusal.

use crate::moment::Micros;
use serde_json::{Map, Value};
use std::fmt;

/// One story or page taken from an export. Texts are as the export has them: HTML is *not* yet safe to show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    /// The id within the export; the same export read twice gives the same ids.
    pub external_id: String,
    pub kind: Kind,
    pub status: Status,
    /// Plain text. May be empty (warning `title.missing`).
    pub title: String,
    pub body: Body,
    /// A summary, plain text or HTML as the export had it.
    pub excerpt: Option<String>,
    /// The old public address, for redirects.
    pub url: Option<String>,
    pub slug: Option<String>,
    /// As written in the export (`en`, `en-US`, `en_US`, `srp-Cyrl`, …).
    pub language: Option<String>,
    /// Items with the same group are translations of one story.
    pub group: Option<String>,
    pub published_at: Option<Micros>,
    pub modified_at: Option<Micros>,
    pub authors: Vec<ImportedAuthor>,
    /// Sections or categories, the main one first.
    pub sections: Vec<Term>,
    pub tags: Vec<Term>,
    pub source: Option<String>,
    pub dateline: Option<String>,
    /// The featured picture.
    pub picture: Option<ImportedPicture>,
    pub comments: Vec<ImportedComment>,
    /// What was taken with a loss, or needs a look.
    pub warnings: Vec<Warning>,
    /// What the export had besides: custom fields, kept as they are.
    pub extra: Map<String, Value>,
}

impl Imported {
    /// Adds a warning with a stable code.
    pub(crate) fn warn(&mut self, code: &'static str, text: impl Into<String>) {
        self.warnings.push(Warning {
            code,
            text: text.into(),
        });
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Post,
    Page,
}

/// Where the item stood in its old home. What a format does not say plainly is `Draft`, never `Published`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    Published,
    Scheduled,
    #[default]
    Draft,
    /// Waiting for review.
    Pending,
    /// Not for the public: private, behind a password, or for paying members.
    Private,
    Trash,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// HTML as the old site had it.
    Html(String),
    /// Plain text; blank lines part paragraphs.
    Text(String),
    /// One sentence each.
    Sentences(Vec<String>),
}

impl Default for Body {
    fn default() -> Self {
        Self::Html(String::new())
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportedAuthor {
    pub name: String,
    /// The login or slug of the old site.
    pub slug: Option<String>,
    pub email: Option<String>,
}

impl ImportedAuthor {
    /// An author of whom only the name is known.
    pub(crate) fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }
}

/// A section, category or tag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    pub name: String,
    pub slug: Option<String>,
}

impl Term {
    /// A term of which only the name is known.
    pub(crate) fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            slug: None,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportedPicture {
    /// Empty when only [`ImportedPicture::attachment`] is known.
    pub url: String,
    /// The attachment's id in the export, for formats that keep pictures apart (WXR).
    pub attachment: Option<String>,
    pub alt: Option<String>,
    /// Plain text or HTML as the export had it.
    pub caption: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportedComment {
    pub external_id: String,
    /// The comment this one answers.
    pub parent: Option<String>,
    pub author: String,
    pub author_email: Option<String>,
    pub author_url: Option<String>,
    pub posted_at: Option<Micros>,
    pub body_html: String,
    pub state: CommentState,
    /// `comment`, `pingback`, `trackback`, or what the export says.
    pub kind: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CommentState {
    Approved,
    #[default]
    Held,
    Spam,
    Trash,
}

/// Something taken with a loss, with a stable code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    pub code: &'static str,
    pub text: String,
}

/// Something not taken, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What it was: an id, a title, or `line 12`; empty when the whole input is meant.
    pub item: String,
    /// Stable, `format.reason`: `jsonl.no_id`, `wxr.attachment`, `xml.doctype`.
    pub code: &'static str,
    /// For a person.
    pub reason: String,
    pub place: Place,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.reason, self.code)?;
        if self.place != Place::default() {
            write!(f, ", {}", self.place)?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}

/// Where in the input: as much of it as the format can tell. Lines and columns count from 1, bytes from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub line: Option<u64>,
    pub column: Option<u64>,
    pub byte: Option<u64>,
}

impl Place {
    /// A place known by its line only.
    pub(crate) fn line(line: u64) -> Self {
        Self {
            line: Some(line),
            ..Self::default()
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [("line", self.line), ("column", self.column), ("byte", self.byte)];
        let known = parts
            .iter()
            .filter_map(|(name, at)| at.map(|at| format!("{name} {at}")));
        f.write_str(&known.collect::<Vec<_>>().join(", "))
    }
}
