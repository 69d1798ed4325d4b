//! E1, E2, E3: nothing of a story that is not released can be found, is sent, or can be guessed.

use crate::crawl;
use crate::desk::{self, Chance};
use crate::house::{Engine, House};
use crate::wire::{Answer, Client, Follower};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// How a story is kept from the public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    Embargoed,
    Scheduled,
    Draft,
    Held,
    Spiked,
    /// A later version of a public story, saved and not yet published.
    Reworked,
}

const STATES: [Kept; 6] = [
    Kept::Embargoed,
    Kept::Scheduled,
    Kept::Draft,
    Kept::Held,
    Kept::Spiked,
    Kept::Reworked,
];

/// A story with a canary in every field.
struct Secret {
    id: String,
    kept: Kept,
    /// In what readers see once it is released.
    open: Vec<String>,
    /// In what no reader ever sees.
    closed: Vec<String>,
}

impl Secret {
    fn all(&self) -> impl Iterator<Item = &String> {
        self.open.iter().chain(&self.closed)
    }
}

#[test]
fn nothing_unreleased_is_found_sent_or_guessed() {
    for engine in Engine::each() {
        let house = House::serving(engine);
        let token = house.token("owner", "desk");
        let (mut desk, mut public) = (house.client_of(&token), house.client());
        let mut known = desk::story("Harbour opens", "<p>The harbour opened today.</p>");
        known["topics"] = json!(["harbour"]);
        let (id, path) = desk::publish_new(&mut desk, &known);
        let follower = Follower::start(house.port, "edition=en");
        let secrets: Vec<Secret> = (0..20)
            .map(|n| Secret::keep(&mut desk, STATES[n % STATES.len()]))
            .collect();
        let seeds = crawl::seeds(&crawl::table(&mut public), &crawl::values(&path, &id));
        let count = nothing_is_found(&mut public, &seeds, &secrets);
        let guesses = nothing_is_guessed(&house, &path, &id, &secrets);
        nothing_was_sent(&follower, &secrets);
        println!(
            "{}: {count} answers and {guesses} guesses without a canary",
            house.engine.name()
        );
        assert!(count > 200, "only {count} answers were looked at");
        everything_is_out_after_its_time(&house, &mut desk, &seeds, &secrets, &follower);
    }
}

impl Secret {
    fn keep(desk: &mut Client, kept: Kept) -> Self {
        let mut canaries: Vec<String> = (0..16).map(|_| desk::random_hex(32)).collect();
        let words = canaries.clone();
        let [
            headline,
            kicker,
            standfirst,
            dateline,
            byline,
            agency,
            topic,
            body,
            alt,
            caption,
            source,
            text,
        ] = &words[..12]
        else {
            unreachable!("sixteen canaries")
        };
        let story = json!({
            "edition": "en", "section": "news", "kind": "news", "language": "en", "headline": headline, "kicker": kicker,
            "standfirst": standfirst, "dateline": dateline, "byline": byline, "agency": agency, "topics": [topic],
            "body_html": format!("<p>{body}</p><h2>{alt}</h2><blockquote>{caption}</blockquote>"),
            "slugline": words[12], "external_id": words[13],
            "sources": [{ "name": source, "kind": "official", "text": text },
                { "name": words[14], "kind": "anonymous", "confidential": true, "chain": words[15], "text": "seen" }],
        });
        let id = match kept {
            Kept::Reworked => Self::rework(desk, &story),
            _ => desk::make(desk, &story),
        };
        let soon = desk::moment_in(3_600_000);
        let status = match kept {
            Kept::Embargoed => desk::timed(desk, &id, &json!({ "embargo_until": soon })).status,
            Kept::Scheduled => desk::timed(desk, &id, &json!({ "publish_at": soon })).status,
            Kept::Held => act(desk, &id, "hold"),
            Kept::Spiked => act(desk, &id, "spike"),
            Kept::Draft | Kept::Reworked => 200,
        };
        assert!((200..300).contains(&status), "{kept:?}: {status}");
        let closed = canaries.split_off(12);
        Self {
            id,
            kept,
            open: canaries,
            closed,
        }
    }

