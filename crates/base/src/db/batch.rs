//! The writer: it takes all waiting writes into one commit, a savepoint each, and answers after the fsync.

use super::Observer;
use super::connection::{Connection, Fault, Opener};
use super::tx::Tx;
use crate::journal::{self, Record};
use crate::{Clock, Error, Result};
use crossbeam_channel::RecvTimeoutError;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::sync::oneshot;

/// One commit holds at most so many writes.
const BATCH: usize = 512;
/// So long without a write is quiet.
const QUIET: Duration = Duration::from_secs(1);
/// A lost race is tried again so many times.
const TRIES: usize = if cfg!(feature = "planted-no-retry") { 0 } else { 8 };

#[cfg(test)]
pub(crate) type Injection = Arc<dyn Fn(&str) -> Option<Fault> + Send + Sync>;

/// The records of a batch, and which of them each body made; none for a body that failed.
type Committed = (Vec<Record>, Vec<Option<Range<usize>>>);

/// A write waiting for its commit.
pub(crate) trait Body: Send {
    /// Runs inside the transaction; true when it succeeded.
    fn run(&mut self, tx: &mut Tx) -> bool;
    /// Tells the caller: the records of this write, or why the batch failed. A body that failed by itself says its own error.
    fn answer(self: Box<Self>, outcome: Result<Vec<Record>>);
}

/// A closure and the caller who waits for it.
pub(crate) struct Write<T, F> {
    body: F,
    value: Option<Result<T>>,
    reply: oneshot::Sender<Result<(T, Vec<Record>)>>,
}

impl<T, F> Write<T, F> {
    pub fn new(body: F, reply: oneshot::Sender<Result<(T, Vec<Record>)>>) -> Self {
        Self {
            body,
            value: None,
            reply,
        }
    }
}

impl<T: Send, F: FnMut(&mut Tx) -> Result<T> + Send> Body for Write<T, F> {
    fn run(&mut self, tx: &mut Tx) -> bool {
        let outcome = catch_unwind(AssertUnwindSafe(|| (self.body)(tx)));
        let value = outcome.unwrap_or_else(|_| Err(Error::internal("a write panicked")));
        let succeeded = value.is_ok();
        self.value = Some(value);
        succeeded
    }

    fn answer(self: Box<Self>, outcome: Result<Vec<Record>>) {
        let answer = match (self.value, outcome) {
            (Some(Err(own)), Ok(_)) => Err(own),
            (Some(Ok(value)), Ok(records)) => Ok((value, records)),
            (_, Err(error)) => Err(error),
            (None, Ok(_)) => Err(Error::internal("a write was not run")),
        };
        let _ = self.reply.send(answer);
    }
}

/// The thread that owns the one writing connection.
pub(crate) struct Writer {
    connection: Connection,
    opener: Opener,
    clock: Clock,
    pub observer: Arc<OnceLock<Observer>>,
    #[cfg(test)]
    pub injection: Option<Injection>,
}

impl Writer {
    pub fn new(
        connection: Connection,
        opener: Opener,
        clock: Clock,
        observer: Arc<OnceLock<Observer>>,
    ) -> Self {
        Self {
            connection,
            opener,
            clock,
            observer,
            #[cfg(test)]
            injection: None,
        }
    }

