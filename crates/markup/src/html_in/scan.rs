//! Tags and text out of HTML, in one pass and linear time.
//!
//! This follows the tokenizer of the HTML standard (13.2.5) in what readers see: tags, attributes, comments, raw
//! text, character references. Our own, because the usual one compares every attribute of a tag with every other
//! before it (a megabyte of attributes takes it minutes), and because nothing here builds a tree: nesting that a
//! browser would repair differently cannot matter, as no byte of the input reaches our output as markup.

use super::entities::decode;
use std::borrow::Cow;

/// More attributes than this on one tag are read past.
const MAX_ATTRIBUTES: usize = 64;

/// One piece of the input, in order.
#[derive(Debug, PartialEq)]
pub(crate) enum Token<'a> {
    Start(Tag<'a>),
    End(String),
    Text(Cow<'a, str>),
}

/// A start tag. Names are lower case, values decoded.
#[derive(Debug, PartialEq)]
pub(crate) struct Tag<'a> {
    pub(crate) name: String,
    pub(crate) attributes: Attributes<'a>,
    /// `<svg/>`: means something in svg and math only.
    pub(crate) self_closing: bool,
}

impl Tag<'_> {
    /// The first attribute of that name.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_ref())
    }

    /// Whether one of its classes contains `word`.
    pub(crate) fn has_class_like(&self, word: &str) -> bool {
        self.attribute("class")
            .is_some_and(|classes| classes.contains(word))
    }
}

type Attributes<'a> = Vec<(String, Cow<'a, str>)>;

/// Where we are in the input.
pub(crate) struct Scanner<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    pub(crate) fn new(html: &'a str) -> Self {
        Self {
            html: html.strip_prefix('\u{feff}').unwrap_or(html),
            at: 0,
        }
    }

    /// The next piece; comments, doctypes and declarations are passed over. A tag cut off by the end is nothing.
    pub(crate) fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = self.rest();
            let mut ahead = rest.bytes().skip(1);
            match (rest.bytes().next()?, ahead.next(), ahead.next()) {
                (b'<', Some(letter), _) if letter.is_ascii_alphabetic() => {
                    return self.start_tag().map(Token::Start);
                }
                (b'<', Some(b'/'), Some(letter)) if letter.is_ascii_alphabetic() => {
                    return self.end_tag().map(Token::End);
                }
                (b'<', Some(b'!'), _) if rest.starts_with("<!--") => self.skip_comment(),
                (b'<', Some(b'!' | b'?'), _) | (b'<', Some(b'/'), Some(_)) => self.skip_past('>'),
                _ => return Some(Token::Text(decode(self.take_text(), false))),
            }
        }
    }

    /// Everything up to `</name`, undecoded; the end tag comes next. To the end when there is none.
    pub(crate) fn take_raw(&mut self, name: &str) -> &'a str {
        let rest = self.rest();
        let mut from = 0;
        while let Some(found) = rest[from..].find("</") {
            let after = &rest[from + found + 2..];
            let named = after
                .get(..name.len())
                .is_some_and(|word| word.eq_ignore_ascii_case(name));
            let closed = after
                .as_bytes()
                .get(name.len())
                .is_none_or(|byte| b" \t\n\r\x0c/>".contains(byte));
            if named && closed {
                return self.take(from + found);
            }
            from += found + 2;
        }
        self.take(rest.len())
    }

    /// The newline right after `<pre>` is not part of its text.
    pub(crate) fn skip_newline(&mut self) {
        let rest = self.rest();
        self.at += if rest.starts_with("\r\n") {
            2
        } else {
            usize::from(rest.starts_with('\n'))
        };
    }

    fn rest(&self) -> &'a str {
        &self.html[self.at..]
    }

    fn take(&mut self, bytes: usize) -> &'a str {
        let taken = &self.rest()[..bytes];
        self.at += bytes;
        taken
    }

    /// Up to the next `<`. One that begins no tag is text itself.
    fn take_text(&mut self) -> &'a str {
        let rest = self.rest();
        let end = rest
            .bytes()
            .skip(1)
            .position(|byte| byte == b'<')
            .map_or(rest.len(), |found| found + 1);
        self.take(end)
    }

    fn skip_past(&mut self, end: char) {
        self.at += self.rest().find(end).map_or(self.rest().len(), |found| found + 1);
    }

    /// `-->`, `--!>`, and the short forms `<!-->` and `<!--->`.
    fn skip_comment(&mut self) {
        let rest = self.rest().as_bytes();
        let ends = |at: usize| match (rest.get(at + 2), rest.get(at + 3)) {
            (Some(b'>'), _) => Some(at + 3),
            (Some(b'!'), Some(b'>')) if at >= 4 => Some(at + 4),
            _ => None,
        };
        let dashes = (2..rest.len()).filter(|&at| rest[at..].starts_with(b"--"));
        self.at += dashes.filter_map(ends).next().unwrap_or(rest.len());
    }

    fn end_tag(&mut self) -> Option<String> {
        self.take(2);
        let name = self.take_name();
        self.attributes().map(|_| name)
    }

    fn start_tag(&mut self) -> Option<Tag<'a>> {
        self.take(1);
        let name = self.take_name();
        self.attributes().map(|(attributes, self_closing)| Tag {
            name,
            attributes,
            self_closing,
        })
    }

    fn take_name(&mut self) -> String {
        self.take_until(|byte| b" \t\n\r\x0c/>".contains(&byte))
            .to_ascii_lowercase()
    }

    fn take_until(&mut self, ends: impl Fn(u8) -> bool) -> &'a str {
        let rest = self.rest();
        self.take(rest.bytes().position(ends).unwrap_or(rest.len()))
    }

    /// Up to and with the `>`, and whether a slash stands before it. `None` when the input ends first.
    fn attributes(&mut self) -> Option<(Attributes<'a>, bool)> {
        let mut found = Vec::new();
        loop {
            let between = self.take_until(|byte| !b" \t\n\r\x0c/".contains(&byte));
            match self.rest().bytes().next()? {
                b'>' => {
                    self.take(1);
                    return Some((found, between.ends_with('/')));
                }
                _ => {
                    let (name, value) = self.attribute()?;
                    if found.len() < MAX_ATTRIBUTES {
                        found.push((name.to_ascii_lowercase(), decode(value, true)));
                    }
                }
            }
        }
    }

    fn attribute(&mut self) -> Option<(&'a str, &'a str)> {
        let begin = self.at;
        // An equals sign in front is part of the name (13.2.5.32).
        if self.rest().starts_with('=') {
            self.take(1);
        }
        self.take_until(|byte| b" \t\n\r\x0c/>=".contains(&byte));
        let name = &self.html[begin..self.at];
        self.take_until(|byte| !b" \t\n\r\x0c".contains(&byte));
        match self.rest().starts_with('=') {
            true => self.value().map(|value| (name, value)),
            false => Some((name, "")),
        }
    }

    fn value(&mut self) -> Option<&'a str> {
        self.take(1);
        self.take_until(|byte| !b" \t\n\r\x0c".contains(&byte));
        let quote = self.rest().bytes().next()?;
        match quote {
            b'"' | b'\'' => {
                self.take(1);
                let value = self.take_until(|byte| byte == quote);
                self.rest().bytes().next()?;
                self.take(1);
                Some(value)
            }
            b'>' => Some(""),
            _ => Some(self.take_until(|byte| b" \t\n\r\x0c>".contains(&byte))),
        }
    }
}
