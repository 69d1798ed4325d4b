//! How much one input may turn into: what comes out is always a document that JSON reading takes back.

use crate::json::{MAX_BLOCKS, MAX_JSON_BYTES, MAX_TEXT_BYTES};
use crate::{Mark, Run};

/// What is left to spend.
pub(crate) struct Budget {
    text_bytes: usize,
    mark_bytes: usize,
    blocks: usize,
    pub(crate) spent: bool,
}

impl Budget {
    pub(crate) fn new() -> Self {
        Self {
            text_bytes: MAX_TEXT_BYTES,
            mark_bytes: MAX_JSON_BYTES / 4,
            blocks: MAX_BLOCKS,
            spent: false,
        }
    }

    /// As much of the words as there is room for.
    pub(crate) fn words<'a>(&mut self, words: &'a str) -> &'a str {
        let mut end = words.len().min(self.text_bytes);
        while !words.is_char_boundary(end) {
            end -= 1;
        }
        self.spent |= end < words.len();
        self.text_bytes -= end;
        &words[..end]
    }

    /// The marks, or none: a run that repeats a long address a million times keeps its words only.
    pub(crate) fn marks<'a>(&mut self, marks: &'a [Mark]) -> &'a [Mark] {
        let cost = std::mem::size_of::<Run>() + marks.iter().map(weight).sum::<usize>();
        match self.mark_bytes.checked_sub(cost) {
            _ if marks.is_empty() => marks,
            Some(left) => {
                self.mark_bytes = left;
                marks
            }
            None => &[],
        }
    }

    /// Whether there is room for one more block.
    pub(crate) fn block(&mut self) -> bool {
        let room = self.blocks > 0;
        self.spent |= !room;
        self.blocks = self.blocks.saturating_sub(1);
        room
    }
}

fn weight(mark: &Mark) -> usize {
    let own = match mark {
        Mark::Link { href, title } => href.as_str().len() + title.as_ref().map_or(0, String::len),
        Mark::Source { name, .. } => name.as_ref().map_or(0, String::len),
        _ => 0,
    };
    own + 40
}
