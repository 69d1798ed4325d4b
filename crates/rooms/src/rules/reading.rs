//! A text made ready to be looked through: its words by Unicode's rules (UAX 29), and what may be a word in disguise.

use super::fold::{self, Folded};
use super::limits;
use unicode_segmentation::UnicodeSegmentation;

/// A text made ready to be looked through, once for all lists.
pub(crate) struct Reading<'a> {
    pub(super) text: &'a str,
    pub(super) folded: Vec<Folded>,
    /// Words by Unicode's rules, and the pieces of those that join two by a stop or an apostrophe.
    pub(super) tokens: Vec<Token>,
    /// Between spaces, where signs or joiners stand among letters; and runs of single letters.
    pub(super) disguised: Vec<Token>,
    pub(super) genuine_foreign: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) plain: String,
    pub(super) shape: String,
    pub(super) from: usize,
    pub(super) to: usize,
    /// Its place among the words, so that a phrase is a sequence; none for what is no word by itself.
    pub(super) nth: Option<usize>,
    pub(super) letters: usize,
    pub(super) latin: usize,
    /// Letters of other scripts that look Latin.
    pub(super) alike: usize,
}

impl<'a> Reading<'a> {
    pub fn of(text: &'a str) -> Self {
        let folded = fold::fold(text);
        let mut reading = Self {
            text,
            folded,
            tokens: Vec::new(),
            disguised: Vec::new(),
            genuine_foreign: false,
        };
        reading.genuine_foreign = reading
            .folded
            .iter()
            .any(|f| f.plain.is_alphabetic() && !fold::is_latin(f.plain) && !f.shape.is_ascii());
        reading.split_words();
        reading.join_chunks();
        reading.join_letters();
        reading
    }

