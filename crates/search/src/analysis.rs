//! How a text becomes words: stemmed where Snowball knows the language, in pairs of characters for Chinese, Japanese and
//! Korean (which write no spaces between words), as plain words elsewhere.

use tantivy::Index;
use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, TextAnalyzer,
    Token, TokenFilter, TokenStream, Tokenizer,
};

/// Longer words are nobody's search.
const LONGEST_WORD_BYTES: usize = 80;

/// The languages with a stemmer, by their primary subtag. `no`, `nb` and `nn` share one.
const STEMMED: [(&str, Language); 18] = [
    ("ar", Language::Arabic),
    ("da", Language::Danish),
    ("de", Language::German),
    ("el", Language::Greek),
    ("en", Language::English),
    ("es", Language::Spanish),
    ("fi", Language::Finnish),
    ("fr", Language::French),
    ("hu", Language::Hungarian),
    ("it", Language::Italian),
    ("nl", Language::Dutch),
    ("no", Language::Norwegian),
    ("pt", Language::Portuguese),
    ("ro", Language::Romanian),
    ("ru", Language::Russian),
    ("sv", Language::Swedish),
    ("ta", Language::Tamil),
    ("tr", Language::Turkish),
];

/// Every analysis, by name: the stemmed languages, `cjk` and `plain`.
pub(crate) fn names() -> Vec<&'static str> {
    STEMMED
        .iter()
        .map(|(name, _)| *name)
        .chain(["cjk", "plain"])
        .collect()
}

/// The analysis for a BCP 47 language.
pub(crate) fn of_language(language: &str) -> &'static str {
    let primary = language
        .split(['-', '_'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    match primary.as_str() {
        "zh" | "ja" | "ko" | "yue" => "cjk",
        "nb" | "nn" => "no",
        other => STEMMED
            .iter()
            .find(|(name, _)| *name == other)
            .map_or("plain", |(name, _)| name),
    }
}

/// Makes the analyses known to an index, under their names.
pub(crate) fn register(index: &Index) {
    for (name, language) in STEMMED {
        let words = TextAnalyzer::builder(SimpleTokenizer::default())
            .filter(RemoveLongFilter::limit(LONGEST_WORD_BYTES))
            .filter(LowerCaser)
            .filter(Yo)
            .filter(Stemmer::new(language))
            .filter(AsciiFoldingFilter);
        index.tokenizers().register(name, words.build());
    }
    let plain = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST_WORD_BYTES))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter);
    index.tokenizers().register("plain", plain.build());
    index
        .tokenizers()
        .register("cjk", TextAnalyzer::builder(Pairs).filter(LowerCaser).build());
}

/// Pairs of neighbouring ideographs, kana or syllables; whole words of other scripts. A single character stands alone.
#[derive(Clone)]
struct Pairs;

struct PairStream {
    tokens: std::vec::IntoIter<Token>,
    token: Token,
}

impl Tokenizer for Pairs {
    type TokenStream<'a> = PairStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PairStream {
        let mut tokens = Vec::new();
        let mut run: Vec<(usize, char)> = Vec::new();
        for (offset, c) in text.char_indices().chain([(text.len(), ' ')]) {
            let joins = run
                .last()
                .is_some_and(|(_, last)| is_paired(*last) == is_paired(c));
            if (!c.is_alphanumeric() || !joins) && !run.is_empty() {
                emit(&mut tokens, text, &run, offset);
                run.clear();
            }
            if c.is_alphanumeric() {
                run.push((offset, c));
            }
        }
        PairStream {
            tokens: tokens.into_iter(),
            token: Token::default(),
        }
    }
}

fn emit(tokens: &mut Vec<Token>, text: &str, run: &[(usize, char)], end: usize) {
    let step = if is_paired(run[0].1) && run.len() > 1 {
        2
    } else {
        run.len()
    };
    let ends: Vec<usize> = run
        .iter()
        .skip(1)
        .map(|(offset, _)| *offset)
        .chain([end])
        .collect();
    for start in 0..=run.len() - step {
        let (from, to) = (run[start].0, ends[start + step - 1]);
        tokens.push(Token {
            offset_from: from,
            offset_to: to,
            position: tokens.len(),
            text: text[from..to].to_owned(),
            position_length: 1,
        });
    }
}

/// Russian prints ё as е more often than not; both are one letter to a search.
#[derive(Clone)]
struct Yo;

#[derive(Clone)]
struct WithoutYo<T>(T);

struct WithoutYoStream<T>(T);

impl TokenFilter for Yo {
    type Tokenizer<T: Tokenizer> = WithoutYo<T>;

    fn transform<T: Tokenizer>(self, tokenizer: T) -> WithoutYo<T> {
        WithoutYo(tokenizer)
    }
}

impl<T: Tokenizer> Tokenizer for WithoutYo<T> {
    type TokenStream<'a> = WithoutYoStream<T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        WithoutYoStream(self.0.token_stream(text))
    }
}

impl<T: TokenStream> TokenStream for WithoutYoStream<T> {
    fn advance(&mut self) -> bool {
        let more = self.0.advance();
        if more && self.0.token().text.contains('ё') {
            let folded = self.0.token().text.replace('ё', "е");
            self.0.token_mut().text = folded;
        }
        more
    }

    fn token(&self) -> &Token {
        self.0.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.0.token_mut()
    }
}

/// Han with its marks of repetition, kana and Hangul.
fn is_paired(c: char) -> bool {
    matches!(u32::from(c), 0x3005..=0x3007 | 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

impl TokenStream for PairStream {
    fn advance(&mut self) -> bool {
        match self.tokens.next() {
            Some(token) => {
                self.token = token;
                true
            }
            None => false,
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_without_spaces_become_pairs() {
        let cases = [
            ("東京都", vec!["東京", "京都"]),
            ("中 国", vec!["中", "国"]),
            ("iPhone発売", vec!["iPhone", "発売"]),
            ("서울시 의회", vec!["서울", "울시", "의회"]),
            ("人々が", vec!["人々", "々が"]),
        ];
        for (text, expect) in cases {
            let mut stream = Pairs.token_stream(text);
            let mut tokens = Vec::new();
            while stream.advance() {
                tokens.push(stream.token().text.clone());
            }
            assert_eq!(tokens, expect, "{text}");
        }
    }

    #[test]
    fn each_language_has_an_analysis() {
        for (language, name) in [
            ("en-GB", "en"),
            ("nb", "no"),
            ("zh-Hans", "cjk"),
            ("eo", "plain"),
            ("", "plain"),
        ] {
            assert_eq!(of_language(language), name);
        }
    }
}
