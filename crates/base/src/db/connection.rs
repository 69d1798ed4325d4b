//! A connection of either engine, and how to get one.

use super::dialect::Dialect;
use super::statement::Sql;
use super::value::{Row, Value};
use super::{postgres, sqlite};
use crate::{Clock, Error, Result};
use lexicon::At;
use std::path::PathBuf;
use std::sync::Arc;

/// Where the database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A file on the local disk.
    Sqlite(PathBuf),
    /// `postgres://user:password@host/database`; `?options=-csearch_path%3Dname` picks a schema.
    Postgres(String),
}

/// How a statement failed, as far as the writer must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A race was lost; the same batch may be tried again.
    Lost,
    /// No room on the disk; the transaction is gone, reads go on.
    Full,
    /// The connection is gone; what a COMMIT under way did is unknown.
    Away,
    /// The storage itself failed (an fsync, a short write): nothing may be acknowledged any more.
    Broken,
}

/// A failed statement.
#[derive(Debug)]
pub(crate) struct Failure {
    pub fault: Option<Fault>,
    pub error: Error,
}

/// One open connection; it never leaves its thread.
pub(crate) enum Connection {
    Sqlite(sqlite::Sqlite),
    Postgres(Box<postgres::Postgres>),
}

macro_rules! either {
    ($self:ident, $inner:ident => $body:expr) => {
        match $self {
            Connection::Sqlite($inner) => $body,
            Connection::Postgres($inner) => $body,
        }
    };
}

impl Connection {
    /// Runs a statement and says how many rows it changed.
    pub fn execute(&mut self, sql: Sql, values: &[Value]) -> Result<u64, Failure> {
        either!(self, inner => inner.execute(sql, values))
    }

    /// Runs a statement and gives its rows.
    pub fn query(&mut self, sql: Sql, values: &[Value]) -> Result<Vec<Row>, Failure> {
        either!(self, inner => inner.query(sql, values))
    }

    /// Runs statements that take no values: BEGIN, COMMIT, tables.
    pub fn run(&mut self, text: &str) -> Result<(), Failure> {
        either!(self, inner => inner.run(text))
    }

    /// Prepares without running.
    #[cfg(any(test, feature = "testing"))]
    pub fn prepare(&mut self, sql: Sql) -> Result<(), Failure> {
        either!(self, inner => inner.prepare(sql))
    }

    /// Starts the one write transaction of the newsroom.
    pub fn begin_write(&mut self) -> Result<(), Failure> {
        either!(self, inner => inner.begin_write())
    }

    /// Starts a read transaction with one snapshot.
    pub fn begin_read(&mut self) -> Result<(), Failure> {
        either!(self, inner => inner.begin_read())
    }

    /// Whether the engine still has the transaction open (some errors end it by themselves).
    pub fn is_open(&self) -> bool {
        either!(self, inner => inner.is_open())
    }

    pub fn is_lost(&self) -> bool {
        match self {
            Self::Sqlite(_) => false,
            Self::Postgres(inner) => inner.is_lost(),
        }
    }

    /// Brings the write-ahead log back into the database and empties it, unless somebody is reading from it.
    pub fn settle(&mut self) -> Result<(), Failure> {
        match self {
            Self::Sqlite(inner) => inner.settle(),
            Self::Postgres(_) => Ok(()),
        }
    }

    /// Writes a consistent copy to a new file.
    pub fn snapshot(&mut self, target: &std::path::Path) -> Result<()> {
        match self {
            Self::Sqlite(inner) => inner.snapshot(target).map_err(|failure| failure.error),
            Self::Postgres(_) => Err(Error::conflict(
                "db.no_snapshot",
                "PostgreSQL is backed up with its own tools.",
            )),
        }
    }

    /// What is wrong with the stored pages and indexes; PostgreSQL looks after its own.
    pub fn faults(&mut self) -> Result<Vec<String>> {
        match self {
            Self::Sqlite(inner) => inner.faults().map_err(|failure| failure.error),
            Self::Postgres(_) => Ok(Vec::new()),
        }
    }

    /// The moment of the database: its own clock, so that no node's clock releases anything. Frozen clocks win, for tests.
    pub fn now(&mut self, clock: &Clock) -> Result<At, Failure> {
        match self {
            Self::Postgres(inner) if !clock.is_frozen() && !cfg!(feature = "planted-node-clock") => {
                inner.now()
            }
            _ => Ok(clock.now()),
        }
    }
}

/// Opens connections to one place, all alike.
#[derive(Clone)]
pub(crate) struct Opener {
    place: Place,
    /// Keeps a second process out while any thread lives.
    _lock: Option<Arc<std::fs::File>>,
}

impl Opener {
    pub fn new(place: Place) -> Result<Self> {
        let _lock = match &place {
            Place::Sqlite(path) => Some(Arc::new(sqlite::lock(path)?)),
            Place::Postgres(_) => None,
        };
        Ok(Self { place, _lock })
    }

    #[cfg(any(test, feature = "testing"))]
    pub fn unlocked(place: Place) -> Self {
        Self { place, _lock: None }
    }

    pub fn dialect(&self) -> Dialect {
        match self.place {
            Place::Sqlite(_) => Dialect::Sqlite,
            Place::Postgres(_) => Dialect::Postgres,
        }
    }

    pub fn writer(&self) -> Result<Connection> {
        let opened = match &self.place {
            Place::Sqlite(path) => sqlite::Sqlite::writer(path).map(Connection::Sqlite),
            Place::Postgres(url) => postgres::Postgres::writer(url)
                .map(Box::new)
                .map(Connection::Postgres),
        };
        opened.map_err(|failure| failure.error)
    }

    /// A connection that cannot write; `walled` is also refused every table that is not `public_*`.
    pub fn reader(&self, walled: bool) -> Result<Connection> {
        let opened = match &self.place {
            Place::Sqlite(path) => sqlite::Sqlite::reader(path, walled).map(Connection::Sqlite),
            Place::Postgres(url) => postgres::Postgres::reader(url, walled)
                .map(Box::new)
                .map(Connection::Postgres),
        };
        opened.map_err(|failure| failure.error)
    }
}
