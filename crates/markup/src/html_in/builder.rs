//! Turns tags and text into blocks as they come. The stack of open elements is a list with a limit; no tree is built.

use super::budget::Budget;
use super::frame::{Frame, Role};
use super::marks::Marks;
use super::pen::{Pen, Spaces};
use super::shortcodes::{self, Part};
use super::{Options, Warning, fold, short, tables};
use crate::block::{Embed, Heading, List, Paragraph, Quote};
use crate::{Block, Document, Href, Id, Kind, Text, provider};
use std::collections::HashMap;

const MAX_FRAMES: usize = 40;
const MAX_LISTS: usize = 5;
const MAX_BOXES: usize = 2;
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
    ignored: HashMap<String, usize>,
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

    fn top_mut(&mut self) -> &mut Frame {
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

    fn set_spaces(&mut self) {
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
    fn push(&mut self, block: Block) {
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

    /// Opens a frame, or remembers not to when there are too many inside each other.
    pub(super) fn open(&mut self, name: &str, role: Role, id: Id) -> bool {
        self.end_leaf();
        let is_list = |role: &Role| matches!(role, Role::List { .. });
        let is_box = |role: &Role| matches!(role, Role::Callout { .. });
        let count =
            |kind: &dyn Fn(&Role) -> bool| self.frames.iter().filter(|frame| kind(&frame.role)).count();
        let too_deep = self.frames.len() >= MAX_FRAMES
            || (is_list(&role) && count(&is_list) >= MAX_LISTS)
            || (is_box(&role) && count(&is_box) >= MAX_BOXES);
        if too_deep {
            *self.ignored.entry(name.to_owned()).or_default() += 1;
            return false;
        }
        let exact = self.top().exact || matches!(role, Role::Pre { .. });
        let frame = Frame {
            id,
            exact,
            ..Frame::new(name, role, self.marks.height())
        };
        self.frames.push(frame);
        self.leaf.floor = self.marks.height();
        self.set_spaces();
        true
    }

    /// The end tag of a frame; `false` when none of that name is open here.
    pub(super) fn close_named(&mut self, name: &str) -> bool {
        if let Some(count) = self.ignored.get_mut(name).filter(|count| **count > 0) {
            *count -= 1;
            self.end_leaf();
            return true;
        }
        let of_table = matches!(name, "td" | "th" | "tr" | "table");
        let is_edge = |frame: &Frame| {
            (frame.is_wall() && !of_table) || (name == "li" && matches!(frame.role, Role::List { .. }))
        };
        for at in (1..self.frames.len()).rev() {
            if self.frames[at].name == name {
                self.close_down_to(at);
                return true;
            }
            if is_edge(&self.frames[at])
                || (of_table && name != "table" && matches!(self.frames[at].role, Role::Table(_)))
            {
                return false;
            }
        }
        false
    }

    /// Closes every frame from the top down to and with the one at `at`.
    pub(super) fn close_down_to(&mut self, at: usize) {
        while self.frames.len() > at.max(1) {
            self.close_top();
        }
    }

    fn close_top(&mut self) {
        self.end_leaf();
        let Some(frame) = self.frames.pop() else { return };
        self.marks.close_from(frame.floor, frame.is_wall());
        self.leaf.floor = self.marks.height();
        let id = frame.id.clone();
        for (at, block) in self.fold(frame).into_iter().enumerate() {
            let own = if at == 0 && block.id.is_empty() {
                id.clone()
            } else {
                block.id
            };
            self.push(Block {
                id: own,
                kind: block.kind,
            });
        }
        self.set_spaces();
    }

    /// What goes to the frame around the closed one.
    fn fold(&mut self, frame: Frame) -> Vec<Block> {
        let blocks = frame.blocks;
        match frame.role {
            Role::List { ordered, items } => {
                let list = (!items.is_empty()).then(|| Kind::List(List { ordered, items }).into());
                list.into_iter().chain(blocks).collect()
            }
            Role::Item => self.fold_item(blocks),
            Role::Quote { pull, url, cite } => fold::quote(
                blocks,
                pull,
                Quote {
                    text: Text::default(),
                    cite,
                    url,
                },
            ),
            Role::Callout { title } => fold::callout(blocks, title),
            role @ Role::Figure { .. } => fold::figure(blocks, role),
            Role::Pre { language } => fold::code(blocks, language),
            Role::Words(slot) => {
                let (text, rest) = fold::words(blocks, "\n");
                let stray = fold::fill(&mut self.top_mut().role, slot, text)
                    .err()
                    .filter(|text| !text.is_blank());
                stray.map(paragraph).into_iter().chain(rest).collect()
            }
            Role::Table(draft) => blocks.into_iter().chain(tables::finish(draft)).collect(),
            Role::Row(_) | Role::Cell { .. } => self.fold_table_part(frame.role, blocks),
            Role::Root => blocks,
        }
    }

    fn fold_item(&mut self, blocks: Vec<Block>) -> Vec<Block> {
        let (item, rest) = fold::item(blocks);
        let frame = self.top_mut();
        match &mut frame.role {
            Role::List { items, .. } => {
                if !item.text.is_blank() || item.list.is_some() {
                    items.push(item);
                }
                frame.blocks.extend(rest);
                Vec::new()
            }
            _ => std::iter::once(paragraph(item.text)).chain(rest).collect(),
        }
    }

    fn fold_table_part(&mut self, role: Role, blocks: Vec<Block>) -> Vec<Block> {
        match (role, &mut self.top_mut().role) {
            (Role::Cell { head, cell }, Role::Row(cells)) => {
                cells.push(super::frame::DraftCell { head, cell, blocks });
                Vec::new()
            }
            (Role::Row(cells), Role::Table(draft)) => {
                draft.head_rows += usize::from(draft.in_head);
                draft.rows.push(cells);
                blocks
            }
            _ => blocks,
        }
    }
}
