//! Turns tags and text into blocks as they come. The stack of open elements is a list with a limit; no tree is built.

use super::budget::Budget;
use super::frame::{Frame, Role};
use super::marks::Marks;
use super::pen::{Pen, Spaces};
use super::shortcodes::{self, Part};
use super::{Options, Warning, fold, short};
use crate::block::{Embed, Heading, Paragraph};
use crate::{Block, Document, Href, Id, Kind, Text, provider};
use std::collections::HashMap;

const MAX_WARNINGS: usize = 100;

/// Everything known in the middle of a page.
pub(crate) struct Builder {
    pub(super) options: Options,
    pub(super) frames: Vec<Frame>,
    pub(super) pen: Pen,
    pub(super) marks: Marks,
    pub(super) leaf: Leaf,
    pub(super) dropping: Option<Dropping>,
    /// Start tags that opened nothing, so that their end tags close nothing.
    pub(super) ignored: HashMap<String, usize>,
    warnings: Vec<Warning>,
    pub(super) budget: Budget,
}

/// The paragraph or heading that text goes to.
#[derive(Default)]
pub(super) struct Leaf {
    pub(super) level: Option<u8>,
    pub(super) id: Id,
    pub(super) floor: usize,
    pub(super) exact: bool,
}

/// An element whose content goes nowhere.
pub(super) struct Dropping {
    pub(super) name: String,
    pub(super) depth: usize,
    /// A player: where it leads.
    pub(super) player: Option<(Option<Href>, String)>,
    /// svg or math: elements of HTML end it.
    pub(super) foreign: bool,
}

pub(crate) fn paragraph(text: Text) -> Block {
    Kind::Paragraph(Paragraph { text }).into()
}

impl Builder {
    pub(crate) fn new(options: Options, ignore_lang: bool) -> Self {
        Self {
            options,
            frames: vec![Frame::new("", Role::Root, 0)],
            pen: Pen::default(),
            marks: Marks::new(ignore_lang),
            leaf: Leaf::default(),
            dropping: None,
            ignored: HashMap::new(),
            warnings: Vec::new(),
            budget: Budget::new(),
        }
    }

    /// Whether there is no room for more.
    pub(crate) fn is_full(&self) -> bool {
        self.budget.spent
    }

    /// Closes whatever is open.
    pub(crate) fn finish(mut self) -> (Document, Vec<Warning>) {
        if let Some(dropping) = self.dropping.take() {
            self.finish_dropping(dropping);
        }
        while self.frames.len() > 1 {
            self.close_top();
        }
        self.flush();
        if self.budget.spent {
            self.warn("html.truncated", "");
        }
        let blocks = self.frames.pop().map(|root| root.blocks).unwrap_or_default();
        (Document::new(blocks), self.warnings)
    }

    pub(super) fn warn(&mut self, code: &'static str, detail: &str) {
        if self.warnings.len() < MAX_WARNINGS {
            self.warnings.push(Warning {
                code,
                detail: short(detail).chars().take(200).collect(),
            });
        }
    }

    /// Text between two tags.
    pub(crate) fn text(&mut self, words: &str) {
        if self.dropping.is_some() {
            return;
        }
        if !self.options.shortcodes || self.is_exact() {
            return self.write_flow(words);
        }
        for part in shortcodes::parts(words) {
            match part {
                Part::Words(words) => self.write_flow(words),
                Part::Open { name, rest } => self.start_shortcode(name, rest),
                Part::Close(name) => self.end_shortcode(name),
            }
        }
    }

    fn start_shortcode(&mut self, name: &str, rest: &str) {
        let film = ["src", "mp4", "mp3", "url"]
            .iter()
            .find_map(|own| shortcodes::attribute(rest, own));
        match (name, film.and_then(super::address).filter(Href::is_web)) {
            ("caption" | "wp_caption", _) => {
                let caption = shortcodes::attribute(rest, "caption")
                    .map(Text::plain)
                    .unwrap_or_default();
                let role = Role::Figure {
                    pull: false,
                    caption,
                    credit: String::new(),
                    loose_is_caption: true,
                };
                self.open("[caption]", role, Id::default());
            }
            ("embed", _) => {}
            ("audio" | "video" | "youtube" | "vimeo", Some(url)) => self.push_embed(provider::embed(url, "")),
            _ => self.warn("html.shortcode", name),
        }
    }

