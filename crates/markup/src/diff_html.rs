//! Changes as HTML for people: `<ins>` and `<del>`, with words for who cannot see the colours (WCAG 1.4.1).

use crate::diff::words;
use crate::html_out::escape;
use crate::{Block, Change, Piece};

/// The words that only screen readers say, in the reader's language.
#[derive(Clone, Copy, Debug)]
pub struct DiffWords<'a> {
    /// As "added:".
    pub added: &'a str,
    /// As "removed:".
    pub removed: &'a str,
    /// As "changed:", where the words are the same and something else is not.
    pub changed: &'a str,
}

/// All changes in order. Kept blocks are shown as plain paragraphs; `.story-hidden` is to be hidden from the eye only.
pub fn diff_html(changes: &[Change], said: DiffWords) -> String {
    let mut out = String::new();
    for change in changes {
        match change {
            Change::Kept(block) => paragraph(&mut out, "story-kept", &[Piece::Same(words(block))], said),
            Change::Added(block) => whole(&mut out, "story-added", Piece::Added(words(block)), block, said),
            Change::Removed(block) => whole(
                &mut out,
                "story-removed",
                Piece::Removed(words(block)),
                block,
                said,
            ),
            Change::Changed { pieces, new, .. } => changed(&mut out, pieces, new, said),
        }
    }
    out
}

/// A block without words (a picture, a divider) is named by its type.
fn whole(out: &mut String, class: &str, piece: Piece, block: &Block, said: DiffWords) {
    let named = match piece {
        Piece::Added(words) if words.is_empty() => Piece::Added(block.kind.word().to_owned()),
        Piece::Removed(words) if words.is_empty() => Piece::Removed(block.kind.word().to_owned()),
        piece => piece,
    };
    paragraph(out, class, &[named], said);
}

fn changed(out: &mut String, pieces: &[Piece], new: &Block, said: DiffWords) {
    let same = pieces.iter().all(|piece| matches!(piece, Piece::Same(_)));
    if !same {
        return paragraph(out, "story-changed", pieces, said);
    }
    out.push_str("<p class=\"story-changed\">");
    hidden(out, said.changed);
    let shown = words(new);
    text(out, if shown.is_empty() { new.kind.word() } else { &shown });
    out.push_str("</p>\n");
}

fn paragraph(out: &mut String, class: &str, pieces: &[Piece], said: DiffWords) {
    out.push_str(&format!("<p class=\"{class}\">"));
    for piece in pieces {
        match piece {
            Piece::Same(words) => text(out, words),
            Piece::Added(words) => marked(out, "ins", said.added, words),
            Piece::Removed(words) => marked(out, "del", said.removed, words),
        }
    }
    out.push_str("</p>\n");
}

fn marked(out: &mut String, name: &str, said: &str, words: &str) {
    if words.is_empty() {
        return;
    }
    out.push_str(&format!("<{name}>"));
    hidden(out, said);
    text(out, words);
    out.push_str(&format!("</{name}>"));
}

fn hidden(out: &mut String, said: &str) {
    out.push_str("<span class=\"story-hidden\">");
    escape(said, out);
    out.push_str(" </span>");
}

fn text(out: &mut String, words: &str) {
    for (at, line) in words.split('\n').enumerate() {
        if at > 0 {
            out.push_str("<br>");
        }
        escape(line, out);
    }
}
