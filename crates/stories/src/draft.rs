//! What a story says: everything a writer can change, checked when it comes in.

use base::{Error, Result};
use lexicon::{AssetId, CorrectionKind, EditionCode, Level, Slug, SourceKind, StoryId, StoryKind};
use markup::Document;
use serde::{Deserialize, Serialize};

/// The content of one version of a story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub edition: EditionCode,
    pub section: Slug,
    pub kind: StoryKind,
    pub headline: String,
    #[serde(default)]
    pub kicker: String,
    #[serde(default)]
    pub standfirst: String,
    /// The desk's name for the story; never shown to readers.
    #[serde(default)]
    pub slugline: String,
    #[serde(default)]
    pub dateline: String,
    /// Free text, when the writers have no profile: "By our correspondent in Lorne".
    #[serde(default)]
    pub byline: String,
    #[serde(default)]
    pub authors: Vec<Slug>,
    #[serde(default)]
    pub agency: String,
    #[serde(default)]
    pub topics: Vec<Slug>,
    /// BCP 47.
    pub language: String,
    pub body: Document,
    #[serde(default)]
    pub sources: Vec<Source>,
    #[serde(default)]
    pub picture: Option<Picture>,
    #[serde(default = "routine")]
    pub level: Level,
    /// A live coverage that has ended.
    #[serde(default)]
    pub closed: bool,
    #[serde(default)]
    pub storyline: Option<Slug>,
    /// Stories with the same text here are translations of one another.
    #[serde(default)]
    pub translations: Option<String>,
    #[serde(default)]
    pub original: Option<Original>,
    #[serde(default)]
    pub external_id: Option<String>,
    /// What an import brought that has no place of its own; kept as it was.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

fn routine() -> Level {
    Level::Routine
}

/// The lead picture. Caption and credit given here win over the asset's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    pub asset: AssetId,
    #[serde(default)]
    pub alt: String,
    #[serde(default)]
    pub caption: String,
    #[serde(default)]
    pub credit: String,
}

/// Who said it, and how we know. A confidential name never leaves the desk's tables.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    pub name: String,
    pub kind: SourceKind,
    #[serde(default)]
    pub confidential: bool,
    /// Through whom it reached us: "via the Harbour Gazette".
    #[serde(default)]
    pub chain: String,
    /// What rests on it.
    #[serde(default)]
    pub text: String,
}

/// The story that this one translates, and the public version it was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Original {
    pub story: StoryId,
    pub version: i64,
}

/// What is stored of a draft: itself and its body as JSON, and how many words readers have before them.
pub(crate) struct Written {
    pub draft: String,
    pub body: String,
    pub words: usize,
}

impl Written {
    pub fn of(draft: &Draft) -> Result<Self> {
        Ok(Self {
            draft: serde_json::to_string(draft)?,
            body: draft.body.for_readers().to_json(),
            words: draft.body.words() as usize,
        })
    }
}

/// Why a version came into being.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    Made,
    Saved,
    Corrected(CorrectionKind),
    Imported,
    /// Kept while somebody writes: it may still lack a headline, and the next one of the same ten minutes takes its place.
    Autosaved,
    /// An older version brought back.
    Restored,
}

impl Why {
    /// Whether the text may be unfinished. It is asked again before it is published.
    pub fn is_rough(self) -> bool {
        matches!(self, Self::Autosaved | Self::Restored)
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::Saved => "saved",
            Self::Corrected(kind) => kind.as_str(),
            Self::Imported => "imported",
            Self::Autosaved => "autosaved",
            Self::Restored => "restored",
        }
    }
}

/// Longest texts, in characters.
const HEADLINE: usize = 300;
const LINE: usize = 1_000;
const PARAGRAPH: usize = 4_000;
const LISTED: usize = 100;

