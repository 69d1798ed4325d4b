//! Runs as HTML. A mark that two neighbours share is one element around both.

use super::{Manner, Page};
use crate::{Mark, Text};

impl Page<'_> {
    pub(crate) fn text(&mut self, text: &Text) {
        let mut open: Vec<&Mark> = Vec::new();
        for run in &text.0 {
            let wanted: Vec<&Mark> = run.marks.iter().filter(|mark| self.shows(mark)).collect();
            let kept = open
                .iter()
                .zip(&wanted)
                .take_while(|(one, other)| one == other)
                .count();
            open.drain(kept..).rev().for_each(|mark| self.close_mark(mark));
            wanted[kept..].iter().for_each(|mark| self.open_mark(mark));
            open = wanted;
            self.lines(&run.text);
        }
        open.into_iter().rev().for_each(|mark| self.close_mark(mark));
    }

    /// Words whose newlines are line breaks.
    pub(crate) fn lines(&mut self, words: &str) {
        for (at, line) in words.split('\n').enumerate() {
            if at > 0 {
                self.raw("<br>");
            }
            self.words(line);
        }
    }

    /// Notes and sources are the newsroom's own; only the carrier takes them along.
    fn shows(&self, mark: &Mark) -> bool {
        self.manner == Manner::Carrier || !matches!(mark, Mark::Note { .. } | Mark::Source { .. })
    }

    fn open_mark(&mut self, mark: &Mark) {
        self.raw("<");
        self.raw(element(mark));
        match mark {
            Mark::Note { id } => self.attribute("data-note", id.as_str()),
            Mark::Source { id, name } => {
                self.attribute("data-source", id.as_ref().map_or("", crate::Id::as_str));
                name.iter().for_each(|name| self.attribute("data-name", name));
            }
            Mark::Link { href, title } => {
                let address = self.resolve.href(href);
                self.attribute("href", &address);
                title.iter().for_each(|title| self.attribute("title", title));
            }
            Mark::Lang { lang, dir } => {
                self.attribute("lang", lang);
                self.attribute("dir", dir.map_or("auto", crate::inline::Dir::as_str));
                if dir.is_none() && self.manner == Manner::Carrier {
                    self.attribute("data-dir", "none");
                }
            }
            _ => {}
        }
        self.raw(">");
    }

    fn close_mark(&mut self, mark: &Mark) {
        self.raw("</");
        self.raw(element(mark));
        self.raw(">");
    }
}

fn element(mark: &Mark) -> &'static str {
    match mark {
        Mark::Note { .. } | Mark::Source { .. } | Mark::Lang { .. } => "span",
        Mark::Link { .. } => "a",
        Mark::Strong => "strong",
        Mark::Emphasis => "em",
        Mark::Strike => "s",
        Mark::Code => "code",
        Mark::Sub => "sub",
        Mark::Sup => "sup",
    }
}
