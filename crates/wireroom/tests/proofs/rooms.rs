//! S1 and S6 for rooms: through kill -9 no message is missing or double, for whoever writes and whoever follows; and what was
//! changed or taken out is told to nobody any more.

use crate::desk;
use crate::house::{Engine, House};
use crate::wire::{Client, Event, Follower};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const WRITERS: usize = 4;
const FOLLOWERS: usize = 4;
const KILLS: usize = 6;

/// What a writer was told: key, id and number of each message.
type Told = Vec<(String, String, i64)>;

#[test]
fn no_message_is_missing_or_double_through_kill_9() {
    for engine in Engine::each() {
        let mut house = House::serving(engine);
        let (token, room) = (house.token("owner", "desk"), new_room(&house));
        let followers: Vec<Follower> = (0..FOLLOWERS)
            .map(|_| Follower::start(house.port, &format!("room={room}")))
            .collect();
        for follower in &followers {
            assert!(
                follower
                    .wait(Duration::from_secs(20), |event| event.kind == "position")
                    .is_some()
            );
        }
        let stop = AtomicBool::new(false);
        let told: Told = std::thread::scope(|scope| {
            let (port, stop, token, room) = (house.port, &stop, token.as_str(), room.as_str());
            let writers: Vec<_> = (0..WRITERS)
                .map(|number| scope.spawn(move || write(port, token, room, number, stop)))
                .collect();
            for pause in 0..KILLS as u64 {
                std::thread::sleep(Duration::from_millis(150 + 37 * pause));
                house.kill();
                house.start();
            }
            std::thread::sleep(Duration::from_millis(200));
            stop.store(true, Ordering::SeqCst);
            writers
                .into_iter()
                .flat_map(|writer| writer.join().unwrap())
                .collect()
        });
        assert!(
            told.len() > 20,
            "{} messages on {}",
            told.len(),
            house.engine.name()
        );
        judge(&mut house.client_of(&token), &room, &told);
        let head = told.iter().map(|(_, _, seq)| *seq).max().unwrap();
        for follower in &followers {
            let last = |event: &Event| event.json()["seq"] == head;
            assert!(
                follower.wait(Duration::from_secs(20), last).is_some(),
                "{} is told",
                house.engine.name()
            );
            follows(&follower.seen(), &told, head);
        }
    }
}

fn new_room(house: &House) -> String {
    let mut client = house.client_of(&house.token("owner", "desk"));
    desk::publish_new(&mut client, &desk::story("River rises", "<p>It rose.</p>")).0
}

/// Posts until it is told to stop; what was not answered is sent again with its own key.
fn write(port: u16, token: &str, room: &str, number: usize, stop: &AtomicBool) -> Told {
    let (mut told, target) = (Vec::new(), format!("/api/v1/rooms/{room}/messages"));
    for count in 0.. {
        if stop.load(Ordering::SeqCst) {
            break;
        }
        let key = format!("{number}-{count}");
        let body = json!({ "text": format!("message {key}"), "reply_to": null, "idempotency_key": key });
        loop {
            let answer = Client::with_token(port, token).try_call("POST", &target, &body);
            let Some(answer) = answer.ok().filter(|answer| answer.status < 500) else {
                std::thread::sleep(Duration::from_millis(5));
                continue;
            };
            assert_eq!(answer.status, 201, "{}", answer.text());
            let answer = answer.json();
            told.push((
                key,
                answer["id"].as_str().unwrap().to_owned(),
                answer["seq"].as_i64().unwrap(),
            ));
            break;
        }
    }
    told
}

