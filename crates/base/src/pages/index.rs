//! Which pages were made from what, and up to which record each thing was dropped.

use super::Tag;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Tags remembered with their last drop. Beyond it the older half is folded into one number.
const REMEMBERED: usize = 65_536;

/// Both maps are guarded by one lock, so a page is linked and checked in one step.
#[derive(Default)]
pub(super) struct Index {
    targets: HashMap<Tag, HashSet<Arc<str>>>,
    dropped: HashMap<Tag, i64>,
    /// A snapshot before this is refused, whatever its tags: their drops are no longer told apart.
    floor_seq: i64,
    /// The highest number of any drop.
    pub(super) seen_seq: i64,
}

impl Index {
    /// Notes the drop; returns the pages that were made from one of `tags`.
    pub(super) fn drop_tags(&mut self, tags: &[Tag], seq: i64) -> HashSet<Arc<str>> {
        self.seen_seq = self.seen_seq.max(seq);
        let mut touched = HashSet::new();
        for tag in tags {
            let last = self.dropped.entry(tag.clone()).or_insert(seq);
            *last = seq.max(*last);
            touched.extend(self.targets.get(tag).into_iter().flatten().cloned());
        }
        self.fold_old_drops();
        touched
    }

    /// Whether a snapshot at `at_seq` misses a drop of one of `tags`.
    pub(super) fn outdates(&self, tags: &[Tag], at_seq: i64) -> bool {
        let missed = |tag| self.dropped.get(tag).is_some_and(|dropped| *dropped > at_seq);
        at_seq < self.floor_seq || tags.iter().any(missed)
    }

    pub(super) fn link(&mut self, target: &Arc<str>, tags: &[Tag]) {
        for tag in tags {
            self.targets
                .entry(tag.clone())
                .or_default()
                .insert(target.clone());
        }
    }

    pub(super) fn unlink(&mut self, target: &Arc<str>, tags: &[Tag]) {
        for tag in tags {
            let Some(targets) = self.targets.get_mut(tag) else {
                continue;
            };
            targets.remove(target);
            if targets.is_empty() {
                self.targets.remove(tag);
            }
        }
    }

    pub(super) fn forget_pages(&mut self) {
        self.targets.clear();
        self.dropped.clear();
        self.floor_seq = 0;
        self.seen_seq = 0;
    }

    /// Forgetting a drop must never let an old page in, so what is forgotten raises the floor.
    fn fold_old_drops(&mut self) {
        if self.dropped.len() <= REMEMBERED {
            return;
        }
        let mut numbers: Vec<i64> = self.dropped.values().copied().collect();
        let middle = numbers.len() / 2;
        let (_, median, _) = numbers.select_nth_unstable(middle);
        self.floor_seq = self.floor_seq.max(*median);
        let floor = self.floor_seq;
        self.dropped.retain(|_, seq| *seq > floor);
    }

    /// Pages that are linked from any tag.
    #[cfg(test)]
    pub(super) fn pages(&self) -> usize {
        self.targets.values().flatten().collect::<HashSet<_>>().len()
    }
}
