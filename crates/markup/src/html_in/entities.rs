//! Character references, as the HTML standard reads them (13.2.5.72 and following).

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use std::borrow::Cow;

/// Replaces every reference. In attributes, `&copy=1` stays as it is, as query strings are written so.
pub(crate) fn decode(text: &str, in_attribute: bool) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (letters, used) = reference(rest, in_attribute).unwrap_or(([Some('&'), None], 1));
        out.extend(letters.into_iter().flatten());
        rest = &rest[used..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

type Found = Option<([Option<char>; 2], usize)>;

/// What the reference at the start of `text` stands for, and its length.
fn reference(text: &str, in_attribute: bool) -> Found {
    match text.strip_prefix("&#") {
        Some(number) => numeric(number),
        None => named(text, in_attribute),
    }
}

fn numeric(text: &str) -> Found {
    let (digits, radix, before) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 3),
        None => (text, 10, 2),
    };
    let length = digits
        .bytes()
        .take_while(|byte| char::from(*byte).is_digit(radix))
        .count();
    let value = digits[..length].chars().filter_map(|digit| digit.to_digit(radix));
    let value = value.fold(0_u32, |value, digit| {
        value.saturating_mul(radix).saturating_add(digit)
    });
    let end = before + length + usize::from(digits[length..].starts_with(';'));
    (length > 0).then_some(([Some(letter(value)), None], end))
}

fn letter(value: u32) -> char {
    match value {
        0 => '\u{fffd}',
        0x80..=0x9f => C1_REPLACEMENTS[value as usize - 0x80]
            .or(char::from_u32(value))
            .unwrap_or('\u{fffd}'),
        _ => char::from_u32(value).unwrap_or('\u{fffd}'),
    }
}

/// The longest name that fits. The table has every prefix of a name too, with nothing behind it.
fn named(text: &str, in_attribute: bool) -> Found {
    let name = &text[1..];
    let mut longest = None;
    for (at, byte) in name.bytes().enumerate().take(40) {
        if !byte.is_ascii_alphanumeric() && byte != b';' {
            break;
        }
        match NAMED_ENTITIES.get(&name[..=at]) {
            None => break,
            Some((0, _)) => {}
            Some(letters) => longest = Some((letters, at + 1)),
        }
    }
    let ((first, second), length) = longest?;
    let next = name.as_bytes().get(length);
    let closed = name[..length].ends_with(';');
    if in_attribute && !closed && next.is_some_and(|byte| *byte == b'=' || byte.is_ascii_alphanumeric()) {
        return None;
    }
    let second = char::from_u32(*second).filter(|letter| *letter != '\0');
    Some(([char::from_u32(*first), second], length + 1))
}
