//! SQLite: one file, WAL, an fsync before every answer.

use super::connection::{Failure, Fault};
use super::dialect::Dialect;
use super::statement::Sql;
use super::value::{Row, Value};
use crate::{Error, Result};
use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, Statement};
use std::path::Path;

pub(crate) struct Sqlite(Connection);

/// `synchronous=FULL`: in WAL mode NORMAL would roll back committed transactions at a power loss.
/// The journal size is cut back so that a full disk heals by itself. The cache holds the indexes that an import goes through
/// from end to end; what it took is given back once nobody writes (`SETTLE`). What is deleted is overwritten: whoever asked
/// to be erased is not to be found in free pages either.
const WRITER: &str = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;
    PRAGMA wal_autocheckpoint=8000; PRAGMA journal_size_limit=67108864; PRAGMA temp_store=MEMORY;
    PRAGMA cache_size=-32000; PRAGMA busy_timeout=10000; PRAGMA secure_delete=ON;";
/// Without a wait: a reader in the way is no reason to keep the next writer waiting.
const SETTLE: [&str; 4] = [
    "PRAGMA busy_timeout=0;",
    "PRAGMA wal_checkpoint(TRUNCATE);",
    "PRAGMA busy_timeout=10000;",
    "PRAGMA shrink_memory;",
];
const READER: &str =
    "PRAGMA query_only=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-4000; PRAGMA busy_timeout=10000;";
const CACHED_STATEMENTS: usize = 256;
/// What frames every batch and every body is prepared once.
const FRAMES: [&str; 6] = [
    "BEGIN",
    "BEGIN IMMEDIATE",
    "SAVEPOINT body",
    "RELEASE body",
    "COMMIT",
    "ROLLBACK",
];

/// Takes the lock file beside the database, so that a second process stays out. `db.locked` when another has it.
pub(crate) fn lock(path: &Path) -> Result<std::fs::File> {
    let file = std::fs::File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path.with_extension("lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(Error::conflict(
            "db.locked",
            "Another wireroom process is using this data folder.",
        )),
        Err(std::fs::TryLockError::Error(error)) => Err(error.into()),
    }
}

impl Sqlite {
    pub fn writer(path: &Path) -> Result<Self, Failure> {
        let connection = Connection::open(path)?;
        connection.execute_batch(WRITER)?;
        steady(&connection)?;
        if cfg!(feature = "planted-deleted-kept") {
            connection.execute_batch("PRAGMA secure_delete=OFF")?;
        }
        connection.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
        Ok(Self(connection))
    }

    /// A connection that only reads; behind the wall it reads only `public_*`.
    pub fn reader(path: &Path, walled: bool) -> Result<Self, Failure> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags)?;
        connection.execute_batch(READER)?;
        steady(&connection)?;
        connection.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
        if walled && !cfg!(feature = "planted-no-wall") {
            connection.authorizer(Some(wall))?;
        }
        Ok(Self(connection))
    }

    pub fn execute(&mut self, sql: Sql, values: &[Value]) -> Result<u64, Failure> {
        let mut statement = self.0.prepare_cached(&Dialect::Sqlite.speak(sql.text()))?;
        bind(&mut statement, values)?;
        Ok(statement.raw_execute()? as u64)
    }

    pub fn query(&mut self, sql: Sql, values: &[Value]) -> Result<Vec<Row>, Failure> {
        let mut statement = self.0.prepare_cached(&Dialect::Sqlite.speak(sql.text()))?;
        bind(&mut statement, values)?;
        let width = statement.column_count();
        let (mut rows, mut answer) = (statement.raw_query(), Vec::new());
        while let Some(row) = rows.next()? {
            let columns = (0..width).map(|i| Ok(Value::from(row.get_ref(i)?)));
            answer.push(Row(columns.collect::<Result<_, rusqlite::Error>>()?));
        }
        Ok(answer)
    }

    pub fn run(&mut self, text: &str) -> Result<(), Failure> {
        match FRAMES.contains(&text) {
            true => self.0.prepare_cached(text)?.raw_execute().map(|_| ())?,
            false => self.0.execute_batch(text)?,
        }
        Ok(())
    }

    /// Empties the write-ahead log into the database (https://sqlite.org/pragma.html#pragma_wal_checkpoint).
    pub fn settle(&mut self) -> Result<(), Failure> {
        let outcomes = SETTLE.map(|step| self.run(step));
        outcomes.into_iter().collect()
    }

    /// Copied page by page into a compact file of its own, then flushed. One read transaction is held open over the whole
    /// copy: without it every write of another connection would make the copy begin again, and a busy newsroom never end it.
    pub fn snapshot(&mut self, target: &Path) -> Result<(), Failure> {
        self.run("BEGIN; SELECT COUNT(*) FROM sqlite_schema")?;
        let copied = self.copy_pages(target);
        self.run("ROLLBACK")?;
        copied?;
        let flushed = std::fs::File::open(target).and_then(|file| file.sync_all());
        flushed.map_err(|error| Failure {
            fault: None,
            error: error.into(),
        })
    }

    fn copy_pages(&self, target: &Path) -> Result<(), Failure> {
        let mut copy = Connection::open(target)?;
        let backup = rusqlite::backup::Backup::new(&self.0, &mut copy)?;
        backup.run_to_completion(2_000, std::time::Duration::ZERO, None)?;
        drop(backup);
        Ok(copy.execute_batch("PRAGMA journal_mode=DELETE")?)
    }

    /// What `PRAGMA integrity_check` finds, at most 20 faults; none in a sound database.
    pub fn faults(&mut self) -> Result<Vec<String>, Failure> {
        let mut statement = self.0.prepare("PRAGMA integrity_check(20)")?;
        let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
        let lines = lines.collect::<Result<Vec<_>, rusqlite::Error>>()?;
        Ok(lines.into_iter().filter(|line| line != "ok").collect())
    }

    #[cfg(any(test, feature = "testing"))]
    pub fn prepare(&mut self, sql: Sql) -> Result<(), Failure> {
        let statement = self.0.prepare(&Dialect::Sqlite.speak(sql.text()))?;
        if is_ascending(&statement) {
            return Ok(());
        }
        Err(Failure {
            fault: None,
            error: Error::internal("parameters out of order"),
        })
    }

    pub fn begin_write(&mut self) -> Result<(), Failure> {
        self.run("BEGIN IMMEDIATE")
    }

    pub fn begin_read(&mut self) -> Result<(), Failure> {
        self.run("BEGIN")
    }

    pub fn is_open(&self) -> bool {
        !self.0.is_autocommit()
    }
}

