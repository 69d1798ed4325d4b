//! Bad input to the API: a clear refusal that names the place, never a fault of ours, and nothing stored.

use crate::crawl;
use crate::desk::{self, Chance};
use crate::house::{Engine, House};
use crate::wire::{Answer, Client};
use serde_json::{Value, json};

const MUTATIONS: usize = 1_000;

#[test]
fn what_is_malformed_is_refused_with_a_code_and_stores_nothing() {
    for engine in Engine::each() {
        let mut house = House::serving(engine);
        let token = house.token("owner", "desk");
        let mut desk = house.client_of(&token);
        let (id, _) = desk::publish_new(&mut desk, &desk::story("Input", "<p>Well formed.</p>"));
        let mut chance = Chance::of_run("input");
        let routes = targets(&id);
        let (mut refused, mut taken) = (0, 0);
        for n in 0..MUTATIONS {
            let (method, target, body) = chance.pick(&routes).clone();
            let bytes = mutated(&body, &mut chance);
            let before = count(&mut desk);
            let headers = [("content-type", "application/json"), ("if-match", "*")];
            let answer = desk
                .send(method, &target, &headers, Some(&bytes))
                .unwrap_or_else(|error| {
                    panic!(
                        "mutation {n} of {method} {target} ended the connection ({error}): {:?}",
                        String::from_utf8_lossy(&bytes)
                    )
                });
            let sent = || {
                format!(
                    "mutation {n} of {method} {target}: {:.300}",
                    String::from_utf8_lossy(&bytes)
                )
            };
            match answer.status {
                200..300 => taken += 1,
                400..500 => {
                    refused += 1;
                    understood(&answer, &sent());
                    assert_eq!(count(&mut desk), before, "refused and stored: {}", sent());
                }
                status => panic!("{status} {} for {}", answer.text(), sent()),
            }
        }
        println!("{}: {refused} refused, {taken} taken", house.engine.name());
        assert!(refused > MUTATIONS / 3, "only {refused} were refused");
        everything_can_be_read(&mut house, &mut desk);
    }
}

/// A problem document: a stable code, words, and the field where there is one.
fn understood(answer: &Answer, sent: &str) {
    let problem = answer.json();
    assert_eq!(
        answer.header("content-type"),
        Some("application/problem+json"),
        "{sent}"
    );
    assert!(
        problem["code"].as_str().is_some_and(is_code),
        "{problem} for {sent}"
    );
    assert_eq!(problem["status"], answer.status);
    assert!(
        problem["detail"]
            .as_str()
            .is_some_and(|detail| !detail.is_empty()),
        "{problem} for {sent}"
    );
}

fn is_code(code: &str) -> bool {
    !code.is_empty()
        && code
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'.' | b'_'))
}

fn targets(id: &str) -> Vec<(&'static str, String, Value)> {
    let story = format!("/api/v1/desk/stories/{id}");
    let whole = json!({
        "edition": "en", "section": "news", "kind": "news", "headline": "A headline", "kicker": "Kicker", "standfirst": "S",
        "slugline": "slug", "dateline": "Lorne", "byline": "By us", "authors": ["a-writer"], "agency": "AG", "topics": ["harbour"],
        "language": "en", "body": { "blocks": [{ "id": "b1", "type": "paragraph", "text": [{ "text": "Words." }] }] },
        "sources": [{ "name": "N", "kind": "official", "confidential": false, "chain": "", "text": "T" }], "level": "routine",
        "storyline": "line", "translations": "group", "closed": false,
    });
    vec![
        ("POST", "/api/v1/desk/stories".into(), whole.clone()),
        (
            "POST",
            "/api/v1/desk/stories".into(),
            desk::story("Headline", "<p>Body</p>"),
        ),
        ("PUT", story.clone(), whole),
        (
            "POST",
            format!("{story}/corrections"),
            json!({ "kind": "correction", "note": "Note", "body_html": "<p>New</p>" }),
        ),
        (
            "POST",
            format!("{story}/publication"),
            json!({ "publish_at": "2026-01-01T00:00:00Z", "embargo_until": null }),
        ),
        (
            "POST",
            "/api/v1/desk/flashes".into(),
            json!({ "edition": "en", "headline": "Flash", "level": "flash", "story": null }),
        ),
        (
            "DELETE",
            format!("/api/v1/desk/stories/zzzzzzzzzzzz/publication"),
            json!({ "reason": "Untrue." }),
        ),
    ]
}

