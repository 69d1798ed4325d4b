//! How commands behave: exit codes, data on one side and messages on the other, help that helps.

use super::house::Newsroom;

#[test]
fn exit_codes_say_what_kind_of_failure_it_was() {
    let house = Newsroom::on_sqlite();
    let cases: &[(&[&str], i32, &str)] = &[
        (&["version"], 0, ""),
        (&["--version"], 0, ""),
        (&["help"], 0, ""),
        (&["imprt", "x"], 2, "import"),
        (&["import", "wxrr", "x"], 2, "wxr"),
        (&["import", "jsonl", "nowhere.jsonl"], 2, "nowhere.jsonl"),
        (&["import", "jsonl", "."], 2, "folder"),
        (&["import", "jsonl", "x", "--edition", "xx"], 2, ""),
        (
            &[
                "person",
                "add",
                "--email",
                "a@b.example",
                "--name",
                "A",
                "--role",
                "edtor",
            ],
            2,
            "editor",
        ),
        (
            &[
                "token",
                "add",
                "--person",
                "no@body.example",
                "--name",
                "x",
                "--scope",
                "desk",
            ],
            2,
            "nobody here",
        ),
        (
            &["edition", "add", "--code", "No Code", "--name", "x"],
            2,
            "such as pt-br",
        ),
        (
            &[
                "edition",
                "add",
                "--code",
                "en",
                "--name",
                "x",
                "--timezone",
                "Mars/Base",
            ],
            2,
            "Europe/Moscow",
        ),
        (
            &["section", "add", "--edition", "xx", "--slug", "s", "--name", "x"],
            2,
            "no edition xx",
        ),
        (&["config", "show", "--listen", "nonsense"], 78, "address:port"),
        (
            &["config", "show", "--limits", "off", "--listen", "0.0.0.0:1"],
            78,
            "loopback",
        ),
        (&["healthcheck"], 1, ""),
    ];
    for (args, code, said) in cases {
        let ran = house.run(args);
        assert_eq!(ran.code, *code, "{args:?}: {ran:?}");
        assert!(ran.err.contains(said), "{args:?}: {ran:?}");
        assert!(
            *code == 0 || ran.out.is_empty(),
            "messages are no data: {args:?}: {ran:?}"
        );
    }
}

#[test]
fn the_newsroom_is_furnished_from_the_command_line() {
    for house in Newsroom::on_each_engine() {
        let json = |text: String| serde_json::from_str::<serde_json::Value>(text.trim()).unwrap();
        let added = house.done(&[
            "edition",
            "add",
            "--code",
            "ar",
            "--name",
            "أخبار",
            "--timezone",
            "Asia/Riyadh",
        ]);
        assert_eq!(added, "/ar/ أخبار\n");
        assert_eq!(json(house.done(&["edition", "list", "--json"]))["dir"], "rtl");
        assert_eq!(
            house.run(&["edition", "add", "--code", "ar", "--name", "x"]).code,
            1,
            "there already"
        );
        house.done(&[
            "section",
            "add",
            "--edition",
            "ar",
            "--slug",
            "world",
            "--name",
            "العالم",
        ]);
        assert_eq!(
            house.done(&["section", "list", "--edition", "ar"]),
            "world\tالعالم\n"
        );
        let reserved = house.run(&[
            "section",
            "add",
            "--edition",
            "ar",
            "--slug",
            "search",
            "--name",
            "x",
        ]);
        assert_eq!(reserved.code, 2, "{reserved:?}");
    }
}

