//! One stream in memory: its ring, the blocks of the table that readers are catching up on, and who is to be woken.
//!
//! Everything a reader gets comes from `page`, by number and under one lock, so that no record can slip in between
//! what was read and what is followed.

use super::counters::Counters;
use super::frame::{Mark, Sealed};
use super::ledger::Ledger;
use super::listed::Listed;
use super::ring::{Bell, Offer, Ring, redact_all};
use super::sync::{Mutex, Ordering};
use super::writer::Inbox;
use crate::error::{Error, Result};
use crate::journal::Record;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, MutexGuard, PoisonError};
use tokio::sync::watch;

/// Records of the table are read and kept in blocks of so many numbers, so that readers of many ages share them.
const BLOCK: i64 = 256;
/// The most that one look gives: a reader comes back for more.
const PAGE: usize = 64;
/// How often a block is read again because the ring ran away meanwhile, before the reader is asked to come back.
const LOOKS: usize = 4;

/// What a look at a position gives.
#[derive(Debug)]
pub(crate) enum Page<T> {
    /// Nothing after it yet.
    Nothing,
    /// The next records, in order.
    Next(Vec<Arc<T>>),
    /// They are not in memory: `load` them.
    Older,
}

/// The ring as it was at one moment, for a writer that serves thousands from it.
#[derive(Debug)]
pub(crate) struct Tail<T> {
    pub version: u64,
    pub floor: i64,
    pub frames: Vec<Arc<T>>,
}

impl<T> Tail<T> {
    /// What comes after `seq`; `None` when that has left the ring.
    pub fn after(&self, seq: i64) -> Option<&[Arc<T>]> {
        let skip = usize::try_from(seq.checked_sub(self.floor)?).ok()?;
        Some(self.frames.get(skip..).unwrap_or_default())
    }
}

/// One active stream.
pub(crate) struct Topic<T> {
    pub id: u64,
    pub mark: Mark,
    shelf: Mutex<Shelf<T>>,
    /// Whether the listing said that it exists.
    pub listed: Listed,
    flight: tokio::sync::Mutex<()>,
    catching_up: AtomicBool,
    changed: watch::Sender<u64>,
    bell: Bell,
    writers: Arc<[Arc<Inbox>]>,
}

struct Shelf<T> {
    /// Empty until the stream's head is known.
    ring: Option<Ring<T>>,
    /// Pieces of the table, each an unbroken run, the last used at the end.
    blocks: Vec<Block<T>>,
    version: u64,
    max_records: usize,
    max_bytes: usize,
    max_backlog_bytes: usize,
}

struct Block<T> {
    records: Vec<Arc<T>>,
    bytes: usize,
}

impl<T: Sealed> Topic<T> {
    pub fn new(id: u64, mark: Mark, limits: &super::Limits, writers: Arc<[Arc<Inbox>]>) -> Self {
        let shelf = Shelf {
            ring: None,
            blocks: Vec::new(),
            version: 0,
            max_records: limits.ring_records,
            max_bytes: limits.ring_bytes,
            max_backlog_bytes: limits.backlog_bytes,
        };
        Self {
            id,
            mark,
            shelf: Mutex::new(shelf),
            listed: Listed::default(),
            flight: tokio::sync::Mutex::default(),
            catching_up: AtomicBool::new(false),
            changed: watch::Sender::new(0),
            bell: Bell::silent(),
            writers,
        }
    }

    /// The newest number known; `None` before the table was asked.
    pub fn head(&self) -> Option<i64> {
        self.shelf().ring.as_ref().map(Ring::head)
    }

    /// Offers the next record and wakes who follows. `Gap` when numbers are missing before it.
    pub fn accept(&self, record: Record) -> Offer {
        let offer = self.shelf().offer(T::seal(record, &self.mark));
        if offer == Offer::Taken {
            self.rouse();
        }
        offer
    }

    /// Tells the topic where the table stands. True when the table is ahead and must be read.
    pub fn learn(&self, head: i64) -> bool {
        let mut shelf = self.shelf();
        let (records, bytes) = (shelf.max_records, shelf.max_bytes);
        shelf
            .ring
            .get_or_insert_with(|| Ring::new(head, records, bytes))
            .head()
            < head
    }

    /// What comes after `seq`, from the ring or from the blocks in memory.
    pub fn page(&self, seq: i64) -> Page<T> {
        self.shelf().page(seq)
    }

    /// The ring, unless it is as it was at `version`.
    pub fn tail(&self, version: Option<u64>) -> Option<Tail<T>> {
        let shelf = self.shelf();
        let ring = shelf.ring.as_ref().filter(|_| version != Some(shelf.version))?;
        let frames = ring.after(ring.floor())?.cloned().collect();
        Some(Tail {
            version: shelf.version,
            floor: ring.floor(),
            frames,
        })
    }

    /// Reads the block after `seq` from the table unless somebody has just done so. False when it is kept no more.
    pub async fn load(&self, seq: i64, ledger: &dyn Ledger, counters: &Counters) -> Result<bool> {
        let _flight = self.flight.lock().await;
        for _ in 0..LOOKS {
            if !cfg!(feature = "planted-query-each") && !matches!(self.page(seq), Page::Older) {
                return Ok(true);
            }
            let start = seq - seq.rem_euclid(BLOCK);
            let known = self.head().unwrap_or(0);
            Counters::add(&counters.backlog_queries, 1);
            let records = ledger.after(&self.mark.stream, start, BLOCK as usize).await?;
            let run = unbroken_run_with(records, seq + 1);
            if run.is_empty() {
                return Ok(false);
            }
            let sealed = run
                .into_iter()
                .map(|record| Arc::new(T::seal(record, &self.mark)))
                .collect();
            self.shelf().keep_block(sealed, known);
            if cfg!(feature = "planted-query-each") {
                break;
            }
        }
        match self.page(seq) {
            Page::Older => Err(Error::Unavailable {
                code: "live.busy",
                retry_after_s: 1,
            }),
            _ => Ok(true),
        }
    }

