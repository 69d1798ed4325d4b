//! W2 and W4: the security headers are on every answer of every route, whatever its status; what is private is kept by nobody.

use crate::crawl;
use crate::desk;
use crate::house::{Engine, House};
use crate::wire::Answer;
use serde_json::json;
use std::collections::BTreeSet;

const EVERYWHERE: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("strict-transport-security", "max-age=63072000; includeSubDomains"),
    ("permissions-policy", "camera=()"),
];

#[test]
fn every_answer_of_every_route_carries_the_security_headers() {
    let mut house = House::new(Engine::Sqlite);
    house
        .environment
        .push(("WIREROOM_ORIGIN".into(), "https://news.example".into()));
    house.start();
    let token = house.token("reporter", "desk");
    let owner = house.token("owner", "desk");
    let (id, path) = desk::publish_new(
        &mut house.client_of(&owner),
        &desk::story("Headers", "<p>All of them.</p>"),
    );
    let (killed, killed_path) =
        desk::publish_new(&mut house.client_of(&owner), &desk::story("Gone", "<p>Gone.</p>"));
    desk::kill(&mut house.client_of(&owner), &killed, "Untrue.");
    let mut client = house.client();
    let (mut statuses, mut count) = (BTreeSet::new(), 0);
    for route in crawl::table(&mut client) {
        let good = route.filled(&crawl::values(&path, &id));
        let none = route.filled(&crawl::values(
            "/en/nowhere/2026/11/24/x-aaaaaaaaaaaa",
            "aaaaaaaaaaaa",
        ));
        if matches!(route.path.as_str(), "/api/v1/live" | "/desk/live") {
            continue;
        }
        for target in [
            good.clone(),
            none,
            format!("{good}?page=0"),
            format!("{good}/"),
            format!("/{good}"),
            format!("{good};x=1"),
        ] {
            for (method, body) in [
                ("GET", ""),
                ("HEAD", ""),
                ("POST", "{}"),
                ("PUT", "{\"a\":"),
                ("DELETE", ""),
                ("OPTIONS", ""),
                ("BREW", ""),
            ] {
                for accept in ["text/html", "application/json"] {
                    let mut caller = if accept == "text/html" {
                        house.client()
                    } else {
                        house.client_of(&token)
                    };
                    let headers = [("accept", accept), ("content-type", "application/json")];
                    let answer = caller
                        .send(method, &target, &headers, Some(body.as_bytes()))
                        .unwrap();
                    shielded(&format!("{method} {target}"), &answer);
                    statuses.insert(answer.status);
                    count += 1;
                }
            }
        }
    }
    let etag = client.get(&path).header("etag").expect("an ETag").to_owned();
    let unchanged = client
        .send("GET", &path, &[("if-none-match", &etag)], None)
        .unwrap();
    let long = "x".repeat(9_000);
    let odd = [
        unchanged,
        client.get(&killed_path),
        client.get(&format!("/{long}")),
        house.client().get("/%zz"),
        house
            .client()
            .send("GET", "/en/", &[("x", &long), ("y", &long)], None)
            .unwrap(),
        house
            .client()
            .send("GET", "/en/", &[("content-length", "x")], None)
            .unwrap(),
        house
            .client_of(&owner)
            .send(
                "POST",
                "/api/v1/desk/stories",
                &[
                    ("content-type", "application/json"),
                    ("content-length", "99999999"),
                ],
                None,
            )
            .unwrap(),
    ];
    for answer in odd {
        shielded("an odd one", &answer);
        statuses.insert(answer.status);
    }
    println!("{count} answers with statuses {statuses:?}");
    for status in [200, 304, 308, 400, 401, 403, 404, 405, 410, 413, 414, 431] {
        assert!(statuses.contains(&status), "no answer had the status {status}");
    }
}

fn shielded(what: &str, answer: &Answer) {
    for (name, value) in EVERYWHERE {
        let values: Vec<&str> = answer
            .headers
            .iter()
            .filter(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
            .collect();
        let good = values.len() == 1 && values[0].contains(value);
        assert!(good, "{what} ({}): {name} is {values:?}", answer.status);
    }
    let policy = answer.header("content-security-policy").unwrap_or_default();
    for directive in [
        "default-src 'none'",
        "script-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    ] {
        assert!(
            policy.contains(directive),
            "{what} ({}): the CSP is {policy:?}",
            answer.status
        );
    }
    assert!(!policy.contains("unsafe"), "{what}: {policy}");
    assert!(
        answer.header("referrer-policy").is_some() && answer.header("cache-control").is_some(),
        "{what} ({})",
        answer.status
    );
    assert!(answer.header("server").is_none(), "{what} names the program");
}

#[test]
fn what_is_private_is_kept_by_nobody_whatever_its_address_looks_like() {
    let house = House::serving(Engine::Sqlite);
    let owner = house.token("owner", "desk");
    let mut desk = house.client_of(&owner);
    let canary = desk::random_hex(32);
    let id = desk::make(&mut desk, &desk::story(&canary, "<p>Private.</p>"));
    let mut asked = 0;
    for route in crawl::table(&mut house.client())
        .iter()
        .filter(|route| route.cache == "Private" && route.method == "GET")
    {
        let target = route.filled(&crawl::values("/en/news/2026/11/24/x-aaaaaaaaaaaa", &id));
        if matches!(target.as_str(), "/api/v1/live" | "/desk/live") {
            continue;
        }
        let tails = [
            "",
            "/x.css",
            "/x.js",
            "/logo.png",
            ".css",
            ";x.css",
            "%2fx.css",
            "%0ax.css",
            "%00.css",
            "%3fx.css",
            "%23x.css",
            "?x.css",
            "/..%2fx.css",
            "/./",
            "//",
            "/%2e%2e/robots.txt",
            "%20",
            "/feed.rss",
            "/index.html",
        ];
        for tail in tails {
            for target in [
                format!("{target}{tail}"),
                format!("{}{tail}", target.to_uppercase()),
                format!("/{target}{tail}"),
            ] {
                let answer = desk.get(&target);
                let kept = answer.header("cache-control").unwrap_or_default();
                let private =
                    kept.contains("no-store") || answer.status == 404 || matches!(answer.status, 301 | 308);
                assert!(private, "{target}: {} with cache-control {kept:?}", answer.status);
                assert!(
                    kept.contains("no-store") || !answer.whole().contains(&canary),
                    "{target} shows what is private"
                );
                asked += 1;
            }
        }
    }
    let listed = desk.get("/api/v1/desk/stories");
    assert!(listed.text().contains(&canary) && listed.header("cache-control") == Some("private, no-store"));
    let answer = desk.call("POST", "/api/v1/desk/stories", &json!({}));
    assert_eq!(answer.header("cache-control"), Some("private, no-store"));
    assert!(asked > 150, "only {asked} addresses");
}