/// One thing wrong with a body that was right.
fn mutated(body: &Value, chance: &mut Chance) -> Vec<u8> {
    let mut value = body.clone();
    let text = body.to_string();
    match chance.below(10) {
        0..6 => {
            let place = places(&value);
            let place = chance.pick(&place).clone();
            if let Some(spot) = value.pointer_mut(&place) {
                let raw = hostile(chance);
                *spot = "PUT IT HERE".into();
                return value.to_string().replace("\"PUT IT HERE\"", &raw).into_bytes();
            }
            value.to_string().into_bytes()
        }
        6 => {
            let odd = [
                "constructor",
                "__proto__",
                "id",
                "state",
                "public_version",
                "",
                "headline\u{0}",
                "edition ",
            ];
            value[*chance.pick(&odd)] = json!({ "x": 1 });
            value.to_string().into_bytes()
        }
        7 => text.as_bytes()[..chance.below(text.len() as u64) as usize].to_vec(),
        8 => {
            let mut bytes = text.into_bytes();
            let at = chance.below(bytes.len() as u64) as usize;
            bytes[at] = (chance.next() & 0xFF) as u8;
            bytes
        }
        _ => {
            let extras: [&[u8]; 6] = [b"{}", b"\xEF\xBB\xBF", b"\0", b"//", b"]", b"\xFF"];
            [text.as_bytes(), *chance.pick(&extras)].concat()
        }
    }
}

/// JSON pointers of everything in a value.
fn places(value: &Value) -> Vec<String> {
    let mut all = vec![String::new()];
    let children: Vec<(String, &Value)> = match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, inner)| (name.clone(), inner))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(n, inner)| (n.to_string(), inner))
            .collect(),
        _ => Vec::new(),
    };
    for (name, inner) in children {
        all.extend(places(inner).into_iter().map(|rest| format!("/{name}{rest}")));
    }
    all
}

/// JSON texts that some program somewhere has stumbled over.
fn hostile(chance: &mut Chance) -> String {
    let deep = |count: usize| "[".repeat(count) + &"]".repeat(count);
    let quoted = |text: &str| Value::from(text).to_string();
    let all = [
        "null".into(),
        "true".into(),
        "-1".into(),
        "1e999".into(),
        "9223372036854775808".into(),
        "0.1".into(),
        "[]".into(),
        "{}".into(),
        "\"\"".into(),
        "\" \"".into(),
        "\"\\u0000\"".into(),
        "\"a\\u0000b\"".into(),
        "\"\\ud800\"".into(),
        "\"\\udc00\\ud800\"".into(),
        "\"\\ud83d\\ude00\"".into(),
        "\"\\u001b[31m\"".into(),
        "\"\\r\\nSet-Cookie: a=b\"".into(),
        "\"\\u202e\\u2066txt.exe\"".into(),
        "\"\\ufffe\\uffff\"".into(),
        "\"\\u0085\\u2028\\u2029\"".into(),
        "\"\\u007f\"".into(),
        "\"\\ufeff\"".into(),
        deep(100),
        deep(5_000),
        "{\"a\":".repeat(2_000) + "1" + &"}".repeat(2_000),
        quoted(&"x".repeat(70_000)),
        quoted(&"é".repeat(4_001)),
        quoted(&"\u{300}".repeat(2_000)),
        quoted("../../etc/passwd"),
        quoted("' OR 1=1 --"),
        quoted("en\u{0}"),
        quoted("<script>alert(1)</script>"),
        quoted("]]>"),
        quoted("{{ 7*7 }}"),
        quoted("%s%n"),
        quoted("9999-99-99T99:99:99Z"),
        quoted("-9999-01-01T00:00:00Z"),
        quoted("+292278994-08-17T07:12:55Z"),
        quoted("EN"),
        quoted("zz"),
        "{\"headline\":\"a\",\"headline\":\"b\"}".into(),
        "NaN".into(),
        "'x'".into(),
        "[1,]".into(),
    ];
    chance.pick(&all).clone()
}