    fn end_shortcode(&mut self, name: &str) {
        if matches!(name, "caption" | "wp_caption") {
            self.close_named("[caption]");
        }
    }

    /// Text in which WordPress' newlines may mean something.
    fn write_flow(&mut self, words: &str) {
        if !self.options.autop || self.is_exact() || self.leaf.level.is_some() {
            return self.write(words);
        }
        let mut newlines = 0;
        for (at, line) in words.split('\n').enumerate() {
            newlines += usize::from(at > 0);
            if !line.trim().is_empty() {
                self.break_flow(std::mem::take(&mut newlines));
                self.write(line);
            }
        }
        self.break_flow(newlines);
    }

    fn break_flow(&mut self, newlines: usize) {
        match newlines {
            0 => {}
            1 if self.pen.at_break() => {}
            1 => self.break_line(),
            _ => self.flush(),
        }
    }

    pub(super) fn write(&mut self, words: &str) {
        let words = self.budget.words(words);
        let marks = self.budget.marks(self.marks.current());
        self.pen.write(words, marks);
    }

    /// `<br>`; two of them begin a paragraph.
    pub(super) fn break_line(&mut self) {
        let marks = self.budget.marks(self.marks.current());
        let _ = self.budget.words("\n");
        if self.pen.break_line(marks) > 1 && self.leaf.level.is_none() {
            self.flush();
        }
    }

    pub(super) fn is_exact(&self) -> bool {
        self.leaf.exact || self.top().exact
    }

    pub(super) fn top(&self) -> &Frame {
        // The root is never popped before the end, so the fallback is no state that text can reach.
        &self.frames[self.frames.len() - 1]
    }

    pub(super) fn top_mut(&mut self) -> &mut Frame {
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    /// Puts what the pen wrote into a block.
    pub(super) fn flush(&mut self) {
        if self.pen.is_empty() {
            self.pen.take();
            return;
        }
        let text = self.pen.take();
        if text.is_blank() && !self.top().exact {
            return;
        }
        let kind = match self.leaf.level {
            Some(level) => Kind::Heading(Heading { level, text }),
            None => match self.lone_film(&text) {
                Some(embed) => Kind::Embed(embed),
                None => Kind::Paragraph(Paragraph { text }),
            },
        };
        let id = std::mem::take(&mut self.leaf.id);
        self.push_new(Block { id, kind });
    }

    /// WordPress shows the film when the address of one stands alone in a paragraph.
    fn lone_film(&self, text: &Text) -> Option<Embed> {
        let words = text.words();
        let alone = (self.options.autop || self.options.shortcodes) && !words.contains([' ', '\n']);
        let url = Href::parse_web(&words).filter(|_| alone)?;
        provider::known(&url).map(|_| provider::embed(url, ""))
    }

    pub(super) fn begin_leaf(&mut self, level: Option<u8>, id: Id, exact: bool) {
        self.end_leaf();
        self.leaf = Leaf {
            level,
            id,
            floor: self.marks.height(),
            exact,
        };
        self.set_spaces();
    }

    pub(super) fn end_leaf(&mut self) {
        self.flush();
        let floor = self.leaf.floor.max(self.top().floor);
        self.marks.close_from(floor, false);
        self.leaf = Leaf {
            floor: self.marks.height(),
            ..Leaf::default()
        };
        self.set_spaces();
    }

    pub(super) fn set_spaces(&mut self) {
        self.pen.spaces = if self.is_exact() {
            Spaces::Exact
        } else {
            Spaces::Folded
        };
    }

    pub(super) fn push_embed(&mut self, embed: Embed) {
        self.push_new(Kind::Embed(embed).into());
    }

    /// A block that did not exist before; text that waits comes first.
    pub(super) fn push_new(&mut self, block: Block) {
        self.flush();
        if self.budget.block() {
            self.push(block);
        }
    }

    /// A list takes every block as an item or as what comes after it; any other frame as it is.
    pub(super) fn push(&mut self, block: Block) {
        let frame = self.top_mut();
        let Role::List { items, .. } = &mut frame.role else {
            return frame.blocks.push(block);
        };
        match (block.kind, items.last_mut()) {
            (Kind::List(list), Some(last)) => fold::nest(last, list),
            (kind, _) => {
                let (item, rest) = fold::item(vec![Block { id: block.id, kind }]);
                if !item.text.is_blank() || item.list.is_some() {
                    items.push(item);
                }
                frame.blocks.extend(rest);
            }
        }
    }
}
