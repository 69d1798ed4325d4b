//! What the hub has done, for the metrics page and for tests.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// Running totals; read them with `Hub::counts`.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    readers: AtomicUsize,
    pub deliveries: AtomicU64,
    pub cuts: AtomicU64,
    pub resets: AtomicU64,
    pub backlog_queries: AtomicU64,
    pub refused: AtomicU64,
    pub buffered_bytes: AtomicUsize,
}

/// The totals at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Open streams now.
    pub readers: usize,
    /// Records written to readers.
    pub deliveries: u64,
    /// Streams ended by us: fell off the ring, made no progress, revoked.
    pub cuts: u64,
    /// Connections that could not resume and were told so.
    pub resets: u64,
    /// Reads of the table.
    pub backlog_queries: u64,
    /// Streams refused because there were too many.
    pub refused: u64,
    /// Bytes held back for readers whose sockets are full, now.
    pub buffered_bytes: usize,
}

impl Counters {
    pub fn counts(&self) -> Counts {
        Counts {
            readers: self.readers.load(Ordering::Relaxed),
            deliveries: self.deliveries.load(Ordering::Relaxed),
            cuts: self.cuts.load(Ordering::Relaxed),
            resets: self.resets.load(Ordering::Relaxed),
            backlog_queries: self.backlog_queries.load(Ordering::Relaxed),
            refused: self.refused.load(Ordering::Relaxed),
            buffered_bytes: self.buffered_bytes.load(Ordering::Relaxed),
        }
    }

    pub fn add(total: &AtomicU64, count: u64) {
        total.fetch_add(count, Ordering::Relaxed);
    }
}

/// A place among the readers; given back when dropped.
#[derive(Debug)]
pub(crate) struct Permit(Arc<Counters>);

impl Permit {
    /// `None` when `limit` readers are here already.
    pub fn take(counters: &Arc<Counters>, limit: usize) -> Option<Self> {
        let taken = counters.readers.fetch_add(1, Ordering::Relaxed);
        let permit = Self(counters.clone());
        if taken < limit {
            return Some(permit);
        }
        Counters::add(&counters.refused, 1);
        None
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.0.readers.fetch_sub(1, Ordering::Relaxed);
    }
}
