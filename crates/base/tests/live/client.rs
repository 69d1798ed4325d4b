//! A reader of the event stream, over a raw socket or as a body, that writes down what it hears.

#![allow(
    dead_code,
    reason = "each test program that includes this file uses a part of it"
)]

use crate::checker::{Asked, Event, Heard};
use crate::ledger::MemoryLedger;
use base::Clock;
use base::hub::{Ask, Hub, Limits, LiveBody};
use base::journal::Record;
use futures_core::Stream as _;
use lexicon::{At, Stream};
use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

/// A hub over a table in memory.
pub struct Newsroom {
    pub hub: Arc<Hub>,
    pub ledger: Arc<MemoryLedger>,
    order: Mutex<()>,
}

impl Newsroom {
    pub fn new(limits: Limits) -> Arc<Self> {
        Self::over(MemoryLedger::new("first"), limits)
    }

    /// Another process on the same table.
    pub fn restarted(&self, limits: Limits) -> Arc<Self> {
        Self::over(self.ledger.clone(), limits)
    }

    fn over(ledger: Arc<MemoryLedger>, limits: Limits) -> Arc<Self> {
        let clock = Clock::frozen(At(1_795_000_000_000_000));
        let hub = Hub::new(ledger.clone(), ledger.clone(), limits, clock).unwrap();
        Arc::new(Self {
            hub,
            ledger,
            order: Mutex::default(),
        })
    }

    /// Commits and tells the hub.
    pub fn post(&self, stream: &Stream, subject: Option<&str>, text: &str) -> Record {
        let _order = self.order.lock().unwrap();
        let record = self.post_silently(stream, subject, text);
        self.hub.commit(std::slice::from_ref(&record));
        record
    }

    /// Commits and tells nobody: a lost wake-up.
    pub fn post_silently(&self, stream: &Stream, subject: Option<&str>, text: &str) -> Record {
        let data = serde_json::json!({ "subject": subject, "text": text }).to_string();
        self.ledger.append(stream, "entry.posted", subject, &data)
    }

    /// Connects over a loopback socket that the hub's writer owns.
    pub async fn connect(&self, streams: &[Stream], after: Option<&str>) -> Client {
        self.connect_with(streams, after, None).await
    }

    /// As `connect`, with a small receive buffer when one is named.
    pub async fn connect_with(&self, streams: &[Stream], after: Option<&str>, buffer: Option<u32>) -> Client {
        let place = self.hub.admit(ask(streams, after)).await.unwrap();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        if let Some(bytes) = buffer {
            socket.set_recv_buffer_size(bytes).unwrap();
        }
        let near = socket.connect(listener.local_addr().unwrap()).await.unwrap();
        let (far, _) = listener.accept().unwrap();
        far.set_nonblocking(true).unwrap();
        far.set_nodelay(true).unwrap();
        self.hub.take(place, far, Box::new(()));
        Client::new(Wire::Socket(near), streams, after)
    }

    /// Connects as a body, as HTTP/2 does.
    pub async fn embody(&self, streams: &[Stream], after: Option<&str>) -> Client {
        let place = self.hub.admit(ask(streams, after)).await.unwrap();
        Client::new(Wire::Body(self.hub.body(place)), streams, after)
    }
}

pub fn ask(streams: &[Stream], after: Option<&str>) -> Ask {
    let mut ask = Ask::new(streams.to_vec()).unwrap();
    ask.after = after.map(str::to_owned);
    ask
}

enum Wire {
    Socket(TcpStream),
    Body(LiveBody),
}

/// One connection and its history.
pub struct Client {
    wire: Wire,
    pending: Vec<u8>,
    pub asked: Asked,
    pub heard: Vec<Heard>,
    pub last_id: Option<String>,
    pub comments: usize,
    pub retries: Vec<u32>,
    pub ended: bool,
}

impl Client {
    fn new(wire: Wire, streams: &[Stream], after: Option<&str>) -> Self {
        let names: Vec<String> = streams.iter().map(Stream::to_string).collect();
        let from = after
            .and_then(positions)
            .map(|told| names.iter().cloned().zip(told).collect());
        Self {
            wire,
            pending: Vec::new(),
            asked: Asked { streams: names, from },
            heard: Vec::new(),
            last_id: None,
            comments: 0,
            retries: Vec::new(),
            ended: false,
        }
    }

