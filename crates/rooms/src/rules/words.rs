//! Lists of words, and where a text has one of them: as a whole word by Unicode's rules (UAX 29), or in disguise.
//!
//! A disguise is looked for only where there is one (letters of two scripts in a word, digits or signs among letters, letters with
//! something between them), so that `fail` is never taken for `fall`, and no word is found inside another.

use super::fold::{self, Folded};
use super::limits;
use super::reading::{Reading, Token, is_word};
use base::{Error, Result};
use std::collections::{HashMap, HashSet};

/// A compiled list.
#[derive(Debug, Default)]
pub(crate) struct Words {
    entries: Vec<Entry>,
    /// First word of an entry, as it is and by its shape, to the entries.
    plain: HashMap<String, Vec<usize>>,
    shape: HashMap<String, Vec<usize>>,
    /// The same with runs of a letter made one.
    squeezed: HashMap<String, Vec<usize>>,
    /// Beginnings, and how many characters they have.
    stems: HashMap<String, usize>,
    stem_shapes: HashMap<String, usize>,
    stem_lengths: Vec<usize>,
    unspaced: Vec<usize>,
    widest: usize,
}

#[derive(Debug)]
struct Entry {
    listed: String,
    words: Vec<String>,
    latin: bool,
}

/// A listed word and how it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// As it stands in the list.
    pub listed: String,
    /// As it stands in the text.
    pub written: String,
}

/// Checks an entry of a list: a word, a phrase, or a beginning with a star (`idiot*`).
pub(crate) fn check(list: &'static str, entry: &str) -> Result<()> {
    let refuse = |message: &str| {
        Err(Error::invalid(
            list,
            "rooms.rule_word",
            format!("“{entry}”: {message}"),
        ))
    };
    let (stem, starred) = (entry.trim_end_matches('*'), entry.ends_with('*'));
    let letters = fold::fold(stem)
        .iter()
        .filter(|f| f.plain.is_alphanumeric())
        .count();
    match () {
        () if entry.chars().count() > limits::WORD_CHARACTERS => refuse("shorten it to 80 characters"),
        () if stem.contains('*') => refuse("a star may stand only at the end"),
        () if starred && letters < limits::STEM_LETTERS => {
            refuse("write three letters or more before the star")
        }
        () if letters == 0 => refuse("write at least one letter"),
        () if letters == 1 && !fold::plain(stem).chars().any(fold::is_unspaced) => {
            refuse("one letter is no word")
        }
        () => Ok(()),
    }
}

