//! kill -9 at any point: what was acknowledged is there, and what was cut ends as if it had not been.

use super::house::{Newsroom, Serving, ended};
use std::collections::BTreeSet;
use std::process::Stdio;
use std::time::Duration;

const STORIES: usize = 1_500;

/// Stories in two languages, linked, with sections, tags, authors and old addresses.
fn export() -> String {
    let line = |n: usize| {
        let (lang, group) = if n.is_multiple_of(2) {
            ("en", n)
        } else {
            ("de", n - 1)
        };
        format!(
            "{{\"id\":\"{n}\",\"lang\":\"{lang}\",\"group\":\"g{group}\",\"title\":\"Story {n}\",\"date\":\"20{:02}-01-0{}\",\
             \"section\":\"part-{}\",\"tags\":[\"tag {}\"],\"authors\":[\"Author {}\"],\"url\":\"/old/{n}\",\
             \"body_html\":\"<p>{}</p><ul><li>{n}</li></ul>\"}}\n",
            n % 20,
            n % 9 + 1,
            n % 7,
            n % 11,
            n % 5,
            "Words. ".repeat(n % 40 + 1),
        )
    };
    (0..STORIES).map(line).collect()
}

/// Every public row, without what is made up at random.
fn ledger(serving: &Serving) -> Vec<String> {
    let mut rows = Vec::new();
    for edition in ["en", "de"] {
        for mut story in serving.stories(edition) {
            let url = story["url"]
                .as_str()
                .or(story["path"].as_str())
                .unwrap()
                .to_owned();
            let id = story["id"].as_str().unwrap().to_owned();
            let number: usize = story["headline"].as_str().unwrap()[6..].parse().unwrap();
            if number.is_multiple_of(25) {
                let moved = serving.get(&format!("/old/{number}"));
                assert!(
                    moved.header("location").is_some_and(|to| url.ends_with(to)),
                    "{url}: {moved:?}"
                );
                story["whole"] = serving.json(&format!("/api/v1/stories/{id}"));
                // A translation is named by its id, which is made up; that there is the one is what counts.
                let linked = story["whole"]["linked"].as_array().map_or(0, Vec::len);
                assert_eq!(linked, 1, "{url}");
                story["whole"]["linked"] = linked.into();
            }
            let port = serving.listen_address().replace("127.0.0.1", "");
            rows.push(story.to_string().replace(&id, "ID").replace(&port, ""));
        }
    }
    rows.sort();
    rows
}

#[test]
fn an_import_that_is_killed_and_run_again_ends_as_if_it_had_not_been() {
    let uncut = Newsroom::on_sqlite();
    let file = uncut.file("export.jsonl", export());
    assert_eq!(uncut.import("jsonl", &file, &[]).made, STORIES as u64);
    let wanted = ledger(&uncut.serve(&[]));
    assert_eq!(wanted.len(), STORIES);
    for cut in 0..5 {
        let house = Newsroom::on_sqlite();
        let file = house.file("export.jsonl", export());
        // Somewhere in the run, elsewhere in each round; a run that was over already is a cut at the end.
        for ms in [30 + 90 * cut, 200 + 130 * cut] {
            let mut child = house
                .command(&["import", "jsonl", "export.jsonl"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            std::thread::sleep(Duration::from_millis(ms));
            let _ = child.kill();
            child.wait().unwrap();
        }
        let last = house.import("jsonl", &file, &[]);
        assert_eq!((last.code, last.made + last.unchanged), (0, STORIES as u64));
        let again = house.import("jsonl", &file, &[]);
        assert_eq!((again.made, again.unchanged), (0, STORIES as u64), "cut {cut}");
        let found = ledger(&house.serve(&[]));
        let (wanted, found): (BTreeSet<_>, BTreeSet<_>) = (wanted.iter().collect(), found.iter().collect());
        let differing: Vec<_> = wanted.symmetric_difference(&found).take(4).collect();
        assert!(differing.is_empty(), "cut {cut}: {differing:#?}");
    }
}

#[test]
fn ctrl_c_stops_an_import_cleanly_and_the_next_run_goes_on() {
    for served in [false, true] {
        let house = Newsroom::on_sqlite();
        let serving = served.then(|| house.serve(&["--no-sample"]));
        // Through a pipe that never ends, so that there is always something left to stop.
        let pipe = house.beside("endless");
        assert!(
            std::process::Command::new("mkfifo")
                .arg(&pipe)
                .status()
                .unwrap()
                .success()
        );
        let mut child = house
            .command(&["import", "jsonl", "endless", "--json"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stories = export();
        let feeding = std::thread::spawn(move || {
            use std::io::Write;
            let mut pipe = std::fs::File::options().write(true).open(pipe).unwrap();
            for (number, line) in stories.lines().cycle().enumerate() {
                let line = line.replacen("\"id\":\"", &format!("\"id\":\"{number}-"), 1);
                if writeln!(pipe, "{line}").is_err() {
                    return;
                }
            }
        });
        std::thread::sleep(Duration::from_millis(1_500));
        let pid = child.id().to_string();
        assert!(
            std::process::Command::new("kill")
                .args(["-INT", &pid])
                .status()
                .unwrap()
                .success()
        );
        assert_eq!(ended(&mut child), 130, "served: {served}");
        let ran = super::house::Ran::from(child.wait_with_output().unwrap());
        let report = super::house::Report::of(&ran);
        assert!(
            report.made > 0 && ran.err.contains("run the same command again"),
            "{ran:?}"
        );
        feeding.join().unwrap();
        if let Some(serving) = serving {
            assert_eq!(serving.get("/readyz").status, 200);
            assert_eq!(
                serving.stories("en").len() + serving.stories("de").len(),
                report.made as usize
            );
        }
    }
}

#[test]
fn a_killed_server_comes_back_with_what_it_acknowledged() {
    for house in Newsroom::on_each_engine() {
        let serving = house.serve(&["--no-sample"]);
        let some: String = export()
            .lines()
            .take(200)
            .map(|line| format!("{line}\n"))
            .collect();
        house.file("a.jsonl", some);
        assert_eq!(house.run(&["import", "jsonl", "a.jsonl"]).code, 0);
        serving.kill();
        let serving = house.serve(&["--no-sample"]);
        assert_eq!(serving.stories("en").len(), 100);
        assert_eq!(serving.stop(), 0);
    }
}
