//! Starting, stopping, and being the only one.

use super::house::{Newsroom, ended};
use std::process::Stdio;

#[test]
fn an_empty_folder_becomes_a_newsroom_and_says_how_to_own_it() {
    for house in Newsroom::on_each_engine() {
        let serving = house.serve(&[]);
        let link = serving.setup.clone().expect("a link for the owner");
        assert!(link.contains("/setup?key="), "{link}");
        let target = &link[link.find("/setup").unwrap()..];
        assert_eq!(serving.get(target).status, 200);
        for page in ["/en/", "/ru/", "/ar/", "/healthz", "/readyz", "/version"] {
            assert_eq!(serving.get(page).status, 200, "{page}");
        }
        assert!(serving.stories("en").len() >= 10);
        assert_eq!(house.run(&["healthcheck"]).code, 0);
        let mode = std::fs::metadata(house.data()).unwrap().permissions();
        assert_eq!(
            std::os::unix::fs::PermissionsExt::mode(&mode) & 0o077,
            0,
            "drafts are in it"
        );
        assert_eq!(serving.stop(), 0);
    }
}

#[test]
fn a_second_program_on_the_same_folder_is_told() {
    let house = Newsroom::on_sqlite();
    let serving = house.serve(&["--no-sample"]);
    let second = house.run(&["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(second.code, 75, "{second:?}");
    assert!(second.err.contains("Another wireroom process"), "{second:?}");
    let restored = house.run(&["backup", "restore", "nowhere"]);
    assert_ne!(restored.code, 0, "{restored:?}");
    assert_eq!(serving.get("/readyz").status, 200);
    let elsewhere = Newsroom::on_sqlite();
    let address = serving.listen_address();
    let taken = elsewhere.run(&["serve", "--listen", &address]);
    assert_eq!(taken.code, 1, "{taken:?}");
    assert!(
        taken.err.contains("--listen") && taken.err.contains(&address),
        "{taken:?}"
    );
}

#[test]
fn a_termination_drains_and_lets_go_of_everything() {
    let house = Newsroom::on_sqlite();
    let serving = house.serve(&["--no-sample"]);
    assert!(house.data().join("wireroom.sock").exists());
    assert_eq!(serving.stop(), 0);
    assert!(!house.data().join("wireroom.sock").exists());
    house.done(&["edition", "list"]);
}

#[test]
fn what_a_newer_version_wrote_is_left_alone() {
    for house in Newsroom::on_each_engine() {
        house.done(&["edition", "add", "--code", "en", "--name", "News"]);
        // What a later version would have done to the same place.
        house.mark_newer();
        for args in [&["edition", "list"][..], &["serve"][..]] {
            let ran = house.run(args);
            assert_eq!(ran.code, 1, "{ran:?}");
            assert!(
                ran.err.contains("newer wireroom") && ran.err.contains("stories_99"),
                "{ran:?}"
            );
        }
    }
}

#[test]
fn a_killed_command_leaves_no_lock_behind() {
    let house = Newsroom::on_sqlite();
    let mut child = house
        .command(&["serve", "--no-sample"])
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_millis(300));
    child.kill().unwrap();
    ended(&mut child);
    house.done(&["edition", "list"]);
}
