//! Backups: made while serving, checked, refused when damaged, restored into an empty folder with a new epoch.

use super::house::Newsroom;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

fn line(n: usize) -> String {
    format!(
        "{{\"id\":\"{n}\",\"lang\":\"en\",\"title\":\"Story {n}\",\"date\":\"2020-01-01\",\"body_text\":\"x\"}}\n"
    )
}

/// Three backups under write load; what was acknowledged before each began is in it.
#[test]
fn a_backup_under_load_holds_what_was_acknowledged_before_it() {
    let house = Newsroom::on_sqlite();
    let serving = house.serve(&["--no-sample"]);
    let (acknowledged, over) = (AtomicUsize::new(0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for part in 0.. {
                if over.load(Ordering::SeqCst) {
                    return;
                }
                let lines: String = (part * 20..part * 20 + 20).map(line).collect();
                house.file("part.jsonl", lines);
                let ran = house.run(&["import", "jsonl", "part.jsonl"]);
                assert_eq!(ran.code, 0, "{ran:?}");
                acknowledged.store(part * 20 + 20, Ordering::SeqCst);
            }
        });
        let mut snapshots = Vec::new();
        for round in 0..3 {
            while acknowledged.load(Ordering::SeqCst) < 20 * (round + 1) {
                std::thread::sleep(std::time::Duration::from_millis(5));
            }
            let before = acknowledged.load(Ordering::SeqCst);
            let made = house.run(&["backup", "create", "backups"]);
            if made.code != 0 {
                over.store(true, Ordering::SeqCst);
            }
            assert_eq!(made.code, 0, "{made:?}");
            snapshots.push((before, made.out.trim().to_owned()));
        }
        over.store(true, Ordering::SeqCst);
        for (number, (before, snapshot)) in snapshots.into_iter().enumerate() {
            let verified = house.run(&["backup", "verify", &snapshot]);
            assert_eq!(verified.code, 0, "{verified:?}");
            let restored = Newsroom::on_sqlite();
            restored.done(&["backup", "restore", &snapshot]);
            let serving = restored.serve(&["--no-sample"]);
            let held = serving.stories("en").len();
            assert!(
                held >= before,
                "backup {number} has {held} of the {before} acknowledged before it"
            );
        }
    });
    assert_eq!(house.done(&["backup", "list", "backups"]).lines().count(), 3);
    assert_eq!(serving.stop(), 0);
}

#[test]
fn a_restore_begins_a_new_epoch_and_old_positions_are_told() {
    let house = Newsroom::on_sqlite();
    let serving = house.serve(&[]);
    let heard = serving.listen("/api/v1/live?edition=en", &[]);
    let old = id_of(&heard).unwrap_or_else(|| panic!("no id in {heard}"));
    let resumed = serving.listen("/api/v1/live?edition=en", &[("Last-Event-ID", &old)]);
    assert!(
        !resumed.contains("event: reset"),
        "a position of this epoch is good: {resumed}"
    );
    let snapshot = house.done(&["backup", "create", "backups"]).trim().to_owned();
    serving.kill();
    let restored = Newsroom::on_sqlite();
    restored.done(&["backup", "restore", &snapshot]);
    let serving = restored.serve(&[]);
    let resumed = serving.listen("/api/v1/live?edition=en", &[("Last-Event-ID", &old)]);
    assert!(resumed.contains("event: reset"), "{resumed}");
    assert_eq!(serving.get("/en/").status, 200);
}

fn id_of(stream: &str) -> Option<String> {
    stream
        .lines()
        .find_map(|line| line.strip_prefix("id:"))
        .map(|id| id.trim().to_owned())
}

#[test]
fn what_is_damaged_is_refused_by_name() {
    let house = Newsroom::on_sqlite();
    house.file("a.jsonl", line(1));
    house.done(&["import", "jsonl", "a.jsonl"]);
    let snapshot = house.done(&["backup", "create", "backups"]).trim().to_owned();
    let files = ["wireroom.db", "manifest.json"];
    for name in files {
        let path = Path::new(&snapshot).join(name);
        let whole = std::fs::read(&path).unwrap();
        let mut flipped = whole.clone();
        flipped[whole.len() / 2] ^= 1;
        let cut = whole[..whole.len() - 1].to_vec();
        for damaged in [flipped, cut] {
            std::fs::write(&path, damaged).unwrap();
            for args in [["backup", "verify", &snapshot], ["backup", "restore", &snapshot]] {
                let other = Newsroom::on_sqlite();
                let ran = other.run(&args);
                assert_eq!(ran.code, 1, "{ran:?}");
                assert!(
                    ran.err.contains("is damaged") && ran.err.contains(name),
                    "{ran:?}"
                );
                assert!(!other.data().join("wireroom.db").exists());
            }
        }
        std::fs::write(&path, whole).unwrap();
    }
    assert_eq!(
        house.run(&["backup", "verify", &snapshot]).code,
        0,
        "put back, it is whole"
    );
    let missing = house.run(&["backup", "verify", "nowhere"]);
    assert!(
        missing.code == 2 && missing.err.contains("no snapshot"),
        "{missing:?}"
    );
}

#[test]
fn nothing_is_restored_over_a_newsroom() {
    let house = Newsroom::on_sqlite();
    house.file("a.jsonl", line(1));
    house.done(&["import", "jsonl", "a.jsonl"]);
    let snapshot = house.done(&["backup", "create", "backups"]).trim().to_owned();
    let over = house.run(&["backup", "restore", &snapshot]);
    assert!(over.code == 1 && over.err.contains("not empty"), "{over:?}");
    let other = Newsroom::on_sqlite();
    std::fs::create_dir(other.data()).unwrap();
    std::fs::write(other.data().join("letter.txt"), "somebody's").unwrap();
    let strange = other.run(&["backup", "restore", &snapshot]);
    assert!(
        strange.code == 1 && strange.err.contains("letter.txt"),
        "{strange:?}"
    );
    std::fs::remove_file(other.data().join("letter.txt")).unwrap();
    std::fs::write(other.data().join("wireroom.toml"), "log = \"warn\"\n").unwrap();
    other.done(&["backup", "restore", &snapshot]);
    assert_eq!(
        std::fs::read_to_string(other.data().join("wireroom.toml")).unwrap(),
        "log = \"warn\"\n"
    );
    assert!(!other.data().join("restore.partial").exists());
    assert_eq!(other.import("jsonl", &house.beside("a.jsonl"), &[]).unchanged, 1);
}

#[test]
fn on_postgres_it_says_what_to_use() {
    for house in Newsroom::on_each_engine()
        .into_iter()
        .filter(|house| !house.is_sqlite())
    {
        let ran = house.run(&["backup", "create", "backups"]);
        assert!(ran.code == 1 && ran.err.contains("pg_dump"), "{ran:?}");
    }
}
