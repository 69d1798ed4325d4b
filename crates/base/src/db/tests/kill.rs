//! Kill -9 in the middle of group commits (D1, D4): what was acknowledged is there, and what was shown is there.

use super::{ADD, ALL, NOTES, Scratch, each, english, runtime};
use crate::db::{Db, Place, Query, Row};
use crate::journal::{self, Happening};
use crate::{Clock, clock, values};
use std::collections::{BTreeSet, HashSet};
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

const KILLS: u64 = 10;
const WRITERS: usize = 24;

/// The process that is killed: it writes as fast as it can, and notes each answer and each sighting in a file that outlives it.
#[test]
#[ignore = "started and killed by the test below"]
fn victim() {
    let (place, notes) = (
        std::env::var("VICTIM_PLACE").unwrap(),
        std::env::var("VICTIM_NOTES").unwrap(),
    );
    let place = match place.starts_with("postgres") {
        true => Place::Postgres(place),
        false => Place::Sqlite(place.into()),
    };
    let db = Db::open(&place, Clock::system(), &[journal::MIGRATIONS, &[NOTES]].concat()).unwrap();
    let notes = Arc::new(File::options().append(true).create(true).open(notes).unwrap());
    let sightings = notes.clone();
    db.observe(Box::new(move |records| {
        let lines: String = records
            .iter()
            .map(|record| format!("seen {}\n", record.seq))
            .collect();
        (&*sightings).write_all(lines.as_bytes()).unwrap();
    }));
    runtime().block_on(async {
        let writers: Vec<_> = (0..WRITERS)
            .map(|_| tokio::spawn(write_on(db.clone(), notes.clone())))
            .collect();
        for writer in writers {
            writer.await.unwrap();
        }
    });
}

async fn write_on(db: Db, notes: Arc<File>) {
    loop {
        let (key, row) = (clock::random_base32(16), clock::random_base32(0));
        let id = key.clone();
        let act = db.write(move |tx| {
            tx.execute(ADD, values![&id, &row])?;
            tx.record(english(), Happening::shown("note", &id, &serde_json::json!({})));
            Ok(())
        });
        act.await.unwrap();
        (&*notes).write_all(format!("acked {key}\n").as_bytes()).unwrap();
    }
}

#[test]
fn what_was_answered_or_shown_before_a_kill_is_there_after_it() {
    for mut scratch in each() {
        let folder = tempfile::tempdir().unwrap();
        let notes = folder.path().join("notes");
        for number in 0..KILLS {
            scratch.close();
            kill_in_the_middle(start(&scratch.place, &notes), &notes, number);
            scratch.reopen(&[journal::MIGRATIONS, &[NOTES]]);
            settle_accounts(&scratch, &notes);
        }
        let kept = std::fs::read_to_string(&notes).unwrap();
        assert!(
            kept.matches("acked").count() > 10 * KILLS as usize,
            "the victim hardly wrote"
        );
    }
}

fn start(place: &Place, notes: &Path) -> Child {
    let place = match place {
        Place::Sqlite(path) => path.to_string_lossy().into_owned(),
        Place::Postgres(url) => url.clone(),
    };
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "db::tests::kill::victim", "--ignored", "--nocapture"])
        .env("VICTIM_PLACE", place)
        .env("VICTIM_NOTES", notes)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// Waits until it has answered something, and ends it a moment later.
fn kill_in_the_middle(mut victim: Child, notes: &Path, number: u64) {
    let length = || std::fs::metadata(notes).map_or(0, |notes| notes.len());
    let (before, began) = (length(), Instant::now());
    while length() == before {
        assert!(
            began.elapsed() < Duration::from_secs(30),
            "the victim does not write"
        );
        assert!(victim.try_wait().unwrap().is_none(), "the victim ended by itself");
        std::thread::sleep(Duration::from_millis(1));
    }
    std::thread::sleep(Duration::from_micros(number * 7919 % 40_000));
    victim.kill().unwrap();
    victim.wait().unwrap();
}

/// Holds the notes against the database.
fn settle_accounts(scratch: &Scratch, notes: &Path) {
    let (rows, numbers) = scratch
        .db()
        .read_blocking(|read| {
            let rows: Vec<String> = read
                .query(ALL, &[])?
                .into_iter()
                .map(Row::only)
                .collect::<Result<_, _>>()?;
            let records = journal::after(read, &english(), 0, 10_000_000)?;
            Ok((
                rows,
                records.into_iter().map(|record| record.seq).collect::<Vec<_>>(),
            ))
        })
        .unwrap();
    let rows: HashSet<String> = rows.into_iter().collect();
    let text = std::fs::read_to_string(notes).unwrap();
    let words = |kind: &str| -> BTreeSet<String> {
        // The last line may have been cut by the kill.
        let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
        let of_kind = whole
            .lines()
            .filter_map(|line| line.strip_prefix(kind)?.strip_prefix(' '));
        of_kind.map(str::to_owned).collect()
    };
    let lost: Vec<_> = words("acked")
        .into_iter()
        .filter(|key| !rows.contains(key))
        .collect();
    assert_eq!(lost, Vec::<String>::new(), "answered and lost");
    assert_eq!(
        numbers,
        (1..=rows.len() as i64).collect::<Vec<_>>(),
        "a row and its record go together"
    );
    let last_seen = words("seen")
        .into_iter()
        .filter_map(|seq| seq.parse().ok())
        .max()
        .unwrap_or(0);
    assert!(
        last_seen <= numbers.len() as i64,
        "{last_seen} was shown and is not there"
    );
}
