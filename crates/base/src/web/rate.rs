//! How often one caller may ask: a token bucket for each class of route and each caller.

use crate::{Clock, Error, Result};
use lexicon::At;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// What a request costs us, and so how many one caller may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RateClass {
    /// Pages, feeds, assets.
    Read,
    /// Search, exports and other work that no store holds.
    Costly,
    /// What changes something.
    Write,
    /// Passwords, codes and links: everything that could be guessed.
    SignIn,
}

impl RateClass {
    /// Requests allowed at once, and then how many each minute.
    pub const fn allowance(self) -> (u32, u32) {
        match self {
            Self::Read => (600, 6_000),
            Self::Costly => (60, 300),
            Self::Write => (240, 1_200),
            Self::SignIn => (10, 20),
        }
    }
}

/// Callers remembered at once; beyond it those that have long been quiet are forgotten.
const REMEMBERED: usize = 100_000;

/// The buckets (GCRA: one number a bucket, the moment at which it is full again).
pub(crate) struct Buckets {
    full_at: Mutex<HashMap<(RateClass, String), i64>>,
    clock: Clock,
    on: bool,
}

impl Buckets {
    pub(crate) fn new(clock: Clock, on: bool) -> Self {
        Self {
            full_at: Mutex::default(),
            clock,
            on,
        }
    }

    /// Takes one request out of a bucket. Errors: `web.too_many`, with the seconds to wait.
    pub(crate) fn take(&self, class: RateClass, who: String) -> Result<()> {
        if !self.on {
            return Ok(());
        }
        let (burst, per_minute) = class.allowance();
        let each = At::MINUTE / i64::from(per_minute);
        let now = self.clock.now().0;
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if full_at.len() >= REMEMBERED {
            full_at.retain(|_, at| *at > now);
        }
        if full_at.len() >= REMEMBERED {
            return Err(Error::Unavailable {
                code: "web.busy",
                retry_after_s: 10,
            });
        }
        let bucket = full_at.entry((class, who)).or_insert(now);
        let full = (*bucket).max(now) + each;
        let wait = full - now - each * i64::from(burst);
        if wait > 0 {
            let seconds = u32::try_from(wait / At::SECOND + 1).unwrap_or(u32::MAX);
            return Err(Error::TooMany {
                code: "web.too_many",
                retry_after_s: seconds,
            });
        }
        *bucket = full;
        Ok(())
    }
}

/// The part of an address that one household or customer has: all of IPv4, the /64 of IPv6.
pub fn neighbourhood(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}
