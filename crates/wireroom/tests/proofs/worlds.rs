//! E4: two worlds, with and without stories that are not released, are byte-equal from outside.

use crate::crawl;
use crate::desk;
use crate::house::{Engine, House};
use crate::wire::{Answer, Client};
use serde_json::json;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

#[test]
fn the_site_with_embargoed_stories_equals_the_site_without_them() {
    for engine in Engine::each() {
        let mut house = House::serving(engine);
        let token = house.token("owner", "desk");
        let (id, path) = archive(&mut house.client_of(&token));
        let (without, again) = (look(&mut house, &path, &id), look(&mut house, &path, &id));
        assert_eq!(
            first_difference(&without, &again),
            None,
            "the site differs from itself, so this proves nothing"
        );
        hide(&mut house.client_of(&token));
        let with = look(&mut house, &path, &id);
        println!("{}: {} addresses byte-equal", house.engine.name(), with.len());
        assert!(with.len() >= 200, "only {} addresses", with.len());
        assert_eq!(
            first_difference(&without, &with),
            None,
            "the embargoed stories show"
        );
    }
}

/// A public archive long enough for second pages, with a killed and a corrected story in it.
fn archive(desk: &mut Client) -> (String, String) {
    let mut last = (String::new(), String::new());
    for n in 0..45 {
        let mut story = desk::story(
            &format!("Harbour story {n}"),
            &format!("<p>The harbour, part {n}.</p>"),
        );
        story["topics"] = json!(["harbour", format!("pier-{}", n % 5)]);
        story["section"] = (if n % 3 == 0 { "world" } else { "news" }).into();
        last = desk::publish_new(desk, &story);
    }
    let (killed, _) = desk::publish_new(desk, &desk::story("Wrong", "<p>Not so.</p>"));
    assert_eq!(desk::kill(desk, &killed, "It was not so.").status, 204);
    let note = json!({ "kind": "correction", "note": "The pier is longer.", "body_html": "<p>The harbour, longer.</p>" });
    assert_eq!(
        desk.call(
            "POST",
            &format!("/api/v1/desk/stories/{}/corrections", last.0),
            &note
        )
        .status,
        201
    );
    last
}

/// Stories of every kind that is not public: the same headline, topics and section as public ones.
fn hide(desk: &mut Client) {
    for n in 0..30 {
        let mut story = desk::story(
            &format!("Harbour story {n}"),
            &format!("<p>The harbour, part {n}, secret.</p>"),
        );
        story["topics"] = json!(["harbour", "secret-pier"]);
        let id = desk::make(desk, &story);
        if n % 3 > 0 {
            let timing = json!({ "embargo_until": desk::moment_in(3_600_000 * (n + 1)) });
            assert_eq!(desk::timed(desk, &id, &timing).status, 202);
        }
    }
}

/// Every address, rendered by a server that has just started: nothing comes from an earlier look's page store.
fn look(house: &mut House, path: &str, id: &str) -> BTreeMap<String, Answer> {
    house.stop();
    house.start();
    let mut public = house.client();
    // Search follows the journal; the look begins when it has come to its end.
    let end = Instant::now() + Duration::from_secs(30);
    loop {
        let found = public.get("/api/v1/search?q=harbour&edition=en");
        if found.json()["total"].as_u64() == Some(45) {
            break;
        }
        assert!(
            Instant::now() < end,
            "search does not come to the end: {}",
            found.text()
        );
        std::thread::sleep(Duration::from_millis(20));
    }
    let mut seeds = crawl::seeds(&crawl::table(&mut public), &crawl::values(path, id));
    let odd = [
        "/en/topics/secret-pier",
        "/en/topics/secret-pier/feed.rss",
        "/en/search?q=secret",
        "/api/v1/search?q=secret&edition=en",
        "/en/news/?page=2",
        "/en/news/?page=3",
        "/en/topics/harbour?page=3",
        "/api/v1/stories?edition=en&topic=secret-pier",
        "/en/feed.rss?page=2",
        "/en/feed.json?page=3",
        "/sitemap.xml",
        "/api/v1/stories?limit=1&edition=en",
    ];
    seeds.extend(odd.map(str::to_owned));
    crawl::crawl(&mut public, seeds, 500)
}

fn first_difference(one: &BTreeMap<String, Answer>, other: &BTreeMap<String, Answer>) -> Option<String> {
    let (keys, others): (Vec<_>, Vec<_>) = (one.keys().collect(), other.keys().collect());
    if keys != others {
        let odd = keys
            .iter()
            .find(|key| !other.contains_key(**key))
            .or(others.iter().find(|key| !one.contains_key(**key)));
        return Some(format!("{odd:?} is an address in one of them only"));
    }
    keys.into_iter().find_map(|target| {
        let searched = target.contains("search?");
        let (a, b) = if searched {
            (told(&one[target]), told(&other[target]))
        } else {
            (said(&one[target]), said(&other[target]))
        };
        (a != b).then(|| {
            let at = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
            let near = |text: &str| {
                String::from_utf8_lossy(&text.as_bytes()[at.saturating_sub(80)..text.len().min(at + 120)])
                    .into_owned()
            };
            format!("{target}: {:?} and {:?}", near(&a), near(&b))
        })
    })
}

/// Status, headers in their order, and body; without the time of day and the request's own number.
fn said(answer: &Answer) -> String {
    let request = answer.header("x-request-id").unwrap_or("-").to_owned();
    // Text-only pages say when they were made, and so does their ETag.
    let text = answer.text();
    let made_at = text.find("</b></a> <span>").map(|at| &text[at..]);
    let made_at = made_at.map(|rest| rest[..rest.find("</span>").unwrap_or(0)].to_owned());
    // So does the form of registration, for bots that are quicker than people.
    let stamp = text.find("name=\"stamp\" value=\"").map(|at| &text[at..]);
    let stamp = stamp.map(|rest| rest[..rest.find('>').unwrap_or(0)].to_owned());
    let unlike = |name: &str| {
        matches!(name, "date" | "x-request-id")
            || made_at.is_some() && matches!(name, "etag" | "content-length")
    };
    let kept = answer.headers.iter().filter(|(name, _)| !unlike(name));
    let head: Vec<String> = kept.map(|(name, value)| format!("{name}: {value}")).collect();
    format!(
        "{}\n{}\n\n{}",
        answer.status,
        head.join("\n"),
        text.replace(&request, "")
            .replace(made_at.as_deref().unwrap_or("-"), "")
            .replace(stamp.as_deref().unwrap_or("-"), "")
    )
}

/// What a search tells: which stories, and how many. Among equally good ones the order is the index's own, which tidies
/// itself up in the background and so differs from one start to the next in either world.
fn told(answer: &Answer) -> String {
    let text = answer.text().replace("&#x2f;", "/");
    let mut stories: Vec<&str> = text
        .split(['"', ' '])
        .filter(|word| word.contains("/20"))
        .collect();
    stories.sort_unstable();
    stories.dedup();
    format!("{} {} {stories:?}", answer.status, answer.json()["total"])
}
