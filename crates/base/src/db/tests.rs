use super::batch::{Body, Injection, Write, Writer};
use super::connection::{Fault, Opener};
use super::scratch::Scratch;
use super::*;
use crate::journal::{self, Happening};
use crate::values;
use lexicon::{EditionCode, Stream};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

mod kill;

const NOTES: Migration = Migration {
    name: "test_1",
    sql: "CREATE TABLE note (id {key} PRIMARY KEY, text TEXT NOT NULL) {strict};
        CREATE TABLE public_note (id {key} PRIMARY KEY, text TEXT NOT NULL) {strict};",
};

crate::sql! {
    ADD = "INSERT INTO note (id, text) VALUES ($1, $2)";
    COUNT = "SELECT COUNT(*) FROM note";
    ALL = "SELECT id FROM note ORDER BY id";
    PUBLIC_COUNT = "SELECT COUNT(*) FROM public_note";
}

fn each() -> Vec<Scratch> {
    Scratch::on_each_engine(&[journal::MIGRATIONS, &[NOTES]])
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap()
}

fn english() -> Stream {
    Stream::Edition(EditionCode::parse("en").unwrap())
}

fn count(db: &Db) -> i64 {
    db.read_blocking(|read| read.one(COUNT, &[])?.unwrap().only())
        .unwrap()
}

#[test]
fn every_statement_prepares_on_both_engines() {
    for scratch in Scratch::on_each_engine(&[&crate::migrations(), &[NOTES]]) {
        let mut connection = Opener::beside(&scratch.place).writer().unwrap();
        assert!(crate::statements().len() > 20, "the statements of all files");
        for sql in [STATEMENTS.to_vec(), crate::statements()].concat() {
            connection
                .prepare(sql)
                .unwrap_or_else(|failure| panic!("{}: {failure:?}", sql.text()));
        }
    }
}

#[test]
fn what_is_written_can_be_read_and_survives_a_restart() {
    for mut scratch in each() {
        scratch
            .db()
            .write_blocking(|tx| tx.execute(ADD, values!["a", "first"]))
            .unwrap();
        assert_eq!(count(scratch.db()), 1);
        scratch.reopen(&[journal::MIGRATIONS, &[NOTES]]);
        assert_eq!(count(scratch.db()), 1);
    }
}

#[test]
fn a_quiet_writer_leaves_no_log_to_read_at_the_next_start() {
    let scratch = Scratch::sqlite(journal::MIGRATIONS);
    let super::Place::Sqlite(path) = scratch.place.clone() else {
        panic!("it is a file");
    };
    let log_bytes = || std::fs::metadata(path.with_extension("db-wal")).map_or(0, |log| log.len());
    scratch
        .db()
        .write_blocking(|tx| journal::renew_epoch(tx).map(|_| ()))
        .unwrap();
    assert!(log_bytes() > 0, "what was just written is in the log");
    let end = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while log_bytes() > 0 {
        assert!(std::time::Instant::now() < end, "the log is never brought back");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let epoch = scratch.db().read_blocking(|read| journal::epoch(read)).unwrap();
    assert!(epoch.is_some(), "nothing of it is lost");
}

#[test]
fn a_failed_body_leaves_its_neighbours_intact() {
    for scratch in each() {
        let db = scratch.db().clone();
        let outcomes = runtime().block_on(async move {
            let writes = (0..60).map(|i| {
                let db = db.clone();
                tokio::spawn(async move {
                    db.write(move |tx| {
                        tx.execute(ADD, values![format!("{i:03}"), "text"])?;
                        tx.record(
                            english(),
                            Happening::shown("note", &i.to_string(), &serde_json::json!({ "i": i })),
                        );
                        match i % 3 {
                            0 => Err(Error::not_found("test.refused")),
                            1 if i % 2 == 0 => panic!("a body panics"),
                            _ => Ok(i),
                        }
                    })
                    .await
                })
            });
            let mut outcomes = Vec::new();
            for write in writes.collect::<Vec<_>>() {
                outcomes.push(write.await.unwrap());
            }
            outcomes
        });
        let kept: Vec<i32> = outcomes.into_iter().flatten().collect();
        assert_eq!(kept.len(), 30);
        assert_eq!(count(scratch.db()), 30);
        let records = scratch
            .db()
            .public()
            .read_blocking(|read| journal::after(read, &english(), 0, 100))
            .unwrap();
        let numbers: Vec<i64> = records.iter().map(|record| record.seq).collect();
        assert_eq!(
            numbers,
            (1..=30).collect::<Vec<_>>(),
            "a failed body gives its numbers back"
        );
    }
}

#[test]
fn the_public_connection_is_refused_every_table_that_is_not_public() {
    for scratch in each() {
        let db = scratch.db();
        db.read_blocking(|read| read.one(COUNT, &[]).map(|_| ()))
            .expect("the subject exists");
        db.public()
            .read_blocking(|read| read.one(PUBLIC_COUNT, &[]).map(|_| ()))
            .expect("public tables are open");
        for text in PRIVATE_READS {
            let refused = db
                .public()
                .read_blocking(|read| read.query(Sql::new(text), &[]).map(|_| ()));
            assert!(refused.is_err(), "{text} was allowed on {:?}", db.dialect());
        }
        for text in [
            "INSERT INTO public_note (id, text) VALUES ('x', 'y')",
            "DELETE FROM public_note",
            "DROP TABLE public_note",
        ] {
            let refused = db
                .public()
                .read_blocking(|read| read.query(Sql::new(text), &[]).map(|_| ()));
            assert!(refused.is_err(), "{text} was allowed");
        }
    }
}

const PRIVATE_READS: &[&str] = &[
    "SELECT COUNT(*) FROM note",
    "SELECT id FROM note",
    "SELECT p.id FROM public_note p JOIN note n ON n.id = p.id",
    "SELECT id FROM public_note WHERE EXISTS (SELECT 1 FROM note)",
    "WITH n AS (SELECT id FROM note) SELECT id FROM n",
    "SELECT value FROM base_setting",
    "SELECT seq FROM desk_record",
    "SELECT name FROM base_migration",
];

/// Nodes that write to one database; on SQLite there is one. Each waits a little before some of its commits.
fn dawdling_nodes(scratch: &Scratch) -> Vec<Db> {
    let count = if matches!(scratch.place, Place::Postgres(_)) {
        3
    } else {
        1
    };
    let node = |number: u64| {
        let lot = AtomicU64::new(number);
        let injection: Injection = Arc::new(move |text| {
            if text == "COMMIT" {
                let drawn = lot.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::SeqCst) >> 33;
                std::thread::sleep(Duration::from_micros([0, 0, 700, 3000][drawn as usize % 4]));
            }
            None
        });
        Db::beside(&scratch.place, scratch.clock.clone(), Some(injection))
    };
    (1..=count).map(node).collect()
}

