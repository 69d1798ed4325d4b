//! Parts that imply what is around them: an item its list, a cell its row.

use super::builder::Builder;
use super::carried;
use super::frame::{Draft, Role, Slot};
use super::scan::Tag;
use super::tables;
use crate::{Id, Mark};

impl Builder {
    pub(super) fn start_item(&mut self, name: &str) {
        let list = self
            .frames
            .iter()
            .rposition(|frame| matches!(frame.role, Role::List { .. }) || frame.is_wall());
        let list = list.filter(|at| !self.frames[*at].is_wall());
        match (list, name) {
            (None, "li") => {
                self.open(
                    "ul",
                    Role::List {
                        ordered: false,
                        items: Vec::new(),
                    },
                    Id::default(),
                );
                self.open("li", Role::Item, Id::default());
            }
            (None, _) => self.end_leaf(),
            (Some(at), "dd") if self.frames.get(at + 1).is_some_and(|frame| frame.name == "dt") => {
                self.close_down_to(at + 2);
                self.end_leaf();
                self.marks.end("dt");
            }
            (Some(at), _) => {
                self.close_down_to(at + 1);
                let opened = self.open(if name == "li" { "li" } else { "dt" }, Role::Item, Id::default());
                if opened && name == "dt" {
                    self.marks.start_as("dt", Mark::Strong);
                }
            }
        }
    }

    pub(super) fn start_table_part(&mut self, tag: &Tag) {
        let name = tag.name.as_str();
        if name == "table" {
            let layout = matches!(tag.attribute("role"), Some("presentation" | "none"));
            self.open(
                name,
                Role::Table(Draft {
                    layout,
                    ..Draft::default()
                }),
                carried::id_of(tag),
            );
            return;
        }
        let Some(table) = self
            .frames
            .iter()
            .rposition(|frame| matches!(frame.role, Role::Table(_)))
        else {
            return self.end_leaf();
        };
        match name {
            "caption" => {
                self.close_down_to(table + 1);
                self.open(name, Role::Words(Slot::Caption), Id::default());
            }
            "td" | "th" => self.start_cell(tag, table),
            _ => {
                self.close_down_to(table + 1);
                self.set_rows(table, name);
            }
        }
    }

    fn set_rows(&mut self, table: usize, name: &str) {
        match &mut self.frames[table].role {
            Role::Table(draft) if name != "tr" => draft.in_head = name == "thead",
            _ => {
                self.open("tr", Role::Row(Vec::new()), Id::default());
            }
        }
    }

    fn start_cell(&mut self, tag: &Tag, table: usize) {
        let row = self
            .frames
            .get(table + 1)
            .is_some_and(|frame| matches!(frame.role, Role::Row(_)));
        self.close_down_to(table + 1 + usize::from(row));
        if row || self.open("tr", Role::Row(Vec::new()), Id::default()) {
            let role = Role::Cell {
                head: tag.name == "th",
                cell: tables::cell_of(tag),
            };
            self.open(&tag.name, role, Id::default());
        }
    }

    pub(super) fn end_rows(&mut self) {
        if let Some(table) = self
            .frames
            .iter()
            .rposition(|frame| matches!(frame.role, Role::Table(_)))
        {
            self.close_down_to(table + 1);
            if let Role::Table(draft) = &mut self.frames[table].role {
                draft.in_head = false;
            }
        }
    }
}