    /// The folded words in their order, for the rules that count words.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.tokens.iter().map(|token| token.plain.as_str())
    }

    fn split_words(&mut self) {
        let plain: String = self.folded.iter().map(|f| f.plain).collect();
        let mut nth = 0;
        let mut from = 0;
        for segment in plain.split_word_bounds() {
            let to = from + segment.chars().count();
            let pieces = self.pieces(from, to);
            from = to;
            for (start, end) in pieces {
                let token = self.token(start..end, Some(nth));
                self.tokens.extend(token);
                nth += 1;
            }
        }
    }

    /// The runs of letters and digits in a stretch: Unicode keeps `stop.idiot` and `idiot's` together, a list does not.
    fn pieces(&self, from: usize, to: usize) -> Vec<(usize, usize)> {
        let mut pieces = Vec::new();
        let mut start = None;
        for at in from..=to {
            let inside = at < to && self.folded.get(at).is_some_and(|f| is_word(f.plain));
            match (inside, start) {
                (true, None) => start = Some(at),
                (false, Some(begun)) => {
                    pieces.push((begun, at));
                    start = None;
                }
                _ => {}
            }
        }
        pieces
    }

    /// `sh!t`, `f.u.c.k`, `fu_ck`, `f*ck`: what stands between two spaces, without what joins it.
    fn join_chunks(&mut self) {
        let mut chunks = Vec::new();
        let mut start = 0;
        for at in 0..=self.folded.len() {
            let space = self.folded.get(at).is_none_or(|f| f.plain.is_whitespace());
            if space && at > start {
                chunks.push((start, at));
            }
            if space {
                start = at + 1;
            }
        }
        for (from, to) in chunks {
            let end = (from..to).rev().find(|at| {
                self.folded
                    .get(*at)
                    .is_some_and(|f| is_word(f.plain) || f.plain == '$')
            });
            let begin = (from..to).find(|at| {
                self.folded
                    .get(*at)
                    .is_some_and(|f| is_word(f.plain) || is_sign(f.plain))
            });
            let (Some(begin), Some(end)) = (begin, end) else {
                continue;
            };
            let inner = || {
                (begin..=end)
                    .filter_map(|at| self.folded.get(at))
                    .filter(|f| !is_joiner(f.plain))
            };
            let tricky = (begin..=end).any(|at| self.folded.get(at).is_some_and(|f| !is_word(f.plain)));
            if tricky
                && end - begin < limits::WORD_CHARACTERS
                && inner().all(|f| is_word(f.plain) || is_sign(f.plain))
            {
                let token = self.joined(
                    (begin..=end)
                        .filter(|at| self.folded.get(*at).is_some_and(|f| !is_joiner(f.plain)))
                        .collect(),
                );
                self.disguised.extend(token);
            }
        }
    }

    /// `f u c k`: three or more single letters in a row.
    fn join_letters(&mut self) {
        let mut run: Vec<usize> = Vec::new();
        let mut joined = Vec::new();
        let singles: Vec<Option<usize>> = self
            .tokens
            .iter()
            .map(|token| (token.plain.chars().count() == 1).then_some(token.from))
            .collect();
        for single in singles.into_iter().chain([None]) {
            match single.and_then(|at| self.folded.iter().position(|f| f.at == at)) {
                Some(at) => run.push(at),
                None if run.len() >= 3 => joined.push(std::mem::take(&mut run)),
                None => run.clear(),
            }
        }
        for run in joined {
            // The whole run, and every part of four letters or more: "i f u c k".
            for length in (4..=run.len().min(16)).rev().chain((run.len() == 3).then_some(3)) {
                for part in run.windows(length) {
                    let token = self.joined(part.to_vec());
                    self.disguised.extend(token);
                }
            }
        }
    }

    fn token(&self, range: std::ops::Range<usize>, nth: Option<usize>) -> Option<Token> {
        self.made(range.collect(), nth)
    }

    fn joined(&self, places: Vec<usize>) -> Option<Token> {
        self.made(places, None)
    }

    fn made(&self, places: Vec<usize>, nth: Option<usize>) -> Option<Token> {
        let seen: Vec<&Folded> = places.iter().filter_map(|at| self.folded.get(*at)).collect();
        let last = *places.last()?;
        let letters = || seen.iter().filter(|f| f.plain.is_alphabetic());
        Some(Token {
            plain: seen.iter().map(|f| f.plain).collect(),
            shape: seen.iter().map(|f| f.shape).collect(),
            from: seen.first()?.at,
            to: self.folded.get(last + 1).map_or(self.text.len(), |f| f.at),
            nth,
            letters: letters().count(),
            latin: letters().filter(|f| fold::is_latin(f.plain)).count(),
            alike: letters()
                .filter(|f| !fold::is_latin(f.plain) && f.shape.is_ascii())
                .count(),
        })
    }

    /// Whether the words that follow a token are the rest of a phrase.
    pub(super) fn continues(&self, token: &Token, words: &[String]) -> bool {
        let Some(nth) = token.nth else {
            return words.len() == 1;
        };
        let next = |offset: usize| self.tokens.get(nth + offset).map(|token| token.plain.as_str());
        words
            .iter()
            .enumerate()
            .skip(1)
            .all(|(offset, word)| next(offset) == Some(word.as_str()))
    }

    pub(super) fn written(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or_default()
    }
}

/// Letters, digits, and the vowel signs that are part of words.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '\u{900}'..='\u{dff}' | '\u{e31}' | '\u{e34}'..='\u{e4e}' | '\u{eb1}'..='\u{ecd}' | '\u{102b}'..='\u{103e}')
}

/// Signs that stand for letters.
fn is_sign(c: char) -> bool {
    matches!(c, '@' | '$' | '!' | '|' | '+' | '(' | '*' | '€' | '£' | '¢' | '¥')
}

/// Signs put between letters to hide a word.
fn is_joiner(c: char) -> bool {
    matches!(
        c,
        '.' | '-'
            | '_'
            | '~'
            | '\''
            | '’'
            | '`'
            | '·'
            | '•'
            | '‧'
            | '∙'
            | '‑'
            | '–'
            | ','
            | '/'
            | '\\'
            | ':'
            | '='
    )
}