#[test]
fn a_reader_sees_every_number_exactly_once_whatever_the_interleaving() {
    for scratch in each() {
        let nodes = dawdling_nodes(&scratch);
        let (writers, each) = (6, 100);
        runtime().block_on(async {
            let acts = (0..writers).map(|writer| {
                let db = nodes[writer % nodes.len()].clone();
                tokio::spawn(async move {
                    for i in 0..each {
                        let act = db.write(move |tx| {
                            let subject = format!("{writer}-{i}");
                            tx.record(
                                english(),
                                Happening::shown("note", &subject, &serde_json::json!({})),
                            );
                            // One in ten takes its number back.
                            (i % 10 != writer)
                                .then_some(())
                                .ok_or(Error::not_found("test.refused"))
                        });
                        assert_eq!(act.await.is_ok(), i % 10 != writer);
                    }
                })
            });
            let acts: Vec<_> = acts.collect();
            read_in_order(scratch.db(), (writers * (each - each / 10)) as i64).await;
            for act in acts {
                act.await.unwrap();
            }
        });
    }
}

/// Follows the stream as another process would, by number alone, and must find each next one.
async fn read_in_order(db: &Db, total: i64) {
    let (mut last, began) = (0, std::time::Instant::now());
    while last < total {
        let page = db
            .public()
            .read(move |read| journal::after(read, &english(), last, 64));
        for record in page.await.unwrap() {
            assert_eq!(
                record.seq,
                last + 1,
                "a reader that saw {last} was given {}",
                record.seq
            );
            last = record.seq;
        }
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "{last} of {total} came"
        );
    }
}

#[test]
fn a_replay_after_a_change_never_has_the_old_text() {
    for scratch in each() {
        for text in ["first words", "second words"] {
            let act = move |tx: &mut Tx| {
                tx.record(
                    english(),
                    Happening::shown("story.updated", "s", &serde_json::json!({ "headline": text })),
                );
                Ok(())
            };
            scratch.db().write_blocking(act).unwrap();
        }
        let records = scratch
            .db()
            .public()
            .read_blocking(|read| journal::after(read, &english(), 0, 10))
            .unwrap();
        assert!(
            !records[0].data.contains("first words") && records[0].data.contains("\"superseded_by\":2"),
            "{records:?}"
        );
        assert!(records[1].data.contains("second words"));
    }
}

#[test]
fn a_key_is_taken_once_on_its_stream() {
    for scratch in each() {
        let act = |tx: &mut Tx| {
            tx.record(
                english(),
                Happening::shown("note", "s", &serde_json::json!({})).keyed("once"),
            );
            Ok(())
        };
        scratch.db().write_blocking(act).unwrap();
        assert!(scratch.db().write_blocking(act).is_err());
        let head = scratch
            .db()
            .public()
            .read_blocking(|read| journal::head(read, &english()))
            .unwrap();
        assert_eq!(head, 1);
    }
}

/// What became of a batch of three into which a fault was put.
struct Outcome<'s> {
    scratch: &'s Scratch,
    answers: Vec<Result<()>>,
    /// The numbers that followers were told of.
    shown: Vec<i64>,
    hit: bool,
}

