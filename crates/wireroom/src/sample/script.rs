//! The files of the sample newsroom, as they are written (`sample/README.md` describes them).

use base::{Error, Result};
use lexicon::{At, Slug};
use serde::{Deserialize, Deserializer};
use std::collections::HashMap;
use stories::Heading;

/// A text in each edition's language.
type Words = HashMap<String, String>;

#[derive(Deserialize)]
pub struct Newsroom {
    pub edition: Vec<EditionRow>,
    pub author: Vec<AuthorRow>,
    pub storyline: Vec<StorylineRow>,
}

#[derive(Deserialize)]
pub struct EditionRow {
    pub code: String,
    pub name: String,
    pub tagline: String,
    pub language: String,
    pub timezone: String,
    pub direction: String,
    pub section: Vec<HeadingRow>,
    pub topic: Vec<HeadingRow>,
}

#[derive(Deserialize)]
pub struct HeadingRow {
    pub slug: String,
    pub name: String,
    #[serde(default)]
    pub description: String,
}

impl HeadingRow {
    pub fn heading(&self) -> Result<Heading> {
        Ok(Heading {
            slug: Slug::parse(&self.slug)?,
            name: self.name.clone(),
            description: self.description.clone(),
        })
    }
}

#[derive(Deserialize)]
pub struct AuthorRow {
    pub key: String,
    pub name: Words,
    #[serde(default)]
    pub role: Words,
    #[serde(default)]
    pub bio: Words,
}

#[derive(Deserialize)]
pub struct StorylineRow {
    pub key: String,
    pub title: Words,
    #[serde(default)]
    pub entry: Vec<StorylineEntry>,
}

#[derive(Deserialize)]
pub struct StorylineEntry {
    pub date: Option<String>,
    #[serde(default, deserialize_with = "maybe_age")]
    pub ago: Option<i64>,
    pub text: Words,
}

impl StorylineEntry {
    /// The day that is named, or so long before the sample was loaded.
    pub fn at(&self, now: At) -> Result<At> {
        match (&self.date, self.ago) {
            (Some(date), _) => {
                At::parse(date).ok_or_else(|| Error::internal(format!("{date} is not a date")))
            }
            (None, Some(age)) => Ok(now.plus(-age)),
            (None, None) => Err(Error::internal("a storyline's entry needs a date or an age")),
        }
    }
}

#[derive(Deserialize)]
pub struct PictureSheet {
    pub picture: Vec<PictureRow>,
}

#[derive(Deserialize)]
pub struct PictureRow {
    pub key: String,
    #[serde(default)]
    pub credit: String,
    #[serde(default)]
    pub creator: String,
    #[serde(default)]
    pub alt: Words,
    #[serde(default)]
    pub caption: Words,
}

/// One story: front matter between `+++` lines, then its HTML.
#[derive(Deserialize)]
pub struct Script {
    #[serde(skip)]
    pub edition: String,
    #[serde(skip)]
    pub html: String,
    pub key: String,
    #[serde(default)]
    pub group: String,
    pub kind: String,
    pub section: String,
    #[serde(default)]
    pub topics: Vec<String>,
    #[serde(default)]
    pub authors: Vec<String>,
    #[serde(default)]
    pub agency: String,
    pub headline: String,
    #[serde(default)]
    pub kicker: String,
    #[serde(default)]
    pub standfirst: String,
    #[serde(default)]
    pub slugline: String,
    #[serde(default)]
    pub dateline: String,
    /// Microseconds before the sample is loaded; "2h 14m" in the file.
    #[serde(rename = "ago", deserialize_with = "age")]
    pub age: i64,
    #[serde(default, rename = "updated_ago", deserialize_with = "maybe_age")]
    pub updated_age: Option<i64>,
    pub storyline: Option<String>,
    #[serde(default)]
    pub picture: String,
    #[serde(default)]
    pub caption: String,
    #[serde(default)]
    pub source: Vec<SourceRow>,
    #[serde(default)]
    pub correction: Vec<CorrectionRow>,
    #[serde(default)]
    pub entry: Vec<EntryRow>,
    #[serde(default)]
    pub front: String,
    #[serde(default)]
    pub rank: i64,
    pub translation_of: Option<String>,
    #[serde(default)]
    pub stale: bool,
}

#[derive(Deserialize)]
pub struct SourceRow {
    pub name: String,
    pub kind: String,
    #[serde(default)]
    pub confidential: bool,
    #[serde(default)]
    pub chain: String,
    #[serde(default)]
    pub text: String,
}

#[derive(Deserialize)]
pub struct CorrectionRow {
    pub kind: String,
    #[serde(rename = "ago", deserialize_with = "age")]
    pub age: i64,
    pub note: String,
    pub before: String,
    pub after: String,
}

#[derive(Deserialize)]
pub struct EntryRow {
    #[serde(rename = "ago", deserialize_with = "age")]
    pub age: i64,
    #[serde(default)]
    pub headline: String,
    #[serde(default)]
    pub key_event: bool,
    #[serde(default)]
    pub pinned: bool,
    #[serde(default)]
    pub author: String,
    pub html: String,
}

impl Script {
    /// Reads a story's file.
    pub fn read(edition: &str, text: &str) -> Result<Self> {
        let refuse = || Error::internal("front matter must stand between two +++ lines");
        let rest = text.strip_prefix("+++\n").ok_or_else(refuse)?;
        let (matter, html) = rest.split_once("\n+++\n").ok_or_else(refuse)?;
        let mut script: Self = toml::from_str(matter).map_err(Error::internal)?;
        (script.edition, script.html) = (edition.to_owned(), html.to_owned());
        Ok(script)
    }
}

/// A standing page: its `<h1>` is the title, the rest its text.
pub fn page(html: &str) -> (String, &str) {
    let title = html
        .split_once("<h1>")
        .and_then(|(_, rest)| rest.split_once("</h1>"));
    match title {
        Some((title, rest)) => (title.trim().to_owned(), rest),
        None => (String::new(), html),
    }
}

pub(super) fn age<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.split_whitespace().try_fold(0, |sum, part| {
        let refuse = || serde::de::Error::custom(format!("{text:?} is not an age such as 2h 14m"));
        let (number, unit) = part.split_at(part.len() - 1);
        let number: i64 = number.parse().map_err(|_| refuse())?;
        let unit = match unit {
            "m" => At::MINUTE,
            "h" => At::HOUR,
            "d" => At::DAY,
            "w" => 7 * At::DAY,
            _ => return Err(refuse()),
        };
        Ok(sum + number * unit)
    })
}

fn maybe_age<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    age(deserializer).map(Some)
}
