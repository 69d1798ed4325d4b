//! Every number of the live hub in one place.

use std::time::Duration;

/// What the hub keeps, waits for and refuses.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Open streams at once; the next one gets 503 with `Retry-After`.
    pub readers: usize,
    /// Records in the ring of one stream.
    pub ring_records: usize,
    /// Bytes in the ring of one stream.
    pub ring_bytes: usize,
    /// Bytes of table blocks kept beside a ring while readers catch up.
    pub backlog_bytes: usize,
    /// Threads that own the raw sockets (1 to 64).
    pub writers: usize,
    /// How long a reader whose socket is full may take nothing.
    pub stall: Duration,
    /// The same for one that the ring has left behind. A shorter pause costs nobody anything: it goes on from the table.
    pub lag: Duration,
    /// Every reader is looked at once in this time and gets a comment if nothing was sent for as long: at most twice this is quiet.
    pub beat: Duration,
    /// How often the table is asked for news that nobody rang for; `None` when no other node writes to it.
    pub poll: Option<Duration>,
    /// How long a stream without readers keeps its ring.
    pub idle_stream: Duration,
    /// The kernel's send buffer of a raw socket, in bytes.
    pub send_buffer_bytes: usize,
    /// `retry:` for readers, in milliseconds; up to half as much again is added by lot.
    pub retry_ms: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            readers: 50_000,
            ring_records: 256,
            ring_bytes: 1 << 20,
            backlog_bytes: 4 << 20,
            writers: 1,
            stall: Duration::from_secs(30),
            lag: Duration::from_secs(5),
            beat: Duration::from_secs(7),
            poll: None,
            idle_stream: Duration::from_secs(60),
            send_buffer_bytes: 64 << 10,
            retry_ms: 2000,
        }
    }
}

/// Streams of one connection.
pub const MAX_STREAMS: usize = 16;