    /// Reads until `done` says so, the stream ends, or the time is up. True when `done`.
    pub async fn listen_until(&mut self, wait: Duration, done: impl Fn(&Self) -> bool) -> bool {
        let deadline = tokio::time::Instant::now() + wait;
        while !done(self) && !self.ended {
            match tokio::time::timeout_at(deadline, self.wire.read()).await {
                Ok(Some(bytes)) => self.take(&bytes),
                Ok(None) => self.ended = true,
                Err(_) => return false,
            }
        }
        done(self)
    }

    /// Reads until every stream is heard up to these heads.
    pub async fn listen_to(&mut self, heads: &BTreeMap<String, i64>) -> bool {
        let heads = heads.clone();
        self.listen_until(Duration::from_secs(30), |client| {
            heads
                .iter()
                .all(|(stream, head)| client.position(stream) >= *head)
        })
        .await
    }

    /// The newest number of a stream that was heard or told.
    pub fn position(&self, stream: &str) -> i64 {
        let told = |one: &Heard| match one {
            Heard::Position(all) | Heard::Reset(all) => all.get(stream).copied(),
            Heard::Event(event) => (event.stream == stream).then_some(event.seq),
        };
        let start = self
            .asked
            .from
            .as_ref()
            .and_then(|from| from.get(stream).copied());
        self.heard.iter().rev().find_map(told).or(start).unwrap_or(-1)
    }

    pub fn was_reset(&self) -> bool {
        self.heard.iter().any(|one| matches!(one, Heard::Reset(_)))
    }

    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.heard.iter().filter_map(|one| match one {
            Heard::Event(event) => Some(event),
            _ => None,
        })
    }

    fn take(&mut self, bytes: &[u8]) {
        self.pending.extend_from_slice(bytes);
        // A read may end in the middle of a character, never in the middle of a block's end.
        let Some(whole) = self.pending.windows(2).rposition(|pair| pair == b"\n\n") else {
            return;
        };
        let blocks: Vec<u8> = self.pending.drain(..whole + 2).collect();
        for block in std::str::from_utf8(&blocks).unwrap().split_terminator("\n\n") {
            self.block(block);
        }
    }

    fn block(&mut self, block: &str) {
        let (mut event, mut data, mut id) = ("", None, None);
        for line in block.lines() {
            match line.split_once(':') {
                Some(("", _)) => self.comments += 1,
                Some(("event", kind)) => event = kind.trim(),
                Some(("data", text)) => data = Some(text.trim()),
                Some(("id", token)) => id = Some(token.trim().to_owned()),
                Some(("retry", ms)) => self.retries.push(ms.trim().parse().unwrap()),
                _ => assert_eq!(line, "", "an unknown line in {block:?}"),
            }
        }
        let object: Option<serde_json::Value> = data.map(|data| serde_json::from_str(data).unwrap());
        if let Some(object) = object {
            self.heard
                .push(heard(event, &object, id.as_deref().unwrap_or_default()));
        }
        self.last_id = id.or(self.last_id.take());
    }
}

impl Wire {
    async fn read(&mut self) -> Option<Vec<u8>> {
        match self {
            Self::Socket(socket) => {
                let mut bytes = vec![0; 16 << 10];
                let count = socket.read(&mut bytes).await.unwrap_or(0);
                bytes.truncate(count);
                (count > 0).then_some(bytes)
            }
            Self::Body(body) => std::future::poll_fn(|context| Pin::new(&mut *body).poll_next(context))
                .await
                .map(Into::into),
        }
    }
}

fn heard(event: &str, object: &serde_json::Value, id: &str) -> Heard {
    let told = || -> BTreeMap<String, i64> {
        let streams = object["streams"].as_object().unwrap();
        streams
            .iter()
            .map(|(name, seq)| (name.clone(), seq.as_i64().unwrap()))
            .collect()
    };
    match event {
        "position" => Heard::Position(told()),
        "reset" => Heard::Reset(told()),
        _ => {
            assert!(object["at"].is_string(), "an event without its moment");
            Heard::Event(Event {
                stream: object["stream"].as_str().unwrap().to_owned(),
                seq: object["seq"].as_i64().unwrap(),
                subject: object["subject"].as_str().map(str::to_owned),
                has_text: object.get("text").is_some(),
                id_positions: positions(id).unwrap(),
            })
        }
    }
}

/// The numbers in a token.
fn positions(token: &str) -> Option<Vec<i64>> {
    token
        .split('.')
        .skip(1)
        .map(|part| part.split_once('-')?.1.parse().ok())
        .collect()
}
