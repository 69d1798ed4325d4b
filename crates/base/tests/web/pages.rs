//! Stored pages through the door: rendered once, conditional, compressed, the same for everyone (W3, L5).

use super::client::get;
use super::house::House;
use base::pages::Tag;
use std::io::Read;

#[test]
fn a_herd_on_a_cold_page_renders_it_once() {
    let house = House::open();
    let asking: Vec<_> = (0..50)
        .map(|_| {
            let mut client = house.client();
            std::thread::spawn(move || client.ask(&get("/en/slow/", "")))
        })
        .collect();
    let answers: Vec<_> = asking.into_iter().map(|thread| thread.join().unwrap()).collect();
    assert!(
        answers
            .iter()
            .all(|answer| answer.status == 200 && answer.body == answers[0].body)
    );
    assert_eq!(house.renders(), 1);
}

#[test]
fn a_page_goes_with_what_it_was_made_from() {
    let house = House::open();
    let mut client = house.client();
    for expect in [1, 1] {
        client.ask(&get("/en/", ""));
        assert_eq!(house.renders(), expect);
    }
    house.pages.drop_tags(&[Tag::new("edition:ru")], 11);
    client.ask(&get("/en/", ""));
    assert_eq!(house.renders(), 1, "another tag touches nothing");
    house.pages.drop_tags(&[Tag::new("edition:en")], 11);
    client.ask(&get("/en/", ""));
    assert_eq!(house.renders(), 2);
}

#[test]
fn head_and_conditional_requests_are_answered_from_the_store() {
    let house = House::open();
    let mut client = house.client();
    let whole = client.ask(&get("/en/", ""));
    let head = client.ask(&get("/en/", "").replace("GET", "HEAD"));
    assert_eq!(
        (head.status, head.body.len(), head.header("content-length")),
        (200, 0, whole.header("content-length"))
    );
    let etag = whole.header("etag");
    assert!(etag.starts_with('"') && etag.ends_with('"'));
    for (given, status) in [
        (etag, 304),
        (&*format!("W/{etag}"), 304),
        (&*format!("\"x\", {etag}"), 304),
        ("*", 304),
        ("\"x\"", 200),
        ("", 200),
    ] {
        let answer = client.ask(&get("/en/", &format!("If-None-Match: {given}\r\n")));
        assert_eq!((answer.status, answer.header("etag")), (status, etag), "{given}");
        assert_eq!(answer.header("vary"), "accept-encoding");
    }
    assert_eq!(house.renders(), 1);
}

#[test]
fn compressed_forms_hold_the_same_page() {
    let house = House::open();
    let mut client = house.client();
    let plain = client.ask(&get("/en/", ""));
    for (accept, encoding) in [
        ("gzip", "gzip"),
        ("br", "br"),
        ("gzip, deflate, br", "br"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("identity", ""),
        ("GZIP", "gzip"),
        ("br;q=0.000", ""),
    ] {
        let ask = get("/en/", &format!("Accept-Encoding: {accept}\r\n"));
        client.ask(&ask);
        std::thread::sleep(std::time::Duration::from_millis(80));
        let answer = client.ask(&ask);
        assert_eq!(answer.header("content-encoding"), encoding, "{accept}");
        assert_eq!(unpacked(encoding, &answer.body), plain.body, "{accept}");
        assert_eq!(
            encoding.is_empty(),
            answer.header("etag") == plain.header("etag"),
            "{accept}"
        );
        let again = client.ask(&get(
            "/en/",
            &format!(
                "Accept-Encoding: {accept}\r\nIf-None-Match: {}\r\n",
                answer.header("etag")
            ),
        ));
        assert_eq!((again.status, again.header("etag")), (304, answer.header("etag")));
    }
}

fn unpacked(encoding: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    match encoding {
        "gzip" => flate2::read::GzDecoder::new(body)
            .read_to_end(&mut bytes)
            .unwrap(),
        "br" => brotli::Decompressor::new(body, 4096)
            .read_to_end(&mut bytes)
            .unwrap(),
        _ => return body.to_vec(),
    };
    bytes
}

/// Odd requests first, then a clean one: the page must not remember who came first.
#[test]
fn what_is_kept_depends_on_the_address_alone() {
    let odd = [
        "X-Forwarded-Host: evil.example\r\n",
        "X-Forwarded-Proto: http\r\n",
        "X-Original-URL: /desk/\r\n",
        "Cookie: session=owner\r\n",
        "Authorization: Bearer owner\r\n",
        "Accept-Language: ru\r\n",
        "User-Agent: evil\r\n",
        "Origin: https://evil.example\r\n",
        "Range: bytes=0-1\r\n",
    ];
    let clean = House::open().client().ask(&get("/en/host/", ""));
    for header in odd {
        let house = House::open();
        house.client().ask(&get("/en/host/", header));
        let after = house.client().ask(&get("/en/host/", ""));
        assert_eq!(after.body, clean.body, "{header:?}");
    }
    let house = House::open();
    house
        .client()
        .ask("GET /en/host/ HTTP/1.1\r\nHost: evil.example\r\n\r\n");
    assert_eq!(house.client().ask(&get("/en/host/", "")).body, clean.body);
}

#[test]
fn a_long_page_arrives_whole_however_often_it_is_sent() {
    let house = House::open();
    let mut client = house.client();
    let first = client.ask(&get("/en/", ""));
    assert!(first.body.len() > 20_000);
    for _ in 0..200 {
        assert_eq!(client.ask(&get("/en/", "")).body, first.body);
    }
}
