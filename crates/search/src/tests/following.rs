//! The index as a follower: what changes, what restarts, what breaks.

use super::*;

/// Does something bad to the index's folder.
type Spoil = fn(&Path);

#[test]
fn a_kill_removes_and_a_correction_replaces() {
    check(async |room| {
        let (index, _follower) = room.follow().await;
        let killed = room.publish(draft("en", "Killed", "alpha")).await;
        let corrected = room.publish(draft("en", "Corrected", "alpha beta")).await;
        assert_eq!(room.find(&index, "alpha").await.len(), 2, "the subjects exist");
        room.kill(&killed).await;
        room.correct(&corrected, draft("en", "Corrected", "gamma beta"))
            .await;
        assert!(room.find(&index, "alpha").await.is_empty());
        assert_eq!(room.find(&index, "gamma").await, ["Corrected"]);
        assert_eq!(index.len(), 1, "a killed story's words are not even in the index");
    });
}

#[test]
fn a_search_sees_what_was_published_before_it_began() {
    check(async |room| {
        let (index, _follower) = room.follow().await;
        for number in 0..12 {
            let word = format!("fresh{number}");
            room.publish(draft("en", &word, "x")).await;
            assert_eq!(
                room.find(&index, &word).await,
                [word.as_str()],
                "in the same moment"
            );
        }
    });
}

#[test]
fn a_search_does_not_wait_when_nobody_follows() {
    check(async |room| {
        room.publish(draft("en", "Story", "x")).await;
        let index = Index::open(&room.folder).unwrap();
        let started = Instant::now();
        assert!(room.find(&index, "story").await.is_empty());
        assert!(
            started.elapsed() < Duration::from_millis(400),
            "{:?}",
            started.elapsed()
        );
    });
}

#[test]
fn a_restart_goes_on_where_it_stopped() {
    check(async |room| {
        let (index, follower) = room.follow().await;
        room.publish(draft("en", "Before", "x")).await;
        assert_eq!(room.find(&index, "before").await.len(), 1);
        follower.end().await;
        drop(index);
        // A story that only the index knows would be gone had it been filled anew.
        let index = Index::open(&room.folder).unwrap();
        let (epoch, seq) = index.position().unwrap();
        index
            .apply(vec![Change::Put(Box::new(passage("mark")))], &epoch, seq)
            .unwrap();
        index.rest();
        drop(index);
        room.publish(draft("en", "Meanwhile", "x")).await;
        let (index, _follower) = room.follow().await;
        assert_eq!(room.find(&index, "meanwhile").await.len(), 1);
        assert_eq!(
            index.len(),
            3,
            "what was there, the mark, and what came meanwhile"
        );
    });
}

#[test]
fn a_killed_process_goes_on_from_what_it_had_settled() {
    check(async |room| {
        let (index, _follower) = room.follow().await;
        room.publish(draft("en", "Before", "x")).await;
        assert_eq!(room.find(&index, "before").await.len(), 1);
        index.rest();
        let settled = index.position();
        room.publish(draft("en", "After", "x")).await;
        assert_eq!(room.find(&index, "after").await.len(), 1);
        // What a kill leaves is what stands on the disk at that moment.
        let left = tempfile::tempdir().unwrap();
        for file in std::fs::read_dir(&room.folder).unwrap().flatten() {
            std::fs::copy(file.path(), left.path().join(file.file_name())).unwrap();
        }
        std::fs::write(left.path().join("half.store"), "cut").unwrap();
        let index = Index::open(left.path()).unwrap();
        assert_eq!((index.position(), index.is_damaged()), (settled, false));
        assert!(!left.path().join("half.store").exists());
        assert_eq!(
            index.len(),
            1,
            "the story before is in it without being filled anew"
        );
    });
}

#[test]
fn another_epoch_fills_the_index_anew() {
    check(async |room| {
        room.publish(draft("en", "Story", "x")).await;
        let (index, follower) = room.follow().await;
        let (epoch, seq) = index.position().unwrap();
        index
            .apply(vec![Change::Put(Box::new(passage("mark")))], &epoch, seq)
            .unwrap();
        assert_eq!(index.len(), 2, "the subject exists");
        follower.end().await;
        index.rest();
        drop(index);
        let renewed = room.app.db.write(base::journal::renew_epoch).await.unwrap();
        let (index, _follower) = room.follow().await;
        until(|| index.position().is_some_and(|(epoch, _)| epoch == renewed)).await;
        assert_eq!(index.len(), 1, "what the restored newsroom does not have is gone");
    });
}

