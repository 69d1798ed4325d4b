//! What every answer carries, and how refusals look (W2, W10).

use super::client::{Answer, get, post};
use super::house::House;
use base::web::headers::{HSTS, SECURITY};

fn assert_dressed(what: &str, answer: &Answer) {
    for (name, value) in SECURITY.into_iter().chain([HSTS]) {
        let strict = name == "referrer-policy" && answer.header(name) == "same-origin";
        assert!(
            answer.header(name) == value || strict,
            "{what}: {name} is {:?}",
            answer.header(name)
        );
    }
    assert!(
        !answer.header("cache-control").is_empty(),
        "{what}: no cache-control"
    );
    assert!(!answer.header("date").is_empty(), "{what}: no date");
}

#[test]
fn every_answer_has_all_headers() {
    let house = House::open();
    let etag = house.client().ask(&get("/en/", "")).header("etag").to_owned();
    let cases = [
        ("rendered", get("/en/list/", ""), 200),
        ("from the store", get("/en/", ""), 200),
        ("compressed", get("/en/", "Accept-Encoding: gzip\r\n"), 200),
        (
            "not modified",
            get("/en/", &format!("If-None-Match: {etag}\r\n")),
            304,
        ),
        ("head", get("/en/", "").replace("GET", "HEAD"), 200),
        ("asset", get("/assets/abc/site.css", ""), 200),
        ("api", get("/api/v1/words/a", ""), 200),
        ("redirect", get("/en//", ""), 308),
        ("not found", get("/nothing", ""), 404),
        ("not signed in", get("/desk/", ""), 401),
        (
            "wrong role",
            get("/desk/", "Authorization: Bearer reader\r\n"),
            403,
        ),
        ("wrong method", post("/en/", "", ""), 405),
        ("failed", get("/en/broken/", ""), 500),
        ("panicked", get("/panic", ""), 500),
        ("malformed", String::from("GET /en/ HTTP/1.1\r\n\r\n"), 400),
        ("too many fields", get("/en/", &"X: y\r\n".repeat(70)), 431),
    ];
    for (what, request, status) in cases {
        let answer = house.client().ask(&request);
        assert_eq!(answer.status, status, "{what}");
        assert_dressed(what, &answer);
    }
}

#[test]
fn a_full_house_says_so_with_all_headers_and_keeps_places_for_the_newsroom() {
    let house = House::with(|_, door| door.limits.connections = 2);
    let mut first = house.client();
    let mut second = house.client();
    assert_eq!(
        (
            first.ask(&get("/en/", "")).status,
            second.ask(&get("/en/", "")).status
        ),
        (200, 200)
    );
    let mut third = house.client();
    let full = third.ask(&get("/en/", ""));
    assert_eq!((full.status, full.header("retry-after")), (503, "5"));
    assert_dressed("full", &full);
    assert!(third.is_ended());
    let desk = house
        .client()
        .ask(&get("/desk/", "Authorization: Bearer editor\r\n"));
    assert_eq!((desk.status, desk.text()), (200, "editor".into()));
    drop((first, second));
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert_eq!(
        house.client().ask(&get("/en/", "")).status,
        200,
        "there is room again"
    );
}

#[test]
fn past_the_newsroom_s_places_a_connection_is_turned_away_at_once() {
    let house = House::with(|_, door| door.limits.connections = 1);
    let open: Vec<_> = (0..1 + base::web::limits::NEWSROOM_CONNECTIONS)
        .map(|_| house.client())
        .collect();
    std::thread::sleep(std::time::Duration::from_millis(200));
    let answer = house.client().answer(false).unwrap();
    assert_eq!((answer.status, answer.header("retry-after")), (503, "5"));
    assert_dressed("turned away", &answer);
    drop(open);
}

#[test]
fn a_panic_ends_its_request_and_nothing_else() {
    let house = House::open();
    let mut client = house.client();
    let answer = client.ask(&get("/panic", ""));
    assert_eq!(
        (answer.status, answer.json()["code"].as_str()),
        (500, Some("internal"))
    );
    assert!(!answer.text().contains("on purpose"));
    assert_eq!(
        client.ask(&get("/en/", "")).status,
        200,
        "the same connection goes on"
    );
}

#[test]
fn refusals_are_problem_documents_for_programs_and_pages_for_people() {
    let house = House::open();
    let document = house.client().ask(&get("/nothing", "Accept: */*\r\n"));
    assert_eq!(document.header("content-type"), "application/problem+json");
    let json = document.json();
    assert_eq!(
        (
            json["status"].as_u64(),
            json["code"].as_str(),
            json["title"].as_str()
        ),
        (Some(404), Some("web.not_found"), Some("Not Found"))
    );
    let page = house.client().ask(&get("/nothing", "Accept: text/html,*/*\r\n"));
    assert_eq!(
        (page.status, page.header("content-type")),
        (404, "text/html; charset=utf-8")
    );
    assert!(page.text().starts_with("<h1>404"));
    let api = house
        .client()
        .ask(&get("/api/v1/nothing", "Accept: text/html\r\n"));
    assert_eq!(api.header("content-type"), "application/problem+json");
    let broken = house.client().ask(&get("/no-template", "Accept: text/html\r\n"));
    assert_eq!(
        (broken.status, broken.header("content-type")),
        (404, "application/problem+json"),
        "a page that fails leaves the document"
    );
}

