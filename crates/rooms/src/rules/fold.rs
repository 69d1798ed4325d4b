//! Text as a rule sees it: without what is not seen, without decoration, in one case, and, where somebody tricks, by its shape.

use unicode_normalization::UnicodeNormalization;

/// A character of the folded text and where it came from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Folded {
    /// Lower case, compatibility forms undone, decoration gone.
    pub plain: char,
    /// What it looks like, for words in disguise.
    pub shape: char,
    /// Where it begins in the text as written, in bytes.
    pub at: usize,
}

/// Folds a text: each remaining character with its place.
pub(crate) fn fold(text: &str) -> Vec<Folded> {
    let mut folded = Vec::with_capacity(text.len());
    for (at, original) in text.char_indices() {
        if original.is_ascii() {
            let plain = original.to_ascii_lowercase();
            let shape = shape(plain);
            folded.push(Folded { plain, shape, at });
            continue;
        }
        if is_invisible(original) {
            continue;
        }
        let letters = regional(original).unwrap_or(original);
        for part in std::iter::once(letters).nfkd().filter(|c| !is_decoration(*c)) {
            for plain in part.to_lowercase() {
                // The sigma at the end of a word is the same letter.
                let plain = if plain == 'ς' { 'σ' } else { plain };
                let shape = shape(plain);
                folded.push(Folded { plain, shape, at });
            }
        }
    }
    folded
}

/// The folded text alone.
pub(crate) fn plain(text: &str) -> String {
    fold(text).iter().map(|folded| folded.plain).collect()
}

/// Words without anything between them, by which two messages are compared.
pub(crate) fn letters(text: &str) -> Vec<char> {
    let folded = fold(text);
    folded
        .iter()
        .map(|f| f.plain)
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// Not seen, or a blank that is no space. Joiners are in here too: whether they are in their place, `form` decides.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Marks that sit on letters without being letters: accents, points, strokes. The vowel signs of Indic scripts are not among them.
pub(crate) fn is_decoration(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}'..='\u{5c7}' | '\u{610}'..='\u{61a}'
        | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Flag letters and letters in filled squares, which no normal form undoes.
fn regional(c: char) -> Option<char> {
    let first = match c {
        '\u{1f1e6}'..='\u{1f1ff}' => 0x1f1e6,
        '\u{1f150}'..='\u{1f169}' => 0x1f150,
        '\u{1f170}'..='\u{1f189}' => 0x1f170,
        _ => return None,
    };
    char::from_u32(u32::from('a') + (u32::from(c) - first))
}

/// What a lower-case character looks like, as one letter for all that look alike: `1`, `!`, `|`, `і` and `l` are one shape.
pub(crate) fn shape(plain: char) -> char {
    if plain.is_ascii() {
        return class(plain);
    }
    if is_unspaced(plain) || !plain.is_alphabetic() {
        return alike(plain).map_or(plain, class);
    }
    if let Some(letter) = alike(plain) {
        return class(letter);
    }
    let upper = plain.to_uppercase().next().unwrap_or(plain);
    let of = |c: char| skeleton(c).filter(|letter| letter.is_ascii_alphanumeric());
    match of(upper).or_else(|| of(plain)) {
        Some(letter) => class(letter.to_ascii_lowercase()),
        None => plain,
    }
}

/// The one character that Unicode's list of confusables (UTS 39) gives, when it is one.
fn skeleton(c: char) -> Option<char> {
    let mut buffer = [0; 4];
    let mut letters = unicode_security::skeleton(c.encode_utf8(&mut buffer));
    let first = letters.next()?;
    letters.next().is_none().then_some(first)
}

/// Look-alikes that Unicode's list does not have because they are alike only to a reader who wants to read them so.
fn alike(c: char) -> Option<char> {
    Some(match c {
        'в' | 'β' | 'ß' => 'b',
        'н' => 'h',
        'т' | 'τ' => 't',
        'к' | 'κ' => 'k',
        'м' => 'm',
        'г' => 'r',
        'п' | 'η' | 'ո' => 'n',
        'ш' | 'щ' | 'ω' => 'w',
        'ν' => 'v',
        'υ' | 'μ' | 'ц' => 'u',
        'α' => 'a',
        'ε' | 'є' | 'э' => 'e',
        'γ' => 'y',
        'ρ' => 'p',
        'χ' => 'x',
        'ι' | 'ł' => 'l',
        'ø' | 'о' | 'ο' => 'o',
        'đ' | 'ð' => 'd',
        'ħ' => 'h',
        '€' => 'e',
        '£' => 'l',
        '¢' => 'c',
        '¥' => 'y',
        _ => return None,
    })
}

/// Letters, digits and signs that stand for one another.
fn class(c: char) -> char {
    match c {
        'i' | '1' | '!' | '|' => 'l',
        '0' => 'o',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' | '+' => 't',
        '8' => 'b',
        '6' | '9' => 'g',
        '2' => 'z',
        '(' => 'c',
        other => other,
    }
}

/// Whether a folded character is a Latin letter.
pub(crate) fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, '\u{df}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{250}'..='\u{2af}')
}

/// Letters of scripts that put no space between words: there a listed word is found wherever it stands.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
