//! What could be understood in two ways is refused, and the connection ends (W5, L1).

use super::client::get;
use super::house::House;
use base::web::limits::{HEAD_BYTES, HEADERS};

const HOST: &str = "Host: news.example\r\n";

#[test]
fn ambiguous_requests_are_refused_and_the_connection_ends() {
    let house = House::open();
    let cases: &[(&str, &str)] = &[
        (
            "both lengths",
            "POST /sign-in HTTP/1.1\r\n@Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        ),
        (
            "two lengths",
            "POST /sign-in HTTP/1.1\r\n@Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd",
        ),
        (
            "the same length twice",
            "POST /sign-in HTTP/1.1\r\n@Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd",
        ),
        (
            "a list of lengths",
            "POST /sign-in HTTP/1.1\r\n@Content-Length: 4, 4\r\n\r\nabcd",
        ),
        (
            "a signed length",
            "POST /sign-in HTTP/1.1\r\n@Content-Length: +4\r\n\r\nabcd",
        ),
        (
            "a hexadecimal length",
            "POST /sign-in HTTP/1.1\r\n@Content-Length: 0x4\r\n\r\nabcd",
        ),
        (
            "an empty length",
            "POST /sign-in HTTP/1.1\r\n@Content-Length: \r\n\r\n",
        ),
        (
            "a huge length",
            "POST /sign-in HTTP/1.1\r\n@Content-Length: 99999999999999999999\r\n\r\n",
        ),
        ("bare line feeds", "GET /en/ HTTP/1.1\nHost: news.example\n\n"),
        ("one bare line feed", "GET /en/ HTTP/1.1\r\n@X: y\nZ: z\r\n\r\n"),
        (
            "a bare carriage return",
            "GET /en/ HTTP/1.1\r\n@X: y\rZ: z\r\n\r\n",
        ),
        ("a folded line", "GET /en/ HTTP/1.1\r\n@X: y\r\n z\r\n\r\n"),
        ("space before the colon", "GET /en/ HTTP/1.1\r\n@X : y\r\n\r\n"),
        (
            "space before a length's colon",
            "POST /sign-in HTTP/1.1\r\n@Content-Length : 4\r\n\r\nabcd",
        ),
        (
            "space before the first field",
            "GET /en/ HTTP/1.1\r\n Host: news.example\r\n\r\n",
        ),
        ("no host", "GET /en/ HTTP/1.1\r\n\r\n"),
        ("two hosts", "GET /en/ HTTP/1.1\r\n@Host: other.example\r\n\r\n"),
        ("a control character", "GET /en/ HTTP/1.1\r\n@X: a\x01b\r\n\r\n"),
        (
            "chunks in 1.0",
            "POST /sign-in HTTP/1.0\r\n@Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        ),
        (
            "chunked twice",
            "POST /sign-in HTTP/1.1\r\n@Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
        ),
        ("an empty line first", "\r\nGET /en/ HTTP/1.1\r\n@\r\n"),
        ("a lower-case method", "get /en/ HTTP/1.1\r\n@\r\n"),
        ("a tunnel", "CONNECT news.example:443 HTTP/1.1\r\n@\r\n"),
        ("nearly HTTP/2", "PRI * HTTP/2.1\r\n\r\nSM\r\n\r\n"),
        ("TLS", "\x16\x03\x01\x02\x00\x01\x00"),
    ];
    for (what, request) in cases {
        let mut client = house.client();
        let request = request.replace('@', HOST);
        let answer = client.send(format!("{request}{}", get("/en/", ""))).answer(false);
        assert_eq!(answer.map(|answer| answer.status), Some(400), "{what}");
        assert!(client.answer(false).is_none(), "{what}: a second answer");
    }
}

#[test]
fn wrongly_chunked_bodies_are_refused_and_nothing_after_them_is_a_request() {
    let house = House::open();
    let bodies = [
        "zz\r\n",
        "3\r\nabcX\r\n0\r\n\r\n",
        "3;e=1\r\nabc\r\n0\r\n\r\n",
        "3\nabc\n0\n\n",
        "0\r\nHost: a\r\n\r\n",
        "-1\r\n",
    ];
    for body in bodies {
        let mut client = house.client();
        let head = "POST /large HTTP/1.1\r\nHost: a\r\nOrigin: https://news.example\r\nTransfer-Encoding: chunked\r\n\r\n";
        let answer = client
            .send(format!("{head}{body}{}", get("/en/", "")))
            .answer(false);
        assert!(
            answer.is_none_or(|answer| (400..=413).contains(&answer.status)),
            "{body:?}"
        );
        assert!(client.answer(false).is_none(), "{body:?}: a second answer");
    }
}

#[test]
fn other_codings_and_versions_are_refused_by_name() {
    let house = House::open();
    let cases = [
        (
            "POST /sign-in HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
            501,
        ),
        (
            "POST /sign-in HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n",
            501,
        ),
        ("GET /en/ HTTP/2.0\r\nHost: a\r\n\r\n", 505),
        ("GET /en/ HTTP/1.2\r\nHost: a\r\n\r\n", 505),
    ];
    for (request, status) in cases {
        assert_eq!(house.client().ask(request).status, status, "{request:?}");
    }
}

#[test]
fn a_head_has_limits_and_one_past_each_is_refused() {
    let house = House::open();
    let fields = |count: usize| "X: y\r\n".repeat(count - 1);
    assert_eq!(house.client().ask(&get("/en/", &fields(HEADERS))).status, 200);
    assert_eq!(house.client().ask(&get("/en/", &fields(HEADERS + 1))).status, 431);
    let long = |bytes: usize| format!("X: {}\r\n", "y".repeat(bytes - get("/en/", "X: \r\n").len()));
    assert_eq!(get("/en/", &long(HEAD_BYTES)).len(), HEAD_BYTES);
    assert_eq!(house.client().ask(&get("/en/", &long(HEAD_BYTES))).status, 200);
    assert_eq!(
        house.client().ask(&get("/en/", &long(HEAD_BYTES + 1))).status,
        431
    );
    assert_eq!(
        house
            .client()
            .ask(&get(&format!("/{}", "a".repeat(8192)), ""))
            .status,
        414
    );
}

#[test]
fn pipelined_requests_are_answered_in_order_however_they_arrive() {
    let house = House::open();
    house.client().ask(&get("/en/", ""));
    let chunked = "POST /large HTTP/1.1\r\nHost: a\r\nOrigin: https://news.example\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    let all = [
        &get("/en/", ""),
        &get("/api/v1/words/one", ""),
        chunked,
        &get("/en/", ""),
        &get("/api/v1/words/two", ""),
    ]
    .concat();
    for piece in [all.len(), 7, 1] {
        let mut client = house.client();
        for bytes in all.as_bytes().chunks(piece) {
            client.send(bytes);
        }
        let texts: Vec<String> = (0..5).map(|_| client.answer(false).unwrap().text()).collect();
        assert!(
            texts[0].contains("front") && texts[3].contains("front"),
            "{piece}"
        );
        assert_eq!(
            (&*texts[1], &*texts[2], &*texts[4]),
            (r#"{"word":"one"}"#, "3", r#"{"word":"two"}"#),
            "{piece}"
        );
    }
}

#[test]
fn bodies_have_limits_and_one_past_is_refused() {
    let house = House::open();
    let own = "Origin: https://news.example\r\n";
    let body = |bytes: usize| "x".repeat(bytes);
    assert_eq!(
        house
            .client()
            .ask(&super::client::post("/large", own, &body(1 << 20)))
            .text(),
        "1048576"
    );
    assert_eq!(
        house
            .client()
            .ask(&super::client::post("/large", own, &body((1 << 20) + 1)))
            .status,
        413
    );
    let chunked = format!(
        "POST /large HTTP/1.1\r\nHost: a\r\n{own}Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{}\r\n0\r\n\r\n",
        (1 << 20) + 1,
        body((1 << 20) + 1)
    );
    assert_eq!(house.client().ask(&chunked).status, 413);
    let json = format!(r#"{{"text":"{}"}}"#, body(65_536));
    let bearer = "Authorization: Bearer editor\r\nContent-Type: application/json\r\n";
    let answer = house
        .client()
        .ask(&super::client::post("/desk/notes", bearer, &json));
    assert_eq!(
        (answer.status, answer.json()["limit_bytes"].as_u64()),
        (413, Some(65_536))
    );
}