#[test]
fn an_index_filled_anew_equals_one_that_followed() {
    check(async |room| {
        let (followed, follower) = room.follow().await;
        let mut ids = Vec::new();
        for number in 0..30 {
            let text = format!("word{} shared", number % 7);
            ids.push(
                room.publish(draft(LANGUAGES[number % 12], &format!("Story {number}"), &text))
                    .await,
            );
        }
        for id in ids.iter().step_by(5) {
            room.kill(id).await;
        }
        for (number, id) in ids.iter().enumerate().filter(|(number, _)| number % 5 == 2) {
            room.correct(
                id,
                draft(LANGUAGES[number % 12], &format!("New {number}"), "word99 shared"),
            )
            .await;
        }
        room.find(&followed, "shared").await;
        follower.end().await;
        let other = tempfile::tempdir().unwrap();
        let (filled, app) = (Index::open(other.path()).unwrap(), room.app.clone());
        let _task = Follower(tokio::spawn(follow(app.clone(), app.hub.clone(), filled.clone())));
        let head = room.head().await;
        until(|| filled.position().is_some_and(|(_, seq)| seq >= head)).await;
        assert_eq!(
            (filled.len(), filled.position()),
            (followed.len(), followed.position())
        );
        for q in (0..7)
            .map(|n| format!("word{n}"))
            .chain(["word99".into(), "shared".into(), "new".into()])
        {
            let sorted = || SearchQuery {
                sort: Some("date".into()),
                limit: Some(50),
                ..asked(&q)
            };
            let mut both = [Vec::new(), Vec::new()];
            for (index, found) in [&followed, &filled].into_iter().zip(&mut both) {
                *found = headlines(&room.ask(index, sorted()).await.unwrap());
                found.sort();
            }
            assert_eq!(both[0], both[1], "{q}");
            assert!(q == "shared" || both[0].len() < 30);
        }
    });
}

#[test]
fn a_damaged_or_foreign_folder_is_filled_anew() {
    check_on(vec![Scratch::sqlite(&migrations())], async |room| {
        let spoil: [(&str, Spoil); 7] = [
            ("no index at all", |folder| {
                std::fs::remove_dir_all(folder).unwrap()
            }),
            ("a file in its place", |folder| {
                std::fs::remove_dir_all(folder).unwrap();
                std::fs::write(folder, "x").unwrap();
            }),
            ("garbage for its list of files", |folder| {
                std::fs::write(folder.join("meta.json"), "{\"x\":").unwrap()
            }),
            ("another schema", |folder| {
                let text = std::fs::read_to_string(folder.join("meta.json")).unwrap();
                std::fs::write(
                    folder.join("meta.json"),
                    text.replace("headline_en", "headline_xx"),
                )
                .unwrap();
            }),
            ("another make", |folder| {
                let text = std::fs::read_to_string(folder.join("meta.json")).unwrap();
                std::fs::write(
                    folder.join("meta.json"),
                    text.replace("\"payload\":\"", "\"payload\":\"9"),
                )
                .unwrap();
            }),
            ("files cut short", |folder| {
                each_file(folder, |bytes| bytes.truncate(bytes.len() / 2))
            }),
            ("flipped bits", |folder| {
                each_file(folder, |bytes| {
                    let middle = bytes.len() / 3;
                    bytes[middle] ^= 0x55;
                });
            }),
        ];
        for number in 0..20 {
            room.publish(draft("en", &format!("Story {number}"), "water"))
                .await;
        }
        for (how, spoil) in spoil {
            let (index, follower) = room.follow().await;
            until(|| index.len() == 20).await;
            follower.end().await;
            index.rest();
            drop(index);
            spoil(&room.folder);
            let (index, follower) = room.follow().await;
            until(|| index.len() == 20).await;
            for _ in 0..200 {
                if room
                    .ask(&index, asked("water"))
                    .await
                    .is_ok_and(|found| found.total == 20)
                {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            assert_eq!(room.ask(&index, asked("water")).await.unwrap().total, 20, "{how}");
            follower.end().await;
            index.rest();
        }
    });
}

fn each_file(folder: &Path, spoil: impl Fn(&mut Vec<u8>)) {
    let mut spoilt = 0;
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if [".term", ".store", ".idx", ".pos", ".fast"]
            .iter()
            .any(|end| name.ends_with(end))
        {
            let mut bytes = std::fs::read(entry.path()).unwrap();
            spoil(&mut bytes);
            std::fs::write(entry.path(), bytes).unwrap();
            spoilt += 1;
        }
    }
    assert!(spoilt > 3, "the subject exists");
}

pub(crate) fn passage(headline: &str) -> Passage {
    Passage {
        id: base::clock::story_id(),
        edition: EditionCode::parse("en").unwrap(),
        section: Slug::parse("world").unwrap(),
        language: "en".into(),
        published_at: MORNING,
        headline: headline.into(),
        text: headline.into(),
    }
}
