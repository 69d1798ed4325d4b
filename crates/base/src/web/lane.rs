//! A lane: one thread, one event loop, many connections. The way from a request to a page of the store has no
//! allocation, no lock and no other thread on it; it costs one read and one write.

mod write;

use super::door::Door;
use super::head::{Head, Read};
use super::limits::{HEAD_BYTES, Limits, Seat};
use super::raw;
use super::watch::{Watch, Watchman};
use super::{far, h2};
use crate::Error;
use crate::pages::{Choice, PageStore, Stored};
use bytes::Bytes;
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::net::IpAddr;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::net::TcpStream;
use tokio::runtime::{Handle, LocalOptions};
use tokio::sync::mpsc::UnboundedReceiver;

/// A connection, as the door hands it to a lane.
pub(crate) struct Arrival {
    pub(crate) socket: std::net::TcpStream,
    pub(crate) peer: IpAddr,
    pub(crate) seat: Seat,
    /// False when only the newsroom's requests may be answered.
    pub(crate) public: bool,
}

/// Becomes true when the server stops.
pub(crate) type Stop = tokio::sync::watch::Receiver<bool>;

/// What the connections of a lane share.
pub(crate) struct Lane {
    pub(crate) door: Door,
    /// Where routes run, so that rendering a page never holds up the lane.
    pub(crate) main: Handle,
    pub(crate) watchman: Rc<Watchman>,
    pub(crate) limits: Rc<Limits>,
    pub(crate) stopping: Cell<bool>,
    /// The same, for those who have left the lane.
    pub(crate) stop: Stop,
    pages: Arc<PageStore>,
    /// `date: …\r\n`, written anew each second.
    date: RefCell<Bytes>,
    /// All connections read into the same room, one after the other; only what is left over is kept by each.
    room: RefCell<Box<[u8]>>,
}

/// Runs a lane until the door drops its sender and its connections have ended.
pub(crate) fn run(door: Door, main: Handle, stop: Stop, arrivals: UnboundedReceiver<Arrival>) {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    // One thread is enough to compress pages, and it ends when there are none.
    let built = builder
        .enable_all()
        .max_blocking_threads(1)
        .build_local(LocalOptions::default());
    match built {
        Ok(runtime) => runtime.block_on(Rc::new(Lane::new(door, main, stop)).receive(arrivals)),
        Err(error) => tracing::error!(target: "web", %error, "a lane could not begin"),
    }
}

impl Lane {
    fn new(door: Door, main: Handle, stop: Stop) -> Self {
        Self {
            pages: door.pages.clone(),
            limits: Rc::new(door.limits.clone()),
            date: RefCell::new(raw::date_line(door.clock.now()).into()),
            room: RefCell::new(vec![0; HEAD_BYTES].into()),
            watchman: Rc::new(Watchman::new()),
            stopping: Cell::new(false),
            door,
            main,
            stop,
        }
    }

    async fn receive(self: Rc<Self>, mut arrivals: UnboundedReceiver<Arrival>) {
        let sweeping = tokio::task::spawn_local(self.clone().sweep());
        while let Some(arrival) = arrivals.recv().await {
            tokio::task::spawn_local(Connection::run(self.clone(), arrival));
        }
        self.stopping.set(true);
        self.watchman.send_home(false);
        self.empty().await;
        self.watchman.send_home(true);
        tokio::task::yield_now().await;
        sweeping.abort();
    }

    /// Waits for the requests under way, not longer than they may take.
    async fn empty(&self) {
        let _ = tokio::time::timeout(self.limits.drain, async {
            while self.watchman.present() > 0 {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        })
        .await;
    }

    async fn sweep(self: Rc<Self>) {
        let shortest = [
            self.limits.head,
            self.limits.body_idle,
            self.limits.idle,
            self.limits.write_idle,
        ];
        let period = shortest.into_iter().min().unwrap_or_default() / 4;
        loop {
            tokio::time::sleep(period.clamp(Duration::from_millis(10), Duration::from_secs(1))).await;
            *self.date.borrow_mut() = raw::date_line(self.door.clock.now()).into();
            self.watchman.sweep();
        }
    }
}

/// One connection in the lane.
pub(crate) struct Connection {
    pub(crate) lane: Rc<Lane>,
    pub(crate) stream: TcpStream,
    pub(crate) peer: IpAddr,
    pub(crate) watch: Rc<Watch>,
    /// Read, but not yet a whole head, or the beginning of the next request.
    pub(crate) left: Vec<u8>,
    pub(crate) seat: Seat,
    pub(crate) public: bool,
}

/// What to do with the request at the head of the bytes.
enum Next {
    More,
    Page {
        bytes: usize,
        stored: Arc<Stored>,
        choice: Choice,
        closes: bool,
    },
    Far(far::Request),
    Http2,
    Refuse(u16),
    Full,
}

/// Whether the connection goes on; `None` when its socket is not ours any more, or is no good.
pub(crate) type GoesOn = Option<Connection>;

impl Connection {
    async fn run(lane: Rc<Lane>, arrival: Arrival) {
        let Ok(stream) = TcpStream::from_std(arrival.socket) else {
            return;
        };
        let watch = lane.watchman.watch();
        let Arrival {
            peer, seat, public, ..
        } = arrival;
        let mut connection = Self {
            lane,
            stream,
            peer,
            watch,
            left: Vec::new(),
            seat,
            public,
        };
        connection.expect_head();
        connection.watch.set_idle(true);
        while let Some(next) = connection.turn().await {
            connection = next;
            if connection.lane.stopping.get() && connection.left.is_empty() {
                return;
            }
        }
    }

