//! Work that follows an act: a row committed with its cause, claimed by lease, finished with a fencing number.
//!
//! There are three lanes. A kind that begins with `later.` is long work for which nobody waits (smaller files of a picture):
//! it is done one at a time beside the others, so that a story is never released late because of it. A kind that begins with
//! `mail.` waits for somebody else's server, and so holds up nothing but other mail.

use crate::db::{Db, Migration, Query, Row, Sql, Tx};
use crate::{Clock, Error, Result, clock, values};
use lexicon::At;
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "base_2",
    sql: "CREATE TABLE base_job (id {key} PRIMARY KEY, kind {key} NOT NULL, payload TEXT NOT NULL, due_at BIGINT NOT NULL,
            lease_until BIGINT NOT NULL, fence BIGINT NOT NULL, attempts BIGINT NOT NULL, error TEXT, key {key} UNIQUE) {strict};
        CREATE INDEX base_job_due ON base_job (due_at);",
}];

crate::sql! {
    ADD = "INSERT INTO base_job (id, kind, payload, due_at, lease_until, fence, attempts, key)
        VALUES ($1, $2, $3, $4, 0, 0, 0, $5)
        ON CONFLICT (key) DO UPDATE SET payload = excluded.payload, due_at = excluded.due_at, lease_until = 0, attempts = 0";
    DROP = "DELETE FROM base_job WHERE key = $1";
    DUE = "SELECT COUNT(*) FROM base_job WHERE due_at <= $1 AND kind NOT LIKE 'later.%' AND kind NOT LIKE 'mail.%'";
    DUE_MAIL = "SELECT COUNT(*) FROM base_job WHERE due_at <= $1 AND kind LIKE 'mail.%'";
    DUE_LATER = "SELECT COUNT(*) FROM base_job WHERE due_at <= $1 AND kind LIKE 'later.%'";
    CLAIM = "UPDATE base_job SET lease_until = $1, fence = fence + 1, attempts = attempts + 1
        WHERE id IN (SELECT id FROM base_job WHERE due_at <= $2 AND lease_until <= $3 AND kind NOT LIKE 'later.%'
            AND kind NOT LIKE 'mail.%' ORDER BY due_at, id LIMIT 8)
        RETURNING id, kind, payload, due_at, fence, attempts";
    CLAIM_MAIL = "UPDATE base_job SET lease_until = $1, fence = fence + 1, attempts = attempts + 1
        WHERE id IN (SELECT id FROM base_job WHERE due_at <= $2 AND lease_until <= $3 AND kind LIKE 'mail.%'
            ORDER BY due_at, id LIMIT 4)
        RETURNING id, kind, payload, due_at, fence, attempts";
    CLAIM_LATER = "UPDATE base_job SET lease_until = $1, fence = fence + 1, attempts = attempts + 1
        WHERE id IN (SELECT id FROM base_job WHERE due_at <= $2 AND lease_until <= $3 AND kind LIKE 'later.%'
            ORDER BY due_at, id LIMIT 1)
        RETURNING id, kind, payload, due_at, fence, attempts";
    FINISH = "DELETE FROM base_job WHERE id = $1 AND fence = $2";
    POSTPONE = "UPDATE base_job SET due_at = $1, lease_until = 0, error = $2 WHERE id = $3 AND fence = $4";
    WAITING = "SELECT kind, COUNT(*), MIN(due_at) FROM base_job GROUP BY kind ORDER BY kind";
}

/// A job is another worker's again after so long without an end.
const LEASE: i64 = 60 * At::SECOND;
/// Four mails to a server that answers each command at the last moment.
const MAIL_LEASE: i64 = 10 * At::MINUTE;
/// As much for work that may be starved by everything else.
const LONG_LEASE: i64 = 30 * At::MINUTE;
/// How long a due job waits for a look, at most.
const LOOK: Duration = Duration::from_millis(200);
/// Seconds to wait after the first, second, … failure; the last repeats.
const RETRIES_S: [i64; 6] = [1, 5, 30, 300, 1800, 7200];

/// What is done side by side, but each by itself in order.
struct Lane {
    due: Sql,
    claim: Sql,
    lease: i64,
}

const SOON: Lane = Lane {
    due: DUE,
    claim: CLAIM,
    lease: LEASE,
};
const MAIL: Lane = Lane {
    due: DUE_MAIL,
    claim: CLAIM_MAIL,
    lease: MAIL_LEASE,
};
const LATER: Lane = Lane {
    due: DUE_LATER,
    claim: CLAIM_LATER,
    lease: LONG_LEASE,
};

