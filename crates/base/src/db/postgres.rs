//! PostgreSQL: the same calls, over the wire.

use super::connection::{Failure, Fault};
use super::dialect::Dialect;
use super::statement::Sql;
use super::value::{Row, Value};
use crate::{Error, Result};
use lexicon::At;
use postgres::error::SqlState;
use postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, NoTls, Statement};
use std::collections::HashMap;

pub(crate) struct Postgres {
    client: Client,
    statements: HashMap<Sql, Statement>,
    open: bool,
}

/// A write transaction is one at a time over all nodes. A node that stalls inside one is ended by the server, so it cannot
/// hold up the newsroom. READ COMMITTED: after the lock each statement sees everything that was committed before.
const BEGIN_WRITE: &str = if cfg!(feature = "planted-serial-counter") {
    "BEGIN ISOLATION LEVEL READ COMMITTED"
} else {
    "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(hashtext(current_schema()), 7201)"
};
const SESSION: &str =
    "SET idle_in_transaction_session_timeout = '10s'; SET synchronous_commit = on; SET timezone = 'UTC'";

impl Postgres {
    pub fn writer(url: &str) -> Result<Self, Failure> {
        let mut postgres = Self {
            client: Client::connect(url, NoTls)?,
            statements: HashMap::new(),
            open: false,
        };
        postgres.run(SESSION)?;
        Ok(postgres)
    }

    /// A connection that only reads; behind the wall it speaks as a role with grants on `public_*` only.
    pub fn reader(url: &str, walled: bool) -> Result<Self, Failure> {
        let mut postgres = Self::writer(url)?;
        if walled && !cfg!(feature = "planted-no-wall") {
            postgres.run("SET ROLE wireroom_public")?;
        }
        postgres.run("SET default_transaction_read_only = on")?;
        Ok(postgres)
    }

    pub fn execute(&mut self, sql: Sql, values: &[Value]) -> Result<u64, Failure> {
        let statement = self.prepared(sql)?;
        Ok(self.client.execute(&statement, &bound(values))?)
    }

    pub fn query(&mut self, sql: Sql, values: &[Value]) -> Result<Vec<Row>, Failure> {
        let statement = self.prepared(sql)?;
        let rows = self.client.query(&statement, &bound(values))?;
        rows.iter().map(taken).collect()
    }

    pub fn run(&mut self, text: &str) -> Result<(), Failure> {
        self.client.batch_execute(text)?;
        self.open = match text {
            "COMMIT" | "ROLLBACK" => false,
            _ => self.open,
        };
        Ok(())
    }

    #[cfg(any(test, feature = "testing"))]
    pub fn prepare(&mut self, sql: Sql) -> Result<(), Failure> {
        self.prepared(sql).map(|_| ())
    }

    pub fn begin_write(&mut self) -> Result<(), Failure> {
        self.client.batch_execute(BEGIN_WRITE)?;
        self.open = true;
        Ok(())
    }

    pub fn begin_read(&mut self) -> Result<(), Failure> {
        self.client
            .batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
        self.open = true;
        Ok(())
    }

    pub fn is_open(&self) -> bool {
        self.open && !self.client.is_closed()
    }

    pub fn is_lost(&self) -> bool {
        self.client.is_closed()
    }

    pub fn now(&mut self) -> Result<At, Failure> {
        const NOW: Sql = Sql::new("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint");
        let statement = self.prepared(NOW)?;
        Ok(At(self.client.query_one(&statement, &[])?.try_get(0)?))
    }

    fn prepared(&mut self, sql: Sql) -> Result<Statement, Failure> {
        if let Some(statement) = self.statements.get(&sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(&Dialect::Postgres.speak(sql.text()))?;
        self.statements.insert(sql, statement.clone());
        Ok(statement)
    }
}

fn bound(values: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

fn taken(row: &postgres::Row) -> Result<Row, Failure> {
    let columns = (0..row.len()).map(|i| row.try_get::<_, Value>(i).map_err(Failure::from));
    Ok(Row(columns.collect::<Result<_, _>>()?))
}

impl ToSql for Value {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut bytes::BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(n) if *kind == Type::INT4 => i32::try_from(*n)?.to_sql(kind, out),
            Self::Int(n) => n.to_sql(&Type::INT8, out),
            Self::Real(x) => x.to_sql(&Type::FLOAT8, out),
            Self::Text(text) => text.to_sql(&Type::TEXT, out),
            Self::Bytes(bytes) => bytes.to_sql(&Type::BYTEA, out),
        }
    }

    fn accepts(kind: &Type) -> bool {
        matches!(
            *kind,
            Type::INT8 | Type::INT4 | Type::TEXT | Type::VARCHAR | Type::BYTEA | Type::FLOAT8
        )
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Value {
    fn from_sql(
        kind: &Type,
        raw: &'a [u8],
    ) -> std::result::Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(match *kind {
            Type::INT8 => Self::Int(i64::from_sql(kind, raw)?),
            Type::INT4 => Self::Int(i64::from(i32::from_sql(kind, raw)?)),
            Type::BOOL => Self::Int(i64::from(bool::from_sql(kind, raw)?)),
            Type::FLOAT8 => Self::Real(f64::from_sql(kind, raw)?),
            Type::BYTEA => Self::Bytes(raw.to_vec()),
            _ => Self::Text(String::from_sql(kind, raw)?),
        })
    }

    fn from_sql_null(_: &Type) -> std::result::Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self::Null)
    }

    fn accepts(kind: &Type) -> bool {
        matches!(*kind, Type::BOOL | Type::NAME) || <Self as ToSql>::accepts(kind)
    }
}

impl From<postgres::Error> for Failure {
    fn from(error: postgres::Error) -> Self {
        let full = || Error::Unavailable {
            code: "disk_full",
            retry_after_s: 30,
        };
        let away = || Error::Unavailable {
            code: "db.away",
            retry_after_s: 2,
        };
        match error.code() {
            Some(state)
                if *state == SqlState::T_R_SERIALIZATION_FAILURE
                    || *state == SqlState::T_R_DEADLOCK_DETECTED =>
            {
                Self {
                    fault: Some(Fault::Lost),
                    error: Error::internal(error),
                }
            }
            Some(state) if *state == SqlState::DISK_FULL => Self {
                fault: Some(Fault::Full),
                error: full(),
            },
            Some(state) if state.code().starts_with("23") => Self {
                fault: None,
                error: Error::conflict("db.constraint", error.to_string()),
            },
            Some(state) if state.code().starts_with("57P") => Self {
                fault: Some(Fault::Away),
                error: away(),
            },
            Some(_) => Self {
                fault: None,
                error: Error::internal(described(&error)),
            },
            None if error.is_closed() => Self {
                fault: Some(Fault::Away),
                error: away(),
            },
            None => Self {
                fault: None,
                error: Error::internal(described(&error)),
            },
        }
    }
}

/// The driver's own text leaves out what the server said.
fn described(error: &postgres::Error) -> String {
    match error.as_db_error() {
        Some(said) => format!("{said} {}", said.detail().unwrap_or_default()),
        None => format!(
            "{error}: {:?}",
            std::error::Error::source(error).map(ToString::to_string)
        ),
    }
}
