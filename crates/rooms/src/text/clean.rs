//! What is taken out of a text before anybody reads it: signs that hide, turn or pile up; and which addresses may be linked.

use super::LONGEST;
use base::{Error, Result};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// More marks than this on one letter are no writing in any language.
const MARKS: usize = 4;
/// A web address that is longer is not linked.
const LONGEST_ADDRESS: usize = 2_000;

/// A message's text as it is kept: composed, with line breaks and without signs that hide or turn others.
/// Errors: `rooms.text_empty`, `rooms.text_long`.
pub fn clean(text: &str) -> Result<String> {
    // Composing can only shorten; what is far too long is not even looked at.
    if text.chars().count() > 2 * LONGEST {
        return Err(too_long());
    }
    let mut out = String::with_capacity(text.len());
    let (mut marks, mut breaks) = (0, 0);
    for sign in text.replace("\r\n", "\n").nfc() {
        let sign = match sign {
            '\r' | '\u{2028}' | '\u{2029}' | '\u{0B}' | '\u{0C}' | '\u{85}' => '\n',
            other => other,
        };
        if hides(sign) && !cfg!(feature = "planted-hidden-signs") {
            continue;
        }
        marks = if is_combining_mark(sign) { marks + 1 } else { 0 };
        breaks = if sign == '\n' {
            breaks + 1
        } else {
            breaks * usize::from(sign == ' ')
        };
        if marks <= MARKS && breaks <= 2 {
            out.push(sign);
        }
    }
    let text = joined(
        out.trim_matches(|c: char| c.is_whitespace() && c != ' ' || c == '\n')
            .trim_end(),
    );
    if !text
        .chars()
        .any(|c| !c.is_whitespace() && !is_combining_mark(c) && !is_joiner(c))
    {
        return Err(Error::invalid(
            "text",
            "rooms.text_empty",
            "write something first",
        ));
    }
    if text.chars().count() > LONGEST {
        return Err(too_long());
    }
    Ok(text)
}

fn too_long() -> Error {
    let message = format!("a message has at most {LONGEST} characters; shorten it or write two");
    Error::invalid("text", "rooms.text_long", message)
}

/// Controls, overrides of direction, and signs that take no place. Joiners stay: Persian, Indic scripts and some pictures need them.
fn hides(sign: char) -> bool {
    let private = matches!(sign, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}');
    let tags = matches!(sign, '\u{E0000}'..='\u{E0FFF}');
    let controls = sign.is_control() && sign != '\n' && sign != '\t';
    let nothing = matches!(
        sign,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2800}'
            | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}' | '\u{FDD0}'..='\u{FDEF}'
    );
    private || tags || controls || nothing
}

fn is_joiner(sign: char) -> bool {
    matches!(sign, '\u{200C}' | '\u{200D}')
}

/// Joiners stand singly and between signs; in rows they only hide.
fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let next = signs.peek().copied();
        let idle = out.chars().next_back().is_none_or(char::is_whitespace)
            || next.is_none_or(|next| next.is_whitespace() || is_joiner(next));
        if !(is_joiner(sign) && idle) {
            out.push(sign);
        }
    }
    out
}

/// Whether an address may be linked: the web's two schemes, and nothing that pretends to be another host.
pub(super) fn is_web_address(url: &str) -> bool {
    let lower = url
        .get(..8.min(url.len()))
        .unwrap_or_default()
        .to_ascii_lowercase();
    let Some(rest) = ["https://", "http://"]
        .iter()
        .find_map(|scheme| lower.starts_with(scheme).then(|| &url[scheme.len()..]))
    else {
        return cfg!(feature = "planted-any-scheme");
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let bad = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '<' | '>' | '"' | '\\' | '^' | '`' | '{' | '|' | '}')
    };
    url.len() <= LONGEST_ADDRESS && host.contains('.') && !host.contains('@') && !url.contains(bad)
}

/// The first bare address of a text: what stands before it, itself, what follows.
pub(super) fn first_address(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(found) = text.get(from..)?.find("http").map(|at| at + from) {
        let rest = text.get(found..)?;
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'))
            .unwrap_or(rest.len());
        let url = trimmed(rest.get(..end)?);
        let inside = text
            .get(..found)?
            .chars()
            .next_back()
            .is_some_and(char::is_alphanumeric);
        if is_web_address(url) && url.starts_with("http") && !inside {
            return Some((text.get(..found)?, url, text.get(found + url.len()..)?));
        }
        from = found + 4;
    }
    None
}

/// The end of a sentence is not the end of an address; a bracket belongs to it when it was opened in it.
fn trimmed(url: &str) -> &str {
    let mut url = url;
    while let Some(last) = url.chars().next_back() {
        let closes = last == ')' && url.matches(')').count() > url.matches('(').count();
        if !closes
            && !matches!(
                last,
                '.' | ',' | ';' | ':' | '!' | '?' | '\'' | ']' | '*' | '_' | '»' | '…' | '،' | '؟' | '。'
            )
        {
            break;
        }
        url = url.get(..url.len() - last.len_utf8()).unwrap_or_default();
    }
    url
}
