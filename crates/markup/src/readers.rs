//! What readers get of a document: its words and looks, without what the newsroom says to itself in it.

use crate::{Block, Document, Kind, List, Mark, Text};
use std::borrow::Cow;

impl Document {
    /// The document without notes and attributions. Who a source is stands in the newsroom's tables, and some of it stays there.
    pub fn for_readers(&self) -> Cow<'_, Self> {
        let texts = self.walk().flat_map(Block::texts);
        if texts
            .flat_map(|text| &text.0)
            .all(|run| run.marks.iter().all(is_open))
        {
            return Cow::Borrowed(self);
        }
        let mut blocks = self.blocks.clone();
        blocks.iter_mut().for_each(open_block);
        Cow::Owned(Self::new(blocks))
    }
}

fn is_open(mark: &Mark) -> bool {
    !matches!(mark, Mark::Note { .. } | Mark::Source { .. })
}

fn open_text(text: &mut Text) {
    for run in &mut text.0 {
        run.marks.retain(is_open);
    }
}

fn open_block(block: &mut Block) {
    match &mut block.kind {
        Kind::Paragraph(it) => open_text(&mut it.text),
        Kind::Heading(it) => open_text(&mut it.text),
        Kind::List(it) => open_list(it),
        Kind::Quote(it) | Kind::PullQuote(it) => [&mut it.text, &mut it.cite].into_iter().for_each(open_text),
        Kind::Picture(it) => open_text(&mut it.caption),
        Kind::Gallery(it) => {
            open_text(&mut it.caption);
            it.pictures
                .iter_mut()
                .for_each(|picture| open_text(&mut picture.caption));
        }
        Kind::Table(it) => {
            open_text(&mut it.caption);
            it.rows
                .iter_mut()
                .flatten()
                .for_each(|cell| open_text(&mut cell.text));
        }
        Kind::Callout(it) => {
            open_text(&mut it.title);
            it.blocks.iter_mut().for_each(open_block);
        }
        Kind::Entry(it) => it.blocks.iter_mut().for_each(open_block),
        _ => {}
    }
}

fn open_list(list: &mut List) {
    for item in &mut list.items {
        open_text(&mut item.text);
        if let Some(list) = &mut item.list {
            open_list(list);
        }
    }
}
