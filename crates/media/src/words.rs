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
        let long = self.fields().into_iter().find(|(_, text)| !fits(text)).map(|(name, _)| name);
        let long = long.or_else(|| (self.keywords.len() > KEYWORDS || !self.keywords.iter().all(fits)).then_some("keywords"));
        match long {
            None => Ok(()),
            Some(name) => Err(Error::invalid(name, "media.words", format!("at most {LONGEST} characters, and {KEYWORDS} keywords"))),
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
            &mut self.title, &mut self.alt, &mut self.caption, &mut self.credit, &mut self.creator, &mut self.copyright,
            &mut self.source, &mut self.date, &mut self.rights.usage_terms, &mut self.rights.web_statement,
            &mut self.rights.digital_source, &mut self.rights.instructions,
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
