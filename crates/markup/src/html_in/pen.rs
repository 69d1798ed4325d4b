//! Writes text down the way HTML reads it: spaces and newlines become one space, `<br>` becomes a newline.

use crate::{Mark, Text};

/// How spaces are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Spaces {
    /// As a page shows them.
    #[default]
    Folded,
    /// As our own carrier writes them: each counts.
    Exact,
}

/// The paragraph being written.
#[derive(Default)]
pub(crate) struct Pen {
    text: Text,
    gap: Option<Vec<Mark>>,
    breaks: usize,
    pub(crate) spaces: Spaces,
}

impl Pen {
    /// Adds words under `marks`.
    pub(crate) fn write(&mut self, words: &str, marks: &[Mark]) {
        match self.spaces {
            Spaces::Exact => self.text.push(words, marks),
            Spaces::Folded => self.write_folded(words, marks),
        }
    }

    fn write_folded(&mut self, words: &str, marks: &[Mark]) {
        let is_space = |letter: char| matches!(letter, ' ' | '\t' | '\n' | '\r' | '\x0c');
        let core = words.trim_matches(is_space);
        if words.starts_with(is_space) {
            self.leave_gap(marks);
        }
        if core.is_empty() {
            return;
        }
        self.close_gap(marks);
        let mut parts = core.split(is_space).filter(|part| !part.is_empty());
        let first = parts.next().unwrap_or_default();
        self.text.push(first, marks);
        for part in parts {
            self.text.push(" ", marks);
            self.text.push(part, marks);
        }
        if words.ends_with(is_space) {
            self.leave_gap(marks);
        }
    }

    fn leave_gap(&mut self, marks: &[Mark]) {
        if self.gap.is_none() {
            self.gap = Some(marks.to_vec());
        }
    }

    fn close_gap(&mut self, marks: &[Mark]) {
        let gap = self.gap.take();
        let breaks = std::mem::take(&mut self.breaks);
        match gap {
            _ if self.text.0.is_empty() => {}
            _ if breaks > 0 => self.text.push("\n", marks),
            Some(gap) => self.text.push(" ", &gap),
            None => {}
        }
    }

    /// A line break. How many stand here in a row now, when there is text before them.
    pub(crate) fn break_line(&mut self, marks: &[Mark]) -> usize {
        if self.spaces == Spaces::Exact {
            self.text.push("\n", marks);
            return 1;
        }
        self.breaks += usize::from(!self.text.0.is_empty());
        self.breaks
    }

    /// Whether a line break stands at the end.
    pub(crate) fn at_break(&self) -> bool {
        self.breaks > 0
    }

    /// Whether nothing was written yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.0.is_empty()
    }

    /// What was written; the pen starts anew, folding spaces as before.
    pub(crate) fn take(&mut self) -> Text {
        self.gap = None;
        self.breaks = 0;
        std::mem::take(&mut self.text)
    }
}
