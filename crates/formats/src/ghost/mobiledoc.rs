//! Mobiledoc 0.3, the body format of Ghost 1 to 5: sections of marked-up text, lists and cards.

use super::{Rendered, card};
use crate::html::escape;
use serde_json::{Map, Value};

/// Section and marker types of the format.
const MARKUP_SECTION: u64 = 1;
const IMAGE_SECTION: u64 = 2;
const LIST_SECTION: u64 = 3;
const CARD_SECTION: u64 = 10;
const ATOM_MARKER: u64 = 1;

/// Elements that markup may name; anything else loses its tags, not its text.
const BLOCK_TAGS: [&str; 9] = ["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "aside"];
const INLINE_TAGS: [&str; 12] = [
    "a", "b", "code", "del", "em", "i", "mark", "s", "strong", "sub", "sup", "u",
];

pub(super) fn render(json: &str) -> Rendered {
    let mut out = Rendered::default();
    match serde_json::from_str::<Value>(json) {
        Ok(document) if document.get("sections").is_some_and(Value::is_array) => {
            for section in list(document.get("sections")) {
                write_section(&mut out, &document, section);
            }
        }
        Ok(_) => out.warn("ghost.mobiledoc", "the body is JSON, but no mobiledoc"),
        Err(error) => out.warn("ghost.mobiledoc", format!("the body cannot be read: {error}")),
    }
    out
}

fn write_section(out: &mut Rendered, document: &Value, section: &Value) {
    let tag = section.get(1).and_then(Value::as_str).unwrap_or("p");
    match section.get(0).and_then(Value::as_u64) {
        Some(MARKUP_SECTION) => {
            let tag = if BLOCK_TAGS.contains(&tag) { tag } else { "p" };
            let inside = markers(document, section.get(2));
            out.html.push_str(&format!("<{tag}>{inside}</{tag}>\n"));
        }
        Some(IMAGE_SECTION) => out
            .html
            .push_str(&format!("<figure><img src=\"{}\"></figure>\n", escape(tag))),
        Some(LIST_SECTION) => {
            let tag = if tag == "ol" { "ol" } else { "ul" };
            let entries = list(section.get(2))
                .iter()
                .map(|entry| format!("<li>{}</li>", markers(document, Some(entry))));
            out.html
                .push_str(&format!("<{tag}>{}</{tag}>\n", entries.collect::<String>()));
        }
        Some(CARD_SECTION) => write_card(out, document, section),
        _ => out.warn("ghost.mobiledoc", "a section of unknown type was left out"),
    }
}

fn write_card(out: &mut Rendered, document: &Value, section: &Value) {
    let card = section
        .get(1)
        .and_then(Value::as_u64)
        .and_then(|at| list(document.get("cards")).get(at as usize));
    let Some(name) = card.and_then(|card| card.get(0)).and_then(Value::as_str) else {
        return out.warn(
            "ghost.mobiledoc",
            "a card that is not in the document was left out",
        );
    };
    let empty = Map::new();
    let payload = card
        .and_then(|card| card.get(1))
        .and_then(Value::as_object)
        .unwrap_or(&empty);
    card::write(out, name, payload);
}

/// Text with the markups that open and close around it.
fn markers(document: &Value, markers: Option<&Value>) -> String {
    let mut html = String::new();
    let mut open: Vec<&str> = Vec::new();
    for marker in list(markers) {
        for index in list(marker.get(1)) {
            let markup = index
                .as_u64()
                .and_then(|at| list(document.get("markups")).get(at as usize));
            let tag = markup
                .and_then(|markup| markup.get(0))
                .and_then(Value::as_str)
                .unwrap_or("");
            let tag = INLINE_TAGS
                .iter()
                .find(|known| **known == tag)
                .copied()
                .unwrap_or("");
            html.push_str(&opening(tag, markup));
            open.push(tag);
        }
        html.push_str(&content(document, marker));
        for _ in 0..marker
            .get(2)
            .and_then(Value::as_u64)
            .unwrap_or(0)
            .min(open.len() as u64)
        {
            close(&mut html, open.pop());
        }
    }
    while !open.is_empty() {
        close(&mut html, open.pop());
    }
    html
}

fn content(document: &Value, marker: &Value) -> String {
    let value = marker.get(3);
    if marker.get(0).and_then(Value::as_u64) != Some(ATOM_MARKER) {
        return escape(value.and_then(Value::as_str).unwrap_or(""));
    }
    let atom = value
        .and_then(Value::as_u64)
        .and_then(|at| list(document.get("atoms")).get(at as usize));
    match atom.and_then(|atom| atom.get(0)).and_then(Value::as_str) {
        Some("soft-return") => "<br>".to_owned(),
        _ => escape(
            atom.and_then(|atom| atom.get(1))
                .and_then(Value::as_str)
                .unwrap_or(""),
        ),
    }
}

/// Of attributes only an address has a meaning; they stand as name, value, name, value.
fn opening(tag: &str, markup: Option<&Value>) -> String {
    let attributes = list(markup.and_then(|markup| markup.get(1)));
    let href = attributes
        .chunks(2)
        .find(|pair| pair.first().and_then(Value::as_str) == Some("href"));
    let href = href.and_then(|pair| pair.get(1)).and_then(Value::as_str);
    match (tag, href) {
        ("", _) => String::new(),
        ("a", Some(href)) => format!("<a href=\"{}\">", escape(href)),
        _ => format!("<{tag}>"),
    }
}

fn close(html: &mut String, tag: Option<&str>) {
    if let Some(tag) = tag.filter(|tag| !tag.is_empty()) {
        html.push_str(&format!("</{tag}>"));
    }
}

fn list(value: Option<&Value>) -> &[Value] {
    value
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}
