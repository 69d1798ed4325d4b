//! Imports, from the command line to what a reader gets.

use super::corpus;
use super::house::{Newsroom, Report};

fn line(id: &str, title: &str, more: &str) -> String {
    format!(
        "{{\"id\":\"{id}\",\"lang\":\"en\",\"title\":\"{title}\",\"date\":\"2020-02-29\",\"body_text\":\"Words of {title}.\"{more}}}\n"
    )
}

#[test]
fn a_second_import_makes_nothing_and_a_changed_item_is_updated() {
    for house in Newsroom::on_each_engine() {
        let one = house.file("one.jsonl", line("1", "First", "") + &line("2", "Second", ""));
        let first = house.import("jsonl", &one, &[]);
        assert_eq!(
            (first.code, first.read, first.made, first.unchanged),
            (0, 2, 2, 0)
        );
        let again = house.import("jsonl", &one, &[]);
        assert_eq!(
            (again.code, again.read, again.made, again.unchanged),
            (0, 2, 0, 2)
        );
        let two = house.file(
            "two.jsonl",
            line("1", "First, put right", "") + &line("2", "Second", ""),
        );
        let changed = house.import("jsonl", &two, &[]);
        assert_eq!((changed.made, changed.unchanged), (1, 1));
        let serving = house.serve(&[]);
        let mut titles: Vec<_> = serving
            .stories("en")
            .iter()
            .map(|story| story["headline"].as_str().unwrap().to_owned())
            .collect();
        titles.sort();
        assert_eq!(titles, ["First, put right", "Second"]);
    }
}

#[test]
fn every_item_not_taken_is_named_with_its_reason() {
    let house = Newsroom::on_sqlite();
    let lines = [
        line("1", "Taken", ""),
        "not JSON at all\n".to_owned(),
        "[1, 2]\n".to_owned(),
        "{\"title\":\"without id\",\"body_text\":\"x\"}\n".to_owned(),
        "{\"id\":\"5\",\"title\":\"without body\"}\n".to_owned(),
        line("6", "To come", "").replace("2020-02-29", "2999-01-01"),
        line("7", "Also taken", ""),
        line("8", "In no language", "").replace("\"en\"", "\"no language at all, sorry\""),
    ];
    let report = house.import("jsonl", &house.file("mixed.jsonl", lines.concat()), &[]);
    assert_eq!((report.code, report.read, report.made), (1, 8, 2));
    let items: Vec<_> = report.not_taken.iter().map(|(item, _)| item.as_str()).collect();
    for named in [
        "line 2",
        "line 3",
        "line 4",
        "line 5",
        "To come (jsonl:6)",
        "In no language (jsonl:8)",
    ] {
        assert!(items.contains(&named), "{named}: {items:?}");
    }
    let people = house.run(&["import", "jsonl", "mixed.jsonl"]);
    assert!(people.err.contains("not taken: line 2: "), "{people:?}");
    assert!(
        people.out.contains("8 read: 0 made, 2 unchanged, 6 not taken"),
        "{people:?}"
    );
}

#[test]
fn a_rehearsal_changes_nothing() {
    for house in Newsroom::on_each_engine() {
        let file = house.file(
            "a.jsonl",
            line("1", "First", "") + &line("2", "Zweite", "").replace("\"en\"", "\"de\""),
        );
        let rehearsed = house.import("jsonl", &file, &["--dry-run"]);
        assert_eq!((rehearsed.made, rehearsed.unchanged), (2, 0));
        assert_eq!(house.done(&["edition", "list"]), "");
        assert_eq!(house.import("jsonl", &file, &[]).made, 2);
        assert_eq!(house.import("jsonl", &file, &["--dry-run"]).unchanged, 2);
        let editions = house.done(&["edition", "list"]);
        assert_eq!(editions, "en\ten\tUTC\tEnglish\nde\tde\tUTC\tDeutsch\n");
    }
}

#[test]
fn old_addresses_lead_to_their_stories() {
    for house in Newsroom::on_each_engine() {
        let urls = [
            "https://old.example/2010/05/a-story/",
            "https://old.example/?p=123",
            "2011/relative.html",
            "https://old.example/новости/мир",
            "https://old.example/caf%c3%a9",
            "https://old.example/en/news/2009/x",
            "https://old.example/a//b;c=1",
        ];
        let lines: String = urls
            .iter()
            .enumerate()
            .map(|(n, url)| {
                line(
                    &n.to_string(),
                    &format!("Story {n}"),
                    &format!(",\"url\":\"{url}\""),
                )
            })
            .collect();
        let report = house.import("jsonl", &house.file("urls.jsonl", lines), &[]);
        assert_eq!((report.made, report.redirects), (7, 7));
        let serving = house.serve(&[]);
        let asked = [
            ("/2010/05/a-story/", 0),
            ("/2010/05/a-story", 0),
            ("/2010/05/a-story/?utm_source=mail", 0),
            ("/?p=123", 1),
            ("/2011/relative.html", 2),
            (
                "/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/%d0%bc%d0%b8%d1%80",
                3,
            ),
            ("/caf%C3%A9", 4),
            ("/en/news/2009/x", 5),
            ("/a//b;c=1", 6),
        ];
        for (target, number) in asked {
            let answer = serving.get(target);
            let location = answer.header("location").unwrap_or_default().to_owned();
            let at = format!("/en/news/2020/02/29/story-{number}-");
            assert!(
                answer.status == 301 && location.contains(&at),
                "{target}: {answer:?}"
            );
            assert_eq!(serving.get(&location).status, 200, "{location}");
        }
        assert_eq!(serving.get("/?p=124").status / 100, 3, "to the reader's edition");
        assert_ne!(
            serving.get("/?p=124").header("location"),
            serving.get("/?p=123").header("location")
        );
        assert_eq!(serving.get("/2010/05/no-story").status, 404);
    }
}

