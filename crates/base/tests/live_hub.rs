//! The live hub from outside: clients that write down what they hear, and a checker that judges it.
//!
//! Sizes are for CI; `WIREROOM_PROOF_FACTOR=100` multiplies the campaigns.

#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "live/checker.rs"]
mod checker;
#[path = "live/client.rs"]
mod client;
#[path = "live/edits.rs"]
mod edits;
#[path = "live/everyday.rs"]
mod everyday;
#[path = "live/followers.rs"]
mod followers;
#[path = "live/herd.rs"]
mod herd;
#[path = "live/hostile.rs"]
mod hostile;
#[path = "live/join.rs"]
mod join;
#[path = "live/ledger.rs"]
mod ledger;
#[path = "live/resume.rs"]
mod resume;
#[path = "live/slow.rs"]
mod slow;

use base::hub::Limits;
use lexicon::{EditionCode, StoryId, Stream};
use std::collections::BTreeMap;

/// Tries of a campaign: its CI size, or that many times the factor.
fn tries(ci: u64) -> u64 {
    let factor = std::env::var("WIREROOM_PROOF_FACTOR")
        .ok()
        .and_then(|text| text.parse().ok());
    ci * factor.unwrap_or(1)
}

/// Numbers from a seed; the same every time.
struct Lot(u64);

impl Lot {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % end.max(1)
    }
}

fn edition() -> Stream {
    Stream::Edition(EditionCode::parse("en").unwrap())
}

/// One of as many rooms as are wanted.
fn room(number: u64) -> Stream {
    let letter = |place: u32| char::from(b'a' + (number / 26u64.pow(place) % 26) as u8);
    Stream::Room(StoryId::parse(&(0..12).map(|place| letter(place.min(11))).collect::<String>()).unwrap())
}

fn heads(of: &[(&Stream, i64)]) -> BTreeMap<String, i64> {
    of.iter()
        .map(|(stream, head)| (stream.to_string(), *head))
        .collect()
}

/// A ring so small that the table is needed all the time.
fn tight() -> Limits {
    Limits {
        ring_records: 4,
        ..Limits::default()
    }
}
