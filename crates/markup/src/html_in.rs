//! HTML in: other systems' exports, what people paste, and our own carrier.
//!
//! A total function: every input gives a document, in time that grows with its length, and depth is a list, not
//! recursion. What is visible stays, in reading order; what is not text becomes a typed block or goes with a warning.

mod budget;
mod builder;
mod carried;
mod dropped;
mod entities;
mod fold;
mod frame;
mod marks;
mod names;
mod objects;
mod pen;
mod scan;
mod shortcodes;
mod stack;
mod start;
mod start_rows;
mod tables;

use crate::{Document, Href};

pub(crate) use scan::{Scanner, Token};

/// How to read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// A blank line begins a paragraph and a newline is a line break, as in WordPress' classic editor. Has no effect
    /// on a body of Gutenberg blocks (`<!-- wp:… -->`).
    pub autop: bool,
    /// `[caption]`, `[embed]` and their like are read, other shortcodes are taken out, with a warning.
    pub shortcodes: bool,
}

impl Options {
    /// For bodies that WordPress wrote.
    pub fn wordpress() -> Self {
        Self {
            autop: true,
            shortcodes: true,
        }
    }
}

/// Something of the input that is not in the document.
///
/// Codes: `html.link` (an address that is none of ours), `html.picture`, `html.embed` (without a usable address),
/// `html.shortcode`, `html.removed` (an element without words: script, svg, form …), `html.carried` (a `data-json`
/// that is no block), `html.truncated` (longer than a document may be).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Stable.
    pub code: &'static str,
    /// What it was: a name or an address, at most 200 characters.
    pub detail: String,
}

/// Reads HTML as a page shows it.
pub fn from_html(html: &str) -> (Document, Vec<Warning>) {
    from_html_with(html, Options::default())
}

/// Reads HTML; see [`Options`].
pub fn from_html_with(html: &str, options: Options) -> (Document, Vec<Warning>) {
    let options = Options {
        autop: options.autop && !html.contains("<!-- wp:"),
        ..options
    };
    let mut scanner = Scanner::new(html);
    let mut builder = builder::Builder::new(options, is_word(html));
    while let Some(token) = scanner.next() {
        match token {
            Token::Text(text) => builder.text(&text),
            Token::End(name) => builder.end(&name),
            Token::Start(tag) => builder.start(&tag, &mut scanner),
        }
        if builder.is_full() {
            break;
        }
    }
    builder.finish()
}

fn is_word(html: &str) -> bool {
    html.contains("MsoNormal") || html.contains("urn:schemas-microsoft-com:office")
}

/// An address as pages write it: `//host/…` is `https`.
pub(crate) fn address(text: &str) -> Option<Href> {
    let trimmed = text.trim_matches(|letter: char| letter <= ' ');
    match trimmed.starts_with("//") {
        true => Href::parse(&format!("https:{trimmed}")),
        false => Href::parse(trimmed),
    }
}

/// The words of an attribute, folded, at most 2,000 characters.
pub(crate) fn short(words: &str) -> String {
    let mut kept: String = words
        .chars()
        .filter(|letter| !crate::settle::is_unprintable(*letter))
        .take(2_000)
        .collect();
    if kept.contains(['\n', '\t', '\r', '\x0c']) || kept.contains("  ") {
        kept = kept.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    }
    kept
}