#[test]
fn a_running_server_does_the_import_for_a_client_elsewhere() {
    for house in Newsroom::on_each_engine() {
        let serving = house.serve(&["--no-sample"]);
        house.file("near.jsonl", line("1", "Near", ""));
        let ran = house.run(&["import", "jsonl", "near.jsonl", "--json"]);
        assert_eq!((ran.code, Report::of(&ran).made), (0, 1), "{ran:?}");
        assert_eq!(serving.stories("en").len(), 1);
        house.file("bad.jsonl", "no JSON\n");
        let ran = house.run(&["import", "jsonl", "bad.jsonl", "--json"]);
        assert_eq!((ran.code, Report::of(&ran).made), (1, 0), "{ran:?}");
        let ran = house.run(&["import", "jsonl", "missing.jsonl"]);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains("missing.jsonl: No such file"), "{ran:?}");
        assert_eq!(serving.get("/en/").status, 200);
    }
}

#[test]
fn the_debian_news_come_whole_in_their_languages_and_linked() {
    let Some(file) = corpus::files("news-text", "debian-news.jsonl.gz").pop() else {
        return;
    };
    let house = Newsroom::on_sqlite();
    let first = house.import("jsonl", &file, &[]);
    assert_eq!((first.code, first.read, first.made), (0, 3427, 3427));
    let again = house.import("jsonl", &file, &[]);
    assert_eq!((again.made, again.unchanged), (0, 3427));
    let editions = house.done(&["edition", "list"]);
    for edition in [
        "en\ten\tUTC\tEnglish",
        "ja\tja\tUTC\t日本語",
        "el\tel\tUTC\tΕλληνικά",
    ] {
        assert!(editions.contains(edition), "{edition}: {editions}");
    }
    assert_eq!(editions.lines().count(), 24);
    let serving = house.serve(&[]);
    let moved = serving.get("/News/1998/19980104");
    assert_eq!(moved.status, 301, "{moved:?}");
    let page = serving.get(moved.header("location").unwrap()).text();
    let linked = page.matches("hreflang=").count();
    assert!(linked >= 7, "{linked} of the seven translations are named");
}

#[test]
fn a_hundred_languages_get_editions_of_their_own() {
    let Some(file) = corpus::files("news-text", "ntrex-128.jsonl.gz").pop() else {
        return;
    };
    let house = Newsroom::on_sqlite();
    let report = house.import("jsonl", &file, &["--dry-run"]);
    assert_eq!((report.code, report.made), (0, 8060));
    let few = house.file(
        "few.jsonl",
        [
            "arb", "pus", "snd-Arab", "heb", "deu", "srp-Cyrl", "por-BR", "div",
        ]
        .map(|lang| line(lang, "Text", "").replace("\"en\"", &format!("\"{lang}\"")))
        .concat(),
    );
    assert_eq!(house.import("jsonl", &few, &[]).made, 8);
    let editions = house.done(&["edition", "list", "--json"]);
    for (code, dir, name) in [
        ("ar", "rtl", "العربية"),
        ("ps", "rtl", "پښتو"),
        ("sd-arab", "rtl", "سنڌي (Arab)"),
        ("he", "rtl", "עברית"),
        ("de", "ltr", "Deutsch"),
        ("sr-cyrl", "ltr", "Српски (Cyrl)"),
        ("pt-br", "ltr", "Português (Brasil)"),
        ("dv", "rtl", "ދިވެހި"),
    ] {
        let row = editions
            .lines()
            .find(|row| row.contains(&format!("\"code\":\"{code}\"")));
        let row = row.unwrap_or_else(|| panic!("{code}: {editions}"));
        assert!(
            row.contains(&format!("\"dir\":\"{dir}\"")) && row.contains(name),
            "{row}"
        );
    }
}

#[test]
fn every_wordpress_and_ghost_export_comes_in_or_says_why_not() {
    let exports = [
        ("wxr", corpus::files("wxr", ".xml")),
        ("ghost", corpus::files("ghost", ".json")),
    ];
    for (format, files) in exports {
        for file in files {
            let (house, name) = (Newsroom::on_sqlite(), file.display().to_string());
            let first = house.import(format, &file, &[]);
            let second = house.import(format, &file, &[]);
            assert_eq!(
                (second.made, second.unchanged),
                (0, first.made + first.unchanged),
                "{name}"
            );
            assert_eq!(second.not_taken, first.not_taken, "{name}");
            // Files, menus and the trash are never stories; one story of the corpus has a date to come.
            let short = first.not_taken.iter().any(|(_, reason)| {
                !["wxr.attachment", "wxr.post_type", "in the trash"]
                    .iter()
                    .any(|kind| reason.contains(kind))
            });
            assert_eq!(first.code == 1, short, "{name}: {first:?}");
            if name.contains("malformed") {
                let (item, reason) = first.not_taken.last().unwrap();
                assert!(
                    item == "(the file)" || reason.contains("xml."),
                    "{name}: {item}: {reason}"
                );
                assert!(
                    reason.contains("line ") || reason.contains("byte "),
                    "{name}: {reason}"
                );
            }
        }
    }
}
