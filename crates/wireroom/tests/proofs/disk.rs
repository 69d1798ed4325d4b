//! D6: on a full disk reads go on, writes are refused with 503 and Retry-After, and it heals by itself.
//!
//! The data folder is a small ext4 file system in a file. That needs root; without it the test says so and does nothing,
//! unless `WIREROOM_DISK=required`.

use crate::desk::{self, Chance};
use crate::house::{Engine, House};
use crate::wire::Client;
use serde_json::json;
use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

const FILLS: usize = 30;

#[test]
fn on_a_full_disk_reads_go_on_writes_are_refused_and_it_heals() {
    let Some(disk) = Disk::mounted() else {
        let required = std::env::var("WIREROOM_DISK").as_deref() == Ok("required");
        assert!(!required, "no loop file system can be mounted here");
        return println!("no loop file system can be mounted here: nothing was proved");
    };
    let mut chance = Chance::of_run("disk");
    let mut house = House::at(Engine::Sqlite, disk.folder.path().join("data"));
    house.furnish();
    house.start();
    let token = house.token("owner", "desk");
    let (mut desk, mut public) = (house.client_of(&token), house.client());
    let mut acknowledged = vec![desk::publish_new(
        &mut desk,
        &desk::story("Before", "<p>Room enough.</p>"),
    )];
    let mut slowest = Duration::ZERO;
    for n in 0..FILLS {
        disk.fill(chance.below(512 << 10));
        let refused = until_refused(&mut desk, &mut acknowledged, n);
        assert!(refused, "fill {n}: the disk never got full");
        for _ in 0..5 {
            let (id, path) = chance.pick(&acknowledged);
            assert_eq!(public.get(path).status, 200, "fill {n}: a page");
            assert_eq!(
                public.get(&format!("/api/v1/stories/{id}")).status,
                200,
                "fill {n}: the API"
            );
            assert_eq!(public.get("/en/").status, 200, "fill {n}: the front");
        }
        // Something small may still fit, so it may also be ready.
        assert!(
            matches!(public.get("/readyz").status, 200 | 503),
            "fill {n}: readiness"
        );
        disk.free();
        slowest = slowest.max(healed(&mut desk, n));
        assert!(
            house.is_running(),
            "fill {n}: the server ended:\n{}",
            house.logged()
        );
    }
    println!(
        "{FILLS} fills, {} stories acknowledged, back after {} ms at most",
        acknowledged.len(),
        slowest.as_millis()
    );
    let last = acknowledged.last().expect("one").0.clone();
    found(&mut public, &last);
    house.kill();
    house.start();
    for (id, _) in &acknowledged {
        assert_eq!(
            house.client().get(&format!("/api/v1/stories/{id}")).status,
            200,
            "{id} was acknowledged"
        );
    }
}

/// Publishes until a write is refused as it must be.
fn until_refused(desk: &mut Client, acknowledged: &mut Vec<(String, String)>, n: usize) -> bool {
    let text = format!("<p>{}</p>", "Full. ".repeat(2_000));
    for m in 0..400 {
        let made = desk.call(
            "POST",
            "/api/v1/desk/stories",
            &desk::story(&format!("Fill {n} {m}"), &text),
        );
        let mut answers = vec![made];
        if answers[0].status == 201 {
            let id = answers[0].json()["id"].as_str().expect("an id").to_owned();
            let published = desk::timed(desk, &id, &json!({}));
            if published.status == 201 {
                let path = desk::path_of(published.json()["url"].as_str().expect("a url"));
                acknowledged.push((id, path));
            }
            answers.push(published);
        }
        if let Some(answer) = answers.iter().find(|answer| answer.status != 201) {
            assert_eq!(answer.status, 503, "fill {n}: {}", answer.text());
            let seconds: Option<u32> = answer.header("retry-after").and_then(|text| text.parse().ok());
            assert!(seconds.is_some(), "fill {n}: no Retry-After");
            assert_eq!(answer.code(), "disk_full", "fill {n}: {}", answer.text());
            return true;
        }
    }
    false
}

fn healed(desk: &mut Client, n: usize) -> Duration {
    let freed = Instant::now();
    loop {
        let answer = desk.call(
            "POST",
            "/api/v1/desk/flashes",
            &json!({ "edition": "en", "headline": format!("Room again {n}") }),
        );
        if answer.status == 201 {
            return freed.elapsed();
        }
        assert!(
            freed.elapsed() < Duration::from_secs(5),
            "fill {n}: not back after 5 s: {}",
            answer.text()
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The index had no room either; it comes back as well.
fn found(public: &mut Client, id: &str) {
    let end = Instant::now() + Duration::from_secs(15);
    while !public
        .get("/api/v1/search?edition=en&q=full&sort=date&limit=50")
        .text()
        .contains(id)
    {
        assert!(Instant::now() < end, "search does not come back");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// A file system of 64 MiB in a file.
struct Disk {
    folder: tempfile::TempDir,
    _image: tempfile::TempDir,
}

impl Disk {
    fn mounted() -> Option<Self> {
        let (image, folder) = (
            tempfile::tempdir().expect("a folder"),
            tempfile::tempdir().expect("a folder"),
        );
        let file = image.path().join("disk");
        File::create(&file)
            .and_then(|file| file.set_len(64 << 20))
            .expect("an image");
        let run = |program: &str, args: &[&str]| {
            Command::new(program)
                .args(args)
                .output()
                .is_ok_and(|output| output.status.success())
        };
        let (source, target) = (file.display().to_string(), folder.path().display().to_string());
        let mounted =
            run("mkfs.ext4", &["-q", "-m", "0", &source]) && run("mount", &["-o", "loop", &source, &target]);
        mounted.then_some(Self {
            folder,
            _image: image,
        })
    }

    fn ballast(&self) -> PathBuf {
        self.folder.path().join("ballast")
    }

    /// Writes until nothing fits, then gives so many bytes back.
    fn fill(&self, left_bytes: u64) {
        let mut file = File::create(self.ballast()).expect("ballast");
        for size in [1 << 20, 1 << 16, 1 << 12] {
            while file.write_all(&vec![7; size]).is_ok() {}
        }
        let length = file.metadata().map_or(0, |found| found.len());
        let _ = file.set_len(length.saturating_sub(left_bytes));
    }

    fn free(&self) {
        std::fs::remove_file(self.ballast()).expect("the ballast goes");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // The server may still be ending; a lazy unmount waits for it by itself.
        let _ = Command::new("umount").arg("-l").arg(self.folder.path()).status();
    }
}
