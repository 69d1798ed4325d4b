//! One database, two engines, one SQL text.
//!
//! SQL is synchronous, HTTP is asynchronous, and the seam is here: `db.read(|r| …).await`, `db.write(|tx| …).await`.
//! Every connection lives on its own thread. One writer a node takes all waiting writes into one commit, a savepoint
//! each, and answers after the fsync. On PostgreSQL a batch holds the newsroom's advisory lock, so that writes of all
//! nodes are one sequence: no lost update, and stream numbers in commit order.

mod batch;
mod connection;
mod dialect;
mod migrate;
mod postgres;
mod sqlite;
mod statement;
mod tx;
mod value;

#[cfg(any(test, feature = "testing"))]
#[expect(clippy::expect_used, clippy::panic, reason = "only tests use it")]
pub mod scratch;

pub use connection::Place;
pub use dialect::Dialect;
pub use migrate::Migration;
pub use statement::Sql;
pub use tx::{Query, Read, Tx};
pub use value::{Columns, FromValue, Row, Value};

#[cfg(test)]
mod tests;

use crate::journal::Record;
use crate::{Clock, Error, Result};
use batch::{Body, Write, Writer};
use connection::{Connection, Opener};
use std::sync::{Arc, Mutex, OnceLock};
use tokio::sync::oneshot;

/// Called on the writer's thread after each commit and before its answers: must be quick and must not block.
pub type Observer = Box<dyn Fn(&[Record]) + Send + Sync>;

/// What a write gave, and the records it made.
type Recorded<T> = (T, Vec<Record>);

type ReadJob = Box<dyn FnOnce(&mut Connection) + Send>;

const READERS: usize = 3;
const QUEUE: usize = 4096;

/// The newsroom's database. Cloning shares it.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    dialect: Dialect,
    writes: crossbeam_channel::Sender<Box<dyn Body>>,
    reads: crossbeam_channel::Sender<ReadJob>,
    public: Public,
    observer: Arc<OnceLock<Observer>>,
    threads: Mutex<Vec<std::thread::JoinHandle<()>>>,
}

/// Writes that are under way.
pub struct Pending<T>(Vec<oneshot::Receiver<Result<Recorded<T>>>>);

impl<T> Pending<T> {
    /// Waits for their commits; the answers stand in order. For threads outside the runtime.
    pub fn wait(self) -> Vec<Result<T>> {
        let answered = |answer: oneshot::Receiver<Result<Recorded<T>>>| {
            let outcome = answer.blocking_recv().map_err(|_| stopped());
            outcome.and_then(|outcome| outcome).map(|(value, _)| value)
        };
        self.0.into_iter().map(answered).collect()
    }
}

/// The side of the database that the public may see: its connections are refused every table that is not `public_*`.
#[derive(Clone)]
pub struct Public(crossbeam_channel::Sender<ReadJob>);

impl Db {
    /// Opens the database, brings its tables up to date, and starts its threads.
    /// Errors: `db.locked` (another process has the file), `db.newer` (written by a newer version), `db.unreachable`.
    pub fn open(place: &Place, clock: Clock, migrations: &[Migration]) -> Result<Self> {
        let opener = Opener::new(place.clone())?;
        let mut connection = opener.writer()?;
        migrate::run(&mut connection, &clock, migrations)?;
        let writer = Writer::new(connection, opener.clone(), clock, Arc::default());
        Self::start(&opener, writer)
    }

    fn start(opener: &Opener, writer: Writer) -> Result<Self> {
        let (dialect, observer) = (opener.dialect(), writer.observer.clone());
        let (writes, waiting) = crossbeam_channel::bounded(QUEUE);
        let mut threads = vec![spawn("writer", move || writer.run(&waiting))?];
        let reads = readers(opener, false, &mut threads)?;
        let public = Public(readers(opener, true, &mut threads)?);
        let threads = Mutex::new(threads);
        Ok(Self(Arc::new(Inner {
            dialect,
            writes,
            reads,
            public,
            observer,
            threads,
        })))
    }

