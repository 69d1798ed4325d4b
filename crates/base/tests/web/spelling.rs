//! One spelling for each address (W8), and nothing private behind another one (W4).

use super::client::get;
use super::house::House;

/// 200 for itself; anything else is one redirect to it, or 404.
#[test]
fn every_address_has_one_spelling() {
    let house = House::open();
    let cases = [
        ("/en/", 200, ""),
        ("/en", 308, "/en/"),
        ("//en/", 308, "/en/"),
        ("/en//", 308, "/en/"),
        ("/%65n/", 308, "/en/"),
        ("/en/?", 308, "/en/"),
        ("/en/?utm_source=x", 308, "/en/"),
        ("/en/?page=2", 308, "/en/"),
        ("/EN/", 404, ""),
        ("/en/.", 404, ""),
        ("/en/./", 404, ""),
        ("/desk/../en/", 404, ""),
        ("/desk/%2e%2e/en/", 404, ""),
        ("/en/;x", 404, ""),
        ("/en/%3bx", 404, ""),
        ("/en%2f", 404, ""),
        ("/en/%00", 404, ""),
        ("/en/%0a", 404, ""),
        ("/en\\", 404, ""),
        ("/en/%5c", 404, ""),
        ("/en/%", 404, ""),
        ("/en/%f", 404, ""),
        ("/en/%252f", 404, ""),
        ("/en/%ff", 404, ""),
        ("/en/list/?page=2", 200, ""),
        ("/en/list/?page=1", 308, "/en/list/"),
        ("/en/list/?page=02", 308, "/en/list/"),
        ("/en/list/?page=2&a=b", 308, "/en/list/"),
        ("/en/list/?page=10000", 308, "/en/list/"),
        ("/api/v1/words/caf%C3%A9", 200, ""),
        ("/api/v1/words/caf%c3%a9", 308, "/api/v1/words/caf%C3%A9"),
        ("/2019/05/old-story", 301, "/en/"),
        ("/caf%c3%a9", 301, "/en/"),
    ];
    for (target, status, location) in cases {
        for _ in 0..2 {
            let answer = house.client().ask(&get(target, ""));
            assert_eq!(
                (answer.status, answer.header("location")),
                (status, location),
                "{target}"
            );
        }
    }
}

#[test]
fn private_answers_are_never_found_under_another_name() {
    let house = House::open();
    let signed = "Cookie: session=editor\r\n";
    let desk = house.client().ask(&get("/desk/", signed));
    assert_eq!(
        (desk.text(), desk.header("cache-control")),
        ("editor".into(), "private, no-store")
    );
    let others = [
        "/desk/x.css",
        "/desk/;.js",
        "/desk/%2fa.css",
        "/desk/%0aa",
        "/desk/a.png",
        "/Desk/",
        "//desk/",
        "/desk//",
        "/desk/?a.css",
        "/desk/%3f.css",
    ];
    for target in others {
        let answer = house.client().ask(&get(target, signed));
        let kept = answer.status == 200 && answer.header("cache-control").contains("no-store");
        let elsewhere = answer.status == 308 && answer.header("location").starts_with("/desk/");
        assert!(
            kept || elsewhere || answer.status == 404,
            "{target}: {}",
            answer.status
        );
    }
}

#[test]
fn wrong_methods_are_told_the_right_ones() {
    let house = House::open();
    let cases = [
        ("DELETE /en/", "GET,HEAD"),
        ("BREW /en/", "GET,HEAD"),
        ("GET /desk/notes", "POST"),
        ("GET /desk/notes/1", "PUT,DELETE"),
        ("TRACE /en/", "GET,HEAD"),
        ("OPTIONS /en/", "GET,HEAD"),
    ];
    for (request, allow) in cases {
        let answer = house
            .client()
            .ask(&format!("{request} HTTP/1.1\r\nHost: a\r\n\r\n"));
        assert_eq!(answer.status, 405, "{request}");
        let mut allowed: Vec<&str> = answer.header("allow").split(',').collect();
        let mut expect: Vec<&str> = allow.split(',').collect();
        allowed.sort_unstable();
        expect.sort_unstable();
        assert_eq!(allowed, expect, "{request}");
    }
}
