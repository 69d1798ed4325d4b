//! The inline elements that are open. Like a browser, a mark goes on in the next paragraph until its tag ends.

use super::address;
use super::scan::Tag;
use crate::inline::{Dir, is_lang};
use crate::{Id, Mark};

const MAX_OPEN: usize = 48;

struct Open {
    name: String,
    marks: Vec<Mark>,
    /// A `<span>` and its like end with their paragraph; `<b>` and its like do not.
    ends_with_leaf: bool,
}

/// All open inline elements, outermost first.
#[derive(Default)]
pub(crate) struct Marks {
    open: Vec<Open>,
    current: Vec<Mark>,
    /// Word writes its own language on every run; that says nothing about the text.
    ignore_lang: bool,
}

impl Marks {
    pub(crate) fn new(ignore_lang: bool) -> Self {
        Self {
            ignore_lang,
            ..Self::default()
        }
    }

    /// What lies on text written now.
    pub(crate) fn current(&self) -> &[Mark] {
        &self.current
    }

    /// How many are open; a place to come back to with [`Marks::close_from`].
    pub(crate) fn height(&self) -> usize {
        self.open.len()
    }

    pub(crate) fn start(&mut self, tag: &Tag) {
        if tag.name == "a" {
            self.end("a");
        }
        let ends_with_leaf = !matches!(
            tag.name.as_str(),
            "a" | "b"
                | "big"
                | "code"
                | "em"
                | "font"
                | "i"
                | "s"
                | "small"
                | "strike"
                | "strong"
                | "tt"
                | "u"
        );
        if self.open.len() < MAX_OPEN {
            let marks = marks_of(tag, self.ignore_lang);
            self.open.push(Open {
                name: tag.name.clone(),
                marks,
                ends_with_leaf,
            });
            self.count();
        }
    }

    /// Opens an element that our own reading of the page asks for.
    pub(crate) fn start_as(&mut self, name: &str, mark: Mark) {
        if self.open.len() < MAX_OPEN {
            self.open.push(Open {
                name: name.to_owned(),
                marks: vec![mark],
                ends_with_leaf: false,
            });
            self.count();
        }
    }

    /// Whether an element of that name began after `height`.
    pub(crate) fn has_since(&self, height: usize, name: &str) -> bool {
        self.open.iter().skip(height).any(|open| open.name == name)
    }

    pub(crate) fn end(&mut self, name: &str) {
        if let Some(at) = self.open.iter().rposition(|open| open.name == name) {
            self.open.remove(at);
            self.count();
        }
    }

    /// Ends what was opened after `height`: all of it at the end of a cell, else only what ends with a paragraph.
    pub(crate) fn close_from(&mut self, height: usize, all: bool) {
        let mut at = 0;
        self.open.retain(|open| {
            at += 1;
            at <= height || !(all || open.ends_with_leaf)
        });
        self.count();
    }

    fn count(&mut self) {
        let mut current: Vec<Mark> = Vec::new();
        for mark in self.open.iter().flat_map(|open| &open.marks) {
            let same = |other: &Mark| std::mem::discriminant(other) == std::mem::discriminant(mark);
            // The innermost link or language is the one that counts; notes may overlap.
            current.retain(|other| matches!(mark, Mark::Note { .. }) || !same(other));
            current.push(mark.clone());
        }
        current.sort();
        current.dedup();
        self.current = current;
    }
}

fn marks_of(tag: &Tag, ignore_lang: bool) -> Vec<Mark> {
    let mut marks: Vec<Mark> = by_name(tag).into_iter().chain(by_style(tag)).collect();
    if tag.attribute("style").is_some_and(is_normal_weight) {
        marks.retain(|mark| *mark != Mark::Strong);
    }
    marks.extend(by_attribute(tag, ignore_lang));
    marks
}

fn by_name(tag: &Tag) -> Option<Mark> {
    Some(match tag.name.as_str() {
        "b" | "strong" => Mark::Strong,
        "i" | "em" | "cite" | "dfn" | "var" => Mark::Emphasis,
        "s" | "strike" | "del" => Mark::Strike,
        "code" | "kbd" | "samp" | "tt" => Mark::Code,
        "sub" => Mark::Sub,
        "sup" => Mark::Sup,
        "a" => Mark::Link {
            href: address(tag.attribute("href")?)?,
            title: tag
                .attribute("title")
                .map(super::short)
                .filter(|title| !title.is_empty()),
        },
        _ => return None,
    })
}

/// Google Docs and Word write looks as styles. Linear: the style is cut once at `;`.
fn by_style(tag: &Tag) -> Vec<Mark> {
    let style = tag.attribute("style").unwrap_or_default().to_ascii_lowercase();
    let rules = style
        .split(';')
        .filter_map(|rule| rule.split_once(':'))
        .map(|(name, value)| (name.trim(), value.trim()));
    let looks = rules.filter_map(|(name, value)| match (name, value) {
        ("font-weight", "bold" | "bolder" | "600" | "700" | "800" | "900") => Some(Mark::Strong),
        ("font-style", "italic" | "oblique") => Some(Mark::Emphasis),
        ("text-decoration" | "text-decoration-line", value) if value.contains("line-through") => {
            Some(Mark::Strike)
        }
        ("vertical-align", "super") => Some(Mark::Sup),
        ("vertical-align", "sub") => Some(Mark::Sub),
        _ => None,
    });
    looks.collect()
}

fn is_normal_weight(style: &str) -> bool {
    let style: String = style.to_ascii_lowercase().split_whitespace().collect();
    style.contains("font-weight:normal") || style.contains("font-weight:400")
}

fn by_attribute(tag: &Tag, ignore_lang: bool) -> Vec<Mark> {
    let mut marks = Vec::new();
    if let Some(id) = tag.attribute("data-note").and_then(Id::parse) {
        marks.push(Mark::Note { id });
    }
    if let Some(source) = tag.attribute("data-source") {
        marks.push(Mark::Source {
            id: Id::parse(source),
            name: tag.attribute("data-name").map(super::short),
        });
    }
    let lang = tag.attribute("lang").filter(|lang| is_lang(lang) && !ignore_lang);
    if let Some(lang) = lang {
        let dir = tag
            .attribute("dir")
            .filter(|_| tag.attribute("data-dir").is_none());
        marks.push(Mark::Lang {
            lang: lang.to_owned(),
            dir: dir.and_then(Dir::parse),
        });
    }
    marks
}
