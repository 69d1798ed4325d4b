//! The blocks a story is made of.

use crate::{Href, Id, Text};
use serde::{Deserialize, Serialize};

/// A block: its id, unique in the document and stable through its versions, and what it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Where changes, notes and `#b-…` links point. Empty only until [`crate::Document::new`] gives one.
    pub id: Id,
    /// What it is.
    pub kind: Kind,
}

/// What a block is. In JSON the word of `type`, beside the fields of the noun.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Kind {
    /// Body text.
    Paragraph(Paragraph),
    /// A cross-heading.
    Heading(Heading),
    /// Bullets or numbers.
    List(List),
    /// What somebody said, at its place in the text.
    Quote(Quote),
    /// The same words as elsewhere in the text, set large.
    PullQuote(Quote),
    /// One picture.
    Picture(Picture),
    /// Several, shown together.
    Gallery(Gallery),
    /// Something of another site: a link card, never a frame.
    Embed(Embed),
    /// Rows and columns.
    Table(Table),
    /// A box beside the story.
    Callout(Callout),
    /// Another story of ours.
    Related(Related),
    /// One entry of live coverage.
    Entry(Entry),
    /// Something to download.
    File(File),
    /// A break between two parts.
    Divider,
    /// The box of a storyline.
    Storyline(Storyline),
    /// Text whose spaces and lines count.
    Code(Code),
    /// A block of a later version, kept byte for byte and not shown.
    #[serde(skip)]
    Unknown(Unknown),
}

/// Body text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paragraph {
    /// Its words.
    pub text: Text,
}

/// A cross-heading. The story's headline is level 1 and not in the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heading {
    /// 2 to 4.
    pub level: u8,
    /// Its words.
    pub text: Text,
}

/// Bullets, or numbers when `ordered`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// Numbers instead of bullets.
    #[serde(default, skip_serializing_if = "is_false")]
    pub ordered: bool,
    /// At least one.
    pub items: Vec<Item>,
}

/// A line of a list, with the list under it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its words.
    pub text: Text,
    /// The list one level deeper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<List>,
}

/// A quotation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// What was said; `"\n\n"` begins a new paragraph.
    pub text: Text,
    /// By whom, or in which work.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub cite: Text,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Href>,
}

/// A picture: ours by `asset`, or another site's by `url`. One of the two is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    /// Of the asset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asset: Option<Id>,
    /// `http` or `https`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Href>,
    /// What it shows, for who cannot see it (WCAG 1.1.1). Empty: the asset's own words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub alt: String,
    /// The line under it.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub caption: Text,
    /// Who made it, and for whom.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub credit: String,
    /// In pixels, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// In pixels, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
}

/// Pictures shown together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gallery {
    /// In order.
    pub pictures: Vec<Picture>,
    /// Of all of them.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub caption: Text,
}

/// Something of another site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Embed {
    /// `http` or `https`, of the page to open.
    pub url: Href,
    /// Its name for readers, as "YouTube".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub provider: String,
    /// What is there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
}

/// Rows and columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// What it is about.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub caption: Text,
    /// The first row names the columns.
    #[serde(default, skip_serializing_if = "is_false")]
    pub header_row: bool,
    /// The first column names the rows.
    #[serde(default, skip_serializing_if = "is_false")]
    pub header_column: bool,
    /// From the top.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// Its words.
    pub text: Text,
    /// Columns it covers, 1 to 100.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub columns: u16,
    /// Rows it covers, 1 to 100.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub rows: u16,
}

/// A box beside the story: background, advice, a call to readers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Callout {
    /// Its heading.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub title: Text,
    /// What is in it.
    #[serde(default, skip_deserializing)]
    pub blocks: Vec<Block>,
}

/// Another story of ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Related {
    /// Its id.
    pub story: Id,
    /// Its headline when the block was made; the living one is asked of [`crate::Resolve`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub headline: String,
}

/// One entry of live coverage.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// When, RFC 3339 with offset.
    pub at: String,
    /// Its heading; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub headline: String,
    /// One of the moments in the summary.
    #[serde(default, skip_serializing_if = "is_false")]
    pub key_event: bool,
    /// Held at the top.
    #[serde(default, skip_serializing_if = "is_false")]
    pub pinned: bool,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub author: String,
    /// What is in it.
    #[serde(default, skip_deserializing)]
    pub blocks: Vec<Block>,
}

/// Something to download.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Where.
    pub url: Href,
    /// What the link says.
    pub name: String,
    /// As `application/pdf`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub media_type: String,
    /// When known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size_bytes: Option<u64>,
}

/// The box of a storyline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Storyline {
    /// Its id.
    pub storyline: Id,
}

/// Text whose spaces and lines count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// As it is shown.
    pub text: String,
    /// Of the code, as `python`; letters, digits, `+#-` only.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
}

/// A block whose type this version does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The word of `type`.
    pub word: String,
    /// The whole block, byte for byte as it came.
    pub json: String,
}

impl Default for Cell {
    fn default() -> Self {
        Self {
            text: Text::default(),
            columns: 1,
            rows: 1,
        }
    }
}

impl From<Kind> for Block {
    fn from(kind: Kind) -> Self {
        Self {
            id: Id::default(),
            kind,
        }
    }
}

fn one() -> u16 {
    1
}

fn is_one(number: &u16) -> bool {
    *number == 1
}

fn is_false(flag: &bool) -> bool {
    !flag
}

fn is_empty(text: &Text) -> bool {
    text.0.is_empty()
}