    /// One request.
    async fn turn(mut self) -> GoesOn {
        let next = match self.next().await {
            Some(Next::Page {
                stored,
                choice,
                closes,
                ..
            }) => {
                let kept = self.write_page(&stored, choice, closes).await && !closes;
                self.watch_for_idle();
                return kept.then_some(self);
            }
            other => other?,
        };
        self.watch.set_idle(false);
        self.watch.clear();
        match next {
            Next::Far(request) => Box::pin(far::answer(self, request)).await,
            Next::Http2 => h2::take(self),
            Next::Refuse(status) => self.refuse(status, &refusal_of(status)).await,
            Next::Full => {
                let full = super::door::full_house(&self.lane.door).await;
                self.write_last(&full).await
            }
            Next::More | Next::Page { .. } => None,
        }
    }

    /// Reads until there is something to do. `None` when the peer is gone, or too slow.
    async fn next(&mut self) -> Option<Next> {
        if !self.left.is_empty() {
            let left = std::mem::take(&mut self.left);
            let next = self.judge(&left);
            if !matches!(next, Next::More) {
                self.keep_rest(&left, &next);
                return Some(next);
            }
            self.left = left;
            self.expect_head();
        }
        loop {
            let count = self.read().await?;
            let lane = self.lane.clone();
            let room = lane.room.borrow();
            if self.left.is_empty() {
                let next = self.judge(&room[..count]);
                self.keep_rest(&room[..count], &next);
                if !matches!(next, Next::More) {
                    return Some(next);
                }
            } else {
                let mut left = std::mem::take(&mut self.left);
                left.extend_from_slice(&room[..count]);
                let next = self.judge(&left);
                self.keep_rest(&left, &next);
                if !matches!(next, Next::More) {
                    return Some(next);
                }
            }
            if self.watch.is_idle() {
                self.expect_head();
            }
        }
    }

    /// One read into the lane's room. tokio remembers that a short read emptied the socket, so the next wait
    /// needs no read that finds nothing.
    async fn read(&mut self) -> Option<usize> {
        let (watch, lane, stream) = (&self.watch, &self.lane, &mut self.stream);
        let read = poll_fn(|context| {
            watch.poll(context, |context| {
                let mut room = lane.room.borrow_mut();
                let mut buffer = ReadBuf::new(&mut room);
                Pin::new(&mut *stream)
                    .poll_read(context, &mut buffer)
                    .map_ok(|()| buffer.filled().len())
            })
        });
        read.await?.ok().filter(|count| *count > 0)
    }

    fn judge(&self, bytes: &[u8]) -> Next {
        let head = match Read::from(bytes) {
            Read::Head(head) => head,
            Read::Partial => return Next::More,
            Read::Preface => return Next::Http2,
            Read::Bad(status) => return Next::Refuse(status),
        };
        if !self.public && !self.is_newsroom(&head) {
            return Next::Full;
        }
        if let Some(stored) = self.stored_for(&head) {
            let choice = self.lane.pages.choose(&stored, head.ask());
            return Next::Page {
                bytes: head.bytes,
                stored,
                choice,
                closes: head.closes,
            };
        }
        Next::Far(far::Request::of(&head, bytes))
    }

    fn stored_for(&self, head: &Head<'_>) -> Option<Arc<Stored>> {
        if head.plain {
            self.lane.pages.ready_page(head.target)
        } else {
            None
        }
    }

    fn is_newsroom(&self, head: &Head<'_>) -> bool {
        head.signed
            || self
                .lane
                .door
                .newsroom
                .iter()
                .any(|path| head.target.starts_with(path))
    }

    fn keep_rest(&mut self, bytes: &[u8], next: &Next) {
        let from = match next {
            Next::Page { bytes, .. } => *bytes,
            Next::Refuse(_) | Next::Full => bytes.len(),
            Next::More | Next::Far(_) | Next::Http2 => 0,
        };
        if from < bytes.len() {
            self.left = bytes[from..].to_vec();
        }
    }

    /// From here on a whole head must come in time.
    fn expect_head(&self) {
        self.watch.set_idle(false);
        if !cfg!(feature = "planted-no-header-timeout") {
            self.lane.watchman.set(&self.watch, self.lane.limits.head);
        }
    }

    /// From here on the peer may be silent for a while.
    pub(crate) fn watch_for_idle(&self) {
        self.watch.set_idle(self.left.is_empty());
        self.lane.watchman.set(&self.watch, self.lane.limits.idle);
    }
}

fn refusal_of(status: u16) -> Error {
    let (field, message) = match status {
        414 => ("target", "the address is longer than 8 KiB"),
        431 => ("headers", "the head of a request may have 64 fields and 16 KiB"),
        501 => ("Transfer-Encoding", "only chunked is understood"),
        505 => ("version", "HTTP/1.0, 1.1 and 2 are spoken here"),
        _ => (
            "request",
            "the request is not well formed, or could be understood in two ways",
        ),
    };
    Error::invalid(field, "web.malformed", message)
}
