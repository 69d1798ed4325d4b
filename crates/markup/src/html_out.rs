//! HTML out. Clean, in order, without a style attribute or a script: it lives under the strictest CSP.
//!
//! Three manners of the same renderer: the page of the site (classes, ids), the feed or mail (neither, addresses
//! made absolute by who resolves) and the carrier that [`crate::from_html`] reads back without loss.

mod blocks;
mod figures;
mod inline;
mod resolve;

pub use resolve::{Asset, Linked, Plain, Resolve};

use crate::{Block, Document, Id};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    Page,
    Feed,
    Carrier,
}

impl Document {
    /// For a page of the site: classes begin with `story-`, ids with `b-`. Notes, sources and unknown blocks stay in.
    pub fn to_html(&self, resolve: &dyn Resolve) -> String {
        write(&self.blocks, resolve, Manner::Page)
    }

    /// For feeds and mail: no ids, no classes; let [`Resolve::href`] make addresses absolute.
    pub fn to_feed_html(&self, resolve: &dyn Resolve) -> String {
        write(&self.blocks, resolve, Manner::Feed)
    }
}

pub(crate) fn write(blocks: &[Block], resolve: &dyn Resolve, manner: Manner) -> String {
    let mut page = Page {
        out: String::new(),
        resolve,
        manner,
        carried: None,
    };
    page.blocks(blocks);
    page.out
}

/// One block of the carrier, with its whole JSON when plain HTML does not say it all.
pub(crate) fn write_carrier(block: &Block, json: Option<String>) -> String {
    let word = block.kind.word();
    let mut page = Page {
        out: String::new(),
        resolve: &Plain,
        manner: Manner::Carrier,
        carried: Some((word, json)),
    };
    page.blocks(std::slice::from_ref(block));
    page.out
}

/// What is being written, and for whom.
pub(crate) struct Page<'a> {
    pub(crate) out: String,
    pub(crate) resolve: &'a dyn Resolve,
    pub(crate) manner: Manner,
    /// The type and the JSON that the next tag of the carrier takes along.
    pub(crate) carried: Option<(&'a str, Option<String>)>,
}

impl Page<'_> {
    /// `<name` with the block's id, still open for more attributes.
    fn open(&mut self, name: &str, id: &Id) {
        self.out.push('<');
        self.out.push_str(name);
        match self.manner {
            Manner::Page if !id.is_empty() => self.attribute("id", &format!("b-{id}")),
            Manner::Carrier => self.carry(id),
            _ => {}
        }
    }

    fn carry(&mut self, id: &Id) {
        self.attribute("data-block", id.as_str());
        if let Some((word, json)) = self.carried.take() {
            self.attribute("data-type", word);
            json.iter().for_each(|json| self.attribute("data-json", json));
        }
    }

    /// An attribute of the tag that is open; `value` is escaped.
    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push_str(&format!(" {name}=\""));
        escape(value, &mut self.out);
        self.out.push('"');
    }

    fn class(&mut self, class: &str) {
        if self.manner != Manner::Feed {
            self.attribute("class", class);
        }
    }

    fn number(&mut self, name: &str, value: Option<u32>) {
        if let Some(value) = value {
            self.attribute(name, &value.to_string());
        }
    }

    fn raw(&mut self, html: &str) {
        self.out.push_str(html);
    }

    fn words(&mut self, words: &str) {
        escape(words, &mut self.out);
    }
}

/// Escapes for text and for attributes in double quotes alike.
pub(crate) fn escape(words: &str, out: &mut String) {
    for letter in words.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\r' => out.push_str("&#13;"),
            '\0' => {}
            letter => out.push(letter),
        }
    }
}