    fn rework(desk: &mut Client, story: &Value) -> String {
        let (id, _) = desk::publish_new(
            desk,
            &desk::story("A public headline", "<p>A public text of the harbour.</p>"),
        );
        let body = story.to_string();
        let headers = [("content-type", "application/json"), ("if-match", "*")];
        let answer = desk
            .send(
                "PUT",
                &format!("/api/v1/desk/stories/{id}"),
                &headers,
                Some(body.as_bytes()),
            )
            .unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text());
        id
    }
}

fn act(desk: &mut Client, id: &str, what: &str) -> u16 {
    desk.call("POST", &format!("/api/v1/desk/stories/{id}/{what}"), &json!({}))
        .status
}

/// All addresses × methods × what a client says it accepts; and the search for each canary.
fn nothing_is_found(public: &mut Client, seeds: &[String], secrets: &[Secret]) -> usize {
    let mut all = crawl::crawl(public, seeds.to_vec(), 400)
        .into_iter()
        .collect::<Vec<_>>();
    let targets: Vec<String> = all.iter().map(|(target, _)| target.clone()).collect();
    for target in &targets {
        for (method, accept) in [
            ("HEAD", "*/*"),
            ("OPTIONS", "*/*"),
            ("POST", "application/json"),
            ("GET", "text/html"),
            ("DELETE", "*/*"),
        ] {
            let answer = public.send(method, target, &[("accept", accept)], None).unwrap();
            all.push((format!("{method} {target}"), answer));
        }
    }
    for secret in secrets {
        for canary in secret.all() {
            let target = format!("/api/v1/search?edition=en&q={canary}");
            let answer = public.get(&target);
            assert_eq!(answer.json()["total"], 0, "{:?}: found by {canary}", secret.kept);
            let slug = format!("/en/topics/{canary}");
            all.push((slug.clone(), without(&public.get(&slug), canary)));
        }
    }
    for (target, answer) in &all {
        let whole = answer.whole();
        for secret in secrets {
            let leaked = secret.all().find(|canary| whole.contains(*canary));
            assert!(
                leaked.is_none(),
                "{target} shows {leaked:?} of a story that is {:?}",
                secret.kept
            );
            let named = whole.contains(&secret.id) && secret.kept != Kept::Reworked;
            assert!(
                !named,
                "{target} names the id of a story that is {:?}",
                secret.kept
            );
        }
    }
    all.len()
}

/// The answer without the word that was asked for itself, which an error page may repeat in an address.
fn without(answer: &Answer, word: &str) -> Answer {
    assert_eq!(answer.status, 404, "{}", answer.text());
    let text = answer.text().replace(word, "");
    Answer {
        body: text.into_bytes(),
        ..answer.clone()
    }
}

/// E3: patterns of the archive tried on the true ids, and ten thousand guesses.
fn nothing_is_guessed(house: &House, path: &str, id: &str, secrets: &[Secret]) -> usize {
    let mut public = house.client();
    let mut chance = Chance::of_run("guesses");
    let places = |story: &str| {
        let base = path.replace(id, story);
        vec![
            base.clone(),
            format!("{base}/versions"),
            format!("/lite{base}"),
            format!("/cards/{story}-1.png"),
            format!("/api/v1/stories/{story}"),
            format!("/api/v1/live?live={story}"),
            format!("/desk/stories/{story}"),
        ]
    };
    // A true id must be answered like one that is none: the same status, headers and bytes.
    for secret in secrets.iter().filter(|secret| secret.kept != Kept::Reworked) {
        let none = "zzzzzzzzzzzz";
        for (real, false_) in places(&secret.id).iter().zip(places(none)) {
            let (one, other) = (
                plain(&public.get(real), &secret.id),
                plain(&public.get(&false_), none),
            );
            assert_eq!(one, other, "{real} tells that the story is {:?}", secret.kept);
        }
    }
    let alphabet: Vec<char> = ('a'..='z').chain('2'..='7').collect();
    for n in 0..10_000 {
        let mut guess: Vec<char> = id.chars().collect();
        let changed = if n % 2 == 0 { 1 } else { guess.len() };
        for _ in 0..changed {
            let at = if changed == 1 {
                chance.below(12) as usize
            } else {
                guess.len() - 1
            };
            guess.rotate_right(usize::from(changed > 1));
            guess[at] = *chance.pick(&alphabet);
        }
        let guess: String = guess.into_iter().collect();
        let answer = public.get(&format!("/api/v1/stories/{guess}"));
        assert!(
            answer.status == 404 || guess == id,
            "{guess} was hit: {}",
            answer.text()
        );
    }
    10_000
}

