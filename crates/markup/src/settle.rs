//! What every document is brought to before anyone sees it: one spelling for one meaning, and an id on every block.

use crate::{Block, Cell, Document, Id, Item, Kind, List, Mark, Picture, Run, Text, id};
use std::collections::{HashMap, HashSet};

/// Brings a document to its one spelling. Doing it twice changes nothing.
pub(crate) fn settle(document: &mut Document) {
    document.blocks.iter_mut().for_each(settle_block);
    let mut taken = HashSet::new();
    keep_first_ids(&mut document.blocks, &mut taken);
    give_ids(&mut document.blocks, &mut taken, &mut HashMap::new());
}

/// An id that a block before has already is no id.
fn keep_first_ids(blocks: &mut [Block], taken: &mut HashSet<Id>) {
    for block in blocks {
        if !block.id.is_empty() && !taken.insert(block.id.clone()) {
            block.id = Id::default();
        }
        if let Some(inner) = block.inner_mut() {
            keep_first_ids(inner, taken);
        }
    }
}

fn give_ids(blocks: &mut [Block], taken: &mut HashSet<Id>, seen: &mut HashMap<u64, u32>) {
    for block in blocks {
        if block.id.is_empty() {
            block.id = new_id(block, taken, seen);
            taken.insert(block.id.clone());
        }
        if let Some(inner) = block.inner_mut() {
            give_ids(inner, taken, seen);
        }
    }
}

fn new_id(block: &Block, taken: &HashSet<Id>, seen: &mut HashMap<u64, u32>) -> Id {
    let content = match &block.kind {
        Kind::Unknown(unknown) => unknown.json.clone(),
        kind => serde_json::to_string(kind).unwrap_or_default(),
    };
    let hash = id::hash(&content);
    // Counting by hash and not by content keeps a crowd of crafted equal hashes from being tried over and over.
    let nth = seen.entry(hash).or_default();
    loop {
        *nth += 1;
        let id = Id::of_content(hash, *nth);
        if !taken.contains(&id) {
            return id;
        }
    }
}

fn settle_block(block: &mut Block) {
    match &mut block.kind {
        Kind::Paragraph(it) => settle_text(&mut it.text),
        Kind::Heading(it) => settle_text(&mut it.text),
        Kind::List(it) => settle_list(it),
        Kind::Quote(it) | Kind::PullQuote(it) => {
            [&mut it.text, &mut it.cite].into_iter().for_each(settle_text)
        }
        Kind::Picture(it) => settle_picture(it),
        Kind::Gallery(it) => {
            it.pictures.iter_mut().for_each(settle_picture);
            settle_text(&mut it.caption);
        }
        Kind::Table(it) => {
            settle_text(&mut it.caption);
            it.rows.iter_mut().flatten().for_each(settle_cell);
        }
        Kind::Callout(it) => settle_text(&mut it.title),
        Kind::Embed(it) => [&mut it.provider, &mut it.title]
            .into_iter()
            .for_each(settle_words),
        Kind::Related(it) => settle_words(&mut it.headline),
        Kind::Entry(it) => [&mut it.headline, &mut it.author]
            .into_iter()
            .for_each(settle_words),
        Kind::File(it) => [&mut it.name, &mut it.media_type]
            .into_iter()
            .for_each(settle_words),
        Kind::Code(it) => settle_words(&mut it.text),
        Kind::Divider | Kind::Storyline(_) | Kind::Unknown(_) => {}
    }
    block.inner_mut().into_iter().flatten().for_each(settle_block);
}

fn settle_list(list: &mut List) {
    list.items.iter_mut().for_each(settle_item);
}

fn settle_item(item: &mut Item) {
    settle_text(&mut item.text);
    item.list = item.list.take().filter(|list| !list.items.is_empty());
    item.list.iter_mut().for_each(settle_list);
}

fn settle_picture(picture: &mut Picture) {
    [&mut picture.alt, &mut picture.credit]
        .into_iter()
        .for_each(settle_words);
    settle_text(&mut picture.caption);
}

fn settle_cell(cell: &mut Cell) {
    settle_text(&mut cell.text);
    cell.columns = cell.columns.clamp(1, 100);
    cell.rows = cell.rows.clamp(1, 100);
}

fn settle_text(text: &mut Text) {
    let runs = std::mem::take(&mut text.0);
    for mut run in runs {
        settle_words(&mut run.text);
        settle_marks(&mut run.marks);
        join_run(text, run);
    }
}

fn join_run(text: &mut Text, run: Run) {
    match text.0.last_mut() {
        _ if run.text.is_empty() => {}
        Some(last) if last.marks == run.marks => last.text.push_str(&run.text),
        _ => text.0.push(run),
    }
}

/// One order, one link and one language at most: what HTML can nest.
fn settle_marks(marks: &mut Vec<Mark>) {
    for mark in marks.iter_mut() {
        match mark {
            Mark::Link {
                title: Some(words), ..
            }
            | Mark::Source {
                name: Some(words), ..
            } => settle_words(words),
            _ => {}
        }
    }
    marks.sort();
    let same_kind = |one: &Mark, other: &Mark| std::mem::discriminant(one) == std::mem::discriminant(other);
    marks.dedup_by(|later, first| {
        later == first || (!matches!(first, Mark::Note { .. }) && same_kind(later, first))
    });
}

/// No control characters but the line break and the tab; `\r\n` is a line break.
pub(crate) fn settle_words(words: &mut String) {
    if words.contains(is_unprintable) {
        *words = words
            .replace("\r\n", "\n")
            .replace('\r', "\n")
            .replace(is_unprintable, "");
    }
}

/// Controls (C0, C1, DEL) and noncharacters: nothing a reader could read.
pub(crate) fn is_unprintable(letter: char) -> bool {
    let noncharacter = matches!(letter, '\u{fdd0}'..='\u{fdef}') || u32::from(letter) & 0xfffe == 0xfffe;
    noncharacter || (letter.is_control() && !matches!(letter, '\n' | '\t'))
}
