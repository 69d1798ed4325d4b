//! D1 and D4: what was acknowledged survives kill -9, and what any reader saw was durable before they saw it.

use crate::desk::{self, Chance};
use crate::house::{Engine, House};
use crate::judge::{self, Act, Outcome, Record, Sighting, Standing, State, World};
use crate::ledger::Ledger;
use crate::wire::{Client, Event, Follower};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const WRITERS: u64 = 4;

#[test]
fn what_was_acknowledged_or_seen_survives_kill_9_on_sqlite() {
    campaign(Engine::Sqlite, kills(110));
}

#[test]
fn what_was_acknowledged_or_seen_survives_kill_9_on_postgres() {
    if let Some(engine) = Engine::postgres() {
        campaign(engine, kills(40));
    }
}

/// `WIREROOM_KILLS` makes a campaign of it.
fn kills(own: usize) -> usize {
    std::env::var("WIREROOM_KILLS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(own)
}

fn campaign(engine: Engine, kills: usize) {
    let mut chance = Chance::of_run(engine.name());
    let mut house = House::new(engine);
    house.start();
    let token = house.token("owner", "desk");
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::new(&folder.path().join("ledger"));
    let mut writers: Vec<Writer> = (0..WRITERS).map(|_| Writer::new(chance.next())).collect();
    let (follower, watcher) = (
        Follower::start(house.port, "edition=en"),
        Watcher::start(house.port),
    );
    for _ in 0..kills {
        let (port, pause) = (house.port, Duration::from_micros(10_000 + chance.below(250_000)));
        std::thread::scope(|scope| {
            for writer in &mut writers {
                let (ledger, token) = (&ledger, token.as_str());
                scope.spawn(move || writer.work(&mut Client::with_token(port, token), ledger));
            }
            std::thread::sleep(pause);
            house.kill();
        });
        house.start();
    }
    let seen = follower.seen();
    drop(follower);
    let history = ledger.history();
    let world = world(&mut house.client_of(&token), &house, &seen);
    let mut sightings = watcher.end();
    sightings.extend(seen.iter().filter_map(sighted));
    let acknowledged = history.iter().filter(|deed| deed.outcome == Outcome::Ok).count();
    println!(
        "{}: {kills} kills, {} acts, {acknowledged} acknowledged, {} sightings",
        house.engine.name(),
        history.len(),
        sightings.len()
    );
    let faults = judge::judge(&history, &world, &sightings);
    assert!(
        faults.is_empty(),
        "{} faults, the first: {:#?}",
        faults.len(),
        &faults[..faults.len().min(5)]
    );
    assert!(
        acknowledged > kills && sightings.len() > kills,
        "the run did too little to prove anything"
    );
    let refused = history.iter().find(|deed| deed.outcome == Outcome::Refused);
    assert!(refused.is_none(), "refused without a reason: {refused:?}");
}

/// One client at the desk. It never touches a story again whose state it does not know.
struct Writer {
    chance: Chance,
    /// Id, key and state of its stories.
    stories: Vec<(String, String, State)>,
}

impl Writer {
    fn new(seed: u64) -> Self {
        Self {
            chance: Chance::new(seed),
            stories: Vec::new(),
        }
    }

    /// Works until the server is gone.
    fn work(&mut self, desk: &mut Client, ledger: &Ledger) {
        while self.turn(desk, ledger).is_some() {}
    }

    fn turn(&mut self, desk: &mut Client, ledger: &Ledger) -> Option<()> {
        let dice = self.chance.below(10);
        if dice == 0 {
            let key = format!("key-{}", desk::random_hex(16));
            let body = json!({ "edition": "en", "headline": key });
            return ask(
                desk,
                ledger,
                &Act::Flash { key },
                "POST",
                "/api/v1/desk/flashes",
                &body,
            )
            .map(|_| ());
        }
        if dice < 4 || self.stories.is_empty() {
            return self.make(desk, ledger);
        }
        let at = self.chance.below(self.stories.len() as u64) as usize;
        let (id, story, state) = self.stories.swap_remove(at);
        let publication = format!("/api/v1/desk/stories/{id}/publication");
        let (act, method, target, body, next) = match state {
            State::Draft => (
                Act::Publish { story: story.clone() },
                "POST",
                publication,
                json!({}),
                State::Published,
            ),
            _ if dice < 8 => {
                let (text, note) = (text(), format!("key-{}", desk::random_hex(16)));
                let body = json!({ "kind": "correction", "note": note, "body_html": html(&text) });
                let act = Act::Correct {
                    story: story.clone(),
                    text,
                    note,
                };
                (
                    act,
                    "POST",
                    format!("/api/v1/desk/stories/{id}/corrections"),
                    body,
                    State::Published,
                )
            }
            _ => (
                Act::Kill { story: story.clone() },
                "DELETE",
                publication,
                json!({ "reason": "untrue" }),
                State::Killed,
            ),
        };
        ask(desk, ledger, &act, method, &target, &body)?;
        if next != State::Killed {
            self.stories.push((id, story, next));
        }
        Some(())
    }

    fn make(&mut self, desk: &mut Client, ledger: &Ledger) -> Option<()> {
        let (story, text) = (format!("key-{}", desk::random_hex(16)), text());
        let mut body = desk::story(&story, &html(&text));
        body["external_id"] = story.clone().into();
        let act = Act::Make {
            story: story.clone(),
            text,
        };
        let answer = ask(desk, ledger, &act, "POST", "/api/v1/desk/stories", &body)?;
        self.stories
            .push((answer["id"].as_str()?.to_owned(), story, State::Draft));
        Some(())
    }
}

/// Asks, and notes both. `None` when the answer was lost, or was a refusal, which these acts give no cause for.
fn ask(
    desk: &mut Client,
    ledger: &Ledger,
    act: &Act,
    method: &str,
    target: &str,
    body: &Value,
) -> Option<Value> {
    let number = ledger.ask(act);
    let answer = desk.try_call(method, target, body);
    let outcome = match &answer {
        Ok(answer) if (200..300).contains(&answer.status) => Outcome::Ok,
        Ok(answer) if (400..500).contains(&answer.status) => Outcome::Refused,
        _ => Outcome::Unknown,
    };
    ledger.told(number, outcome);
    answer
        .ok()
        .filter(|_| outcome == Outcome::Ok)
        .map(|answer| answer.json())
}

/// A text's name, from which the whole text follows.
fn text() -> String {
    format!("text-{}", desk::random_hex(32))
}

/// The whole text: some kilobytes, so that a torn one is seen.
fn paragraphs(text: &str) -> Vec<String> {
    (0..12)
        .map(|n| format!("{text} {n} {}", text.repeat(4)))
        .collect()
}

fn html(text: &str) -> String {
    paragraphs(text)
        .iter()
        .map(|paragraph| format!("<p>{paragraph}</p>"))
        .collect()
}

/// The name of the text that a body has; the body itself when it is not whole.
fn named(body_html: &str) -> String {
    let plain: Vec<&str> = body_html.split(['<', '>']).skip(2).step_by(4).collect();
    let found = word(body_html, "text-").unwrap_or_default();
    if plain == paragraphs(&found) {
        found
    } else {
        format!("damaged {body_html}")
    }
}

fn word(text: &str, begin: &str) -> Option<String> {
    let from = &text[text.find(begin)?..];
    let digits = from[begin.len()..]
        .bytes()
        .take_while(u8::is_ascii_hexdigit)
        .count();
    Some(from[..begin.len() + digits].to_owned())
}

/// A reader of pages and of the API, who notes all they see.
struct Watcher {
    seen: Arc<Mutex<Vec<Sighting>>>,
    stop: Arc<AtomicBool>,
    thread: std::thread::JoinHandle<()>,
}

impl Watcher {
    fn start(port: u16) -> Self {
        let (seen, stop) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (log, end) = (seen.clone(), stop.clone());
        let thread = std::thread::spawn(move || {
            let mut client = Client::new(port);
            while !end.load(Ordering::SeqCst) {
                if let Ok(found) = look(&mut client) {
                    log.lock().unwrap().extend(found);
                }
                std::thread::sleep(Duration::from_millis(3));
            }
        });
        Self { seen, stop, thread }
    }

    fn end(self) -> Vec<Sighting> {
        self.stop.store(true, Ordering::SeqCst);
        self.thread.join().expect("the watcher");
        std::mem::take(&mut *self.seen.lock().unwrap())
    }
}

fn look(client: &mut Client) -> std::io::Result<Vec<Sighting>> {
    let mut found = Vec::new();
    let page = client.send("GET", "/en/news/", &[], None)?.text();
    let listed = page
        .match_indices("key-")
        .filter_map(|(at, _)| word(&page[at..], "key-"));
    found.extend(listed.map(|story| Sighting::Listed { story }));
    let list = client
        .send("GET", "/api/v1/stories?edition=en&limit=3", &[], None)?
        .json();
    for item in list["items"].as_array().into_iter().flatten() {
        let id = item["id"].as_str().unwrap_or_default();
        let answer = client.send("GET", &format!("/api/v1/stories/{id}"), &[], None)?;
        if answer.status == 200 {
            found.push(read(&answer.json()));
        }
    }
    Ok(found)
}

fn read(item: &Value) -> Sighting {
    Sighting::Read {
        story: item["headline"].as_str().unwrap_or_default().to_owned(),
        version: item["version"].as_i64().unwrap_or_default(),
        text: named(item["body_html"].as_str().unwrap_or_default()),
    }
}

fn sighted(event: &Event) -> Option<Sighting> {
    let (seq, record) = record(event)?;
    Some(Sighting::Record { seq, record })
}

/// What a record is about stays when its text has been replaced by a later one.
fn record(event: &Event) -> Option<(i64, Record)> {
    let data = event.json();
    let about = data["subject"]
        .as_str()
        .or(data["story"]["id"].as_str())
        .or(data["id"].as_str());
    Some((
        data["seq"].as_i64()?,
        (event.kind.clone(), about.unwrap_or_default().to_owned()),
    ))
}

/// Reads everything back.
fn world(desk: &mut Client, house: &House, seen: &[Event]) -> World {
    let mut public = house.client();
    let stories = pages(desk, "/api/v1/desk/stories?limit=100")
        .iter()
        .map(|item| standing(item, &mut public))
        .collect();
    let feed = pages(&mut public, "/api/v1/newsfeed?edition=en&limit=100");
    let flashes = feed.iter().filter(|item| item["kind"] == "flash");
    let flashes = flashes
        .map(|item| item["headline"].as_str().unwrap_or_default().to_owned())
        .collect();
    World {
        stories,
        flashes,
        records: replay(house.port, seen),
    }
}

fn pages(client: &mut Client, list: &str) -> Vec<Value> {
    let (mut items, mut cursor) = (Vec::new(), String::new());
    loop {
        let answer = client.get(&format!("{list}{cursor}"));
        assert_eq!(answer.status, 200, "{}", answer.text());
        let page = answer.json();
        items.extend(page["items"].as_array().cloned().unwrap_or_default());
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return items,
        }
    }
}