/// Writes a batch of three directly through a writer with a fault at its n-th statement.
fn batch_with(scratch: &Scratch, fault: Fault, n: usize) -> Outcome<'_> {
    let (seen, hit) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (hits, shown): (_, Arc<Mutex<Vec<i64>>>) = (hit.clone(), Arc::default());
    let opener = Opener::beside(&scratch.place);
    let connection = opener.writer().unwrap();
    let mut writer = Writer::new(connection, opener, scratch.clock.clone(), Arc::default());
    writer.injection = Some(Arc::new(move |_| {
        let due = seen.fetch_add(1, Ordering::SeqCst) + 1 == n;
        hits.fetch_add(usize::from(due), Ordering::SeqCst);
        due.then_some(fault)
    }));
    let told = shown.clone();
    let observer: Observer = Box::new(move |records| {
        told.lock()
            .unwrap()
            .extend(records.iter().map(|record| record.seq));
    });
    assert!(writer.observer.set(observer).is_ok());
    let (mut batch, mut answers): (Vec<Box<dyn Body>>, Vec<_>) = Default::default();
    for id in ["x", "y", "z"] {
        let (reply, answer) = oneshot::channel();
        let body = move |tx: &mut Tx| {
            tx.execute(ADD, values![id, "text"])?;
            tx.record(english(), Happening::shown("note", id, &serde_json::json!({})));
            Ok(())
        };
        batch.push(Box::new(Write::new(body, reply)));
        answers.push(answer);
    }
    writer.commit(batch);
    let answers = answers
        .into_iter()
        .map(|answer| answer.blocking_recv().unwrap().map(|_| ()))
        .collect();
    let (shown, hit) = (shown.lock().unwrap().clone(), hit.load(Ordering::SeqCst) > 0);
    Outcome {
        scratch,
        answers,
        shown,
        hit,
    }
}

/// Fails the n-th statement of a batch, for n = 1… until a run passes untouched.
fn fail_each_statement(fault: Fault, check: impl Fn(Outcome)) {
    for n in 1.. {
        let mut hits = 0;
        for scratch in each() {
            let outcome = batch_with(&scratch, fault, n);
            hits += usize::from(outcome.hit);
            check(outcome);
        }
        if hits == 0 {
            assert!(n > 10, "the faults reached {n} statements only");
            break;
        }
    }
}

#[test]
fn a_serialization_failure_at_any_statement_is_tried_again_and_doubles_nothing() {
    fail_each_statement(Fault::Lost, |outcome| {
        assert!(outcome.answers.iter().all(Result::is_ok), "{:?}", outcome.answers);
        assert_eq!(count(outcome.scratch.db()), 3);
        assert_eq!(outcome.shown, [1, 2, 3], "shown once, after the commit");
        let head = outcome
            .scratch
            .db()
            .public()
            .read_blocking(|read| journal::head(read, &english()))
            .unwrap();
        assert_eq!(head, 3);
    });
}

#[test]
fn a_full_disk_at_any_statement_or_at_commit_fails_every_answer_and_shows_nothing() {
    fail_each_statement(Fault::Full, |outcome| {
        let full = |answer: &&Result<()>| {
            matches!(
                answer,
                Err(Error::Unavailable {
                    code: "disk_full",
                    ..
                })
            )
        };
        let refused = outcome.answers.iter().filter(full).count();
        let shown: &[i64] = if outcome.hit { &[] } else { &[1, 2, 3] };
        assert_eq!(outcome.shown, shown, "seen means durable");
        let expected = if outcome.hit { (3, 0) } else { (0, 3) };
        assert_eq!(
            (refused, count(outcome.scratch.db())),
            expected,
            "{:?}",
            outcome.answers
        );
    });
}

#[test]
fn a_second_process_is_kept_out_and_a_newer_database_refused() {
    let scratch = Scratch::sqlite(&[journal::MIGRATIONS, &[NOTES]].concat());
    let locked = Db::open(&scratch.place, scratch.clock.clone(), &[]);
    assert!(matches!(
        locked,
        Err(Error::Conflict {
            code: "db.locked",
            ..
        })
    ));
    let mut connection = Opener::beside(&scratch.place).writer().unwrap();
    let newer = migrate::run(&mut connection, &scratch.clock, journal::MIGRATIONS);
    assert!(matches!(newer, Err(Error::Conflict { code: "db.newer", .. })));
}

impl Opener {
    /// Another opener beside a database that is open already: what another node has on PostgreSQL.
    fn beside(place: &Place) -> Self {
        Self::unlocked(place.clone())
    }
}

impl Db {
    /// Another node on a database that is open already; what its writer runs passes through the injection.
    fn beside(place: &Place, clock: Clock, injection: Option<Injection>) -> Self {
        let opener = Opener::beside(place);
        let connection = opener.writer().unwrap();
        let mut writer = Writer::new(connection, opener.clone(), clock, Arc::default());
        writer.injection = injection;
        Self::start(&opener, writer).unwrap()
    }
}
