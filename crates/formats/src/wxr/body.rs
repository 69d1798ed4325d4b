//! WordPress bodies as HTML: the classic editor leaves paragraphs as blank lines, and captions as shortcodes.

use crate::html::{self, tag_length, tag_name};
use std::borrow::Cow;

/// A body, told as HTML.
pub(super) struct Told {
    pub(super) html: String,
    /// Whether shortcodes were left in the text.
    pub(super) shortcodes: bool,
}

/// Elements that stand on their own: text beside them needs a paragraph, text in them may.
const BLOCKS: [&str; 34] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "iframe",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "section",
    "table",
    "tbody",
    "td",
    "tr",
    "ul",
];
/// Elements whose text may itself be paragraphs.
const CONTAINERS: [&str; 10] = [
    "article",
    "aside",
    "blockquote",
    "details",
    "div",
    "footer",
    "header",
    "main",
    "nav",
    "section",
];
/// Elements in which line ends mean nothing, or everything.
const VERBATIM: [&str; 6] = ["pre", "script", "style", "svg", "table", "textarea"];

/// The body as HTML. Block-editor content is HTML already; what the classic editor wrote gets its paragraphs.
pub(super) fn html(content: &str) -> Told {
    let html = captions(content);
    let html = if content.contains("<!-- wp:") {
        html.into_owned()
    } else {
        paragraphs(&html)
    };
    Told {
        shortcodes: has_shortcodes(&html),
        html,
    }
}

/// `[caption …]<img …> Words[/caption]` becomes a figure.
fn captions(content: &str) -> Cow<'_, str> {
    if !content.contains("[caption") {
        return Cow::Borrowed(content);
    }
    let mut out = String::with_capacity(content.len());
    let mut rest = content;
    while let Some(at) = rest.find("[caption") {
        let Some(end) = rest[at..].find("[/caption]") else {
            break;
        };
        let (opening, after) = (&rest[at..at + end], &rest[at + end + "[/caption]".len()..]);
        out.push_str(&rest[..at]);
        out.push_str(&figure(opening));
        rest = after;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn figure(shortcode: &str) -> String {
    let (opening, inside) = shortcode.split_once(']').unwrap_or((shortcode, ""));
    let picture_end = ["</a>", "/>", ">"]
        .iter()
        .find_map(|end| inside.find(end).map(|at| at + end.len()));
    let (picture, words) = inside.split_at(picture_end.unwrap_or(0));
    let attribute = opening
        .split_once("caption=\"")
        .and_then(|(_, rest)| rest.split('"').next());
    let words = Some(words.trim())
        .filter(|words| !words.is_empty())
        .or(attribute)
        .unwrap_or("");
    format!(
        "<figure>{}<figcaption>{words}</figcaption></figure>",
        picture.trim()
    )
}

/// Wraps what blank lines part into paragraphs, and makes single line ends breaks.
fn paragraphs(content: &str) -> String {
    let unix = content.contains('\r').then(|| content.replace("\r\n", "\n"));
    let content = unix.as_deref().unwrap_or(content);
    let mut out = String::with_capacity(content.len() + content.len() / 8);
    for piece in pieces(content) {
        match piece {
            Piece::Verbatim(text) => out.push_str(text),
            Piece::Flowing(text) => flow(&mut out, &part_blocks(text)),
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out
}

fn flow(out: &mut String, text: &str) {
    for chunk in text
        .split("\n\n")
        .map(str::trim)
        .filter(|chunk| !chunk.is_empty())
    {
        if begins_block(chunk) || is_comment(chunk) {
            out.push_str(chunk);
        } else {
            out.push_str("<p>");
            out.push_str(&chunk.replace('\n', "<br>\n"));
            out.push_str("</p>");
        }
        out.push('\n');
    }
}

enum Piece<'a> {
    Verbatim(&'a str),
    Flowing(&'a str),
}

/// Sets apart the elements whose inside must not be touched.
fn pieces(content: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(next) = content[at..].find('<') {
        at += next;
        let name = tag_name(&content[at..]);
        if !content[at + 1..].starts_with('/')
            && VERBATIM
                .iter()
                .any(|verbatim| name.eq_ignore_ascii_case(verbatim))
        {
            let end = end_of(&content[at..], name);
            pieces.push(Piece::Flowing(&content[start..at]));
            pieces.push(Piece::Verbatim(&content[at..at + end]));
            at += end;
            start = at;
        } else {
            at += tag_length(&content[at..]).unwrap_or(1);
        }
    }
    pieces.push(Piece::Flowing(&content[start..]));
    pieces
}

/// The length of an element up to behind its end tag, or to the end of the text.
fn end_of(text: &str, name: &str) -> usize {
    let mut ends = text.match_indices("</").map(|(at, _)| at);
    let end = ends.find(|at| tag_name(&text[*at..]).eq_ignore_ascii_case(name));
    end.map_or(text.len(), |at| at + tag_length(&text[at..]).unwrap_or(2))
}

/// Puts blank lines around blocks, so that text beside a block becomes a chunk of its own.
fn part_blocks(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = tag_length(rest).unwrap_or(1);
        let (tag, name, closes) = (&rest[..length], tag_name(rest), rest.starts_with("</"));
        let is_in = |names: &[&str]| names.iter().any(|known| name.eq_ignore_ascii_case(known));
        let (block, container) = (is_in(&BLOCKS), is_in(&CONTAINERS));
        if block && (!closes || container) {
            out.push_str("\n\n");
        }
        out.push_str(tag);
        if block && (closes || container || name.eq_ignore_ascii_case("hr")) {
            out.push_str("\n\n");
        }
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

fn begins_block(chunk: &str) -> bool {
    let name = tag_name(chunk);
    chunk.starts_with('<') && BLOCKS.iter().any(|block| name.eq_ignore_ascii_case(block))
}

/// `<!--more-->` and the like need no paragraph.
fn is_comment(chunk: &str) -> bool {
    chunk.starts_with("<!--") && html::tag_length(chunk) == Some(chunk.len())
}

/// `[gallery ids="1,2"]`, `[/vc_row]`, `[embed]`: a lower-case name in brackets, with an attribute or a slash, or known.
fn has_shortcodes(html: &str) -> bool {
    html.match_indices('[')
        .any(|(at, _)| is_shortcode(&html.as_bytes()[at + 1..]))
}

/// Looks a bounded way ahead only: a text full of open brackets must not cost its square.
fn is_shortcode(after_bracket: &[u8]) -> bool {
    const FAR: usize = 512;
    let closes = after_bracket.starts_with(b"/");
    let name = &after_bracket[usize::from(closes)..];
    let length = name
        .iter()
        .take(FAR)
        .take_while(|b| b.is_ascii_lowercase() || b"_-".contains(b))
        .count();
    let inside = || name[length..].iter().take(FAR).take_while(|b| **b != b']');
    match name.get(length) {
        Some(b']') => length >= 3 && (closes || KNOWN.contains(&&name[..length])),
        Some(b' ') => length >= 3 && inside().any(|b| *b == b'='),
        _ => false,
    }
}

/// Shortcodes that often stand alone.
const KNOWN: [&[u8]; 6] = [b"gallery", b"audio", b"video", b"playlist", b"embed", b"caption"];