/// What an answer says, without what is new in every answer and the id itself.
fn plain(answer: &Answer, id: &str) -> String {
    let unlike = ["date", "x-request-id"];
    let request = answer.header("x-request-id").unwrap_or_default().to_owned();
    let kept = answer
        .headers
        .iter()
        .filter(|(name, _)| !unlike.contains(&name.as_str()));
    let head: BTreeMap<_, _> = kept.cloned().collect();
    format!(
        "{} {head:?} {}",
        answer.status,
        answer.text().replace(&request, "").replace(id, "ID")
    )
}

/// E2: every byte that leaves unasked goes over the live stream.
fn nothing_was_sent(follower: &Follower, secrets: &[Secret]) {
    for event in follower.seen() {
        let leaked = secrets
            .iter()
            .flat_map(Secret::all)
            .find(|canary| event.data.contains(*canary));
        assert!(leaked.is_none(), "{} tells {leaked:?}", event.data);
    }
}

fn everything_is_out_after_its_time(
    house: &House,
    desk: &mut Client,
    seeds: &[String],
    secrets: &[Secret],
    follower: &Follower,
) {
    let mut public = house.client();
    let released: Vec<&Secret> = secrets
        .iter()
        .filter(|secret| matches!(secret.kept, Kept::Embargoed | Kept::Scheduled))
        .collect();
    let soon = desk::moment_in(1_500);
    for secret in &released {
        assert_eq!(
            desk::timed(desk, &secret.id, &json!({ "embargo_until": soon })).status,
            202
        );
    }
    let end = Instant::now() + Duration::from_secs(20);
    for secret in &released {
        let target = format!("/api/v1/stories/{}", secret.id);
        while public.get(&target).status != 200 {
            assert!(Instant::now() < end, "{} is not out", secret.id);
            std::thread::sleep(Duration::from_millis(20));
        }
        let told = follower.wait(Duration::from_secs(5), |event| {
            event.data.contains(&secret.open[0])
        });
        assert!(told.is_some(), "the live stream did not tell of {}", secret.id);
        let found = || {
            house
                .client()
                .get(&format!("/api/v1/search?edition=en&q={}", secret.open[7]))
                .json()["total"]
                == 1
        };
        while !found() {
            assert!(Instant::now() < end, "search does not find {}", secret.id);
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    let all: String = crawl::crawl(&mut public, seeds.to_vec(), 600)
        .values()
        .map(Answer::whole)
        .collect();
    for secret in secrets {
        let out = released.iter().any(|one| one.id == secret.id);
        for canary in &secret.open {
            assert_eq!(
                all.contains(canary),
                out,
                "{:?}: canary {:?}",
                secret.kept,
                secret.open.iter().position(|one| one == canary)
            );
        }
        assert!(
            secret.closed.iter().all(|canary| !all.contains(canary)),
            "what no reader may see is out: {:?}",
            secret.kept
        );
    }
    for place in [
        "/en/",
        "/en/news/",
        "/en/feed.rss",
        "/en/news/feed.atom",
        "/sitemap-news.xml",
        "/en/newsfeed",
        "/lite/en/",
    ] {
        let text = public.get(place).text();
        assert!(
            released.iter().any(|secret| text.contains(&secret.open[0])),
            "{place} shows none of what is out"
        );
    }
}