fn count(desk: &mut Client) -> usize {
    let page = desk.get("/api/v1/desk/stories?limit=100").json();
    let items = page["items"].as_array().map_or(0, Vec::len);
    // The newest change is what a store would move; its time and the first page's size tell of any.
    items * 1_000_000 + page["items"][0]["version"].as_u64().unwrap_or(0) as usize
}

/// What was taken can be published, and every page and feed with it is well formed.
fn everything_can_be_read(house: &mut House, desk: &mut Client) {
    let mut published = 0;
    let items = desk.get("/api/v1/desk/stories?limit=100").json();
    for item in items["items"].as_array().expect("items") {
        let id = item["id"].as_str().expect("an id");
        if item["state"] == "draft" {
            let answer = desk::timed(desk, id, &json!({}));
            assert!(
                matches!(answer.status, 201 | 409 | 422),
                "{id}: {}",
                answer.text()
            );
            published += usize::from(answer.status == 201);
        }
    }
    let mut public = house.client();
    let table = crawl::table(&mut public);
    let id = items["items"][0]["id"].as_str().expect("an id");
    let seeds = crawl::seeds(&table, &crawl::values("/en/news/2026/11/24/x-aaaaaaaaaaaa", id));
    for (target, answer) in crawl::crawl(&mut public, seeds, 300) {
        assert!(answer.status < 500, "{target}: {}", answer.text());
        let kind = answer.header("content-type").unwrap_or_default();
        let text = String::from_utf8(answer.body.clone());
        if kind.contains("xml") || kind.contains("html") {
            let text = text.unwrap_or_else(|_| panic!("{target} is no UTF-8"));
            let odd = text.chars().find(|c| is_no_xml(*c));
            assert!(odd.is_none(), "{target} has {odd:?}, which no XML may have");
        }
    }
    println!("{published} of those taken were published");
}

/// XML 1.0 §2.2.
fn is_no_xml(c: char) -> bool {
    c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{7f}')
        || matches!(c, '\u{fffe}' | '\u{ffff}')
}

#[test]
fn bodies_of_the_wrong_kind_length_or_encoding_are_refused() {
    let house = House::serving(Engine::Sqlite);
    let token = house.token("owner", "desk");
    let good = desk::story("Kind", "<p>Well.</p>").to_string();
    let big = desk::story("Big", &format!("<p>{}</p>", "x".repeat(5 << 20))).to_string();
    let cases: [(&[(&str, &str)], &[u8], u16); 9] = [
        (&[("content-type", "text/plain")], good.as_bytes(), 415),
        (
            &[("content-type", "application/x-www-form-urlencoded")],
            good.as_bytes(),
            415,
        ),
        (&[], good.as_bytes(), 415),
        (
            &[
                ("content-type", "application/json"),
                ("content-type", "application/json"),
            ],
            good.as_bytes(),
            415,
        ),
        (&[("content-type", "application/json")], b"", 400),
        (&[("content-type", "application/json")], b"\x1f\x8b\x08\x00", 400),
        (&[("content-type", "application/json")], b"{\"headline\": ", 400),
        (&[("content-type", "application/json")], big.as_bytes(), 413),
        (
            &[("content-type", "application/json")],
            b"{\"headline\": \"\xff\xfe\"}",
            400,
        ),
    ];
    for (headers, body, status) in cases {
        let mut desk = house.client_of(&token);
        let answer = desk
            .send("POST", "/api/v1/desk/stories", headers, Some(body))
            .expect("an answer");
        assert_eq!(
            answer.status,
            status,
            "{headers:?} {:.80}: {}",
            String::from_utf8_lossy(body),
            answer.text()
        );
        understood(&answer, "a body");
    }
    assert_eq!(
        house.client_of(&token).get("/api/v1/desk/stories").json()["items"],
        json!([])
    );
}