impl Words {
    pub fn of<'a>(list: impl IntoIterator<Item = &'a str>) -> Self {
        let mut words = Self::default();
        for listed in list {
            words.add(listed);
        }
        words.stem_lengths = words
            .stems
            .keys()
            .map(|stem| stem.chars().count())
            .collect::<HashSet<_>>()
            .into_iter()
            .collect();
        words.stem_lengths.sort_unstable();
        words
    }

    fn add(&mut self, listed: &str) {
        let nth = self.entries.len();
        let folded = fold::plain(listed.trim_end_matches('*'));
        let words: Vec<String> = folded
            .split(|c: char| !is_word(c))
            .filter(|w| !w.is_empty())
            .map(str::to_owned)
            .collect();
        let Some(first) = words.first().cloned() else {
            return;
        };
        let latin = folded.chars().filter(|c| c.is_alphabetic()).all(fold::is_latin);
        if folded.chars().any(fold::is_unspaced) {
            self.unspaced.push(nth);
        } else if listed.ends_with('*') {
            self.stem_shapes
                .insert(first.chars().map(fold::shape).collect(), nth);
            self.stems.insert(first, nth);
        } else {
            self.plain.entry(first.clone()).or_default().push(nth);
            if words.len() == 1 {
                let shape: String = first.chars().map(fold::shape).collect();
                self.squeezed.entry(squeeze(&shape)).or_default().push(nth);
                self.shape.entry(shape).or_default().push(nth);
            }
        }
        self.widest = self.widest.max(words.len());
        let listed = listed.to_owned();
        self.entries.push(Entry { listed, words, latin });
    }

    /// The first listed word in a text, if any.
    pub fn find(&self, reading: &Reading<'_>, allowed: &Words) -> Option<Found> {
        if self.entries.is_empty() {
            return None;
        }
        let plain = reading
            .tokens
            .iter()
            .find_map(|token| Some((token, self.plainly(reading, token)?)));
        let tricked = || {
            reading
                .tokens
                .iter()
                .chain(&reading.disguised)
                .find_map(|token| Some((token, self.in_disguise(reading, token)?)))
        };
        let hit = plain
            .filter(|(token, _)| !allowed.has(&token.plain))
            .or_else(|| self.past_allowed(reading, allowed))
            .or_else(tricked);
        if let Some((token, nth)) = hit {
            return Some(self.found(nth, reading.written(token.from, token.to)));
        }
        self.without_spaces(reading)
    }

    /// As the first search, when what it found is on the list of exceptions.
    fn past_allowed<'r>(&self, reading: &'r Reading<'_>, allowed: &Words) -> Option<(&'r Token, usize)> {
        let kept = reading.tokens.iter().filter(|token| !allowed.has(&token.plain));
        kept.into_iter()
            .find_map(|token| Some((token, self.plainly(reading, token)?)))
    }

    /// Whether the list has exactly this word or a beginning of it.
    fn has(&self, plain: &str) -> bool {
        self.plain.contains_key(plain) || self.stem_of(plain).is_some()
    }

    fn plainly(&self, reading: &Reading<'_>, token: &Token) -> Option<usize> {
        if cfg!(feature = "planted-word-inside") {
            return self
                .entries
                .iter()
                .position(|entry| entry.words.iter().any(|word| token.plain.contains(word)));
        }
        let whole = |nth: &&usize| {
            self.entries
                .get(**nth)
                .is_some_and(|entry| reading.continues(token, &entry.words))
        };
        let same = self
            .plain
            .get(&token.plain)
            .and_then(|entries| entries.iter().find(whole))
            .copied();
        same.or_else(|| self.stem_of(&token.plain))
            .or_else(|| self.drawn_out(token, &token.plain, |entry| entry.clone()))
    }

    fn stem_of(&self, plain: &str) -> Option<usize> {
        self.beginning(&self.stems, plain)
    }

    fn beginning(&self, stems: &HashMap<String, usize>, text: &str) -> Option<usize> {
        let cut = |length: &usize| {
            let end = text
                .char_indices()
                .nth(*length)
                .map_or(text.len(), |(end, _)| end);
            text.get(..end).unwrap_or(text)
        };
        self.stem_lengths
            .iter()
            .find_map(|length| stems.get(cut(length)).copied())
    }

    /// `idiiiiot`: a run of three or more stands for a run of any length; shorter ones are spelling.
    fn drawn_out(&self, token: &Token, seen: &str, of: impl Fn(&String) -> String) -> Option<usize> {
        if !has_run(seen) {
            return None;
        }
        let alike = |nth: &&usize| {
            let first = self.entries.get(**nth).and_then(|entry| entry.words.first());
            first.is_some_and(|word| stretches(seen, &of(word)))
        };
        self.squeezed
            .get(&squeeze(&token.shape))?
            .iter()
            .find(alike)
            .copied()
    }

    fn in_disguise(&self, reading: &Reading<'_>, token: &Token) -> Option<usize> {
        let foreign = token.letters - token.latin;
        let signs = token.shape.chars().count() - token.letters;
        let mixed = token.latin > 0 && foreign > 0;
        let joined = token.nth.is_none();
        // Digits in words are numbers more often than tricks: the A55 is a road.
        let leet = signs > 0 && token.letters * 2 >= token.shape.chars().count();
        let whole_foreign =
            token.latin == 0 && foreign > 0 && token.alike == foreign && !reading.genuine_foreign;
        let whole_latin = foreign == 0 && reading.genuine_foreign;
        let fits = |nth: &&usize| {
            let latin = self.entries.get(**nth).is_some_and(|entry| entry.latin);
            mixed || leet || joined || (whole_foreign && latin) || (whole_latin && !latin)
        };
        if token.shape.contains('*') {
            return self.starred(&token.shape);
        }
        if joined && signs == 0 && !mixed {
            // Only the joiners hid it, so that it must be the word itself and not one of the same shape.
            let single = |nth: &&usize| {
                self.entries
                    .get(**nth)
                    .is_some_and(|entry| entry.words.len() == 1)
            };
            return self
                .plain
                .get(&token.plain)
                .and_then(|entries| entries.iter().find(single))
                .copied();
        }
        let same = self
            .shape
            .get(&token.shape)
            .and_then(|entries| entries.iter().find(fits))
            .copied();
        let stretched = || {
            self.drawn_out(token, &token.shape, |word| {
                word.chars().map(fold::shape).collect()
            })
            .filter(|nth| fits(&nth))
        };
        let begun = || {
            self.beginning(&self.stem_shapes, &token.shape)
                .filter(|nth| fits(&nth))
        };
        same.or_else(stretched).or_else(begun)
    }

    /// `f*ck`: a star for each letter; the first must be there, and two more signs of the word.
    fn starred(&self, shape: &str) -> Option<usize> {
        let known = shape.chars().filter(|c| *c != '*').count();
        if shape.starts_with('*') || known < 2 {
            return None;
        }
        let alike = |word: &str| {
            let mut pairs = word.chars().map(fold::shape).zip(shape.chars());
            word.chars().count() == shape.chars().count() && pairs.all(|(a, b)| a == b || b == '*')
        };
        let single = |entry: &Entry| {
            !entry.listed.ends_with('*')
                && entry.words.len() == 1
                && entry.words.iter().any(|word| alike(word))
        };
        self.entries.iter().position(single)
    }

    fn without_spaces(&self, reading: &Reading<'_>) -> Option<Found> {
        if self.unspaced.is_empty() || !reading.folded.iter().any(|f| fold::is_unspaced(f.plain)) {
            return None;
        }
        let kept: Vec<&Folded> = reading.folded.iter().filter(|f| is_word(f.plain)).collect();
        self.unspaced.iter().find_map(|nth| {
            let entry = self.entries.get(*nth)?;
            let sought: Vec<char> = entry.words.iter().flat_map(|word| word.chars()).collect();
            let at = kept
                .windows(sought.len())
                .position(|seen| seen.iter().map(|f| f.plain).eq(sought.iter().copied()))?;
            let (from, to) = (
                kept.get(at)?.at,
                kept.get(at + sought.len()).map_or(reading.text.len(), |f| f.at),
            );
            Some(self.found(*nth, reading.written(from, to)))
        })
    }

    fn found(&self, nth: usize, written: &str) -> Found {
        let listed = self
            .entries
            .get(nth)
            .map(|entry| entry.listed.clone())
            .unwrap_or_default();
        Found {
            listed,
            written: written.trim().to_owned(),
        }
    }
}

fn squeeze(text: &str) -> String {
    let mut last = None;
    text.chars().filter(|c| last.replace(*c) != Some(*c)).collect()
}

fn runs(text: &str) -> Vec<(char, usize)> {
    let mut runs: Vec<(char, usize)> = Vec::new();
    for c in text.chars() {
        match runs.last_mut() {
            Some((last, count)) if *last == c => *count += 1,
            _ => runs.push((c, 1)),
        }
    }
    runs
}

fn has_run(text: &str) -> bool {
    runs(text).iter().any(|(_, count)| *count >= 3)
}

/// Whether `seen` is `word` with some letters drawn out.
fn stretches(seen: &str, word: &str) -> bool {
    let (seen, word) = (runs(seen), runs(word));
    let fits = |((a, n), (b, m)): (&(char, usize), &(char, usize))| a == b && (n == m || *n >= 3);
    seen.len() == word.len() && seen.iter().zip(&word).all(fits)
}