fn standing(item: &Value, public: &mut Client) -> (String, Standing) {
    let text_of = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (id, key) = (text_of(&item["id"]), text_of(&item["external_id"]));
    let draft = word(&item["body"].to_string(), "text-").unwrap_or_default();
    let state = match item["state"].as_str() {
        Some("published") => State::Published,
        Some("killed") => State::Killed,
        _ => State::Draft,
    };
    let answer = public.get(&format!("/api/v1/stories/{id}"));
    let expected = [(State::Draft, 404), (State::Published, 200), (State::Killed, 410)];
    assert!(
        expected.contains(&(state, answer.status)),
        "{key} is {state:?} at the desk, {} in public",
        answer.status
    );
    if state != State::Published {
        return (
            key,
            Standing {
                state,
                text: draft,
                notes: Vec::new(),
                version: 0,
            },
        );
    }
    let story = answer.json();
    let corrections = story["corrections"].as_array().into_iter().flatten();
    let mut notes: Vec<String> = corrections
        .map(|correction| text_of(&correction["note"]))
        .collect();
    notes.reverse();
    let text = named(&text_of(&story["body_html"]));
    let text = if text == draft {
        text
    } else {
        format!("{text} in public, {draft} at the desk")
    };
    (
        key,
        Standing {
            state,
            text,
            notes,
            version: story["version"].as_i64().unwrap_or_default(),
        },
    )
}

/// The whole stream from its first record, by an id of this stream set back to nothing.
fn replay(port: u16, seen: &[Event]) -> BTreeMap<i64, Record> {
    let last = seen.last().expect("the follower saw something");
    let (stream, seq) = last.id.rsplit_once('-').expect("a position");
    let follower = Follower::start(port, &format!("edition=en&after={stream}-0"));
    let seq: i64 = seq.parse().expect("a number");
    assert!(seq > 0, "nothing was published");
    let patience = Duration::from_secs(30);
    let back = follower.wait(patience, |event| event.json()["seq"].as_i64() >= Some(seq));
    assert!(
        back.is_some(),
        "the stream ends before record {seq}: {:?}",
        follower.seen().last()
    );
    std::thread::sleep(Duration::from_millis(200));
    follower.seen().iter().filter_map(record).collect()
}
