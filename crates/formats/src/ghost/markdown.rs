//! Markdown, the body format of Ghost 0 and of its Markdown cards.

use crate::html::escape;
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};
use std::collections::HashMap;

pub(super) fn render(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut page = Page::default();
    for event in Parser::new_ext(markdown, options) {
        page.take(event);
    }
    page.html(markdown.len())
}

/// The events of a text, footnotes apart.
#[derive(Default)]
struct Page<'m> {
    text: Vec<Event<'m>>,
    notes: Vec<Event<'m>>,
    numbers: HashMap<CowStr<'m>, usize>,
    in_note: bool,
    in_code: bool,
}

impl<'m> Page<'m> {
    fn take(&mut self, event: Event<'m>) {
        match event {
            Event::Start(Tag::FootnoteDefinition(_)) => {
                self.in_note = true;
                self.put(Event::Html("<li>".into()));
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                self.put(Event::Html("</li>\n".into()));
                self.in_note = false;
            }
            Event::FootnoteReference(name) => {
                let next = self.numbers.len() + 1;
                let number = *self.numbers.entry(name).or_insert(next);
                self.put(Event::InlineHtml(format!("<sup>[{number}]</sup>").into()));
            }
            Event::SoftBreak => self.put(Event::HardBreak),
            Event::Text(text) if !self.in_code && text.contains("==") => self.put(marked(&text)),
            other => self.put(other),
        }
    }

    fn put(&mut self, event: Event<'m>) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => self.in_code = true,
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            _ => {}
        }
        let part = if self.in_note {
            &mut self.notes
        } else {
            &mut self.text
        };
        part.push(event);
    }

    fn html(self, length: usize) -> String {
        let mut out = String::with_capacity(length + length / 4);
        html::push_html(&mut out, self.text.into_iter());
        if !self.notes.is_empty() {
            out.push_str("<hr>\n<ol>\n");
            html::push_html(&mut out, self.notes.into_iter());
            out.push_str("</ol>\n");
        }
        out
    }
}

/// `==words==` are marked; a sign without its partner is text.
fn marked<'m>(text: &str) -> Event<'m> {
    let mut html = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("==") {
        let Some((words, behind)) = after
            .split_once("==")
            .filter(|(words, _)| words.trim() == *words && !words.is_empty())
        else {
            break;
        };
        html.push_str(&format!("{}<mark>{}</mark>", escape(before), escape(words)));
        rest = behind;
    }
    html.push_str(&escape(rest));
    Event::InlineHtml(html.into())
}
