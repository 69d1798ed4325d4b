//! A table in memory that can count its readers, keep them waiting, and let something happen between any two steps.

#![allow(clippy::unwrap_used, reason = "a lock of a test's table")]
#![allow(
    dead_code,
    reason = "each test program that includes this file uses a part of it"
)]

use base::hub::{Head, Ledger, Listing, Reading};
use base::journal::Record;
use lexicon::{At, Stream};
use std::collections::{BTreeMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The steps of a read between which something can be made to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Moment {
    Exists,
    BeforeHeads,
    AfterHeads,
    BeforeRows,
    AfterRows,
}

type Interruption = Arc<dyn Fn(Moment) + Send + Sync>;

#[derive(Default)]
struct Table {
    streams: BTreeMap<Stream, Rows>,
    epoch: String,
    missing: HashSet<Stream>,
    interruption: Option<Interruption>,
    delay: Duration,
}

#[derive(Default)]
struct Rows {
    floor: i64,
    rows: Vec<Record>,
}

/// The in-memory table. Every stream exists unless it was declared missing.
#[derive(Default)]
pub struct MemoryLedger {
    table: Mutex<Table>,
    pub queries: AtomicU64,
    pub existence_checks: AtomicU64,
}

impl MemoryLedger {
    pub fn new(epoch: &str) -> Arc<Self> {
        let ledger = Arc::new(Self::default());
        ledger.table.lock().unwrap().epoch = epoch.to_owned();
        ledger
    }

    /// Commits one record: the next number, earlier ones about the subject lose their text.
    pub fn append(&self, stream: &Stream, kind: &str, subject: Option<&str>, data: &str) -> Record {
        let mut table = self.table.lock().unwrap();
        let rows = table.streams.entry(stream.clone()).or_default();
        let seq = rows.floor + rows.rows.len() as i64 + 1;
        for row in rows
            .rows
            .iter_mut()
            .filter(|row| subject.is_some() && row.subject.as_deref() == subject)
        {
            *row = row.superseded(seq);
        }
        let record = Record {
            stream: stream.clone(),
            seq,
            at: At(1_795_000_000_000_000 + seq),
            kind: kind.to_owned(),
            subject: subject.map(str::to_owned),
            data: data.to_owned(),
            event: None,
        };
        rows.rows.push(record.clone());
        record
    }

    /// Lets go of everything up to `floor`.
    pub fn prune(&self, stream: &Stream, floor: i64) {
        let mut table = self.table.lock().unwrap();
        let rows = table.streams.entry(stream.clone()).or_default();
        rows.rows.retain(|row| row.seq > floor);
        rows.floor = rows.floor.max(floor);
    }

    /// As after restoring a backup: streams end at `head`, and the epoch is another.
    pub fn restore(&self, epoch: &str, head: i64) {
        let mut table = self.table.lock().unwrap();
        table.epoch = epoch.to_owned();
        for rows in table.streams.values_mut() {
            rows.rows.retain(|row| row.seq <= head);
        }
    }

    pub fn declare_missing(&self, stream: Stream) {
        self.table.lock().unwrap().missing.insert(stream);
    }

    /// Runs `interruption` at each step of each read, in the reader's own thread.
    pub fn interrupt(&self, interruption: Option<Interruption>) {
        self.table.lock().unwrap().interruption = interruption;
    }

    pub fn slow_down(&self, delay: Duration) {
        self.table.lock().unwrap().delay = delay;
    }

    pub fn query_count(&self) -> u64 {
        self.queries.load(Ordering::SeqCst)
    }

    async fn pass(&self, moment: Moment) {
        let (interruption, delay) = {
            let table = self.table.lock().unwrap();
            (table.interruption.clone(), table.delay)
        };
        if let Some(interruption) = interruption {
            interruption(moment);
        }
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
    }
}

impl Ledger for MemoryLedger {
    fn heads(&self) -> Reading<'_, Vec<Head>> {
        Box::pin(async {
            self.queries.fetch_add(1, Ordering::SeqCst);
            self.pass(Moment::BeforeHeads).await;
            let heads = {
                let table = self.table.lock().unwrap();
                let head = |rows: &Rows| rows.floor + rows.rows.len() as i64;
                let each = table.streams.iter();
                each.map(|(stream, rows)| Head {
                    stream: stream.clone(),
                    floor: rows.floor,
                    head: head(rows),
                })
                .collect()
            };
            self.pass(Moment::AfterHeads).await;
            Ok(heads)
        })
    }

    fn after(&self, stream: &Stream, after: i64, limit: usize) -> Reading<'_, Vec<Record>> {
        let stream = stream.clone();
        Box::pin(async move {
            self.queries.fetch_add(1, Ordering::SeqCst);
            self.pass(Moment::BeforeRows).await;
            let found = {
                let table = self.table.lock().unwrap();
                let rows = table
                    .streams
                    .get(&stream)
                    .map(|rows| rows.rows.as_slice())
                    .unwrap_or_default();
                rows.iter()
                    .filter(|row| row.seq > after)
                    .take(limit)
                    .cloned()
                    .collect()
            };
            self.pass(Moment::AfterRows).await;
            Ok(found)
        })
    }

    fn epoch(&self) -> Reading<'_, String> {
        Box::pin(async { Ok(self.table.lock().unwrap().epoch.clone()) })
    }
}

impl Listing for MemoryLedger {
    fn exists(&self, stream: &Stream) -> Reading<'_, bool> {
        let stream = stream.clone();
        Box::pin(async move {
            self.existence_checks.fetch_add(1, Ordering::SeqCst);
            self.pass(Moment::Exists).await;
            Ok(!self.table.lock().unwrap().missing.contains(&stream))
        })
    }
}