/// Every message stands in the list once, under the id and number that its writer was told.
fn judge(client: &mut Client, room: &str, told: &Told) {
    let mut listed: Vec<Value> = Vec::new();
    let mut before = String::new();
    loop {
        let page = client
            .get(&format!("/api/v1/rooms/{room}/messages?limit=100{before}"))
            .json();
        listed.extend(page["items"].as_array().unwrap().iter().cloned());
        let Some(next) = page["next"].as_str() else { break };
        before = format!("&before={next}");
    }
    let by_text: BTreeMap<String, (String, i64)> = listed
        .iter()
        .map(|item| {
            let id = item["id"].as_str().unwrap().to_owned();
            (
                item["text"].as_str().unwrap().to_owned(),
                (id, item["seq"].as_i64().unwrap()),
            )
        })
        .collect();
    assert_eq!(by_text.len(), listed.len(), "none is double");
    assert_eq!(listed.len(), told.len(), "none is missing, none was made up");
    for (key, id, seq) in told {
        assert_eq!(
            by_text.get(&format!("message {key}")),
            Some(&(id.clone(), *seq)),
            "{key}"
        );
    }
}

/// A follower was told every number once, in order, and every message under its own.
fn follows(seen: &[Event], told: &Told, head: i64) {
    let events: Vec<Value> = seen
        .iter()
        .map(Event::json)
        .filter(|event| event["seq"].is_i64())
        .collect();
    let numbers: Vec<i64> = events
        .iter()
        .map(|event| event["seq"].as_i64().unwrap())
        .collect();
    assert_eq!(
        numbers,
        (1..=head).collect::<Vec<_>>(),
        "no gap, no double, in order"
    );
    assert!(
        !seen.iter().any(|event| event.kind == "reset"),
        "nobody had to begin again"
    );
    let ids: BTreeSet<(&str, i64)> = events
        .iter()
        .filter_map(|event| {
            Some((
                event["message"]["id"].as_str()?,
                event["message"]["seq"].as_i64()?,
            ))
        })
        .collect();
    for (key, id, seq) in told {
        assert!(ids.contains(&(id.as_str(), *seq)), "{key} was told");
    }
}

#[test]
fn what_was_changed_or_taken_out_is_never_told_again() {
    const CANARY: &str = "kwqzvbtrn7canary";
    for engine in Engine::each() {
        let mut house = House::serving(engine);
        let (token, room) = (house.token("owner", "desk"), new_room(&house));
        let mut client = house.client_of(&token);
        let target = format!("/api/v1/rooms/{room}/messages");
        let first = Follower::start(house.port, &format!("room={room}"));
        let opened = first
            .wait(Duration::from_secs(20), |event| event.kind == "position")
            .unwrap();
        let mut post = |text: &str| {
            client.call("POST", &target, &json!({ "text": text })).json()["id"]
                .as_str()
                .unwrap()
                .to_owned()
        };
        let (changed, removed) = (post(&format!("{CANARY} one")), post(&format!("{CANARY} two")));
        let last = post("the last one");
        assert!(
            first
                .wait(Duration::from_secs(10), |event| event.data.contains(CANARY))
                .is_some(),
            "the subject exists"
        );
        let edited = client.call(
            "PATCH",
            &format!("{target}/{changed}"),
            &json!({ "text": "better" }),
        );
        assert_eq!(edited.status, 200, "{}", edited.text());
        let taken = client.call("DELETE", &format!("{target}/{removed}"), &Value::Null);
        assert_eq!(taken.status, 204, "{}", taken.text());
        for restarted in [false, true] {
            if restarted {
                house.kill();
                house.start();
            }
            let again = Follower::start(house.port, &format!("room={room}&after={}", opened.id));
            let end = |event: &Event| event.kind == "message.removed";
            assert!(
                again.wait(Duration::from_secs(20), end).is_some(),
                "the replay reaches its end"
            );
            let told = again.seen();
            assert!(
                told.iter().any(|event| event.data.contains(last.as_str())),
                "the subject exists"
            );
            assert!(!told.iter().any(|event| event.data.contains(CANARY)), "{told:?}");
        }
        let mut client = house.client_of(&token);
        let path = client.get(&format!("/api/v1/rooms/{room}")).json()["url"]
            .as_str()
            .unwrap()
            .to_owned();
        for page in [
            target,
            path,
            format!("/api/v1/rooms/{room}/feed.json"),
            "/api/v1/rooms?edition=en".to_owned(),
        ] {
            assert!(!client.get(&page).text().contains(CANARY), "{page}");
        }
    }
}
