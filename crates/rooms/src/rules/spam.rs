//! Points of spam: a plain sum of signs. No sign alone reaches the threshold, so a message is held only where several meet,
//! and the hold names those that weighed most.
//!
//! The points were fitted (logistic regression with a ceiling for each sign, five-fold) on half of the UCI collections of SMS and
//! YouTube spam (CC BY 4.0) against their ham and ordinary news sentences; signs of newer trades were set by hand.

use super::links::Link;
use super::reading::Reading;
use std::collections::HashMap;

/// Words, and pairs of words, with their points.
const SIGNS: &[(&str, u32)] = &[
    ("my channel", 82),
    ("subscribe", 65),
    ("check out", 64),
    ("subscribe to", 61),
    ("guys", 40),
    ("channel", 50),
    ("subscribers", 50),
    ("check my", 45),
    ("free", 43),
    ("follow", 40),
    ("follow me", 40),
    ("videos", 40),
    ("my videos", 15),
    ("money", 30),
    ("please", 30),
    ("reply", 30),
    ("your mobile", 26),
    ("text", 25),
    ("twitter", 25),
    ("txt", 23),
    ("subscribe back", 23),
    ("like", 20),
    ("mobile", 19),
    ("sexy", 16),
    ("credit", 16),
    ("tone", 14),
    ("stop", 12),
    ("paid", 10),
    ("gift", 6),
    ("you have", 5),
    ("call", 5),
    // What the collections are too old to have.
    ("casino", 40),
    ("crypto", 35),
    ("bitcoin", 30),
    ("forex", 45),
    ("whatsapp", 40),
    ("telegram", 25),
    ("viagra", 60),
    ("giveaway", 40),
    ("onlyfans", 50),
    ("казино", 40),
    ("заработок", 45),
    ("заработка", 45),
    ("подписывайтесь", 55),
    ("подпишись", 55),
    ("мой канал", 50),
    ("в личку", 30),
    ("gana dinero", 55),
    ("suscríbete", 55),
    ("mi canal", 50),
    ("ma chaîne", 50),
    ("mein kanal", 50),
];

const LINK: u32 = 60;
const PHONE: u32 = 82;
const SHORT_CODE: u32 = 82;
const PRICE: u32 = 55;
const DIGITS: u32 = 40;
const SHOUT: u32 = 28;

/// The signs made ready, folded like the texts they are looked for in.
#[derive(Debug)]
pub(crate) struct Signs(HashMap<String, (&'static str, u32)>);

impl Signs {
    pub fn ready() -> Self {
        Self(
            SIGNS
                .iter()
                .map(|(sign, points)| (super::fold::plain(sign), (*sign, *points)))
                .collect(),
        )
    }

    fn of(&self, reading: &Reading<'_>) -> Vec<(&'static str, u32)> {
        let words: Vec<&str> = reading.words().collect();
        let mut found: Vec<(&'static str, u32)> = words
            .iter()
            .filter_map(|word| self.0.get(*word))
            .copied()
            .collect();
        let mut pair = String::new();
        for two in words.windows(2) {
            pair.clear();
            two.iter().for_each(|word| {
                pair.push_str(if pair.is_empty() { "" } else { " " });
                pair.push_str(word);
            });
            found.extend(self.0.get(&pair));
        }
        // Said twice is not twice the sign.
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The points of a text and its signs, the heaviest first.
pub(crate) fn points(
    ready: &Signs,
    text: &str,
    reading: &Reading<'_>,
    links: &[Link],
) -> (u32, Vec<&'static str>) {
    let mut signs = ready.of(reading);
    let numbers = Numbers::of(text);
    let formed = [
        (!links.is_empty(), "link", LINK),
        (numbers.phone, "phone number", PHONE),
        (numbers.short_code, "short code", SHORT_CODE),
        (priced(text), "price", PRICE),
        (numbers.digits >= 10, "many digits", DIGITS),
        (shouts(text) >= 2, "shouting", SHOUT),
    ];
    signs.extend(
        formed
            .into_iter()
            .filter(|(has, ..)| *has)
            .map(|(_, name, points)| (name, points)),
    );
    signs.sort_by_key(|(_, points)| std::cmp::Reverse(*points));
    let sum = signs.iter().map(|(_, points)| points).sum();
    (sum, signs.into_iter().map(|(name, _)| name).collect())
}

/// What the runs of digits in a text look like.
#[derive(Default)]
struct Numbers {
    phone: bool,
    short_code: bool,
    digits: usize,
}

impl Numbers {
    fn of(text: &str) -> Self {
        let mut numbers = Self {
            digits: text.chars().filter(char::is_ascii_digit).count(),
            ..Self::default()
        };
        // `run` counts the digits of a number whose groups a space or hyphen parts; `group` those since the last of them.
        let (mut run, mut group) = (0_usize, 0_usize);
        let mut before = ' ';
        for c in text.chars().chain([' ', ' ']) {
            if c.is_ascii_digit() {
                run += 1;
                group += 1;
            } else {
                numbers.short_code |= (5..=6).contains(&group) && run == group && !matches!(c, ',' | '.');
                if !(matches!(c, ' ' | '-') && before.is_ascii_digit()) {
                    numbers.phone |= (9..=13).contains(&run);
                    run = 0;
                }
                group = 0;
            }
            before = c;
        }
        numbers
    }
}

/// A sum of money, or what a minute of a call costs.
fn priced(text: &str) -> bool {
    let folded = text.to_lowercase();
    let chars: Vec<char> = folded.chars().collect();
    let money = |c: &char| matches!(c, '£' | '$' | '€' | '₽' | '¥' | '₹');
    let near = chars.windows(3).any(|three| match three {
        [a, b, c] => {
            (money(a) && (b.is_ascii_digit() || (*b == ' ' && c.is_ascii_digit())))
                || (a.is_ascii_digit() && money(b))
        }
        _ => false,
    });
    let ends = |word: &str| {
        let digits = word.trim_end_matches(|c: char| c.is_alphabetic() || matches!(c, '.' | ',' | '!' | '/'));
        digits.ends_with(|c: char| c.is_ascii_digit())
            && ["p", "ppm", "pm/", "p/min", "p/msg", "p/day"]
                .iter()
                .any(|end| word.trim_end_matches(['.', ',', '!']).strip_prefix(digits) == Some(end))
    };
    near || folded.split_whitespace().any(ends)
}

/// Words of three capitals or more.
fn shouts(text: &str) -> usize {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| word.chars().count() >= 3 && word.chars().all(char::is_uppercase))
        .count()
}