/// A claimed job.
#[derive(Clone, Debug)]
pub struct Job {
    pub id: String,
    pub kind: String,
    pub payload: String,
    pub due_at: At,
    pub attempts: i64,
    fence: i64,
}

/// Puts a job beside the rows it follows from. A job with the same `key` that still waits is replaced.
pub fn enqueue(tx: &mut Tx, kind: &str, payload: &str, due_at: At, key: Option<&str>) -> Result<()> {
    let id = clock::random_base32(20);
    tx.execute(ADD, values![id, kind, payload, due_at, key])?;
    Ok(())
}

/// Takes back a waiting job.
pub fn withdraw(tx: &mut Tx, key: &str) -> Result<()> {
    tx.execute(DROP, values![key]).map(|_| ())
}

/// What waits: kind, how many, the earliest moment due. For doctor and metrics.
pub fn waiting(db: &mut dyn Query) -> Result<Vec<(String, i64, At)>> {
    let row = |row: Row| {
        let mut columns = row.columns();
        Ok((columns.next()?, columns.next()?, columns.next()?))
    };
    db.query(WAITING, &[])?.into_iter().map(row).collect()
}

impl Job {
    /// Ends the job inside the transaction that does its work. `jobs.fenced` when another worker has taken it over meanwhile:
    /// the transaction then takes back everything.
    pub fn finish(&self, tx: &mut Tx) -> Result<()> {
        match tx.execute(FINISH, values![&self.id, self.fence])? {
            0 => Err(Error::conflict("jobs.fenced", "Another worker has this job.")),
            _ => Ok(()),
        }
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            id: columns.next()?,
            kind: columns.next()?,
            payload: columns.next()?,
            due_at: columns.next()?,
            fence: columns.next()?,
            attempts: columns.next()?,
        })
    }
}

type Outcome = Pin<Box<dyn Future<Output = Result<()>> + Send>>;
/// Does one job; it must call `Job::finish` in the transaction of its work.
pub type Worker = Arc<dyn Fn(Job) -> Outcome + Send + Sync>;

