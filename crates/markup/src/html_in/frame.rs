//! The elements that hold blocks: lists, quotes, tables, figures. Each open one is a frame on the builder's stack.

use crate::{Block, Cell, Href, Id, Item, Text};

/// An open element and what was read in it so far.
pub(crate) struct Frame {
    /// The name of the tag that ends it.
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) blocks: Vec<Block>,
    pub(crate) id: Id,
    /// How many inline elements were open when it began.
    pub(crate) floor: usize,
    /// Each space in it counts: it is preformatted, or our own carrier.
    pub(crate) exact: bool,
}

pub(crate) enum Role {
    Root,
    List {
        ordered: bool,
        items: Vec<Item>,
    },
    Item,
    Quote {
        pull: bool,
        url: Option<Href>,
        cite: Text,
    },
    Callout {
        title: Text,
    },
    Figure {
        pull: bool,
        caption: Text,
        credit: String,
        loose_is_caption: bool,
    },
    /// Words that the frame around it takes: a caption, a title, who said it, a credit.
    Words(Slot),
    Table(Draft),
    Row(Vec<DraftCell>),
    Cell {
        head: bool,
        cell: Cell,
    },
    Pre {
        language: String,
    },
}

/// Where the words of a [`Role::Words`] go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    Caption,
    Credit,
    Title,
    Cite,
}

/// A table being read.
#[derive(Default)]
pub(crate) struct Draft {
    pub(crate) caption: Text,
    pub(crate) rows: Vec<Vec<DraftCell>>,
    pub(crate) in_head: bool,
    pub(crate) head_rows: usize,
    /// It says itself that it only arranges the page.
    pub(crate) layout: bool,
}

/// A cell being read: it may hold blocks, if the table turns out to arrange a page.
pub(crate) struct DraftCell {
    pub(crate) head: bool,
    pub(crate) cell: Cell,
    pub(crate) blocks: Vec<Block>,
}

impl Frame {
    pub(crate) fn new(name: &str, role: Role, floor: usize) -> Self {
        Self {
            name: name.to_owned(),
            role,
            blocks: Vec::new(),
            id: Id::default(),
            floor,
            exact: false,
        }
    }

    /// A cell holds its own: no end tag inside it ends anything outside of it.
    pub(crate) fn is_wall(&self) -> bool {
        matches!(self.role, Role::Cell { .. })
    }
}
