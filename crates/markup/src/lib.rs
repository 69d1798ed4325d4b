//! The story document: a tree of typed blocks, read from JSON or HTML and written as JSON, HTML and plain text.
//!
//! What a newsroom stores is never HTML. [`Document::from_json`] and [`from_html`] are the only two doors in, and
//! both take hostile bytes: what comes out of them is typed, capped and free of scripts, because there is no block
//! that could hold one. [`Document::to_html`] is the only door to a page. No I/O, no clock, no panic on any input.
//!
//! - `block`, `inline`: the nouns. `id`, `href`: the two strings that are checked before they exist.
//! - `json`, `schema`, `settle`: JSON in, its published schema, and what every document is brought to.
//! - `html_in`: pages, pastes and exports of other systems. `html_out`, `lossless`: pages, feeds and the carrier.
//! - `plain`, `diff`: words for search and counts; what changed between two versions.

mod block;
mod diff;
mod diff_html;
mod document;
mod error;
mod href;
mod html_in;
mod html_out;
mod id;
mod inline;
mod json;
mod lossless;
mod plain;
mod provider;
mod readers;
mod rules;
mod schema;
mod settle;
#[cfg(test)]
mod tests;

pub use block::{
    Block, Callout, Cell, Code, Embed, Entry, File, Gallery, Heading, Item, Kind, List, Paragraph, Picture,
    Quote, Related, Storyline, Table, Unknown,
};
pub use diff::{Change, Piece, changed_text, diff};
pub use diff_html::{DiffWords, diff_html};
pub use document::{Document, VERSION};
pub use error::Error;
pub use href::Href;
pub use html_in::{Options, Warning, from_html, from_html_with};
pub use html_out::{Asset, Linked, Plain, Resolve};
pub use id::Id;
pub use inline::{Dir, Mark, Run, Text};
pub use json::{MAX_BLOCKS, MAX_DEPTH, MAX_JSON_BYTES, MAX_TEXT_BYTES};
pub use plain::{from_sentences, from_text};
pub use schema::schema;
