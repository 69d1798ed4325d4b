//! Names: what people are called in front of everybody. Any script, but nothing that is not seen, nothing that turns the
//! line round, and no tower of marks over the lines above.

use crate::limits::NAME_LONGEST;
use crate::profile::Profile;
use base::db::Query;
use base::{Error, Result};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Marks on one letter. Vietnamese and pointed Hebrew or Arabic need two or three.
const MARKS_MOST: usize = 3;

/// The name as it is kept: one spelling, single spaces. Errors: `people.name`.
pub(crate) fn checked_name(typed: &str) -> Result<String> {
    let composed: String = typed.nfc().collect();
    let name = composed.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = (1..=NAME_LONGEST).contains(&name.chars().count());
    let seen = name.chars().any(char::is_alphanumeric) && !name.chars().any(is_unseen);
    if fits && seen && !typed.trim().contains(is_break) && marks(&name) <= MARKS_MOST {
        return Ok(name);
    }
    let message = format!("write 1 to {NAME_LONGEST} letters, digits and ordinary signs");
    Err(Error::invalid("name", "people.name", message))
}

/// Whether a reader's name would be taken for that of somebody of the newsroom. Errors: `people.name_taken`.
pub(crate) fn is_free_for_readers(db: &mut dyn Query, name: &str) -> Result<()> {
    let wanted = skeleton(name);
    match Profile::staff(db)?
        .iter()
        .any(|one| skeleton(&one.name) == wanted)
    {
        false => Ok(()),
        true => Err(Error::invalid(
            "name",
            "people.name_taken",
            "somebody of the newsroom has this name; choose another",
        )),
    }
}

fn is_break(c: char) -> bool {
    c.is_control()
}

/// Signs that are not seen or that change how others are seen. The joiners (U+200C, U+200D) are letters' business in many
/// scripts and stay.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}'
            | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffd}' | '\u{e0000}'..='\u{e0fff}'
            | '\u{e000}'..='\u{f8ff}')
}

/// The most marks in a row.
fn marks(name: &str) -> usize {
    let (mut most, mut now) = (0, 0);
    for c in name.nfd() {
        now = if is_combining_mark(c) { now + 1 } else { 0 };
        most = most.max(now);
    }
    most
}

/// Letters alone, without case, spaces, marks and the commonest look-alikes of other scripts.
fn skeleton(name: &str) -> String {
    let letters = name.nfkd().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).map(plain).collect()
}

/// Cyrillic and Greek letters that nobody can tell from Latin ones, and digits that stand for letters.
fn plain(c: char) -> char {
    const ALIKE: &str = "аaеeоoрpсcуyхxіiјjѕsԁdһhкkмmтtвbнhαaεeοoρpτtυuνvιiκk0o1l";
    let pairs: Vec<char> = ALIKE.chars().collect();
    pairs
        .chunks_exact(2)
        .find(|pair| pair[0] == c)
        .map_or(c, |pair| pair[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_all_scripts_are_taken_as_they_are() {
        for name in [
            "Ada Quill",
            "Иван Петров",
            "علي حسن",
            "محمّد",
            "Nguyễn Thị Ánh",
            "李小龍",
            "O’Brien-Smith",
            "می\u{200c}خواهم",
            "क्षि",
            "שָׁלוֹם",
            "J. R. R. T.",
            "42",
        ] {
            assert_eq!(checked_name(name).as_deref().ok(), Some(name));
        }
        assert_eq!(checked_name("  Ada   Quill ").unwrap(), "Ada Quill");
        assert_eq!(checked_name("Ame\u{301}lie").unwrap(), "Amélie");
    }

    #[test]
    fn what_bends_a_line_is_no_name() {
        let tower = format!("Z{}", "\u{335}\u{336}\u{337}\u{338}\u{351}".repeat(4));
        let long = "a".repeat(NAME_LONGEST + 1);
        for name in [
            "",
            " ",
            "\u{200b}",
            "...",
            "Ada\u{202e}lliuQ",
            "Ada\u{2066}",
            "\u{3164}",
            "A\0da",
            "A\r\nBcc: x",
            "A\nB",
            "Ada\u{e0041}",
            "\u{2800}Ada",
            tower.as_str(),
            long.as_str(),
        ] {
            assert!(checked_name(name).is_err(), "{name:?}");
        }
    }

    #[test]
    fn a_look_alike_has_the_same_skeleton() {
        for other in [
            "ruth ellin",
            "RUTH  ELLIN",
            "R.uth Ellin",
            "Ruth Еllіn",
            "Rúth Ellin",
            "Ruth E1lin",
            "Ｒuth Ellin",
        ] {
            assert_eq!(skeleton(other), skeleton("Ruth Ellin"), "{other}");
        }
        assert_ne!(skeleton("Ruth Elling"), skeleton("Ruth Ellin"));
    }
}
