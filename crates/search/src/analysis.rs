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
            .filter(Alike(alike(name)))
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

/// Writes words alike that readers take for the same, before they are stemmed. None leaves a word as it is.
#[derive(Clone)]
struct Alike(fn(&str) -> Option<String>);

#[derive(Clone)]
struct AlikeTokenizer<T> {
    inner: T,
    alike: fn(&str) -> Option<String>,
}

struct AlikeStream<T> {
    inner: T,
    alike: fn(&str) -> Option<String>,
}

/// What a language needs before its stemmer.
fn alike(language: &str) -> fn(&str) -> Option<String> {
    match language {
        "ru" => without_yo,
        "ar" => without_article,
        _ => |_| None,
    }
}

/// Russian prints ё as е more often than not.
fn without_yo(word: &str) -> Option<String> {
    word.contains('ё').then(|| word.replace('ё', "е"))
}

/// Arabic joins the article, and prepositions with it, to the word, and writes vowels and hamza or leaves them out
/// ("light stemming", as text retrieval does it).
fn without_article(word: &str) -> Option<String> {
    const ARTICLES: [&str; 6] = ["وال", "بال", "كال", "فال", "لل", "ال"];
    let is_mark = |c: char| matches!(c, '\u{0640}' | '\u{064B}'..='\u{0652}' | '\u{0670}');
    let plain: String = word
        .chars()
        .filter(|c| !is_mark(*c))
        .map(|c| {
            if matches!(c, 'أ' | 'إ' | 'آ' | 'ٱ') {
                'ا'
            } else {
                c
            }
        })
        .collect();
    let bare = ARTICLES.iter().find_map(|article| plain.strip_prefix(article));
    let bare = bare.filter(|bare| bare.chars().count() >= 3).map(str::to_owned);
    Some(bare.unwrap_or(plain))
}

impl TokenFilter for Alike {
    type Tokenizer<T: Tokenizer> = AlikeTokenizer<T>;

    fn transform<T: Tokenizer>(self, inner: T) -> AlikeTokenizer<T> {
        let Self(alike) = self;
        AlikeTokenizer { inner, alike }
    }
}

impl<T: Tokenizer> Tokenizer for AlikeTokenizer<T> {
    type TokenStream<'a> = AlikeStream<T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        AlikeStream {
            inner: self.inner.token_stream(text),
            alike: self.alike,
        }
    }
}

impl<T: TokenStream> TokenStream for AlikeStream<T> {
    fn advance(&mut self) -> bool {
        let more = self.inner.advance();
        if more && let Some(word) = (self.alike)(&self.inner.token().text) {
            self.inner.token_mut().text = word;
        }
        more
    }

    fn token(&self) -> &Token {
        self.inner.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.inner.token_mut()
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
    fn arabic_words_lose_article_and_vowel_marks() {
        for (word, plain) in [
            ("الفيضانات", "فيضانات"),
            ("والجسور", "جسور"),
            ("للناس", "ناس"),
            ("ألم", "الم"),
            ("مَدْرَسة", "مدرسة"),
        ] {
            assert_eq!(without_article(word).as_deref(), Some(plain));
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
