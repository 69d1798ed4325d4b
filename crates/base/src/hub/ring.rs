//! The last records of one stream, shared by all its readers; a reader is a number, not a queue.
//!
//! Depends on nothing but `super::sync`, so that `tests/live_loom.rs` can run it under loom.

use super::sync::{AtomicU64, Ordering};
use std::collections::VecDeque;
use std::sync::Arc;

/// What a ring keeps: one record, in the shape its readers take it.
pub trait Kept {
    /// Gap-free within the stream, from 1.
    fn seq(&self) -> i64;
    /// What it weighs in memory.
    fn bytes(&self) -> usize;
    /// What it is about; a later one about the same takes the text out of this one.
    fn subject(&self) -> Option<&str>;
    /// Its place without its text.
    fn superseded(&self, by: i64) -> Self;
}

/// What became of an offered record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// It was the next number and is kept.
    Taken,
    /// It is here, or was, already.
    Double,
    /// Numbers before it are missing: the table must be read.
    Gap,
}

/// The last records of one stream: at most so many, at most so heavy, and always at least the newest.
#[derive(Debug)]
pub struct Ring<T> {
    kept: VecDeque<Arc<T>>,
    floor: i64,
    bytes: usize,
    max_records: usize,
    max_bytes: usize,
}

impl<T: Kept> Ring<T> {
    /// An empty ring that waits for `head + 1`.
    pub fn new(head: i64, max_records: usize, max_bytes: usize) -> Self {
        Self {
            kept: VecDeque::new(),
            floor: head,
            bytes: 0,
            max_records,
            max_bytes,
        }
    }

    /// The number before the oldest kept one.
    pub fn floor(&self) -> i64 {
        self.floor
    }

    /// The newest number.
    pub fn head(&self) -> i64 {
        self.floor + self.kept.len() as i64
    }

    /// Takes the next number, redacts what it supersedes and lets go of the oldest beyond the limits.
    pub fn offer(&mut self, record: T) -> Offer {
        match record.seq() {
            seq if seq <= self.head() => return Offer::Double,
            seq if seq > self.head() + 1 => return Offer::Gap,
            _ => {}
        }
        if let Some(subject) = record.subject() {
            self.redact(subject, record.seq());
        }
        self.bytes += record.bytes();
        self.kept.push_back(Arc::new(record));
        self.shed();
        Offer::Taken
    }

    /// Everything after `seq`, oldest first; `None` when some of it has been let go.
    pub fn after(&self, seq: i64) -> Option<impl Iterator<Item = &Arc<T>>> {
        let skip = seq.checked_sub(self.floor).filter(|skip| *skip >= 0)?;
        Some(self.kept.iter().skip(usize::try_from(skip).unwrap_or(usize::MAX)))
    }

    fn redact(&mut self, subject: &str, by: i64) {
        if cfg!(feature = "planted-cached-frames") {
            return;
        }
        let (before, after) = redact_all(self.kept.iter_mut(), subject, by);
        self.bytes = self.bytes - before + after;
    }

    fn shed(&mut self) {
        while self.kept.len() > 1 && (self.kept.len() > self.max_records || self.bytes > self.max_bytes) {
            if let Some(oldest) = self.kept.pop_front() {
                self.bytes -= oldest.bytes();
                self.floor += 1;
            }
        }
    }
}

/// Takes the text out of every earlier record about `subject`; tells what those weighed before and weigh now.
pub fn redact_all<'a, T: Kept + 'a>(
    kept: impl Iterator<Item = &'a mut Arc<T>>,
    subject: &str,
    by: i64,
) -> (usize, usize) {
    let (mut before, mut after) = (0, 0);
    for record in kept.filter(|record| record.subject() == Some(subject) && record.seq() < by) {
        before += record.bytes();
        *record = Arc::new(record.superseded(by));
        after += record.bytes();
    }
    (before, after)
}

/// Which writers have been told of news and have not looked yet: a bit each, so that a busy stream wakes a writer once.
#[derive(Debug)]
pub struct Bell(AtomicU64);

impl Bell {
    pub fn silent() -> Self {
        Self(AtomicU64::new(0))
    }

    /// Called after the news is in the ring. True when this writer has to be woken.
    pub fn ring(&self, writer: u32) -> bool {
        let bit = 1 << writer;
        if cfg!(feature = "planted-lazy-bell") {
            let told = self.0.load(Ordering::Acquire);
            self.0.store(told | bit, Ordering::Release);
            return told & bit == 0;
        }
        self.0.fetch_or(bit, Ordering::AcqRel) & bit == 0
    }

    /// Called by the writer *before* it reads the ring, so that news after the look rings again.
    pub fn answer(&self, writer: u32) {
        self.0.fetch_and(!(1 << writer), Ordering::AcqRel);
    }
}
