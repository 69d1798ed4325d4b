//! WordPress shortcodes: `[caption]…[/caption]`, `[embed]…[/embed]`, `[gallery ids="…"]`.

/// A stretch of text, or a shortcode in it.
#[derive(Debug, PartialEq)]
pub(crate) enum Part<'a> {
    Words(&'a str),
    Open { name: &'a str, rest: &'a str },
    Close(&'a str),
}

/// Names that are shortcodes even when they have no attributes; `[sic]` is none.
const KNOWN: &[&str] = &[
    "audio",
    "caption",
    "embed",
    "gallery",
    "playlist",
    "video",
    "wp_caption",
    "youtube",
    "vimeo",
    "twitter",
    "tweet",
    "instagram",
    "soundcloud",
    "contact-form",
    "contact-form-7",
    "more",
    "nextpage",
    "toc",
    "ad",
    "adsense",
    "spoiler",
];

const MAX_BYTES: usize = 2_000;

/// Cuts text at its shortcodes.
pub(crate) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut found = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(open) = text[at..].find('[').map(|open| open + at) {
        match shortcode(&text[open..]) {
            Some((part, length)) => {
                found.push(Part::Words(&text[from..open]));
                found.push(part);
                at = open + length;
                from = at;
            }
            None => at = open + 1,
        }
    }
    found.push(Part::Words(&text[from..]));
    found.retain(|part| *part != Part::Words(""));
    found
}

/// The value of an attribute of a shortcode, quoted or not.
pub(crate) fn attribute<'a>(rest: &'a str, name: &str) -> Option<&'a str> {
    let mut left = rest;
    while let Some((before, after)) = left.split_once('=') {
        let own = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        let (value, next) = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => after[1..].split_once(quote)?,
            _ => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        if own == name {
            return Some(value);
        }
        left = next;
    }
    None
}

fn shortcode(text: &str) -> Option<(Part<'_>, usize)> {
    // A shortcode is one line and short, so looking for its end costs no more than the line.
    let window = text.as_bytes().iter().take(MAX_BYTES);
    let end = window
        .skip(1)
        .position(|byte| matches!(byte, b']' | b'[' | b'\n'))?
        + 1;
    let inner = text.get(1..end).filter(|_| text.as_bytes()[end] == b']')?;
    let closing = inner.strip_prefix('/');
    let (name, rest) = closing
        .unwrap_or(inner)
        .split_once(char::is_whitespace)
        .unwrap_or((closing.unwrap_or(inner), ""));
    let name = name.trim_end_matches('/');
    if !is_name(name)
        || !(KNOWN.contains(&name) || rest.contains('=') || (closing.is_some() && name.contains('_')))
    {
        return None;
    }
    let part = if closing.is_some() {
        Part::Close(name)
    } else {
        Part::Open { name, rest }
    };
    Some((part, end + 1))
}

fn is_name(name: &str) -> bool {
    let sound = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_' || byte == b'-';
    name.starts_with(|letter: char| letter.is_ascii_lowercase()) && name.bytes().all(sound)
}
