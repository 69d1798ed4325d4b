//! Every limit of the front door, with its number. Each has a test that goes one past it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// The longest request head, in bytes, request line and headers together.
pub const HEAD_BYTES: usize = 16 * 1024;
/// The most header fields in one request.
pub const HEADERS: usize = 64;
/// The longest request target, in bytes.
pub const TARGET_BYTES: usize = 8 * 1024;
/// A request body, unless its route says otherwise, in bytes.
pub const BODY_BYTES: u64 = 64 * 1024;
/// Connections waiting to be accepted.
pub const BACKLOG: i32 = 4096;
/// File descriptors kept for everything that is not a connection: database, blobs, index,
/// logs, and the files in memory of pages often sent.
pub const RESERVED_FILES: usize = 384;
/// Connections above the public limit that only the newsroom may use.
pub const NEWSROOM_CONNECTIONS: usize = 64;
/// `Retry-After` of an answer given because the house is full, in seconds.
pub const FULL_RETRY_AFTER_S: u32 = 5;
/// The longest `Idempotency-Key`, in bytes.
pub const IDEMPOTENCY_KEY_BYTES: usize = 200;
/// Streams one HTTP/2 connection may have open.
pub const H2_STREAMS: u32 = 128;
/// Streams a peer may reset before they were answered (Rapid Reset, CVE-2023-44487).
pub const H2_PENDING_RESETS: usize = 16;
/// Resets of our own, provoked by the peer, before the connection ends (MadeYouReset, CVE-2025-8671).
pub const H2_LOCAL_RESETS: usize = 64;

/// The times of a connection. Tests shorten them; production uses the default.
#[derive(Clone, Debug)]
pub struct Limits {
    /// From the first byte of a head to its last (slowloris).
    pub head: Duration,
    /// A body that brings nothing for so long is given up.
    pub body_idle: Duration,
    /// A body must be whole after this.
    pub body_total: Duration,
    /// A kept-alive connection without a request.
    pub idle: Duration,
    /// An answer of which the peer takes nothing for so long is given up (slow read).
    pub write_idle: Duration,
    /// Unacknowledged bytes after which the kernel gives a connection up (`TCP_USER_TIMEOUT`).
    pub unacknowledged: Duration,
    /// For requests under way when the server stops.
    pub drain: Duration,
    /// Connections of the public; [`NEWSROOM_CONNECTIONS`] more are for the newsroom.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            body_idle: Duration::from_secs(20),
            body_total: Duration::from_secs(300),
            idle: Duration::from_secs(65),
            write_idle: Duration::from_secs(20),
            unacknowledged: Duration::from_secs(30),
            drain: Duration::from_secs(30),
            connections: connections_allowed(),
        }
    }
}

/// As many connections as the process may have files, less what else needs files.
fn connections_allowed() -> usize {
    let mut limit = libc::rlimit {
        rlim_cur: 1024,
        rlim_max: 1024,
    };
    // SAFETY: getrlimit writes one struct of this type; on failure ours keeps its first value.
    unsafe { libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit) };
    let files = usize::try_from(limit.rlim_cur).unwrap_or(usize::MAX).min(1 << 20);
    files
        .saturating_sub(RESERVED_FILES + NEWSROOM_CONNECTIONS)
        .max(16)
}

/// How many connections are open, streams included.
#[derive(Clone, Debug, Default)]
pub struct House(Arc<AtomicUsize>);

impl House {
    /// Takes one more connection in.
    pub fn seat(&self) -> Seat {
        self.0.fetch_add(1, Ordering::Relaxed);
        Seat(self.clone())
    }

    pub fn open(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

/// One open connection's place; given back when dropped.
#[derive(Debug)]
pub struct Seat(House);

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Seat {
    /// A place in a house of its own, for tests.
    pub fn loose() -> Self {
        House::default().seat()
    }
}
