//! Text: flat runs, each with the marks that lie on it.

use crate::{Href, Id};
use serde::{Deserialize, Serialize};

/// Runs in reading order. A line break is `"\n"` inside a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub Vec<Run>);

/// A stretch of text under the same marks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// The words. Never empty in a document that was read.
    pub text: String,
    /// What lies on them, in the order of [`Mark`], each kind of look once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
}

/// What can lie on a run. The order here is the order of nesting in HTML, outermost first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Mark {
    /// A newsroom's note. Never in public output.
    Note {
        /// Of the note.
        id: Id,
    },
    /// Who says so. The words are public, the attribution is the newsroom's.
    Source {
        /// Of the source, when it is one the newsroom keeps.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<Id>,
        /// Its name, when it has no record.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
    },
    /// A link.
    Link {
        /// Where it goes.
        href: Href,
        /// Advisory text.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
    },
    /// Another language than the document's (WCAG 3.1.2), or another direction.
    Lang {
        /// BCP 47; letters, digits and hyphens, 35 at most.
        lang: String,
        /// When the language does not tell.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        dir: Option<Dir>,
    },
    /// `<strong>`.
    Strong,
    /// `<em>`.
    Emphasis,
    /// `<s>`: no longer true. A deletion is [`crate::diff`]'s to show.
    Strike,
    /// `<code>`.
    Code,
    /// `<sub>`.
    Sub,
    /// `<sup>`.
    Sup,
}

/// Direction of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dir {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
    /// By the first strong letter.
    Auto,
}

impl Text {
    /// One run without marks; none when there are no words.
    pub fn plain(text: &str) -> Self {
        if text.is_empty() {
            Self::default()
        } else {
            Self(vec![Run {
                text: text.to_owned(),
                marks: Vec::new(),
            }])
        }
    }

    /// The words without their marks.
    pub fn words(&self) -> String {
        self.0.iter().map(|run| run.text.as_str()).collect()
    }

    /// Whether there is nothing to read.
    pub fn is_blank(&self) -> bool {
        self.0.iter().all(|run| run.text.trim().is_empty())
    }

    /// What stands between blank lines (`"\n\n"`), each with its marks; a text without words has none.
    pub(crate) fn paragraphs(&self) -> Vec<Self> {
        let mut found = vec![Self::default()];
        for run in &self.0 {
            for (at, part) in run.text.split("\n\n").enumerate() {
                if at > 0 {
                    found.push(Self::default());
                }
                if let Some(last) = found.last_mut() {
                    last.push(part, &run.marks);
                }
            }
        }
        found.retain(|text| !text.0.is_empty());
        found
    }

    /// Puts `other` after it, `between` the two when both have words.
    pub(crate) fn join(&mut self, between: &str, other: Self) {
        if !self.0.is_empty() && !other.0.is_empty() {
            self.push(between, &[]);
        }
        self.0.extend(other.0);
    }

    /// Adds to the last run when the marks are the same.
    pub(crate) fn push(&mut self, text: &str, marks: &[Mark]) {
        match self.0.last_mut() {
            Some(run) if run.marks == marks => run.text.push_str(text),
            _ if text.is_empty() => {}
            _ => self.0.push(Run {
                text: text.to_owned(),
                marks: marks.to_vec(),
            }),
        }
    }
}

impl Dir {
    /// As in the `dir` attribute.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
            Self::Auto => "auto",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        [Self::Ltr, Self::Rtl, Self::Auto]
            .into_iter()
            .find(|dir| text.eq_ignore_ascii_case(dir.as_str()))
    }
}

/// Whether it can be a language tag (BCP 47 by its characters and length, not by its registry).
pub(crate) fn is_lang(text: &str) -> bool {
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=35).contains(&text.len()) && text.bytes().all(sound) && text.as_bytes()[0].is_ascii_alphabetic()
}
