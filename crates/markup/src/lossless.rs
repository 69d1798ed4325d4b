//! The carrier: HTML that anyone can read and that [`crate::from_html`] turns back into the very same document.

use crate::html_out::write_carrier;
use crate::{Block, Document, from_html};

impl Document {
    /// Each block as plain HTML with its id. Where plain HTML would not come back as the same block (a note, an
    /// asset, a block of a later version), the element also holds the block's JSON, and reading takes that.
    ///
    /// It holds notes and sources: for exports that stay in the newsroom, never for a page.
    pub fn to_lossless_html(&self) -> String {
        self.blocks.iter().map(carry).collect()
    }
}

fn carry(block: &Block) -> String {
    let html = write_carrier(block, None);
    match from_html(&html).0.blocks.as_slice() {
        [read] if read == block => html,
        _ => write_carrier(block, Some(serde_json::to_string(block).unwrap_or_default())),
    }
}
