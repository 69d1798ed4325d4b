//! The stack of open frames: what opens one, what closes it, and where its blocks go then.

use super::builder::{Builder, paragraph};
use super::frame::{Frame, Role};
use super::{fold, tables};
use crate::block::{List, Quote};
use crate::{Block, Id, Kind, Text};

const MAX_FRAMES: usize = 40;
const MAX_LISTS: usize = 5;
const MAX_BOXES: usize = 2;

impl Builder {
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

    pub(super) fn close_top(&mut self) {
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