#[test]
fn people_and_their_tokens_come_and_go_from_the_command_line() {
    for house in Newsroom::on_each_engine() {
        let json = |text: String| serde_json::from_str::<serde_json::Value>(text.trim()).unwrap();
        house.done(&["edition", "add", "--code", "ar", "--name", "News"]);
        house.done(&[
            "section",
            "add",
            "--edition",
            "ar",
            "--slug",
            "world",
            "--name",
            "World",
        ]);
        house.done(&[
            "person",
            "add",
            "--email",
            "ana@news.example",
            "--name",
            "Ana",
            "--role",
            "editor",
        ]);
        assert_eq!(json(house.done(&["person", "list", "--json"]))["role"], "editor");
        house.done(&["person", "role", "--email", "ana@news.example", "--role", "owner"]);
        assert!(
            house
                .done(&["person", "list"])
                .contains("ana@news.example\towner")
        );
        let token = house.done(&[
            "token",
            "add",
            "--person",
            "ana@news.example",
            "--name",
            "t",
            "--scope",
            "desk",
        ]);
        let serving = house.serve(&["--no-sample"]);
        let bearer = format!("Bearer {}", token.trim());
        let draft = br#"{"edition":"ar","section":"world","kind":"news","headline":"H","body_html":"<p>b</p>","language":"ar"}"#;
        let headers = [
            ("Authorization", bearer.as_str()),
            ("Content-Type", "application/json"),
        ];
        let made = serving.ask("POST", "/api/v1/desk/stories", &headers, draft);
        assert_eq!(made.status, 201, "{made:?}");
        let tokens = house.done(&["token", "list", "--person", "ana@news.example"]);
        house.done(&["token", "end", tokens.split('\t').next().unwrap()]);
        assert_eq!(
            serving
                .ask("POST", "/api/v1/desk/stories", &headers, draft)
                .status,
            401
        );
    }
}

#[test]
fn help_begins_with_examples_for_every_command() {
    let house = Newsroom::on_sqlite();
    for command in [
        "", "serve", "person", "token", "edition", "section", "import", "backup", "doctor", "config",
    ] {
        let args: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
        let help = house.done(&args);
        let (examples, usage) = (help.find("Examples:"), help.find("Usage:"));
        assert!(examples.is_some() && examples < usage, "{command}: {help}");
    }
}

#[test]
fn the_configuration_shows_where_each_value_came_from_and_no_secret() {
    let house = Newsroom::on_sqlite();
    std::fs::create_dir(house.data()).unwrap();
    std::fs::write(
        house.data().join("wireroom.toml"),
        "log = \"warn\"\nsmtp = \"smtp://u:hunter2@mail.example\"\n",
    )
    .unwrap();
    let shown = house.done(&["config", "show", "--theme", "own"]);
    for row in [
        "log = \"warn\"\t(file)",
        "theme = \"own\"\t(flag)",
        "limits = \"off\"\t(environment)",
        "pages-mib = \"64\"\t(default)",
    ] {
        assert!(shown.contains(row), "{row}: {shown}");
    }
    assert!(
        shown.contains("smtp = \"***\"") && !shown.contains("hunter2"),
        "{shown}"
    );
    std::fs::write(house.data().join("wireroom.toml"), "lisen = \"x\"\n").unwrap();
    let ran = house.run(&["config", "show"]);
    assert!(ran.code == 78 && ran.err.contains("lisen"), "{ran:?}");
}

#[test]
fn the_doctor_finds_what_is_wrong() {
    for house in Newsroom::on_each_engine() {
        house.done(&["edition", "add", "--code", "en", "--name", "News"]);
        let sick = house.run(&["doctor", "--json"]);
        assert_eq!(sick.code, 3, "{sick:?}");
        let grade = |out: &str, check: &str| {
            let row = out
                .lines()
                .find(|row| row.contains(&format!("\"check\":\"{check}\"")));
            let row: serde_json::Value =
                serde_json::from_str(row.unwrap_or_else(|| panic!("{check}: {out}"))).unwrap();
            row["grade"].as_str().unwrap().to_owned()
        };
        for check in ["origin", "limits", "mail", "owner"] {
            assert_eq!(grade(&sick.out, check), "warning", "{check}");
        }
        for check in ["clock", "disk", "rights", "database", "search", "jobs", "metrics"] {
            assert_eq!(grade(&sick.out, check), "ok", "{check}");
        }
        if house.is_sqlite() {
            assert_eq!(grade(&sick.out, "backup"), "warning");
            house.done(&["backup", "create", "backups"]);
            assert_eq!(grade(&house.run(&["doctor", "--json"]).out, "backup"), "ok");
        }
        let path = house.run(&["doctor", "--origin", "https://news.example/path"]);
        assert!(path.code == 4 && path.out.contains("ERROR   origin"), "{path:?}");
    }
}
