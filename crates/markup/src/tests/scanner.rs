//! Our scanner against the tokenizer of html5ever: the same tags, attributes and text.

use crate::html_in::{Scanner, Token as Ours};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use proptest::prelude::*;
use std::cell::RefCell;

#[derive(Default)]
struct Written(RefCell<String>);

impl TokenSink for Written {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut out = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                let attributes: String = tag
                    .attrs
                    .iter()
                    .map(|one| format!(" {}={:?}", one.name.local, &*one.value))
                    .collect();
                out.push_str(&format!("<{}{attributes}>", tag.name));
            }
            Token::TagToken(tag) => out.push_str(&format!("</{}>", tag.name)),
            Token::CharacterTokens(text) => out.push_str(&text),
            Token::NullCharacterToken => out.push('\0'),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn theirs(html: &str) -> String {
    let tokenizer = Tokenizer::new(Written::default(), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(html));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

fn ours(html: &str) -> String {
    let (mut scanner, mut out) = (Scanner::new(html), String::new());
    while let Some(token) = scanner.next() {
        match token {
            Ours::Text(text) => out.push_str(&text),
            Ours::End(name) => out.push_str(&format!("</{name}>")),
            Ours::Start(tag) => {
                let mut seen = std::collections::HashSet::new();
                let attributes: String = tag
                    .attributes
                    .iter()
                    .filter(|(name, _)| seen.insert(name.clone()))
                    .map(|(name, value)| format!(" {name}={value:?}"))
                    .collect();
                out.push_str(&format!("<{}{attributes}>", tag.name));
            }
        }
    }
    out
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<", ">", "/", "=", "\"", "'", "a", "b", "p", "<p", "</p", "<!--", "-->", "--!>", "-", "!", "<!",
        "<?", "&", "&amp", "&amp;", "&not", "&notit;", "in;", "&#", "&#x", "41", ";", " ", "\n", "x",
        "&ngt;", "&acE;", "é", "</", "<a href=", "]]>",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

#[test]
fn scanner_agrees_with_the_usual_tokenizer_on_every_attack() {
    for (name, html) in super::sanitizer::vectors() {
        // The tokenizer turns these into others before it reads; our scanner leaves that to the settling of text.
        let html = html.replace(['\0', '\r', '\u{feff}'], " ");
        assert_eq!(ours(&html), theirs(&html), "{name}: {html}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]
    #[test]
    fn scanner_sees_what_a_browser_sees(html in pieces()) {
        prop_assert_eq!(ours(&html), theirs(&html), "{}", html);
    }
}