    /// Runs `body` in a transaction and answers once it is on disk. The body may run again after a lost race, so it
    /// must only compute and use `tx`. It runs to its end even when the caller goes away.
    pub async fn write<T: Send + 'static>(
        &self,
        body: impl FnMut(&mut Tx) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        Ok(self.write_recorded(body).await?.0)
    }

    /// As `write`, and says which journal records the act made, with their numbers.
    pub async fn write_recorded<T: Send + 'static>(
        &self,
        body: impl FnMut(&mut Tx) -> Result<T> + Send + 'static,
    ) -> Result<Recorded<T>> {
        self.submit(body)?.await.map_err(|_| stopped())?
    }

    /// As `write`, for threads outside the runtime.
    pub fn write_blocking<T: Send + 'static>(
        &self,
        body: impl FnMut(&mut Tx) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        Ok(self.submit(body)?.blocking_recv().map_err(|_| stopped())??.0)
    }

    /// Writes each item in a transaction of its own, all of them waiting for the same commits. The answers stand in order.
    pub fn write_each<I: Send + 'static, T: Send + 'static>(
        &self,
        items: Vec<I>,
        body: fn(&mut Tx, &I) -> Result<T>,
    ) -> Result<Vec<Result<T>>> {
        Ok(self.begin_each(items, body)?.wait())
    }

    /// As `write_each`, without waiting: so that the next items can be made ready meanwhile.
    pub fn begin_each<I: Send + 'static, T: Send + 'static>(
        &self,
        items: Vec<I>,
        body: fn(&mut Tx, &I) -> Result<T>,
    ) -> Result<Pending<T>> {
        let submit = |item: I| self.submit(move |tx: &mut Tx| body(tx, &item));
        Ok(Pending(items.into_iter().map(submit).collect::<Result<_>>()?))
    }

    fn submit<T: Send + 'static>(
        &self,
        body: impl FnMut(&mut Tx) -> Result<T> + Send + 'static,
    ) -> Result<oneshot::Receiver<Result<Recorded<T>>>> {
        let (reply, answer) = oneshot::channel();
        let write: Box<dyn Body> = Box::new(Write::new(body, reply));
        self.0.writes.try_send(write).map_err(|_| Error::Unavailable {
            code: "db.busy",
            retry_after_s: 1,
        })?;
        Ok(answer)
    }

    /// Reads from one snapshot of everything, desk included.
    pub async fn read<T: Send + 'static>(
        &self,
        body: impl FnOnce(&mut Read) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        send_read(&self.0.reads, body)?.await.map_err(|_| stopped())?
    }

    /// As `read`, for threads outside the runtime.
    pub fn read_blocking<T: Send + 'static>(
        &self,
        body: impl FnOnce(&mut Read) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        send_read(&self.0.reads, body)?
            .blocking_recv()
            .map_err(|_| stopped())?
    }

    /// What may be read on behalf of the public.
    pub fn public(&self) -> &Public {
        &self.0.public
    }

    pub fn dialect(&self) -> Dialect {
        self.0.dialect
    }

    /// Writes a consistent copy of an SQLite database to a new file, while everything goes on.
    /// `db.no_snapshot` on PostgreSQL, which has its own tools.
    pub fn snapshot(&self, target: &std::path::Path) -> Result<()> {
        let (target, (reply, answer)) = (target.to_owned(), oneshot::channel());
        let job: ReadJob = Box::new(move |connection| drop(reply.send(connection.snapshot(&target))));
        self.0.reads.send(job).map_err(|_| stopped())?;
        answer.blocking_recv().map_err(|_| stopped())?
    }

    /// Checks the stored pages and indexes, and says what is wrong. It reads everything; PostgreSQL looks after its own.
    pub fn faults(&self) -> Result<Vec<String>> {
        let (reply, answer) = oneshot::channel();
        let job: ReadJob = Box::new(move |connection| drop(reply.send(connection.faults())));
        self.0.reads.send(job).map_err(|_| stopped())?;
        answer.blocking_recv().map_err(|_| stopped())?
    }

    /// Sets who is told of each commit; once, at the start.
    pub fn observe(&self, observer: Observer) {
        let _ = self.0.observer.set(observer);
    }

    /// Lets the queued work end and waits for the threads. Only the last holder can.
    pub fn close(self) {
        if let Some(inner) = Arc::into_inner(self.0) {
            let Inner {
                writes,
                reads,
                public,
                threads,
                ..
            } = inner;
            drop((writes, reads, public));
            for thread in threads.into_inner().unwrap_or_default() {
                let _ = thread.join();
            }
        }
    }
}

impl Public {
    /// Reads from one snapshot of what is public.
    pub async fn read<T: Send + 'static>(
        &self,
        body: impl FnOnce(&mut Read) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        send_read(&self.0, body)?.await.map_err(|_| stopped())?
    }

    /// As `read`, for threads outside the runtime.
    pub fn read_blocking<T: Send + 'static>(
        &self,
        body: impl FnOnce(&mut Read) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        send_read(&self.0, body)?.blocking_recv().map_err(|_| stopped())?
    }
}

/// As `Db::faults`, for an SQLite file that is nobody's database just now. A file that is none is a fault too.
pub fn faults_of_file(path: &std::path::Path) -> Result<Vec<String>> {
    let found = sqlite::Sqlite::reader(path, false).and_then(|mut file| file.faults());
    Ok(found.unwrap_or_else(|failure| vec![format!("{:?}", failure.error)]))
}

fn send_read<T: Send + 'static>(
    queue: &crossbeam_channel::Sender<ReadJob>,
    body: impl FnOnce(&mut Read) -> Result<T> + Send + 'static,
) -> Result<oneshot::Receiver<Result<T>>> {
    let (reply, answer) = oneshot::channel();
    let job: ReadJob = Box::new(move |connection| {
        let _ = reply.send(tx::snapshot(connection, body));
    });
    queue.try_send(job).map_err(|_| Error::Unavailable {
        code: "db.busy",
        retry_after_s: 1,
    })?;
    Ok(answer)
}

pub(crate) fn migration_statements() -> &'static [Sql] {
    migrate::STATEMENTS
}

fn readers(
    opener: &Opener,
    walled: bool,
    threads: &mut Vec<std::thread::JoinHandle<()>>,
) -> Result<crossbeam_channel::Sender<ReadJob>> {
    let (queue, jobs) = crossbeam_channel::bounded::<ReadJob>(QUEUE);
    for _ in 0..READERS {
        let mut connection = opener.reader(walled)?;
        let (jobs, opener) = (jobs.clone(), opener.clone());
        let name = if walled { "public" } else { "reader" };
        threads.push(spawn(name, move || {
            for job in jobs {
                if connection.is_lost()
                    && let Ok(fresh) = opener.reader(walled)
                {
                    connection = fresh;
                }
                job(&mut connection);
            }
        })?);
    }
    Ok(queue)
}

fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> Result<std::thread::JoinHandle<()>> {
    Ok(std::thread::Builder::new()
        .name(format!("db-{name}"))
        .spawn(body)?)
}

fn stopped() -> Error {
    Error::Unavailable {
        code: "db.stopping",
        retry_after_s: 5,
    }
}
