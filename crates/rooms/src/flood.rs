//! How fast one person, one network and one room may post. Counted in memory on each node: what must be exact (slow mode,
//! repeats) is asked of the table, this only keeps floods away from it.

use base::{Error, Result};
use lexicon::{At, StoryId};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// At once, and then how many each minute.
const PERSON: (u32, u32) = (8, 30);
const NETWORK: (u32, u32) = (60, 240);
const ROOM: (u32, u32) = (400, 3_000);
/// Remembered at once; the quiet ones are forgotten first.
const REMEMBERED: usize = 50_000;

/// The buckets: one number each, the moment at which it is full again.
pub struct Flood {
    full_at: Mutex<HashMap<String, i64>>,
    on: bool,
}

impl Flood {
    /// `on` is false only for load tests on a loopback listener.
    pub fn new(on: bool) -> Self {
        Self {
            full_at: Mutex::default(),
            on,
        }
    }

    /// Takes one message. Errors: `rooms.flood_person`, `rooms.flood_network`, `rooms.flood_room`, with the seconds to wait.
    pub fn take(&self, person: &str, network: &str, story: &StoryId, now: At) -> Result<()> {
        if !self.on {
            return Ok(());
        }
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if full_at.len() >= REMEMBERED {
            full_at.retain(|_, at| *at > now.0);
        }
        let asked = [
            (format!("p{person}"), PERSON, "rooms.flood_person"),
            (format!("n{network}"), NETWORK, "rooms.flood_network"),
            (format!("r{story}"), ROOM, "rooms.flood_room"),
        ];
        // Nothing is taken before all three agree: a full room must not use up its people's turns.
        for (key, allowance, code) in &asked {
            let wait = level(&full_at, key, *allowance, now) - now.0 - room(*allowance);
            if wait > 0 {
                let retry_after_s = u32::try_from(wait / At::SECOND + 1).unwrap_or(u32::MAX);
                return Err(Error::TooMany { code, retry_after_s });
            }
        }
        for (key, allowance, _) in asked {
            let full = level(&full_at, &key, allowance, now);
            full_at.insert(key, full);
        }
        Ok(())
    }
}

/// When the bucket would be full again after one more.
fn level(full_at: &HashMap<String, i64>, key: &str, (_, per_minute): (u32, u32), now: At) -> i64 {
    full_at.get(key).copied().unwrap_or(now.0).max(now.0) + At::MINUTE / i64::from(per_minute)
}

fn room((burst, per_minute): (u32, u32)) -> i64 {
    At::MINUTE / i64::from(per_minute) * i64::from(burst)
}
