//! Who writes: what the room knows of a person, and how far it trusts them.

use super::limits;
use lexicon::At;
use serde::{Deserialize, Serialize};

/// What is known of a person when they write. Counts, never texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Staff are not judged by the rules of content and pace.
    pub staff: bool,
    /// Messages that stood (were shown and not removed), ever.
    pub approved: u32,
    /// Messages of the last seven days, and how many of them were rejected or removed.
    pub week: u32,
    pub week_rejected: u32,
    /// Since the account was made, in microseconds.
    pub age: i64,
    /// Warnings, timeouts and more in the last 90 days that were not undone.
    pub sanctions: u32,
    /// Reports of theirs that a moderator judged right, and wrong.
    pub reports_right: u32,
    pub reports_wrong: u32,
    /// What stops them now.
    pub stopped: Option<Stopped>,
}

/// A sanction that holds now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stopped {
    pub how: Stop,
    /// None: until it is undone.
    pub until: Option<At>,
    /// What the person was told.
    pub why: String,
}

/// How a person is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stop {
    TimedOut,
    Muted,
    Banned,
}

/// How far a person is trusted; grows with messages that stood and with time, falls with sanctions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    New,
    Known,
    Regular,
    Trusted,
}

impl Standing {
    /// A person of whom nothing speaks against: for trials and tests.
    pub fn regular() -> Self {
        Self {
            approved: limits::REGULAR_APPROVED,
            age: limits::REGULAR_AGE,
            week: limits::RATIO_LEAST,
            ..Self::default()
        }
    }

    pub fn trust(&self) -> Trust {
        let has = |approved, age| self.approved >= approved && self.age >= age;
        let calm = self.sanctions == 0 && self.rejected_percent() <= limits::REGULAR_REJECTED_PERCENT;
        match () {
            () if !has(limits::KNOWN_APPROVED, limits::KNOWN_AGE) => Trust::New,
            () if !calm || !has(limits::REGULAR_APPROVED, limits::REGULAR_AGE) => Trust::Known,
            () if !has(limits::TRUSTED_APPROVED, limits::TRUSTED_AGE) => Trust::Regular,
            () => Trust::Trusted,
        }
    }

    /// Percent of the week's messages that were rejected; 0 while there are too few to say.
    pub fn rejected_percent(&self) -> u32 {
        if self.week < limits::RATIO_LEAST {
            return 0;
        }
        (u64::from(self.week_rejected) * 100 / u64::from(self.week))
            .try_into()
            .unwrap_or(100)
    }

    /// What a report of this person weighs. A new account's weighs nothing, however many there are; who was mostly wrong
    /// weighs nothing either.
    pub fn report_weight(&self) -> u32 {
        #[cfg(feature = "planted-count-only")]
        return 1;
        #[cfg(not(feature = "planted-count-only"))]
        {
            let judged = self.reports_right + self.reports_wrong;
            let mostly_wrong = judged >= limits::REPORTS_LEAST && self.reports_wrong > self.reports_right;
            match self.trust() {
                _ if mostly_wrong || self.stopped.is_some() => 0,
                Trust::New => 0,
                Trust::Known => 1,
                Trust::Regular => 2,
                Trust::Trusted => 3,
            }
        }
    }
}

impl Stop {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TimedOut => "timed_out",
            Self::Muted => "muted",
            Self::Banned => "banned",
        }
    }

    /// The stable code of the refusal.
    pub fn code(self) -> &'static str {
        match self {
            Self::TimedOut => "rooms.timed_out",
            Self::Muted => "rooms.muted",
            Self::Banned => "rooms.banned",
        }
    }
}

impl Trust {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Known => "known",
            Self::Regular => "regular",
            Self::Trusted => "trusted",
        }
    }
}
