//! The form of a message: its length, what is not seen in it, towers of marks, directional controls, capitals.

use super::{fold, limits};

/// What is wrong with a message's form, whoever wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Empty,
    Long,
    Control(char),
    Bidi(char),
    Zalgo(char),
    Invisible(usize),
}

/// The first fault of a text, if any.
pub(crate) fn fault(text: &str) -> Option<Fault> {
    if text.chars().count() > limits::CHARACTERS {
        return Some(Fault::Long);
    }
    if let Some(control) = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        return Some(Fault::Control(control));
    }
    if !text.chars().any(is_seen) {
        return Some(Fault::Empty);
    }
    bidi(text).or_else(|| zalgo(text)).or_else(|| invisible(text))
}

fn is_seen(c: char) -> bool {
    !c.is_whitespace() && !c.is_control() && !fold::is_invisible(c) && !fold::is_decoration(c)
}

/// Overrides turn the order of letters and have no use in a message; embeddings and isolates must be closed and shallow,
/// or they turn what stands after the message too.
fn bidi(text: &str) -> Option<Fault> {
    let (mut isolates, mut embeddings) = (0_usize, 0_usize);
    let mut opened = '\u{2066}';
    for c in text.chars() {
        match c {
            '\u{202d}' | '\u{202e}' => return Some(Fault::Bidi(c)),
            '\u{202a}' | '\u{202b}' => embeddings += 1,
            '\u{202c}' if embeddings == 0 => return Some(Fault::Bidi(c)),
            '\u{202c}' => embeddings -= 1,
            '\u{2066}'..='\u{2068}' => isolates += 1,
            '\u{2069}' if isolates == 0 => return Some(Fault::Bidi(c)),
            '\u{2069}' => isolates -= 1,
            '\u{206a}'..='\u{206f}' => return Some(Fault::Bidi(c)),
            _ => continue,
        }
        opened = c;
        if isolates + embeddings > limits::NESTED {
            return Some(Fault::Bidi(c));
        }
    }
    (isolates + embeddings > 0).then_some(Fault::Bidi(opened))
}

fn zalgo(text: &str) -> Option<Fault> {
    use unicode_normalization::UnicodeNormalization;
    let mut marks = 0;
    // Decomposed, so that a tower of ready-made letters with accents counts like one of single marks.
    text.nfd().find_map(|c| {
        marks = if unicode_normalization::char::is_combining_mark(c) && !is_selector(c) {
            marks + 1
        } else {
            0
        };
        (marks > limits::MARKS).then_some(Fault::Zalgo(c))
    })
}

fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Counts what is not seen and is not in its place. Joiners belong between letters of Arabic and Indic scripts and between
/// emoji, direction marks beside right-to-left letters, selectors after what they select, tags in flags.
fn invisible(text: &str) -> Option<Fault> {
    let text: Vec<char> = text.trim_matches('\u{feff}').chars().collect();
    let mut count = 0;
    for (at, c) in text.iter().enumerate() {
        if !fold::is_invisible(*c) {
            continue;
        }
        let before = at.checked_sub(1).and_then(|at| text.get(at)).copied();
        let after = text.get(at + 1).copied();
        if !in_its_place(*c, before, after) {
            count += 1;
        }
    }
    (count > limits::INVISIBLE).then_some(Fault::Invisible(count))
}

fn in_its_place(c: char, before: Option<char>, after: Option<char>) -> bool {
    let joins = |c: Option<char>| {
        c.is_some_and(|c| matches!(c, '\u{590}'..='\u{dff}' | '\u{e00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{1800}'..='\u{18af}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'))
    };
    let emoji = |c: Option<char>| {
        c.is_some_and(|c| matches!(c, '\u{23}' | '\u{2a}' | '0'..='9' | '\u{a9}' | '\u{ae}' | '\u{2000}'..='\u{3299}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}'))
    };
    match c {
        '\u{200c}' | '\u{200d}' => {
            (joins(before) && !matches!(after, None | Some('\u{200c}'))) || (emoji(before) && emoji(after))
        }
        '\u{200e}' | '\u{200f}' | '\u{61c}' => {
            before.is_none_or(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}'))
        }
        '\u{fe00}'..='\u{fe0f}' => emoji(before) || before.is_some_and(char::is_alphanumeric),
        '\u{e0020}'..='\u{e007f}' => {
            before.is_some_and(|c| matches!(c, '\u{1f3f4}' | '\u{e0020}'..='\u{e007e}'))
        }
        '\u{ad}' => before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_alphabetic),
        // The fullers' controls of the directions were judged before.
        '\u{202a}'..='\u{202c}' | '\u{2066}'..='\u{2069}' => true,
        _ => false,
    }
}

/// Percent of the cased letters that are capitals, when there are enough to say.
pub(crate) fn capitals_percent(text: &str) -> Option<usize> {
    let (mut upper, mut cased) = (0_usize, 0_usize);
    for c in text.chars() {
        if c.is_uppercase() {
            upper += 1;
        }
        if c.is_uppercase() || c.is_lowercase() {
            cased += 1;
        }
    }
    (cased >= limits::CAPITALS_LEAST).then(|| upper * 100 / cased)
}

/// The longest word in capitals, which a hold names.
pub(crate) fn loudest(text: &str) -> &str {
    let loud = text
        .split_whitespace()
        .filter(|word| !word.chars().any(char::is_lowercase));
    loud.max_by_key(|word| word.chars().filter(|c| c.is_uppercase()).count())
        .unwrap_or(text)
}