/// Who does which kind of job.
#[derive(Clone, Default)]
pub struct Workers(BTreeMap<&'static str, Worker>);

impl Workers {
    pub fn with<F, Fut>(mut self, kind: &'static str, work: F) -> Self
    where
        F: Fn(Job) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<()>> + Send + 'static,
    {
        self.0.insert(kind, Arc::new(move |job| Box::pin(work(job))));
        self
    }

    /// Does due jobs until the future is dropped.
    pub async fn run(&self, db: &Db, clock: &Clock) {
        tokio::join!(
            self.walk(&SOON, db, clock),
            self.walk(&MAIL, db, clock),
            self.walk(&LATER, db, clock)
        );
    }

    async fn walk(&self, lane: &Lane, db: &Db, clock: &Clock) {
        loop {
            match self.turn_in(lane, db, clock).await {
                Ok(0) => {}
                Ok(_) => continue,
                Err(error) => tracing::warn!(target: "base::jobs", cause = ?error, "could not look for jobs"),
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Claims what is due and does it; gives how many. Tests call it directly.
    pub async fn turn(&self, db: &Db, clock: &Clock) -> Result<usize> {
        self.turn_in(&SOON, db, clock).await
    }

    /// As `turn`, for one job of the kinds that begin with `later.`.
    pub async fn turn_later(&self, db: &Db, clock: &Clock) -> Result<usize> {
        self.turn_in(&LATER, db, clock).await
    }

    /// As `turn`, for the kinds that begin with `mail.`.
    pub async fn turn_mail(&self, db: &Db, clock: &Clock) -> Result<usize> {
        self.turn_in(&MAIL, db, clock).await
    }

    async fn turn_in(&self, lane: &Lane, db: &Db, clock: &Clock) -> Result<usize> {
        if !due(lane, db, clock).await? {
            return Ok(0);
        }
        let (claim, lease) = (lane.claim, lane.lease);
        let claim = move |tx: &mut Tx| {
            let now = tx.now();
            tx.query(claim, values![now.plus(lease), now, now])?
                .into_iter()
                .map(Job::from_row)
                .collect()
        };
        let jobs: Vec<Job> = db.write(claim).await?;
        let count = jobs.len();
        for job in jobs {
            self.work(db, job).await?;
        }
        Ok(count)
    }

    async fn work(&self, db: &Db, job: Job) -> Result<()> {
        let outcome = match self.0.get(job.kind.as_str()) {
            Some(worker) => worker(job.clone()).await,
            None => Err(Error::internal(format!("nobody does jobs of kind {}", job.kind))),
        };
        match outcome {
            Ok(())
            | Err(Error::Conflict {
                code: "jobs.fenced", ..
            }) => Ok(()),
            Err(error) => postpone(db, job, error).await,
        }
    }
}

/// A look before the claim, so that an idle newsroom writes nothing. Generous by two hours: the claim itself goes by the
/// database's moment, and a node whose clock is wrong must neither release early nor sleep through.
async fn due(lane: &Lane, db: &Db, clock: &Clock) -> Result<bool> {
    let (soon, due) = (clock.now().plus(2 * At::HOUR), lane.due);
    let count: i64 = db
        .read(move |read| read.one(due, values![soon])?.map_or(Ok(0), Row::only))
        .await?;
    Ok(count > 0)
}

async fn postpone(db: &Db, job: Job, error: Error) -> Result<()> {
    tracing::warn!(target: "base::jobs", kind = job.kind, attempts = job.attempts, cause = ?error, "a job failed");
    let nth = usize::try_from(job.attempts - 1)
        .unwrap_or(0)
        .min(RETRIES_S.len() - 1);
    let cause = format!("{error:?}");
    let act = move |tx: &mut Tx| {
        let again = tx.now().plus(RETRIES_S[nth] * At::SECOND);
        tx.execute(POSTPONE, values![again, &cause, &job.id, job.fence])
            .map(|_| ())
    };
    db.write(act).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::scratch::Scratch;
    use crate::journal;

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
    }

    #[test]
    fn a_job_is_done_once_and_not_before_it_is_due() {
        for scratch in Scratch::on_each_engine(&[journal::MIGRATIONS, MIGRATIONS]) {
            let (db, clock) = (scratch.db().clone(), scratch.clock.clone());
            let due = clock.now().plus(At::MINUTE);
            db.write_blocking(move |tx| enqueue(tx, "test", "x", due, Some("one")))
                .unwrap();
            let done = Arc::new(std::sync::atomic::AtomicUsize::new(0));
            let (count, database) = (done.clone(), db.clone());
            let workers = Workers::default().with("test", move |job: Job| {
                let (count, db) = (count.clone(), database.clone());
                async move {
                    db.write(move |tx| job.finish(tx)).await?;
                    count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                    Ok(())
                }
            });
            let turn = || runtime().block_on(workers.turn(&db, &clock)).unwrap();
            assert_eq!(turn(), 0, "not due yet");
            clock.advance(At::MINUTE);
            assert_eq!((turn(), turn()), (1, 0));
            assert_eq!(done.load(std::sync::atomic::Ordering::SeqCst), 1);
        }
    }

    #[test]
    fn work_for_later_is_never_claimed_with_the_rest() {
        for scratch in Scratch::on_each_engine(&[journal::MIGRATIONS, MIGRATIONS]) {
            let (db, clock) = (scratch.db().clone(), scratch.clock.clone());
            let now = clock.now();
            for kind in ["later.test", "later.test", "test"] {
                db.write_blocking(move |tx| enqueue(tx, kind, "x", now, None))
                    .unwrap();
            }
            let database = db.clone();
            let work = move |job: Job| {
                let db = database.clone();
                async move { db.write(move |tx| job.finish(tx)).await }
            };
            let workers = Workers::default()
                .with("test", work.clone())
                .with("later.test", work);
            let soon = || runtime().block_on(workers.turn(&db, &clock)).unwrap();
            let later = || runtime().block_on(workers.turn_later(&db, &clock)).unwrap();
            assert_eq!((soon(), soon()), (1, 0));
            assert_eq!((later(), later(), later()), (1, 1, 0), "one at a time");
        }
    }

    #[test]
    fn a_worker_that_lost_its_lease_cannot_finish() {
        for scratch in Scratch::on_each_engine(&[journal::MIGRATIONS, MIGRATIONS]) {
            let (db, clock) = (scratch.db(), &scratch.clock);
            let now = clock.now();
            db.write_blocking(move |tx| enqueue(tx, "test", "x", now, None))
                .unwrap();
            let claim = |tx: &mut Tx| {
                let now = tx.now();
                let row = tx.one(CLAIM, values![now.plus(LEASE), now, now])?;
                Job::from_row(row.unwrap())
            };
            let paused = db.write_blocking(claim).unwrap();
            clock.advance(LEASE + 1);
            let other = db.write_blocking(claim).unwrap();
            let late = db.write_blocking(move |tx| paused.finish(tx));
            assert!(matches!(
                late,
                Err(Error::Conflict {
                    code: "jobs.fenced",
                    ..
                })
            ));
            db.write_blocking(move |tx| other.finish(tx)).unwrap();
        }
    }
}
