//! What our own HTML says about itself: ids, whole blocks in `data-json`, and cards.

use super::scan::Tag;
use super::{address, short};
use crate::block::{Related, Storyline};
use crate::{Block, Id, Kind, json, provider};

/// The id of a block in the carrier (`data-block`) or on a page (`id="b-…"`); empty when there is none.
pub(crate) fn id_of(tag: &Tag) -> Id {
    let page = || tag.attribute("id").and_then(|id| id.strip_prefix("b-"));
    tag.attribute("data-block")
        .or_else(page)
        .and_then(Id::parse)
        .unwrap_or_default()
}

/// A whole block that the tag carries; its content says the same in plain HTML.
/// `Err` with the code of the fault when the JSON is no block.
pub(crate) fn block_of(tag: &Tag) -> Result<Option<Block>, String> {
    if let (Some(json), Some(_)) = (tag.attribute("data-json"), tag.attribute("data-type")) {
        return match json::read_block(json) {
            Ok(block) => Ok(Some(Block {
                id: if block.id.is_empty() { id_of(tag) } else { block.id },
                ..block
            })),
            Err(error) => Err(error.code.to_owned()),
        };
    }
    Ok(card_of(tag).map(|kind| Block { id: id_of(tag), kind }))
}

fn card_of(tag: &Tag) -> Option<Kind> {
    if let Some(url) = tag
        .attribute("data-embed")
        .and_then(address)
        .filter(crate::Href::is_web)
    {
        let mut embed = provider::embed(
            url.clone(),
            &short(tag.attribute("data-title").unwrap_or_default()),
        );
        embed.url = url;
        embed.provider = short(tag.attribute("data-provider").unwrap_or_default());
        return Some(Kind::Embed(embed));
    }
    if let Some(story) = tag.attribute("data-story").and_then(Id::parse) {
        return Some(Kind::Related(Related {
            story,
            headline: short(tag.attribute("data-headline").unwrap_or_default()),
        }));
    }
    let storyline = tag.attribute("data-storyline").and_then(Id::parse);
    storyline.map(|storyline| Kind::Storyline(Storyline { storyline }))
}
