//! How a live stream leaves the server: head written, socket handed over, place kept; or refused.

use super::client::get;
use super::house::House;
use base::web::door::Door;
use base::web::limits::Seat;
use base::web::{Admission, Later, LiveDoor, LiveRequest};
use base::{Error, Result};
use bytes::Bytes;
use futures_core::Stream;
use std::io::Write;
use std::net::TcpStream;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

/// Writes one event and keeps the socket.
#[derive(Default)]
struct Hub {
    taken: Mutex<Vec<(TcpStream, Seat)>>,
    drained: AtomicBool,
}

struct Doorman(Arc<Hub>);

struct Admitted(Arc<Hub>, String);

impl LiveDoor for Doorman {
    fn admit(&self, request: LiveRequest) -> Later<'_, Result<Box<dyn Admission>>> {
        Box::pin(async move {
            if request.target.contains("full") {
                return Err(Error::Unavailable {
                    code: "live.full",
                    retry_after_s: 7,
                });
            }
            assert!(!request.target.contains("panic"), "on purpose");
            let event = format!("data: {} {:?}\n\n", request.target, request.last_event_id);
            Ok(Box::new(Admitted(self.0.clone(), event)) as Box<dyn Admission>)
        })
    }

    fn drain(&self) {
        self.0.drained.store(true, Ordering::SeqCst);
        self.0.taken.lock().unwrap().clear();
    }
}

impl Admission for Admitted {
    fn take(self: Box<Self>, mut socket: TcpStream, seat: Seat) {
        socket.write_all(self.1.as_bytes()).unwrap();
        self.0.taken.lock().unwrap().push((socket, seat));
    }

    fn into_body(self: Box<Self>) -> Pin<Box<dyn Stream<Item = Bytes> + Send>> {
        Box::pin(Once(Some(self.1.into())))
    }
}

struct Once(Option<Bytes>);

impl Stream for Once {
    type Item = Bytes;
    fn poll_next(mut self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        Poll::Ready(self.0.take())
    }
}

fn house(hub: &Arc<Hub>) -> (House, base::web::limits::House) {
    let mut counted = None;
    let house = House::with(|_, door: &mut Door| {
        door.live = Some(Arc::new(Doorman(hub.clone())));
        counted = Some(door.house.clone());
    });
    (house, counted.unwrap())
}

#[test]
fn a_stream_gets_its_head_and_then_the_hub_has_the_socket() {
    let hub = Arc::new(Hub::default());
    let (mut house, counted) = house(&hub);
    let mut client = house.client();
    assert_eq!(
        client.ask(&get("/en/", "")).status,
        200,
        "on a connection that has served a page"
    );
    client.send(get("/api/v1/live?edition=en", "Last-Event-ID: 1.5\r\n"));
    std::thread::sleep(std::time::Duration::from_millis(200));
    assert_eq!((hub.taken.lock().unwrap().len(), counted.open()), (1, 1));
    house.stop();
    let answer = client.answer(false).unwrap();
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, "text/event-stream; charset=utf-8")
    );
    assert_eq!(answer.header("cache-control"), "no-store, no-transform");
    assert!(!answer.header("content-security-policy").is_empty());
    assert_eq!(answer.text(), "data: /api/v1/live?edition=en Some(\"1.5\")\n\n");
    house.closed();
    assert!(hub.drained.load(Ordering::SeqCst));
    assert_eq!(counted.open(), 0);
}

#[test]
fn a_stream_that_is_refused_says_why() {
    let hub = Arc::new(Hub::default());
    let (house, _) = house(&hub);
    let full = house.client().ask(&get("/api/v1/live?full", ""));
    assert_eq!(
        (
            full.status,
            full.header("retry-after"),
            full.json()["code"].as_str()
        ),
        (503, "7", Some("live.full"))
    );
    assert_eq!(full.header("x-content-type-options"), "nosniff");
    assert_eq!(house.client().ask(&get("/api/v1/live?panic", "")).status, 500);
}
