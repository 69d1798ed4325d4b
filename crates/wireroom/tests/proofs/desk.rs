//! The desk API in the words of the newsroom.

use crate::wire::{Answer, Client};
use serde_json::{Value, json};
use std::time::{SystemTime, UNIX_EPOCH};

/// A story in section `news` of edition `en`.
pub fn story(headline: &str, body_html: &str) -> Value {
    json!({ "edition": "en", "section": "news", "kind": "news", "headline": headline, "body_html": body_html })
}

/// Makes a story and gives its id.
pub fn make(desk: &mut Client, story: &Value) -> String {
    let answer = desk.call("POST", "/api/v1/desk/stories", story);
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["id"].as_str().expect("an id").to_owned()
}

/// Publishes at once and gives the path of the story's page.
pub fn publish(desk: &mut Client, id: &str) -> String {
    let answer = timed(desk, id, &json!({}));
    assert_eq!(answer.status, 201, "{}", answer.text());
    path_of(answer.json()["url"].as_str().expect("a url"))
}

/// Publishes with a timing.
pub fn timed(desk: &mut Client, id: &str, timing: &Value) -> Answer {
    desk.call("POST", &format!("/api/v1/desk/stories/{id}/publication"), timing)
}

pub fn kill(desk: &mut Client, id: &str, reason: &str) -> Answer {
    desk.call(
        "DELETE",
        &format!("/api/v1/desk/stories/{id}/publication"),
        &json!({ "reason": reason }),
    )
}

/// Makes and publishes; gives id and path.
pub fn publish_new(desk: &mut Client, story: &Value) -> (String, String) {
    let id = make(desk, story);
    let path = publish(desk, &id);
    (id, path)
}

/// The path of an absolute address.
pub fn path_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').map_or("/", |at| &rest[at..]).to_owned()
}

/// So many milliseconds from now, as RFC 3339.
pub fn moment_in(millis: i64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    let at = i64::try_from(now.as_millis()).expect("before the year 292 million") + millis;
    jiff::Timestamp::from_millisecond(at)
        .expect("a moment")
        .to_string()
}

/// Random hexadecimal digits: a canary of 128 bits has 32.
pub fn random_hex(digits: usize) -> String {
    base::clock::random_bytes(digits.div_ceil(2))
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<String>()[..digits]
        .to_owned()
}

/// A small generator whose seed is printed, so that a failing run can be repeated.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.max(1))
    }

    /// The seed of `WIREROOM_SEED`, else a fresh one; printed either way.
    pub fn of_run(what: &str) -> Self {
        let own = || u64::from_str_radix(&random_hex(12), 16).expect("digits");
        let seed = std::env::var("WIREROOM_SEED")
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or_else(own);
        println!("{what}: WIREROOM_SEED={seed}");
        Self::new(seed)
    }

    /// xorshift64*.
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        (self.next() >> 16) % end.max(1)
    }

    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len() as u64) as usize]
    }
}
