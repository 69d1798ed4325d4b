//! How fast somebody writes, and whether they write the same again.

use super::fold;
use super::limits;
use super::settings::Rules;
use super::standing::{Standing, Trust};
use lexicon::At;
use std::collections::HashSet;

/// What was written lately: the person's own messages over all rooms, and the room's tempo.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Context {
    pub now: At,
    /// The room's own slow mode, in seconds; the larger of it and the rules' holds.
    pub slow_mode_s: u32,
    /// When the person last wrote in this room.
    pub last_here: Option<At>,
    /// When they wrote, over all rooms, within `limits::WINDOW`, newest first (as many as the largest budget, and one).
    pub moments: Vec<At>,
    /// Their `limits::LATEST` latest messages within `limits::REPEAT_WITHIN`.
    pub latest: Vec<Said>,
    /// Other people who wrote the same (by `likeness`) within `limits::CROWD_WITHIN`, in any room.
    pub same_by_others: u32,
}

/// A message that was written before.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    pub at: At,
    pub text: String,
}

/// Too fast: which budget is used up, and how long until there is room again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Haste {
    Slow { wait_s: u32, every_s: u32 },
    Flood { wait_s: u32, budget: u32 },
}

/// A number that is the same for messages whose letters are the same: clusters are found by it. None for what is too short to
/// be a repeat.
pub fn likeness(text: &str) -> Option<i64> {
    let letters = fold::letters(text);
    if letters.len() < limits::REPEAT_LETTERS {
        return None;
    }
    let letters: String = letters.into_iter().collect();
    let hash = blake3::hash(letters.as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(hash.as_bytes().get(..8).unwrap_or(&[0; 8]));
    Some(i64::from_le_bytes(first))
}

pub(crate) fn haste(rules: &Rules, standing: &Standing, context: &Context) -> Option<Haste> {
    let every_s = context.slow_mode_s.max(rules.slow_mode_s);
    let since = context.last_here.map(|at| context.now.0 - at.0);
    let wait = since.map_or(0, |since| i64::from(every_s) * At::SECOND - since);
    if wait > 0 {
        let wait_s = seconds_up(wait);
        return Some(Haste::Slow { wait_s, every_s });
    }
    let new = standing.trust() == Trust::New;
    let (minute, window) = if new {
        (rules.newcomer_minute, rules.newcomer_window)
    } else {
        (rules.person_minute, rules.person_window)
    };
    let minute = used_up(context, At::MINUTE, minute);
    minute.or_else(|| used_up(context, limits::WINDOW, window))
}

fn used_up(context: &Context, window: i64, budget: u32) -> Option<Haste> {
    if budget == 0 {
        return None;
    }
    let begin = context.now.plus(-window);
    // The oldest of the last `budget` messages must leave the window first.
    let oldest = context.moments.get(budget as usize - 1)?;
    (*oldest > begin).then(|| Haste::Flood {
        wait_s: seconds_up(oldest.0 - begin.0),
        budget,
    })
}

fn seconds_up(micros: i64) -> u32 {
    u32::try_from((micros + At::SECOND - 1) / At::SECOND)
        .unwrap_or(u32::MAX)
        .max(1)
}

/// How a message repeats an earlier one of the same person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeat {
    Same,
    Near,
}

pub(crate) fn repeat(context: &Context, text: &str) -> Option<(Repeat, String)> {
    let recent = || {
        context
            .latest
            .iter()
            .filter(|said| said.at > context.now.plus(-limits::REPEAT_WITHIN))
    };
    recent().next()?;
    let letters = fold::letters(text);
    if letters.len() < limits::REPEAT_LETTERS {
        return None;
    }
    let mut near = None;
    for said in recent().take(limits::LATEST) {
        let earlier = fold::letters(&said.text);
        if earlier == letters {
            return Some((Repeat::Same, said.text.clone()));
        }
        if near.is_none()
            && letters.len() >= limits::NEAR_LETTERS
            && shared_percent(&letters, &earlier) >= limits::NEAR_PERCENT
        {
            near = Some((Repeat::Near, said.text.clone()));
        }
    }
    near
}

/// Threes of letters that two texts share, in percent of all they have.
fn shared_percent(one: &[char], other: &[char]) -> usize {
    let threes = |letters: &[char]| letters.windows(3).map(<[char]>::to_vec).collect::<HashSet<_>>();
    let (one, other) = (threes(one), threes(other));
    let all = one.union(&other).count();
    let shared = one.intersection(&other).count() * 100;
    shared.checked_div(all).unwrap_or(0)
}
