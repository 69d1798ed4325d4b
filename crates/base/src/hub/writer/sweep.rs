//! Looking at every reader once in a period, a few at a time, so that heartbeats are spread over it.

use std::ops::Range;
use std::time::Duration;

/// Steps of one round.
const STEPS: u32 = 64;

#[derive(Debug)]
pub(super) struct Sweep {
    step_ms: u32,
    stepped_ms: u32,
    step: u32,
}

impl Sweep {
    pub fn new(period: Duration) -> Self {
        let period_ms = u32::try_from(period.as_millis()).unwrap_or(u32::MAX);
        Self {
            step_ms: (period_ms / STEPS).max(1),
            stepped_ms: 0,
            step: 0,
        }
    }

    pub fn until_next(&self, now_ms: u32) -> Duration {
        let passed = now_ms.wrapping_sub(self.stepped_ms);
        Duration::from_millis(u64::from(self.step_ms.saturating_sub(passed)))
    }

    /// Whose turn it is, of `slots` readers. After a pause the steps that were missed are made up for, at most one round.
    pub fn due(&mut self, now_ms: u32, slots: usize) -> Range<usize> {
        let steps = (now_ms.wrapping_sub(self.stepped_ms) / self.step_ms).min(STEPS - self.step);
        if steps == 0 {
            return 0..0;
        }
        let edge = |step: u32| slots * step as usize / STEPS as usize;
        let range = edge(self.step)..edge(self.step + steps);
        self.step = (self.step + steps) % STEPS;
        self.stepped_ms = now_ms;
        range
    }
}