/// A statement keeps its plan whatever values are bound to it; otherwise it may be parsed anew for each
/// (https://sqlite.org/queryplanner-ng.html#qpstab).
fn steady(connection: &Connection) -> Result<(), Failure> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// The public wall: everything is refused but reading `public_*` and calling functions.
fn wall(context: AuthContext<'_>) -> Authorization {
    match context.action {
        AuthAction::Read { table_name, .. } if table_name.starts_with("public_") => Authorization::Allow,
        AuthAction::Select | AuthAction::Recursive | AuthAction::Transaction { .. } => Authorization::Allow,
        AuthAction::Function { function_name } if function_name != "load_extension" => Authorization::Allow,
        _ => Authorization::Deny,
    }
}

/// To SQLite `$2` is a *named* parameter numbered by its first appearance. Statements use theirs in ascending order, so
/// number and place are the same; `prepare` looks whether that is so.
fn bind(statement: &mut Statement<'_>, values: &[Value]) -> Result<(), Failure> {
    if statement.parameter_count() != values.len() {
        let message = format!(
            "{} values for {} parameters",
            values.len(),
            statement.parameter_count()
        );
        return Err(Failure {
            fault: None,
            error: Error::internal(message),
        });
    }
    debug_assert!(is_ascending(statement), "parameters out of order");
    for (place, value) in values.iter().enumerate() {
        statement.raw_bind_parameter(place + 1, value)?;
    }
    Ok(())
}

/// Whether the parameters appear as `$1`, `$2`, …
fn is_ascending(statement: &Statement<'_>) -> bool {
    (1..=statement.parameter_count()).all(|place| {
        statement
            .parameter_name(place)
            .is_some_and(|name| name[1..] == *place.to_string())
    })
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(n) => ValueRef::Integer(*n),
            Self::Real(x) => ValueRef::Real(*x),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

impl From<ValueRef<'_>> for Value {
    fn from(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Null => Self::Null,
            ValueRef::Integer(n) => Self::Int(n),
            ValueRef::Real(x) => Self::Real(x),
            ValueRef::Text(text) => Self::Text(String::from_utf8_lossy(text).into_owned()),
            ValueRef::Blob(bytes) => Self::Bytes(bytes.to_vec()),
        }
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        let full = || Error::Unavailable {
            code: "disk_full",
            retry_after_s: 30,
        };
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self {
                fault: Some(Fault::Full),
                error: full(),
            },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self {
                fault: Some(Fault::Lost),
                error: Error::internal(error),
            },
            Some(
                ErrorCode::SystemIoFailure
                | ErrorCode::DatabaseCorrupt
                | ErrorCode::NotADatabase
                | ErrorCode::ReadOnly,
            ) => Self {
                fault: Some(Fault::Broken),
                error: Error::internal(error),
            },
            Some(ErrorCode::ConstraintViolation) => Self {
                fault: None,
                error: Error::conflict("db.constraint", error.to_string()),
            },
            _ => Self {
                fault: None,
                error: Error::internal(error),
            },
        }
    }
}
