//! What a body may do inside a transaction.

use super::connection::{Connection, Fault};
use super::statement::Sql;
use super::value::{Row, Value};
use crate::journal::Happening;
use crate::{Error, Result};
use lexicon::{At, Stream};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Reading, in a read or a write transaction alike.
pub trait Query {
    /// All rows of the answer.
    fn query(&mut self, sql: Sql, values: &[Value]) -> Result<Vec<Row>>;

    /// The first row of the answer, if there is one.
    fn one(&mut self, sql: Sql, values: &[Value]) -> Result<Option<Row>> {
        Ok(self.query(sql, values)?.into_iter().next())
    }
}

/// A read transaction: one snapshot.
pub struct Read<'c>(&'c mut Connection);

impl Query for Read<'_> {
    fn query(&mut self, sql: Sql, values: &[Value]) -> Result<Vec<Row>> {
        self.0.query(sql, values).map_err(|failure| failure.error)
    }
}

/// Runs a body on one snapshot. A panic in it is this reader's own failure.
pub(crate) fn snapshot<T>(
    connection: &mut Connection,
    body: impl FnOnce(&mut Read) -> Result<T>,
) -> Result<T> {
    connection.begin_read().map_err(|failure| failure.error)?;
    let outcome = catch_unwind(AssertUnwindSafe(|| body(&mut Read(connection))));
    let ended = connection.run("ROLLBACK").map_err(|failure| failure.error);
    let value = outcome.unwrap_or_else(|_| Err(Error::internal("a read panicked")));
    ended.and(value)
}

/// A write transaction. Journal records and jobs are gathered and written with the rows, in the same commit.
pub struct Tx<'c> {
    pub(crate) connection: &'c mut Connection,
    now: At,
    /// Set while a body tells of something that happened earlier.
    earlier: Option<At>,
    pub(crate) pending: Vec<(Stream, Happening)>,
    /// Set when a statement failed for a reason that concerns the whole batch.
    pub(crate) fault: Option<Fault>,
    #[cfg(test)]
    pub(crate) injection: Option<super::batch::Injection>,
}

impl<'c> Tx<'c> {
    pub(crate) fn new(connection: &'c mut Connection, now: At) -> Self {
        Self {
            connection,
            now,
            earlier: None,
            pending: Vec::new(),
            fault: None,
            #[cfg(test)]
            injection: None,
        }
    }

    /// The database's moment of this transaction, or the earlier one of which the body tells.
    pub fn now(&self) -> At {
        self.earlier.unwrap_or(self.now)
    }

    /// From here to the end of the body, what happens happened at an earlier moment: for imports of a past. Never a later one.
    pub fn as_of(&mut self, at: At) {
        self.earlier = Some(at.min(self.now));
    }

    /// Whether the body tells of the past.
    pub fn is_past(&self) -> bool {
        self.earlier.is_some()
    }

    #[cfg(feature = "planted-serial-counter")]
    pub(crate) fn is_on_postgres(&self) -> bool {
        matches!(self.connection, Connection::Postgres(_))
    }

    pub(crate) fn begin_body(&mut self) {
        self.earlier = None;
    }

    /// Runs a statement and says how many rows it changed.
    pub fn execute(&mut self, sql: Sql, values: &[Value]) -> Result<u64> {
        self.injected(sql.text())?;
        self.connection.execute(sql, values).map_err(|failure| {
            self.fault = self.fault.or(failure.fault);
            failure.error
        })
    }

    /// Puts a record on a stream; it gets its number at the end of the transaction.
    pub fn record(&mut self, stream: Stream, happening: Happening) {
        self.pending.push((stream, happening));
    }

    pub(crate) fn run(&mut self, text: &str) -> Result<()> {
        self.injected(text)?;
        self.connection.run(text).map_err(|failure| {
            self.fault = self.fault.or(failure.fault);
            failure.error
        })
    }

    #[cfg(test)]
    fn injected(&mut self, text: &str) -> Result<()> {
        let Some(fault) = self.injection.as_ref().and_then(|inject| inject(text)) else {
            return Ok(());
        };
        self.fault = Some(fault);
        Err(Error::internal("injected"))
    }

    #[cfg(not(test))]
    #[expect(
        clippy::unused_self,
        clippy::unnecessary_wraps,
        reason = "the test build injects faults here"
    )]
    fn injected(&mut self, _: &str) -> Result<()> {
        Ok(())
    }
}

impl Query for Tx<'_> {
    fn query(&mut self, sql: Sql, values: &[Value]) -> Result<Vec<Row>> {
        self.injected(sql.text())?;
        self.connection.query(sql, values).map_err(|failure| {
            self.fault = self.fault.or(failure.fault);
            failure.error
        })
    }
}