#[test]
fn wrong_bodies_are_refused_with_their_place() {
    let house = House::open();
    let signed = "Authorization: Bearer owner\r\nContent-Type: application/json\r\n";
    let cases = [
        (r#"{"text": "a"#, 400, "body"),
        (r#"{"text": "a"} x"#, 400, "body"),
        (r#"{}"#, 422, "text"),
        (r#"{"text": ["a"]}"#, 422, "text"),
        (r#"{"text": "a", "text": "b"}"#, 422, "text"),
        (r#"{"text": "a", "inner": {"number": 900}}"#, 422, "inner.number"),
        (r#"{"text": "a", "inner": {}}"#, 422, "inner.number"),
    ];
    for (body, status, field) in cases {
        let answer = house
            .client()
            .ask(&post("/desk/notes/1", signed, body).replace("POST", "PUT"));
        assert_eq!(
            (answer.status, answer.json()["field"].as_str()),
            (status, Some(field)),
            "{body}"
        );
    }
    let text = post(
        "/desk/notes",
        "Authorization: Bearer owner\r\nContent-Type: text/plain\r\n",
        r#"{"text":"a"}"#,
    );
    assert_eq!(house.client().ask(&text).status, 415);
    let form = "Origin: https://news.example\r\nContent-Type: application/x-www-form-urlencoded\r\n";
    assert_eq!(
        house.client().ask(&post("/sign-in", form, "email=a%40b")).text(),
        "a@b"
    );
    for body in ["email=a&email=b", "email[]=a", ""] {
        let answer = house.client().ask(&post("/sign-in", form, body));
        assert_eq!(
            (answer.status, answer.json()["field"].as_str()),
            (422, Some("email")),
            "{body}"
        );
    }
    let query = house
        .client()
        .ask(&get("/api/v1/words/a?loud=true&loud=true", ""));
    assert_eq!(
        (query.status, query.json()["field"].as_str()),
        (422, Some("loud"))
    );
}

#[test]
fn guessing_is_slowed_down() {
    let house = House::open();
    let form = "Origin: https://news.example\r\nContent-Type: application/x-www-form-urlencoded\r\n";
    let tries: Vec<Answer> = (0..12)
        .map(|_| house.client().ask(&post("/sign-in", form, "email=a")))
        .collect();
    assert!(tries[..10].iter().all(|answer| answer.status == 200));
    assert_eq!(tries[11].status, 429);
    assert!(
        tries[11]
            .header("retry-after")
            .parse::<u32>()
            .is_ok_and(|seconds| seconds > 0)
    );
    let another = format!("{form}X-Forwarded-For: 192.0.2.7\r\n");
    assert_eq!(
        house.client().ask(&post("/sign-in", &another, "email=a")).status,
        200,
        "somebody else, behind our proxy"
    );
    let forged = House::with(|reception, _| reception.proxies.clear());
    let tries: Vec<Answer> = (0..12)
        .map(|n| {
            forged.client().ask(&post(
                "/sign-in",
                &format!("{form}X-Forwarded-For: 192.0.2.{n}\r\n"),
                "email=a",
            ))
        })
        .collect();
    assert_eq!(tries[11].status, 429, "nobody else is believed");
    let free = House::with(|reception, _| reception.rate_limits = false);
    assert!((0..12).all(|_| free.client().ask(&post("/sign-in", form, "email=a")).status == 200));
}

#[test]
fn a_post_that_is_sent_again_is_done_once() {
    let house = House::open();
    let key = "Authorization: Bearer editor\r\nContent-Type: application/json\r\nIdempotency-Key: k1\r\n";
    let first = house
        .client()
        .ask(&post("/api/v1/desk/notes", key, r#"{"text":"a"}"#));
    let again = house
        .client()
        .ask(&post("/api/v1/desk/notes", key, r#"{"text":"a"}"#));
    assert_eq!(
        (first.status, again.status, first.text()),
        (201, 201, again.text())
    );
    assert_eq!(again.header("idempotency-replayed"), "true");
    let other = house
        .client()
        .ask(&post("/api/v1/desk/notes", key, r#"{"text":"b"}"#));
    assert_eq!(
        (other.status, other.json()["code"].as_str()),
        (409, Some("web.idempotency_mismatch"))
    );
    let long = key.replace("k1", &"k".repeat(201));
    assert_eq!(
        house
            .client()
            .ask(&post("/api/v1/desk/notes", &long, r#"{"text":"a"}"#))
            .status,
        422
    );
}