    /// True for the one who is to call `catch_up`; false while another is about to.
    pub fn claim_catching_up(&self) -> bool {
        !self.catching_up.swap(true, Ordering::AcqRel)
    }

    /// Reads the table from the head on until there is no more.
    pub async fn catch_up(&self, ledger: &dyn Ledger, counters: &Counters) -> Result<()> {
        let _flight = self.flight.lock().await;
        // A gap that shows from here on claims a look of its own.
        self.catching_up.store(false, Ordering::Release);
        while let Some(head) = self.head() {
            Counters::add(&counters.backlog_queries, 1);
            let records = ledger.after(&self.mark.stream, head, BLOCK as usize).await?;
            let last = records.len() < BLOCK as usize;
            // A record that came by itself in the meantime is a double here; a gap ends the run, and the next look goes on.
            let taken = records
                .into_iter()
                .map(|record| self.accept(record))
                .filter(|o| *o == Offer::Taken)
                .count();
            if last || taken == 0 {
                break;
            }
        }
        Ok(())
    }

    /// Wakes everyone who follows this stream.
    pub fn rouse(&self) {
        self.changed.send_modify(|version| *version += 1);
        for (number, writer) in self.writers.iter().enumerate() {
            if self.bell.ring(number as u32) {
                writer.stirred(self.id);
            }
        }
    }

    /// A writer says that it looks now.
    pub fn answer(&self, writer: u32) {
        self.bell.answer(writer);
    }

    /// Resolves at each change.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// Lets go of the table's blocks.
    pub fn drop_blocks(&self) {
        self.shelf().blocks.clear();
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf<T>> {
        // Nothing under this lock can panic half-way; a poisoned lock still holds a whole shelf.
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Sealed> Shelf<T> {
    fn offer(&mut self, record: T) -> Offer {
        let (seq, subject) = (record.seq(), record.subject().map(str::to_owned));
        let (records, bytes) = (self.max_records, self.max_bytes);
        // The first news of a stream whose head is still being asked for settles where it stands.
        let ring = self
            .ring
            .get_or_insert_with(|| Ring::new(seq - 1, records, bytes));
        let offer = ring.offer(record);
        if offer == Offer::Taken {
            self.version += 1;
            if let Some(subject) = subject {
                self.redact_blocks(&subject, seq);
            }
        }
        offer
    }

    fn redact_blocks(&mut self, subject: &str, by: i64) {
        if cfg!(feature = "planted-cached-frames") {
            return;
        }
        for block in &mut self.blocks {
            redact_all(block.records.iter_mut(), subject, by);
        }
    }

    fn page(&mut self, seq: i64) -> Page<T> {
        let Some(ring) = &self.ring else {
            return Page::Nothing;
        };
        if seq >= ring.head() {
            return Page::Nothing;
        }
        let from = if cfg!(feature = "planted-ring-only") {
            seq.max(ring.floor())
        } else {
            seq
        };
        if let Some(next) = ring.after(from) {
            return Page::Next(next.take(PAGE).cloned().collect());
        }
        match self.blocks.iter().position(|block| block.has(seq + 1)) {
            Some(at) => {
                let block = self.blocks.remove(at);
                let next = block.after(seq);
                self.blocks.push(block);
                Page::Next(next)
            }
            None => Page::Older,
        }
    }

    /// Keeps what was read when the ring's head was `known`. What the ring took since may have superseded parts of it;
    /// when the ring has already let go of some of that, nothing is kept and the table must be read again.
    fn keep_block(&mut self, mut records: Vec<Arc<T>>, known: i64) {
        let Some(ring) = &self.ring else { return };
        let Some(newer) = ring.after(known) else { return };
        for newer in newer.filter(|_| !cfg!(feature = "planted-cached-frames")) {
            if let Some(subject) = newer.subject() {
                redact_all(records.iter_mut(), subject, newer.seq());
            }
        }
        // The table may be ahead of what was told here; nobody is to stand beyond the ring's head.
        records.truncate(records.partition_point(|record| record.seq() <= ring.head()));
        let bytes = records.iter().map(|record| record.bytes()).sum();
        self.blocks.push(Block { records, bytes });
        self.trim_blocks();
    }

    fn trim_blocks(&mut self) {
        let mut total: usize = self.blocks.iter().map(|block| block.bytes).sum();
        while total > self.max_backlog_bytes && self.blocks.len() > 1 {
            total -= self.blocks.remove(0).bytes;
        }
    }
}

impl<T: Sealed> Block<T> {
    fn has(&self, seq: i64) -> bool {
        let ends = self.records.first().zip(self.records.last());
        ends.is_some_and(|(first, last)| (first.seq()..=last.seq()).contains(&seq))
    }

    fn after(&self, seq: i64) -> Vec<Arc<T>> {
        self.records
            .iter()
            .filter(|record| record.seq() > seq)
            .take(PAGE)
            .cloned()
            .collect()
    }
}

/// The unbroken run of records that holds number `seq`; empty when the table has let go of it.
fn unbroken_run_with(records: Vec<Record>, seq: i64) -> Vec<Record> {
    let mut run: Vec<Record> = Vec::with_capacity(records.len());
    for record in records {
        if run.last().is_some_and(|last| last.seq + 1 != record.seq) {
            if run.last().is_some_and(|last| last.seq >= seq) {
                break;
            }
            run.clear();
        }
        run.push(record);
    }
    if run.iter().any(|record| record.seq == seq) {
        run
    } else {
        Vec::new()
    }
}