impl Draft {
    /// A story of which nothing is written yet.
    pub fn blank(edition: EditionCode, section: Slug, language: String) -> Self {
        Self {
            edition,
            section,
            kind: StoryKind::News,
            headline: String::new(),
            kicker: String::new(),
            standfirst: String::new(),
            slugline: String::new(),
            dateline: String::new(),
            byline: String::new(),
            authors: Vec::new(),
            agency: String::new(),
            topics: Vec::new(),
            language,
            body: Document::default(),
            sources: Vec::new(),
            picture: None,
            level: Level::Routine,
            closed: false,
            storyline: None,
            translations: None,
            original: None,
            external_id: None,
            extra: serde_json::Map::new(),
        }
    }

    /// Refuses a story without a headline: nobody could list it.
    pub fn is_named(&self) -> Result<()> {
        if self.headline.trim().is_empty() {
            let message = "a story needs a headline";
            return Err(Error::invalid("headline", "stories.headline", message));
        }
        Ok(())
    }

    /// Refuses what cannot be a story. The error names the field.
    pub fn check(&self) -> Result<()> {
        line("headline", &self.headline, HEADLINE)?;
        line("standfirst", &self.standfirst, PARAGRAPH)?;
        for (field, text) in [
            ("kicker", &self.kicker),
            ("slugline", &self.slugline),
            ("dateline", &self.dateline),
            ("byline", &self.byline),
            ("agency", &self.agency),
        ] {
            line(field, text, LINE)?;
        }
        line(
            "external_id",
            self.external_id.as_deref().unwrap_or_default(),
            LINE,
        )?;
        language(&self.language)?;
        for (field, count) in [
            ("topics", self.topics.len()),
            ("authors", self.authors.len()),
            ("sources", self.sources.len()),
        ] {
            if count > LISTED {
                return Err(Error::invalid(
                    field,
                    "stories.too_many",
                    format!("at most {LISTED}"),
                ));
            }
        }
        self.sources.iter().try_for_each(Source::check)
    }

    /// The last part of the story's URL before its id: the headline in ASCII.
    pub fn slug(&self) -> String {
        slug(&self.headline, "story")
    }

    /// The body as readers get it.
    pub fn public_body(&self) -> std::borrow::Cow<'_, Document> {
        if cfg!(feature = "planted-source-in-text") {
            return std::borrow::Cow::Borrowed(&self.body);
        }
        self.body.for_readers()
    }

    /// As [`Self::public_body`], in JSON.
    pub fn body_json(&self) -> Result<String> {
        Ok(self.public_body().to_json())
    }
}

impl Source {
    fn check(&self) -> Result<()> {
        line("sources.name", &self.name, LINE)?;
        line("sources.chain", &self.chain, LINE)?;
        line("sources.text", &self.text, PARAGRAPH)
    }
}

/// ASCII words of a text joined by hyphens, at most 60 characters; `fallback` when nothing is left.
pub fn slug(text: &str, fallback: &str) -> String {
    let mut slug = String::new();
    for word in deunicode::deunicode(text).split(|c: char| !c.is_ascii_alphanumeric()) {
        if word.is_empty() || slug.len() + word.len() > 60 {
            continue;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word.to_ascii_lowercase());
    }
    if slug.is_empty() {
        fallback.to_owned()
    } else {
        slug
    }
}

fn line(field: &str, text: &str, longest: usize) -> Result<()> {
    if text.chars().count() > longest {
        return Err(Error::invalid(
            field,
            "stories.too_long",
            format!("at most {longest} characters"),
        ));
    }
    without_controls(field, text)
}

/// Refuses what no feed may carry (XML 1.0 §2.2) and what would move the cursor of a terminal.
pub(crate) fn without_controls(field: &str, text: &str) -> Result<()> {
    let refused = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    if text.chars().any(refused) && !cfg!(feature = "planted-control-characters") {
        return Err(Error::invalid(
            field,
            "stories.control_character",
            "control characters are not allowed",
        ));
    }
    Ok(())
}

fn language(tag: &str) -> Result<()> {
    let part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    if tag.len() <= 35 && tag.split('-').all(part) {
        return Ok(());
    }
    Err(Error::invalid(
        "language",
        "stories.language",
        "must be a BCP 47 tag, such as en or pt-BR",
    ))
}
