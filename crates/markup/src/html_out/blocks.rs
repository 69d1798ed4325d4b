//! Blocks of words as HTML.

use super::{Manner, Page};
use crate::{Block, Callout, Cell, Entry, Id, Kind, List, Quote, Table, Text};

impl Page<'_> {
    pub(crate) fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Block) {
        let id = &block.id;
        match &block.kind {
            Kind::Paragraph(it) => self.leaf("p", id, &it.text),
            Kind::Heading(it) => self.leaf(
                ["h2", "h3", "h4"][usize::from(it.level.clamp(2, 4)) - 2],
                id,
                &it.text,
            ),
            Kind::List(it) => self.list(it, id),
            Kind::Quote(it) => self.quote(it, id, "story-quote"),
            Kind::PullQuote(it) => self.quote(it, id, "story-pull-quote"),
            Kind::Picture(it) => self.picture(it, id),
            Kind::Gallery(it) => self.gallery(it, id),
            Kind::Embed(it) => self.embed(it, id),
            Kind::Table(it) => self.table(it, id),
            Kind::Callout(it) => self.callout(it, id),
            Kind::Related(it) => self.related(it, id),
            Kind::Entry(it) => self.entry(it, id),
            Kind::File(it) => self.file(it, id),
            Kind::Divider => self.divider(id),
            Kind::Storyline(it) => self.storyline(it, id),
            Kind::Code(it) => self.code(it, id),
            Kind::Unknown(it) => self.unknown(it, id),
        }
        self.out.push('\n');
    }

    fn leaf(&mut self, name: &str, id: &Id, text: &Text) {
        self.open(name, id);
        self.raw(">");
        self.text(text);
        self.raw(&format!("</{name}>"));
    }

    fn divider(&mut self, id: &Id) {
        self.open("hr", id);
        self.raw(">");
    }

    fn list(&mut self, list: &List, id: &Id) {
        let name = list_name(list);
        self.open(name, id);
        self.raw(">");
        self.items(list);
        self.raw(&format!("</{name}>"));
    }

    fn items(&mut self, list: &List) {
        for item in &list.items {
            self.raw("<li>");
            self.text(&item.text);
            if let Some(inner) = &item.list {
                let name = list_name(inner);
                self.raw(&format!("<{name}>"));
                self.items(inner);
                self.raw(&format!("</{name}>"));
            }
            self.raw("</li>");
        }
    }

    fn quote(&mut self, quote: &Quote, id: &Id, class: &str) {
        self.open("blockquote", id);
        self.class(class);
        if let Some(url) = &quote.url {
            let address = self.resolve.href(url);
            self.attribute("cite", &address);
        }
        self.raw(">");
        for paragraph in quote.text.paragraphs() {
            self.raw("<p>");
            self.text(&paragraph);
            self.raw("</p>");
        }
        if !quote.cite.0.is_empty() {
            self.raw("<footer><cite>");
            self.text(&quote.cite);
            self.raw("</cite></footer>");
        }
        self.raw("</blockquote>");
    }

    fn callout(&mut self, callout: &Callout, id: &Id) {
        self.open("aside", id);
        self.class("story-callout");
        self.raw(">");
        if !callout.title.0.is_empty() {
            self.raw("<p");
            self.class("story-callout-title");
            self.raw("><strong>");
            self.text(&callout.title);
            self.raw("</strong></p>");
        }
        self.blocks(&callout.blocks);
        self.raw("</aside>");
    }

    fn entry(&mut self, entry: &Entry, id: &Id) {
        self.open("article", id);
        let pinned = if entry.pinned { " story-entry-pinned" } else { "" };
        self.class(&format!(
            "story-entry{}{pinned}",
            if entry.key_event { " story-entry-key" } else { "" }
        ));
        self.raw("><p");
        self.class("story-entry-line");
        self.raw("><time");
        self.attribute("datetime", &entry.at);
        self.raw(">");
        let shown = self.resolve.time(&entry.at);
        self.words(&shown);
        self.raw("</time>");
        if !entry.author.is_empty() {
            self.raw(" <span");
            self.class("story-entry-author");
            self.raw(">");
            self.words(&entry.author);
            self.raw("</span>");
        }
        self.raw("</p>");
        if !entry.headline.is_empty() {
            self.raw("<h3>");
            self.words(&entry.headline);
            self.raw("</h3>");
        }
        self.blocks(&entry.blocks);
        self.raw("</article>");
    }

    /// A table can be wider than a phone, so it scrolls in a region that the keyboard reaches (WCAG 2.1.1).
    fn table(&mut self, table: &Table, id: &Id) {
        self.open("div", id);
        self.class("story-table");
        if self.manner == Manner::Page {
            self.raw(" tabindex=\"0\"");
            if !table.caption.is_blank() {
                self.raw(" role=\"region\"");
                self.attribute("aria-label", &table.caption.words());
            }
        }
        self.raw("><table>");
        if !table.caption.0.is_empty() {
            self.raw("<caption>");
            self.text(&table.caption);
            self.raw("</caption>");
        }
        let head = usize::from(table.header_row).min(table.rows.len());
        let (head, body) = table.rows.split_at(head);
        self.rows("thead", head, table, "col");
        self.rows("tbody", body, table, "row");
        self.raw("</table></div>");
    }

    fn rows(&mut self, name: &str, rows: &[Vec<Cell>], table: &Table, scope: &str) {
        if rows.is_empty() {
            return;
        }
        self.raw(&format!("<{name}>"));
        for row in rows {
            self.raw("<tr>");
            for (at, cell) in row.iter().enumerate() {
                let heads = scope == "col" || (table.header_column && at == 0);
                self.cell(cell, heads.then_some(scope));
            }
            self.raw("</tr>");
        }
        self.raw(&format!("</{name}>"));
    }

    fn cell(&mut self, cell: &Cell, scope: Option<&str>) {
        self.raw(if scope.is_some() { "<th" } else { "<td" });
        scope.into_iter().for_each(|scope| self.attribute("scope", scope));
        self.number("colspan", Some(u32::from(cell.columns)).filter(|span| *span > 1));
        self.number("rowspan", Some(u32::from(cell.rows)).filter(|span| *span > 1));
        self.raw(">");
        self.text(&cell.text);
        self.raw(if scope.is_some() { "</th>" } else { "</td>" });
    }
}

fn list_name(list: &List) -> &'static str {
    if list.ordered { "ol" } else { "ul" }
}
