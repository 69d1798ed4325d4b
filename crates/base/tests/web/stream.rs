//! The live stream as a reader meets it: the real hub behind the real front door, over HTTP/1.1 and HTTP/2.

use super::client::{Client, get};
use super::house::House;
use super::ledger::MemoryLedger;
use base::Clock;
use base::hub::{Hub, Limits, ReaderDoor};
use base::web::{Caller, Identify, Later};
use lexicon::{EditionCode, StoryId, Stream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

struct Newsroom {
    house: House,
    hub: Arc<Hub>,
    ledger: Arc<MemoryLedger>,
    _runtime: tokio::runtime::Runtime,
}

struct Nobody;

impl Identify for Nobody {
    fn identify<'a>(&'a self, _: &'a http::HeaderMap) -> Later<'a, base::Result<Option<Caller>>> {
        Box::pin(async { Ok(None) })
    }
}

fn edition() -> Stream {
    Stream::Edition(EditionCode::parse("en").unwrap())
}

fn room() -> Stream {
    Stream::Room(StoryId::parse("abcdefgh2345").unwrap())
}

impl Newsroom {
    fn open(limits: Limits) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let ledger = MemoryLedger::new("first");
        let hub = {
            let _here = runtime.enter();
            Hub::new(ledger.clone(), ledger.clone(), limits, Clock::system()).unwrap()
        };
        let door = Arc::new(ReaderDoor::new(hub.clone(), Arc::new(Nobody)));
        let routed = door.clone();
        let house = House::with_routes(
            move |_, door| door.live = Some(routed),
            vec![base::web::live::route(door)],
        );
        Self {
            house,
            hub,
            ledger,
            _runtime: runtime,
        }
    }

    fn post(&self, stream: &Stream, text: &str) {
        let data = serde_json::json!({ "text": text }).to_string();
        let record = self.ledger.append(stream, "flash", None, &data);
        self.hub.commit(&[record]);
    }
}

/// One event, as its lines say it.
#[derive(Debug, Default)]
struct Event {
    kind: String,
    id: String,
    data: serde_json::Value,
}

fn event(block: &str) -> Event {
    let mut event = Event::default();
    for line in block.lines() {
        match line.split_once(": ") {
            Some(("event", kind)) => kind.clone_into(&mut event.kind),
            Some(("id", id)) => id.clone_into(&mut event.id),
            Some(("data", data)) => event.data = serde_json::from_str(data).unwrap(),
            _ => {}
        }
    }
    event
}

/// Opens a stream over HTTP/1.1.
fn follow(newsroom: &Newsroom, path: &str, more: &str) -> Client {
    let mut client = newsroom.house.client();
    client.send(get(path, more));
    let head = client.until(b"\r\n\r\n");
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    assert!(head.contains("content-type: text/event-stream"), "{head}");
    assert!(
        !head.contains("content-length") && !head.contains("transfer-encoding"),
        "bare events: {head}"
    );
    client
}

/// The next event; comments and bare ids are passed over.
fn next(client: &mut Client) -> Event {
    loop {
        let event = event(&client.until(b"\n\n"));
        if !event.kind.is_empty() {
            return event;
        }
    }
}

#[test]
fn a_stream_over_http_1_says_where_it_stands_and_what_happens_and_resumes_exactly() {
    let newsroom = Newsroom::open(Limits::default());
    newsroom.post(&edition(), "before");
    let path = "/api/v1/live?edition=en&room=abcdefgh2345";
    let mut client = follow(&newsroom, path, "");
    let opening = next(&mut client);
    assert_eq!(
        (opening.kind.as_str(), &opening.data["streams"]["edition:en"]),
        ("position", &1.into())
    );
    newsroom.post(&edition(), "one");
    newsroom.post(&room(), "two");
    let (one, two) = (next(&mut client), next(&mut client));
    assert_eq!(
        (one.kind.as_str(), &one.data["stream"], &one.data["seq"]),
        ("flash", &"edition:en".into(), &2.into())
    );
    assert_eq!(
        (&two.data["stream"], &two.data["seq"]),
        (&"room:abcdefgh2345".into(), &1.into())
    );
    let moment = one.data["at"].as_str().unwrap();
    assert!(
        moment.len() >= 20 && moment.contains('T') && moment.ends_with('Z'),
        "RFC 3339: {moment}"
    );
    drop(client);
    newsroom.post(&edition(), "three");
    let (header, query) = (
        format!("Last-Event-ID: {}\r\n", one.id),
        format!("{path}&after={}", two.id),
    );
    let mut by_header = follow(&newsroom, path, &header);
    let heard: Vec<_> = (0..2)
        .map(|_| next(&mut by_header).data["text"].clone())
        .collect();
    assert_eq!(
        heard,
        ["three", "two"].map(serde_json::Value::from),
        "both streams, each from its own place"
    );
    let mut by_query = follow(&newsroom, &query, "");
    assert_eq!(next(&mut by_query).data["text"], "three");
    let mut strange = follow(&newsroom, path, "Last-Event-ID: 41\r\n");
    let reset = next(&mut strange);
    assert_eq!(
        (reset.kind.as_str(), reset.data["reason"].as_str()),
        ("reset", Some("malformed"))
    );
}

