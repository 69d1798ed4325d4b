//! Databases for tests: a fresh one on each engine, gone when dropped.

use super::{Db, Migration, Place};
use crate::{Clock, clock};
use lexicon::At;

/// A fresh database with a frozen clock.
pub struct Scratch {
    db: Option<Db>,
    pub clock: Clock,
    pub place: Place,
    _folder: Option<tempfile::TempDir>,
    _schema: Option<Schema>,
}

/// A schema of its own on the test server, gone when dropped.
pub struct Schema {
    /// Connects into it.
    pub url: String,
    server: String,
    name: String,
}

impl Schema {
    /// On the server of this URL.
    pub fn new(server: &str) -> Self {
        let name = format!("test_{}", clock::random_base32(16));
        let mut client = postgres::Client::connect(server, postgres::NoTls).expect("the test server answers");
        client
            .batch_execute(&format!("CREATE SCHEMA {name}"))
            .expect("a schema");
        let joint = if server.contains('?') { '&' } else { '?' };
        Self {
            url: format!("{server}{joint}options=-csearch_path%3D{name}"),
            server: server.to_owned(),
            name,
        }
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        if let Ok(mut client) = postgres::Client::connect(&self.server, postgres::NoTls) {
            let _ = client.batch_execute(&format!("DROP SCHEMA IF EXISTS {} CASCADE", self.name));
        }
    }
}

/// Tuesday, 24 November 2026, 08:00 UTC: when tests happen.
pub const MORNING: At = At(1_795_507_200_000_000);

impl Scratch {
    /// One database on each engine that this machine has: SQLite always, PostgreSQL when `WIREROOM_TEST_POSTGRES` names one.
    /// With `WIREROOM_ENGINES=required` its absence is a failure.
    pub fn on_each_engine(migrations: &[&[Migration]]) -> Vec<Self> {
        let steps = migrations.concat();
        let mut each = vec![Self::sqlite(&steps)];
        match std::env::var("WIREROOM_TEST_POSTGRES") {
            Ok(url) => each.push(Self::postgres(&url, &steps)),
            Err(_) if std::env::var("WIREROOM_ENGINES").as_deref() == Ok("required") => {
                panic!("WIREROOM_TEST_POSTGRES is not set, but both engines are required")
            }
            Err(_) => {}
        }
        each
    }

    pub fn sqlite(migrations: &[Migration]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let place = Place::Sqlite(folder.path().join("test.db"));
        Self::open(place, Some(folder), migrations)
    }

    fn postgres(url: &str, migrations: &[Migration]) -> Self {
        let schema = Schema::new(url);
        let mut scratch = Self::open(Place::Postgres(schema.url.clone()), None, migrations);
        scratch._schema = Some(schema);
        scratch
    }

    fn open(place: Place, folder: Option<tempfile::TempDir>, migrations: &[Migration]) -> Self {
        let clock = Clock::frozen(MORNING);
        let db = Db::open(&place, clock.clone(), migrations).expect("the scratch database opens");
        Self {
            db: Some(db),
            clock,
            place,
            _folder: folder,
            _schema: None,
        }
    }

    /// Closes the database, so that another process can have it.
    pub fn close(&mut self) {
        if let Some(db) = self.db.take() {
            db.close();
        }
    }

    /// Closes the database and opens it again, as a restart does.
    pub fn reopen(&mut self, migrations: &[&[Migration]]) {
        self.close();
        let db = Db::open(&self.place, self.clock.clone(), &migrations.concat()).expect("it opens again");
        self.db = Some(db);
    }

    pub fn db(&self) -> &Db {
        self.db.as_ref().expect("open between calls")
    }
}

/// Prepares every statement without running it; panics with the first that this engine does not take.
pub fn prepare_all(scratch: &Scratch, statements: &[super::Sql]) {
    let mut connection = super::connection::Opener::unlocked(scratch.place.clone())
        .writer()
        .expect("a connection");
    for sql in statements {
        if let Err(failure) = connection.prepare(*sql) {
            panic!("{}: {failure:?}", sql.text());
        }
    }
}

/// What SQLite would read whole to answer these statements: each with the step of its plan. Tables named in `small` may be.
pub fn full_scans(scratch: &Scratch, statements: &[super::Sql], small: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for sql in statements {
        let places = with_values(sql.text());
        let text: &'static str = format!("EXPLAIN QUERY PLAN {places}").leak();
        let steps = scratch.db().read_blocking(move |read| {
            let rows = super::Query::query(read, super::Sql::new(text), &[])?;
            rows.into_iter()
                .map(|row| {
                    let mut columns = row.columns();
                    let _: (i64, i64, i64) = (columns.next()?, columns.next()?, columns.next()?);
                    columns.next::<String>()
                })
                .collect::<crate::Result<Vec<_>>>()
        });
        for step in steps.expect("a plan") {
            let mut words = step.split(' ');
            let whole =
                words.next() == Some("SCAN") && words.next().is_some_and(|table| !small.contains(&table));
            if whole || step.contains("TEMP B-TREE") {
                found.push(format!("{step}: {}", sql.text()));
            }
        }
    }
    found
}

/// The statement with a number where each value would stand.
fn with_values(text: &str) -> String {
    let mut parts = text.split('$');
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        whole.push('1');
        whole.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    whole
}
