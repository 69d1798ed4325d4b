//! What the sandbox does for pictures: it is the only place where their bytes are decoded.

mod caption;
mod decode;
mod encode;

use crate::rendition::{AVIF, ladder};
use crate::words::{Saying, Words};
use base::sandbox::{Frames, Refusal, Task};
use serde::{Deserialize, Serialize};
use std::io::Read;

/// The sandbox's tasks of this crate.
pub const TASKS: &[(&str, Task)] = &[("picture", develop)];

/// Every reason not to take a picture.
pub(crate) const REFUSALS: &[&str] = &[
    "media.empty",
    "media.svg",
    "media.type",
    "media.pixels",
    "media.shape",
    "media.memory",
    "media.broken",
    "media.words",
    "sandbox.panicked",
];

/// What is wanted of a picture.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(crate) struct Order {
    /// The sizes to make; none given: the whole ladder.
    pub widths: Option<Vec<u32>>,
    /// Their format, as in their addresses.
    pub format: String,
    /// What is to be said in place of the file's own words.
    #[serde(default)]
    pub saying: Saying,
}

/// The first frame of the answer: what the file is. A frame for each size follows, its width before its bytes.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Facts {
    pub media_type: String,
    pub width: u32,
    pub height: u32,
    pub words: Words,
}

/// The longest original, in bytes.
pub(crate) const ORIGINAL_BYTES: u64 = 64 << 20;

fn develop(input: &mut dyn Read, frames: &mut Frames, args: &serde_json::Value) -> Result<(), Refusal> {
    let order: Order = serde_json::from_value(args.clone())
        .map_err(|error| Refusal::new("media.order", &error.to_string()))?;
    let mut bytes = Vec::new();
    input
        .take(ORIGINAL_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Refusal::new("media.broken", &error.to_string()))?;
    let (mut facts, negative) = decode::negative(bytes)?;
    facts.words = order.saying.over(facts.words);
    let facts_frame =
        serde_json::to_vec(&facts).map_err(|error| Refusal::new("media.frame", &error.to_string()))?;
    frames.send(&facts_frame)?;
    let mut widths = order.widths.unwrap_or_else(|| ladder(facts.width));
    widths.sort_unstable_by(|a, b| b.cmp(a));
    let (mut prints, exif) = negative.prints();
    for width in widths {
        let print = prints.next(width)?;
        let encoded = match order.format.as_str() {
            AVIF => encode::avif(&print, &facts.words)?,
            _ => encode::jpeg(&print, &facts.words, exif.as_deref())?,
        };
        let mut frame = width.to_le_bytes().to_vec();
        frame.extend_from_slice(&encoded);
        frames.send(&frame)?;
    }
    Ok(())
}