#[test]
fn a_stream_that_cannot_be_had_is_refused_in_words_and_with_a_time() {
    let newsroom = Newsroom::open(Limits {
        readers: 1,
        ..Limits::default()
    });
    newsroom.ledger.declare_missing(room());
    let ask = |path: &str| newsroom.house.client().ask(&get(path, ""));
    for (path, status, code) in [
        ("/api/v1/live", 422, "live.no_streams"),
        ("/api/v1/live?edition=EN", 404, "live.unknown_stream"),
        ("/api/v1/live?room=abcdefgh2345", 404, "live.unknown_stream"),
    ] {
        let answer = ask(path);
        assert_eq!(
            (answer.status, answer.json()["code"].as_str()),
            (status, Some(code)),
            "{path}"
        );
    }
    let mut first = follow(&newsroom, "/api/v1/live?edition=en", "");
    next(&mut first);
    let full = ask("/api/v1/live?edition=en");
    assert_eq!(
        (
            full.status,
            full.header("retry-after"),
            full.json()["code"].as_str()
        ),
        (503, "10", Some("live.full"))
    );
}

#[test]
fn the_longest_silence_is_shorter_than_fifteen_seconds() {
    let beat = Limits::default().beat;
    assert!(
        2 * beat < Duration::from_secs(15),
        "looked at once in {beat:?}, so quiet at most twice as long"
    );
    let newsroom = Newsroom::open(Limits {
        beat: Duration::from_millis(50),
        ..Limits::default()
    });
    let mut client = follow(&newsroom, "/api/v1/live?edition=en", "");
    next(&mut client);
    assert!(client.until(b"\n\n").starts_with(':'), "a comment");
}

#[test]
fn the_same_stream_goes_over_http_2() {
    let newsroom = Newsroom::open(Limits::default());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let heard = Arc::new(Mutex::new(String::new()));
    let (text, address) = (heard.clone(), newsroom.house.address);
    runtime.spawn(async move {
        let socket = tokio::net::TcpStream::connect(address).await.unwrap();
        let (mut client, connection) = h2::client::handshake(socket).await.unwrap();
        tokio::spawn(connection);
        let request = http::Request::get("http://news.example/api/v1/live?edition=en")
            .body(())
            .unwrap();
        let answer = client.send_request(request, true).unwrap().0.await.unwrap();
        assert_eq!(
            (
                answer.status().as_u16(),
                answer.headers()["content-type"].as_bytes()
            ),
            (200, &b"text/event-stream; charset=utf-8"[..])
        );
        let mut body = answer.into_body();
        while let Some(Ok(piece)) = body.data().await {
            body.flow_control().release_capacity(piece.len()).unwrap();
            text.lock()
                .unwrap()
                .push_str(std::str::from_utf8(&piece).unwrap());
        }
    });
    let wait_for = |count: usize| {
        for _ in 0..500 {
            let events: Vec<_> = heard
                .lock()
                .unwrap()
                .split_terminator("\n\n")
                .map(event)
                .collect();
            if events.len() >= count {
                return events;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("{count} events did not come: {:?}", heard.lock().unwrap());
    };
    assert_eq!(wait_for(1)[0].kind, "position");
    newsroom.post(&edition(), "one");
    let one = &wait_for(2)[1];
    assert_eq!(
        (one.kind.as_str(), &one.data["seq"], &one.data["text"]),
        ("flash", &1.into(), &"one".into())
    );
    assert!(!one.id.is_empty());
}
