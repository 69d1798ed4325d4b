//! What a finished frame turns into.

use super::frame::{Role, Slot};
use crate::block::{Callout, Code, Gallery, List, Paragraph, Quote};
use crate::{Block, Item, Kind, Mark, Picture, Text};

/// The words of blocks as one text, and the blocks that are not words.
pub(crate) fn words(blocks: Vec<Block>, between: &str) -> (Text, Vec<Block>) {
    let mut text = Text::default();
    let mut rest = Vec::new();
    for block in blocks {
        match block.kind {
            Kind::Paragraph(it) => text.join(between, it.text),
            Kind::Heading(it) => text.join(between, it.text),
            Kind::Code(it) => text.join(
                between,
                Text(vec![crate::Run {
                    text: it.text,
                    marks: vec![Mark::Code],
                }]),
            ),
            Kind::List(it) => lines(it, &mut text),
            Kind::Quote(it) | Kind::PullQuote(it) => {
                text.join(between, it.text);
                text.join(between, it.cite);
            }
            Kind::Divider => {}
            kind => rest.push(Block { id: block.id, kind }),
        }
    }
    (text, rest)
}

fn lines(list: List, text: &mut Text) {
    for item in list.items {
        text.join("\n", item.text);
        item.list.into_iter().for_each(|inner| lines(inner, text));
    }
}

/// An item of a list: its words, the list under it, and blocks that have no place in a list.
pub(crate) fn item(blocks: Vec<Block>) -> (Item, Vec<Block>) {
    let (lists, others): (Vec<Block>, Vec<Block>) = blocks
        .into_iter()
        .partition(|block| matches!(block.kind, Kind::List(_)));
    let (text, rest) = words(others, "\n");
    let mut item = Item { text, list: None };
    for block in lists {
        if let Kind::List(list) = block.kind {
            nest(&mut item, list);
        }
    }
    (item, rest)
}

/// Puts a list under an item, after the one that may be there.
pub(crate) fn nest(item: &mut Item, list: List) {
    match &mut item.list {
        Some(own) => own.items.extend(list.items),
        None => item.list = Some(list),
    }
}

/// A quotation, cut where something stands in it that is no words.
pub(crate) fn quote(blocks: Vec<Block>, pull: bool, mut quote: Quote) -> Vec<Block> {
    let (text, rest) = words(blocks, "\n\n");
    quote.text = text;
    trim_dash(&mut quote.cite);
    let kind = if pull {
        Kind::PullQuote(quote.clone())
    } else {
        Kind::Quote(quote.clone())
    };
    let own = (!quote.text.is_blank() || !quote.cite.is_blank()).then(|| kind.into());
    own.into_iter().chain(rest).collect()
}

/// "— Somebody" is set by the page, not by the text.
fn trim_dash(text: &mut Text) {
    if let Some(first) = text.0.first_mut() {
        first.text = first
            .text
            .trim_start_matches(['\u{2014}', '\u{2013}', '-', ' '])
            .to_owned();
    }
    text.0.retain(|run| !run.text.is_empty());
}

/// A box; its title loses the weight that every title has.
pub(crate) fn callout(blocks: Vec<Block>, mut title: Text) -> Vec<Block> {
    if title.0.iter().all(|run| run.marks.contains(&Mark::Strong)) {
        title
            .0
            .iter_mut()
            .for_each(|run| run.marks.retain(|mark| *mark != Mark::Strong));
    }
    match blocks.is_empty() && title.0.is_empty() {
        true => Vec::new(),
        false => vec![Kind::Callout(Callout { title, blocks }).into()],
    }
}

/// What stood in a `<figure>`, with its caption where it belongs.
pub(crate) fn figure(blocks: Vec<Block>, role: Role) -> Vec<Block> {
    let Role::Figure {
        pull,
        mut caption,
        credit,
        loose_is_caption,
    } = role
    else {
        return blocks;
    };
    let (pictures, mut others) = split_pictures(blocks);
    if loose_is_caption {
        let (text, rest) = words(others, "\n");
        caption.join("\n", text);
        others = rest;
    }
    let mut out = Vec::new();
    match <[Picture; 1]>::try_from(pictures) {
        Ok([picture]) => out.push(Kind::Picture(captioned(picture, caption, credit)).into()),
        Err(pictures) if pictures.is_empty() => others = caption_of(others, pull, caption),
        Err(pictures) => out.push(Kind::Gallery(Gallery { pictures, caption }).into()),
    }
    out.extend(others);
    out
}

fn split_pictures(blocks: Vec<Block>) -> (Vec<Picture>, Vec<Block>) {
    let mut pictures = Vec::new();
    let mut others = Vec::new();
    for block in blocks {
        match block.kind {
            Kind::Picture(picture) => pictures.push(picture),
            kind => others.push(Block { id: block.id, kind }),
        }
    }
    (pictures, others)
}

fn captioned(mut picture: Picture, caption: Text, credit: String) -> Picture {
    picture.caption.join("\n", caption);
    if picture.credit.is_empty() {
        picture.credit = credit;
    }
    picture
}

/// The caption of a figure without a picture: a table's, a film's, or a quotation's author.
fn caption_of(mut blocks: Vec<Block>, pull: bool, caption: Text) -> Vec<Block> {
    if let Some(first) = blocks.first_mut() {
        if pull && let Kind::Quote(quote) = &first.kind {
            first.kind = Kind::PullQuote(quote.clone());
        }
        match &mut first.kind {
            _ if caption.0.is_empty() => return blocks,
            Kind::Table(table) if table.caption.0.is_empty() => table.caption = caption,
            Kind::Embed(embed) if embed.title.is_empty() => embed.title = caption.words(),
            Kind::Quote(quote) | Kind::PullQuote(quote) if quote.cite.0.is_empty() => quote.cite = caption,
            _ => blocks.push(Kind::Paragraph(Paragraph { text: caption }).into()),
        }
    } else if !caption.is_blank() {
        blocks.push(Kind::Paragraph(Paragraph { text: caption }).into());
    }
    blocks
}

/// Preformatted text. The newline after `<pre>` was dropped by who read it.
pub(crate) fn code(blocks: Vec<Block>, language: String) -> Vec<Block> {
    let (text, rest) = words(blocks, "\n");
    let text = text.words();
    let own = (!text.is_empty()).then(|| Kind::Code(Code { text, language }).into());
    own.into_iter().chain(rest).collect()
}

/// Gives the words of a caption, title, credit or cite to the frame around it. `Err` when it has no such place.
pub(crate) fn fill(role: &mut Role, slot: Slot, text: Text) -> Result<(), Text> {
    match (role, slot) {
        (Role::Figure { credit, .. }, Slot::Credit) => credit.push_str(&text.words()),
        (Role::Figure { caption, .. }, _) => caption.join("\n", text),
        (Role::Table(draft), Slot::Caption) => draft.caption.join("\n", text),
        (Role::Callout { title }, Slot::Title) => title.join("\n", text),
        (Role::Quote { cite, .. }, Slot::Cite) => cite.join(" ", text),
        _ => return Err(text),
    }
    Ok(())
}