    /// Commits batches until the last sender is gone.
    pub fn run(mut self, waiting: &crossbeam_channel::Receiver<Box<dyn Body>>) {
        let mut unsettled = false;
        loop {
            let next = match unsettled {
                true => waiting.recv_timeout(QUIET),
                false => waiting.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            unsettled = next.is_ok();
            match next {
                Ok(first) => {
                    let mut batch = vec![first];
                    batch.extend(waiting.try_iter().take(BATCH - 1));
                    self.commit(batch);
                }
                Err(RecvTimeoutError::Timeout) => self.settle(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// With nothing to write, the log is brought back into the database, so that the next start finds none to read through.
    fn settle(&mut self) {
        if let Err(failure) = self.connection.settle()
            && failure.fault == Some(Fault::Broken)
        {
            self.refuse(Vec::new(), failure.fault, &failure.error);
        }
    }

    /// Commits one batch and answers everybody in it.
    pub fn commit(&mut self, mut batch: Vec<Box<dyn Body>>) {
        let mut tries = 0;
        let outcome = loop {
            match self.attempt(&mut batch) {
                Err((Some(Fault::Lost), _)) if tries < TRIES => tries += 1,
                other => break other,
            }
        };
        match outcome {
            Ok((records, shares)) => {
                self.publish(batch, records, shares);
            }
            Err((fault, error)) => self.refuse(batch, fault, &error),
        }
    }

    /// What was seen by anyone was durable first: observers and callers hear of it after the commit.
    fn publish(
        &mut self,
        batch: Vec<Box<dyn Body>>,
        records: Vec<Record>,
        shares: Vec<Option<Range<usize>>>,
    ) {
        tell(&self.observer, &records);
        for (body, share) in batch.into_iter().zip(shares) {
            body.answer(Ok(share.map(|range| records[range].to_vec()).unwrap_or_default()));
        }
        #[cfg(feature = "planted-ack-before-commit")]
        self.planted_late_commit();
    }

    #[cfg(feature = "planted-ack-before-commit")]
    fn planted_late_commit(&mut self) {
        std::thread::sleep(std::time::Duration::from_millis(20));
        let _ = self.connection.run("COMMIT");
    }

    fn refuse(&mut self, batch: Vec<Box<dyn Body>>, fault: Option<Fault>, error: &Error) {
        let fatal = cfg!(feature = "planted-full-is-fatal") && fault == Some(Fault::Full);
        if fault == Some(Fault::Broken) || fatal {
            // After a failed fsync nobody knows what is on disk; a start recovers it, an answer would be a lie.
            tracing::error!(target: "base::db", cause = ?error, "storage failed; stopping");
            std::process::abort();
        }
        tracing::warn!(target: "base::db", cause = ?error, writes = batch.len(), "a batch of writes was refused");
        let (code, retry_after_s) = match fault {
            Some(Fault::Full) => ("disk_full", 30),
            _ => ("db.away", 2),
        };
        for body in batch {
            body.answer(Err(Error::Unavailable { code, retry_after_s }));
        }
        if self.connection.is_lost()
            && let Ok(fresh) = self.opener.writer()
        {
            self.connection = fresh;
        }
    }

    /// One transaction over the whole batch. Gives the committed records and each body's share of them.
    fn attempt(&mut self, batch: &mut [Box<dyn Body>]) -> Result<Committed, (Option<Fault>, Error)> {
        let begun = self
            .connection
            .begin_write()
            .and_then(|()| self.connection.now(&self.clock));
        let now = begun.map_err(|failure| {
            let _ = self.connection.run("ROLLBACK");
            (failure.fault.or(Some(Fault::Away)), failure.error)
        })?;
        let mut tx = Tx::new(&mut self.connection, now);
        #[cfg(test)]
        {
            tx.injection = self.injection.clone();
        }
        let outcome = fill(&mut tx, batch).and_then(|committed| {
            if cfg!(feature = "planted-push-before-commit") {
                tell(&self.observer, &committed.0);
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
            if cfg!(feature = "planted-ack-before-commit") {
                return Ok(committed);
            }
            match tx.run("COMMIT") {
                Err(_) if cfg!(feature = "planted-commit-unchecked") => Ok(committed),
                ended => ended.map(|()| committed),
            }
        });
        let fault = tx.fault;
        outcome.map_err(|error| {
            if self.connection.is_open() {
                let _ = self.connection.run("ROLLBACK");
            }
            (fault.or(Some(Fault::Away)), error)
        })
    }
}

fn tell(observer: &OnceLock<Observer>, records: &[Record]) {
    if let Some(observe) = observer.get() {
        observe(records);
    }
}

/// Runs the bodies and then writes what they put on streams; what is left to do is the commit.
fn fill(tx: &mut Tx, batch: &mut [Box<dyn Body>]) -> Result<Committed> {
    let mut shares = Vec::with_capacity(batch.len());
    for body in batch.iter_mut() {
        shares.push(savepoint(tx, body.as_mut())?);
    }
    tx.begin_body();
    let records = journal::append(tx)?;
    Ok((records, shares))
}

/// Runs one body so that its failure takes back its own rows and records and nothing else.
fn savepoint(tx: &mut Tx, body: &mut dyn Body) -> Result<Option<Range<usize>>> {
    let start = tx.pending.len();
    tx.begin_body();
    tx.run("SAVEPOINT body")?;
    if body.run(tx) && tx.fault.is_none() {
        tx.run("RELEASE body")?;
        return Ok(Some(start..tx.pending.len()));
    }
    // Some failures (disk full, a lost race) end the transaction itself: then nobody of this batch may be told "done".
    if tx.fault.is_some() || !tx.connection.is_open() {
        tx.fault = tx.fault.or(Some(Fault::Away));
        return Err(Error::internal("the batch's transaction is gone"));
    }
    tx.pending.truncate(start);
    if !cfg!(feature = "planted-no-savepoint") {
        tx.run("ROLLBACK TO body")?;
    }
    tx.run("RELEASE body")?;
    Ok(None)
}
