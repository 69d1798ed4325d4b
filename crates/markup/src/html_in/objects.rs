//! Pictures, players and frames: what an element points at.

use super::scan::Tag;
use super::{address, short};
use crate::{Href, Id, Picture};

/// What an `<img>` is to us.
pub(crate) enum Image {
    Picture(Picture),
    /// A smiley: its name in words.
    Words(String),
    /// A counter's dot.
    Nothing,
    /// Without an address that could be shown; with the address it had.
    Broken(String),
}

pub(crate) fn image(tag: &Tag) -> Image {
    let alt = short(tag.attribute("alt").unwrap_or_default());
    if tag.has_class_like("wp-smiley") || tag.has_class_like("emoji") {
        return Image::Words(alt);
    }
    let (width, height) = (pixels(tag, "width"), pixels(tag, "height"));
    if width.is_some_and(|width| width <= 1) && height.is_some_and(|height| height <= 1) {
        return Image::Nothing;
    }
    let asset = tag.attribute("data-asset").and_then(Id::parse);
    let url = if asset.is_some() { None } else { image_address(tag) };
    if asset.is_none() && url.is_none() {
        return Image::Broken(short(tag.attribute("src").unwrap_or_default()));
    }
    Image::Picture(Picture {
        asset,
        url,
        alt,
        width,
        height,
        ..Picture::default()
    })
}

/// Pages that load late keep the address elsewhere and a placeholder in `src`.
fn image_address(tag: &Tag) -> Option<Href> {
    let late = ["data-src", "data-lazy-src", "data-orig-file", "data-original"];
    let names = late.iter().filter(|_| is_placeholder(tag)).chain(["src"].iter());
    names
        .filter_map(|name| tag.attribute(name))
        .filter_map(address)
        .find(Href::is_web)
}

fn is_placeholder(tag: &Tag) -> bool {
    tag.attribute("src")
        .is_none_or(|src| src.trim_start().starts_with("data:") || src.trim().is_empty())
        || tag.has_class_like("lazy")
}

fn pixels(tag: &Tag, name: &str) -> Option<u32> {
    tag.attribute(name)?
        .trim()
        .trim_end_matches("px")
        .parse()
        .ok()
        .filter(|number| *number < 100_000)
}

/// Where a frame or player leads; the first of its attributes that is a web address.
pub(crate) fn player(tag: &Tag) -> Option<Href> {
    let names = ["src", "data-src", "data", "href"];
    names
        .iter()
        .filter_map(|name| tag.attribute(name))
        .filter_map(address)
        .find(Href::is_web)
}
