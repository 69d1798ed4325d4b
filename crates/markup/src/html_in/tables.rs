//! Tables: those that hold figures, and those that only arrange a page.

use super::fold;
use super::frame::{Draft, DraftCell};
use super::scan::Tag;
use crate::block::Table;
use crate::{Block, Cell, Kind};

/// A cell as its tag says.
pub(crate) fn cell_of(tag: &Tag) -> Cell {
    let span = |name| {
        tag.attribute(name)
            .and_then(|text| text.trim().parse().ok())
            .unwrap_or(1_u16)
            .clamp(1, 100)
    };
    Cell {
        columns: span("colspan"),
        rows: span("rowspan"),
        ..Cell::default()
    }
}

/// The table, then what stood in its cells and is no text; or only what stood in them, when it was a page's scaffold.
pub(crate) fn finish(mut draft: Draft) -> Vec<Block> {
    draft.rows.retain(|row| !row.is_empty());
    if draft.rows.is_empty() || draft.layout || arranges(&draft) {
        return scatter(draft);
    }
    let (header_row, header_column) = headers(&draft);
    let mut after = Vec::new();
    let mut table = Table {
        caption: draft.caption,
        header_row,
        header_column,
        rows: Vec::new(),
    };
    for row in draft.rows {
        table.rows.push(
            row.into_iter()
                .map(|cell| settle_cell(cell, &mut after))
                .collect(),
        );
    }
    std::iter::once(Kind::Table(table).into()).chain(after).collect()
}

fn settle_cell(draft: DraftCell, after: &mut Vec<Block>) -> Cell {
    let (text, rest) = fold::words(draft.blocks, "\n");
    after.extend(rest);
    Cell { text, ..draft.cell }
}

/// One cell a row, or cells that hold tables, boxes and headings: nobody would read it as a table.
fn arranges(draft: &Draft) -> bool {
    let structural = |block: &Block| {
        matches!(
            block.kind,
            Kind::Table(_) | Kind::Heading(_) | Kind::Callout(_) | Kind::Quote(_) | Kind::Embed(_)
        )
    };
    let cells = || draft.rows.iter().flatten();
    draft.rows.iter().all(|row| row.len() <= 1) || cells().any(|cell| cell.blocks.iter().any(structural))
}

fn headers(draft: &Draft) -> (bool, bool) {
    let all_heads = |row: &Vec<DraftCell>| row.iter().all(|cell| cell.head);
    let row = draft.head_rows > 0 || draft.rows.first().is_some_and(all_heads);
    let mut below = draft.rows.iter().skip(usize::from(row)).peekable();
    let column = below.peek().is_some() && below.all(|row| row.first().is_some_and(|cell| cell.head));
    (row, column)
}

fn scatter(draft: Draft) -> Vec<Block> {
    let caption = (!draft.caption.is_blank()).then(|| super::builder::paragraph(draft.caption));
    caption
        .into_iter()
        .chain(draft.rows.into_iter().flatten().flat_map(|cell| cell.blocks))
        .collect()
}
