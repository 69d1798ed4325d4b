//! The place in a list from which the next part goes on.

use base::{Error, Result};
use lexicon::{At, StoryId};

/// A cursor is a moment and an id; whoever makes one up gets a list from there, of nothing but what is public.
pub(super) fn read_cursor(text: &str) -> Result<(At, String)> {
    let refuse = || Error::invalid("cursor", "stories.cursor", "use the cursor of an earlier answer");
    let (at, id) = text.split_once('.').ok_or_else(refuse)?;
    let at = i64::from_str_radix(at, 36).map_err(|_| refuse())?;
    Ok((At(at), StoryId::parse(id).map_err(|_| refuse())?.to_string()))
}

pub(super) fn write_cursor(at: At, id: &str) -> String {
    let (mut digits, mut rest) = (Vec::new(), at.0.unsigned_abs());
    while rest > 0 || digits.is_empty() {
        digits.push(char::from_digit((rest % 36) as u32, 36).unwrap_or('0'));
        rest /= 36;
    }
    let sign = if at.0 < 0 { "-" } else { "" };
    format!("{sign}{}.{id}", digits.iter().rev().collect::<String>())
}
