use super::batch::{Body, Injection, Write, Writer};
use super::connection::{Fault, Opener};
use super::scratch::Scratch;
use super::*;
use crate::journal::{self, Happening};
use crate::values;
use lexicon::{EditionCode, Stream};
use std::sync::atomic::{AtomicUsize, Ordering};

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
    for scratch in each() {
        let mut connection = Opener::beside(&scratch.place).writer().unwrap();
        for sql in [STATEMENTS, journal::STATEMENTS, migrate::STATEMENTS].concat() {
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

#[test]
fn a_reader_sees_every_number_exactly_once_whatever_the_interleaving() {
    for scratch in each() {
        let second = Db::beside(&scratch.place, scratch.clock.clone());
        let writers = [
            scratch.db().clone(),
            second.unwrap_or_else(|| scratch.db().clone()),
        ];
        let (each, total) = (200, 800);
        runtime().block_on(async {
            let tasks = (0..4).map(|w| {
                let db = writers[w % 2].clone();
                tokio::spawn(async move {
                    for i in 0..each {
                        let act = db.write(move |tx| {
                            if i % 17 == w {
                                std::thread::sleep(std::time::Duration::from_millis(2));
                            }
                            tx.record(
                                english(),
                                Happening::shown("note", &format!("{w}-{i}"), &serde_json::json!({})),
                            );
                            Ok(())
                        });
                        act.await.unwrap();
                    }
                })
            });
            let tasks: Vec<_> = tasks.collect();
            let mut seen = Vec::new();
            while seen.len() < total {
                let last = seen.last().copied().unwrap_or(0);
                let page = scratch
                    .db()
                    .public()
                    .read(move |read| journal::after(read, &english(), last, 64))
                    .await
                    .unwrap();
                seen.extend(page.into_iter().map(|record| record.seq));
            }
            assert_eq!(seen, (1..=total as i64).collect::<Vec<_>>());
            for task in tasks {
                task.await.unwrap();
            }
        });
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

/// Writes a batch of three directly through a writer with faults injected; gives what the callers heard.
fn batch_with(scratch: &Scratch, injection: Injection) -> Vec<Result<()>> {
    let opener = Opener::beside(&scratch.place);
    let mut writer = Writer::new(
        opener.writer().unwrap(),
        opener,
        scratch.clock.clone(),
        Arc::default(),
    );
    writer.injection = Some(injection);
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
    answers
        .into_iter()
        .map(|answer| answer.blocking_recv().unwrap().map(|_| ()))
        .collect()
}

/// Fails the n-th statement of a batch, for n = 1… until a run passes untouched.
fn fail_each_statement(fault: Fault, check: impl Fn(&Scratch, Vec<Result<()>>, bool)) {
    for scratch_index in 0..each().len() {
        for n in 1.. {
            let scratch = each().swap_remove(scratch_index);
            let (seen, hit) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
            let (counter, hits) = (seen.clone(), hit.clone());
            let injection: Injection = Arc::new(move |_| {
                let due = counter.fetch_add(1, Ordering::SeqCst) + 1 == n;
                hits.fetch_add(usize::from(due), Ordering::SeqCst);
                due.then_some(fault)
            });
            let answers = batch_with(&scratch, injection);
            let was_hit = hit.load(Ordering::SeqCst) > 0;
            check(&scratch, answers, was_hit);
            if !was_hit {
                assert!(n > 10, "the faults reached {n} statements only");
                break;
            }
        }
    }
}

#[test]
fn a_serialization_failure_at_any_statement_is_tried_again_and_doubles_nothing() {
    fail_each_statement(Fault::Lost, |scratch, answers, _| {
        assert!(answers.iter().all(Result::is_ok), "{answers:?}");
        assert_eq!(count(scratch.db()), 3);
        let head = scratch
            .db()
            .public()
            .read_blocking(|read| journal::head(read, &english()))
            .unwrap();
        assert_eq!(head, 3);
    });
}

#[test]
fn a_full_disk_at_any_statement_or_at_commit_fails_every_answer_of_the_batch() {
    fail_each_statement(Fault::Full, |scratch, answers, hit| {
        let refused = answers.iter().filter(|answer| {
            matches!(
                answer,
                Err(Error::Unavailable {
                    code: "disk_full",
                    ..
                })
            )
        });
        assert_eq!(refused.count(), if hit { 3 } else { 0 }, "{answers:?}");
        assert_eq!(count(scratch.db()), if hit { 0 } else { 3 });
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
    /// A second node on the same database; none on SQLite, where there is one writer.
    fn beside(place: &Place, clock: Clock) -> Option<Self> {
        matches!(place, Place::Postgres(_))
            .then(|| Self::open(place, clock, &[journal::MIGRATIONS, &[NOTES]].concat()).unwrap())
    }
}
