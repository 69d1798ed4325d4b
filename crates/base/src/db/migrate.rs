//! Tables come into being and change here, forward only.

use super::connection::Connection;
use super::dialect::Dialect;
use super::statement::Sql;
use crate::{Clock, Error, Result};
use std::collections::BTreeSet;

/// One step. Its name begins with its crate's word (`stories_1`) and never changes.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    pub name: &'static str,
    /// Statements parted by `;`, with the dialect's fragments.
    pub sql: &'static str,
}

crate::sql! {
    DONE = "SELECT name FROM base_migration ORDER BY name";
    MARK = "INSERT INTO base_migration (name, at) VALUES ($1, $2)";
}

/// PostgreSQL only; SQLite has no information schema and its wall no grants.
const PUBLIC_TABLES: Sql = Sql::new(
    "SELECT table_name::text FROM information_schema.tables
     WHERE table_schema = current_schema() AND table_name LIKE 'public\\_%'",
);

const FIRST: &str =
    "CREATE TABLE IF NOT EXISTS base_migration (name {key} PRIMARY KEY, at BIGINT NOT NULL) {strict}";

/// The role behind the public wall. It exists once in a PostgreSQL cluster and may be there already; the lock keeps
/// nodes that start at the same moment from making or granting it at once.
const PUBLIC_ROLE: &str = "SELECT pg_advisory_lock(7202);
    DO $$ BEGIN CREATE ROLE wireroom_public NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
    DO $$ BEGIN EXECUTE format('GRANT wireroom_public TO %I', current_user); END $$;
    SELECT pg_advisory_unlock(7202)";

/// Runs what has not run yet, each step in its own transaction. `db.newer` when the database knows steps that we do not.
pub(crate) fn run(connection: &mut Connection, clock: &Clock, migrations: &[Migration]) -> Result<()> {
    let dialect = dialect(connection);
    let failed = |failure: super::connection::Failure| failure.error;
    connection.run(&dialect.speak(FIRST)).map_err(failed)?;
    if dialect == Dialect::Postgres {
        connection.run(PUBLIC_ROLE).map_err(failed)?;
    }
    for migration in migrations {
        connection.begin_write().map_err(failed)?;
        let outcome = step(connection, clock, dialect, migration);
        let end = if outcome.is_ok() { "COMMIT" } else { "ROLLBACK" };
        connection.run(end).map_err(failed)?;
        outcome?;
    }
    refuse_newer(connection, migrations)?;
    if dialect == Dialect::Postgres {
        grant(connection)
    } else {
        Ok(())
    }
}

/// The lock is held, so of several nodes that start at once one does it and the others see it done.
fn step(connection: &mut Connection, clock: &Clock, dialect: Dialect, migration: &Migration) -> Result<()> {
    if done(connection)?.contains(migration.name) {
        return Ok(());
    }
    connection
        .run(&dialect.speak(migration.sql))
        .map_err(|failure| failure.error)?;
    let values = crate::values![migration.name, clock.now()];
    connection
        .execute(MARK, values)
        .map_err(|failure| failure.error)?;
    Ok(())
}

fn done(connection: &mut Connection) -> Result<BTreeSet<String>> {
    let rows = connection.query(DONE, &[]).map_err(|failure| failure.error)?;
    rows.into_iter().map(super::value::Row::only).collect()
}

fn refuse_newer(connection: &mut Connection, migrations: &[Migration]) -> Result<()> {
    let known: BTreeSet<&str> = migrations.iter().map(|migration| migration.name).collect();
    match done(connection)?
        .iter()
        .find(|name| !known.contains(name.as_str()))
    {
        None => Ok(()),
        Some(name) => {
            let message =
                format!("This database was written by a newer wireroom (it has {name}). Use that version.");
            Err(Error::conflict("db.newer", message))
        }
    }
}

fn grant(connection: &mut Connection) -> Result<()> {
    let failed = |failure: super::connection::Failure| failure.error;
    let schema =
        "DO $$ BEGIN EXECUTE format('GRANT USAGE ON SCHEMA %I TO wireroom_public', current_schema()); END $$";
    connection.run(schema).map_err(failed)?;
    for row in connection.query(PUBLIC_TABLES, &[]).map_err(failed)? {
        let table: String = row.only()?;
        connection
            .run(&format!("GRANT SELECT ON {table} TO wireroom_public"))
            .map_err(failed)?;
    }
    Ok(())
}

fn dialect(connection: &Connection) -> Dialect {
    match connection {
        Connection::Sqlite(_) => Dialect::Sqlite,
        Connection::Postgres(_) => Dialect::Postgres,
    }
}
