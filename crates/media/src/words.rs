//! What is said about a picture, by its file or by the newsroom.

use base::{Error, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The words of a picture, as the IPTC Photo Metadata Standard has them. All may be empty.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Words {
    pub title: String,
    /// For those who do not see the picture.
    pub alt: String,
    pub caption: String,
    /// How the picture is credited beside it.
    pub credit: String,
    /// Who made it; several are parted by commas.
    pub creator: String,
    pub copyright: String,
    pub source: String,
    /// When it was taken, as the file has it: ISO 8601, often without a zone.
    pub date: String,
    pub keywords: Vec<String>,
    pub rights: Rights,
}

/// What others may do with it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rights {
    pub usage_terms: String,
    /// The address of the licence.
    pub web_statement: String,
    /// How it came to be: a URI of IPTC's list `digitalsourcetype`.
    pub digital_source: String,
    pub instructions: String,
}

/// The longest of each, in characters.
const LONGEST: usize = 4_000;
/// The most keywords.
const KEYWORDS: usize = 200;

impl Words {
    /// Errors: `media.words` when one is too long.
    pub fn check(&self) -> Result<()> {
        let fits = |text: &String| text.chars().count() <= LONGEST;
        let long = self
            .fields()
            .into_iter()
            .find(|(_, text)| !fits(text))
            .map(|(name, _)| name);
        let long = long.or_else(|| {
            (self.keywords.len() > KEYWORDS || !self.keywords.iter().all(fits)).then_some("keywords")
        });
        match long {
            None => Ok(()),
            Some(name) => Err(Error::invalid(
                name,
                "media.words",
                format!("at most {LONGEST} characters, and {KEYWORDS} keywords"),
            )),
        }
    }

    /// What a file says of itself may be of any length; it is cut to what is taken.
    #[must_use]
    pub fn cut(mut self) -> Self {
        let cut = |text: &mut String| {
            if let Some((end, _)) = text.char_indices().nth(LONGEST) {
                text.truncate(end);
            }
        };
        let texts = [
            &mut self.title,
            &mut self.alt,
            &mut self.caption,
            &mut self.credit,
            &mut self.creator,
            &mut self.copyright,
            &mut self.source,
            &mut self.date,
            &mut self.rights.usage_terms,
            &mut self.rights.web_statement,
            &mut self.rights.digital_source,
            &mut self.rights.instructions,
        ];
        texts.into_iter().for_each(cut);
        self.keywords.truncate(KEYWORDS);
        self.keywords.iter_mut().for_each(cut);
        self
    }

    fn fields(&self) -> [(&'static str, &String); 12] {
        [
            ("title", &self.title),
            ("alt", &self.alt),
            ("caption", &self.caption),
            ("credit", &self.credit),
            ("creator", &self.creator),
            ("copyright", &self.copyright),
            ("source", &self.source),
            ("date", &self.date),
            ("usage_terms", &self.rights.usage_terms),
            ("web_statement", &self.rights.web_statement),
            ("digital_source", &self.rights.digital_source),
            ("instructions", &self.rights.instructions),
        ]
    }
}

/// What the desk says of a picture; what is left out stays as it is.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Saying {
    pub title: Option<String>,
    pub alt: Option<String>,
    pub caption: Option<String>,
    pub credit: Option<String>,
    pub creator: Option<String>,
    pub copyright: Option<String>,
    pub source: Option<String>,
    pub date: Option<String>,
    pub keywords: Option<Vec<String>>,
    pub rights: Option<Rights>,
    /// What must stay in sight when it is cropped: 0 to 1 from the left.
    pub focal_x: Option<f64>,
    /// 0 to 1 from the top.
    pub focal_y: Option<f64>,
}

impl Saying {
    /// The words with what is said here in their place.
    pub(crate) fn over(self, words: Words) -> Words {
        Words {
            title: self.title.unwrap_or(words.title),
            alt: self.alt.unwrap_or(words.alt),
            caption: self.caption.unwrap_or(words.caption),
            credit: self.credit.unwrap_or(words.credit),
            creator: self.creator.unwrap_or(words.creator),
            copyright: self.copyright.unwrap_or(words.copyright),
            source: self.source.unwrap_or(words.source),
            date: self.date.unwrap_or(words.date),
            keywords: self.keywords.unwrap_or(words.keywords),
            rights: self.rights.unwrap_or(words.rights),
        }
    }

    /// Errors: those of `Words::check`.
    pub(crate) fn check(&self) -> Result<()> {
        self.clone().over(Words::default()).check()
    }

    /// A text field of the form. Keywords are parted by commas. Errors: `media.field`.
    pub(crate) fn set(&mut self, name: &str, text: String) -> Result<()> {
        let field = match name {
            "title" => &mut self.title,
            "alt" => &mut self.alt,
            "caption" => &mut self.caption,
            "credit" => &mut self.credit,
            "creator" => &mut self.creator,
            "copyright" => &mut self.copyright,
            "source" => &mut self.source,
            "date" => &mut self.date,
            "keywords" => {
                let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
                self.keywords = Some(words.map(str::to_owned).collect());
                return Ok(());
            }
            _ => return Err(Error::invalid(name, "media.field", "there is no such field")),
        };
        *field = Some(text);
        Ok(())
    }
}

/// Everything is said, and nothing of the file's own words is left.
impl From<Words> for Saying {
    fn from(words: Words) -> Self {
        Self {
            title: Some(words.title),
            alt: Some(words.alt),
            caption: Some(words.caption),
            credit: Some(words.credit),
            creator: Some(words.creator),
            copyright: Some(words.copyright),
            source: Some(words.source),
            date: Some(words.date),
            keywords: Some(words.keywords),
            rights: Some(words.rights),
            focal_x: None,
            focal_y: None,
        }
    }
}
