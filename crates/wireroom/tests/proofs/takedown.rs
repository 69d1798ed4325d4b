//! E6: a killed story is gone from every surface at once, and its address says why.

use crate::crawl;
use crate::desk;
use crate::house::{Engine, House};
use crate::wire::{Answer, Client, Event, Follower};
use serde_json::json;
use std::time::{Duration, Instant};

#[test]
fn a_killed_story_is_gone_everywhere_and_its_address_says_why() {
    for engine in Engine::each() {
        let house = House::serving(engine);
        let token = house.token("owner", "desk");
        let (mut desk, mut public) = (house.client_of(&token), house.client());
        let follower = Follower::start(house.port, "edition=en");
        desk::publish_new(&mut desk, &desk::story("Another", "<p>It stays.</p>"));
        for n in 0..20 {
            one(&house, &mut desk, &mut public, n);
        }
        let killed = || {
            follower
                .seen()
                .iter()
                .filter(|event| event.kind == "story.killed")
                .count()
        };
        let end = Instant::now() + Duration::from_secs(5);
        while killed() < 20 {
            assert!(Instant::now() < end, "{} of 20 kills were told", killed());
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

fn one(house: &House, desk: &mut Client, public: &mut Client, n: usize) {
    let canary = desk::random_hex(32);
    let mut story = desk::story(&format!("Harbour {canary}"), &format!("<p>First {canary}.</p>"));
    story["topics"] = json!(["harbour"]);
    let (id, path) = desk::publish_new(desk, &story);
    let note = json!({ "kind": "correction", "note": format!("Note {canary}"), "body_html": format!("<p>Second {canary}.</p>") });
    assert_eq!(
        desk.call("POST", &format!("/api/v1/desk/stories/{id}/corrections"), &note)
            .status,
        201
    );
    let seeds = crawl::seeds(&crawl::table(public), &crawl::values(&path, &id));
    let before = crawl::crawl(public, seeds.clone(), 80);
    let showing: Vec<&String> = before
        .iter()
        .filter(|(_, answer)| answer.whole().contains(&canary))
        .map(|(target, _)| target)
        .collect();
    assert!(
        showing.len() >= 15,
        "only {} addresses show it: {showing:?}",
        showing.len()
    );
    found(public, &canary, 1);
    let etag = before[&path]
        .header("etag")
        .expect("a page has an ETag")
        .to_owned();
    assert_eq!(desk::kill(desk, &id, &format!("Untrue, number {n}.")).status, 204);
    for target in before.keys().filter(|target| !target.contains("search")) {
        let answer = public.get(target);
        assert!(
            !answer.whole().contains(&canary),
            "{target} still shows it: {}",
            answer.status
        );
    }
    gone(public, &path, &id, &etag, n);
    found(public, &canary, 0);
    let replayed = Follower::start(house.port, &format!("edition=en&after={}", start_of(house)));
    let told = replayed.wait(Duration::from_secs(5), |event| {
        event.kind == "story.killed" && event.data.contains(&id)
    });
    assert!(told.is_some(), "a reader who comes back is not told");
    // The address itself is told, so that a page that is open can say what became of its link.
    let told = |event: &Event| event.data.replace(&path, "").contains(&canary);
    assert!(!replayed.seen().iter().any(told), "a replay brings it back");
}

fn gone(public: &mut Client, path: &str, id: &str, etag: &str, n: usize) {
    let why = format!("Untrue, number {n}.");
    let headers = [("accept", "text/html"), ("if-none-match", etag)];
    for target in [
        path.to_owned(),
        format!("/lite{path}"),
        format!("{path}/versions"),
        format!("/api/v1/stories/{id}"),
    ] {
        let answer = public.send("GET", &target, &headers, None).unwrap();
        assert_eq!(answer.status, 410, "{target}");
        assert!(
            answer.text().contains(&why),
            "{target} does not say why: {}",
            answer.text()
        );
    }
    let card: Answer = public.get(&format!("/cards/{id}-2.png"));
    assert!(
        matches!(card.status, 404 | 410),
        "the card is still there: {}",
        card.status
    );
}

fn found(public: &mut Client, canary: &str, expected: u64) {
    let end = Instant::now() + Duration::from_secs(5);
    loop {
        let answer = public
            .get(&format!("/api/v1/search?edition=en&q={canary}"))
            .json();
        let shown = answer["items"].as_array().map_or(0, Vec::len) as u64;
        if (answer["total"].as_u64(), shown) == (Some(expected), expected) {
            return;
        }
        assert!(Instant::now() < end, "search finds {answer}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// The id that stands before the stream's first record.
fn start_of(house: &House) -> String {
    let follower = Follower::start(house.port, "edition=en");
    let hello = follower
        .wait(Duration::from_secs(5), |_| true)
        .expect("a first event with an id");
    let (stream, _) = hello.id.rsplit_once('-').expect("a position");
    format!("{stream}-0")
}
