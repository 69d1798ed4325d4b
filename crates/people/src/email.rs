//! Mail addresses: kept as typed, found by their folded form.

use crate::limits::EMAIL_LONGEST;
use base::{Error, Result};
use unicode_normalization::UnicodeNormalization;

/// An address that can be one, as typed and as compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Email {
    pub typed: String,
    pub folded: String,
}

impl Email {
    /// Errors: `people.email`.
    pub fn parse(text: &str) -> Result<Self> {
        let typed = composed(text.trim());
        if is_address(&typed) {
            let folded = fold(&typed);
            Ok(Self { typed, folded })
        } else {
            Err(Error::invalid(
                "email",
                "people.email",
                "write it as name@example.org",
            ))
        }
    }
}

/// The form in which addresses are compared. A letter outside ASCII never becomes one inside (the Kelvin sign stays
/// itself), so no look-alike finds another person's account.
pub(crate) fn fold(text: &str) -> String {
    composed(text.trim()).chars().flat_map(fold_letter).collect()
}

/// One spelling for composed letters. Unicode's own composition turns a few signs into ASCII (the Kelvin sign into K):
/// a text with one of them stays as it is.
fn composed(text: &str) -> String {
    let becomes_ascii = |c: char| !c.is_ascii() && std::iter::once(c).nfc().all(|c| c.is_ascii());
    match text.chars().any(becomes_ascii) {
        true => text.to_owned(),
        false => text.nfc().collect(),
    }
}

fn fold_letter(letter: char) -> Vec<char> {
    let lower: Vec<char> = letter.to_lowercase().collect();
    if !letter.is_ascii() && lower.iter().any(char::is_ascii) {
        return vec![letter];
    }
    lower
}

fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let never = |c: char| c.is_whitespace() || c.is_control() || "\"(),:;<>[\\]@".contains(c);
    let dotted = |part: &str| !part.starts_with('.') && !part.ends_with('.') && !part.contains("..");
    text.len() <= EMAIL_LONGEST
        && (1..=64).contains(&local.len())
        && !domain.is_empty()
        && !text.replacen('@', "", 1).contains(never)
        && dotted(local)
        && dotted(domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_found_however_its_letters_are_written() {
        let same = [
            ("Ruth@Example.ORG", "ruth@example.org"),
            (" ruth@example.org ", "ruth@example.org"),
            ("ИВАН@пример.рф", "иван@пример.рф"),
            ("i\u{306}@x.example", "ĭ@x.example"),
        ];
        for (typed, folded) in same {
            assert_eq!(fold(typed), folded);
        }
    }

    #[test]
    fn a_look_alike_is_another_address() {
        let other = [
            "ru\u{2c90}h@example.org",
            "mi\u{212a}e@example.org",
            "mıke@example.org",
            "ｒuth@example.org",
            "MİKE@example.org",
        ];
        for typed in other {
            assert!(!fold(typed).is_ascii(), "{typed}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long = format!("a@{}", "b".repeat(EMAIL_LONGEST - 1));
        let wrong = [
            "",
            "a",
            "@",
            "a@",
            "@b",
            "a@b@c",
            "a b@c",
            "a@b,c@d",
            "a@b\r\nBcc: x@y",
            "<a@b>",
            "a@b..c",
            ".a@b",
            long.as_str(),
        ];
        for typed in wrong {
            assert!(Email::parse(typed).is_err(), "{typed:?}");
        }
        assert!(Email::parse(&long[..EMAIL_LONGEST]).is_ok());
        assert!(Email::parse("a+b@newsroom").is_ok());
    }
}
