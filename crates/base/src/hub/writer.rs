//! The hub's own writer: threads that own the sockets of open streams and know nothing of HTTP.
//!
//! Per idle reader there is a [`Reader`] in a slab and nothing else: no task, no buffer. All records of a tick go out in one
//! write; a full socket keeps its cursor and at most the rest of one frame. Turns are short (so many visits, so many
//! joins), so that joining, news and slow readers wait for each other no longer than a turn.

mod group;
mod inbox;
mod outgoing;
mod reader;
mod sweep;

pub(crate) use inbox::{Inbox, Joining};

use super::Limits;
use super::counters::Counters;
use super::ledger::Ledger;
use super::revocation::{Order, Revocations};
use crate::error::Result;
use group::Groups;
use inbox::{Loaded, Notes};
use mio::event::Event;
use mio::{Events, Interest, Poll, Token};
use outgoing::Scratch;
use reader::{Fate, Reader, Readers};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use sweep::Sweep;
use tokio::runtime::Handle;

const WAKE: Token = Token(usize::MAX);
/// Readers visited in one turn.
const VISITS: usize = 2048;
/// Readers taken in in one turn.
const JOINS: usize = 256;

/// What a writer needs of the world.
#[derive(Clone)]
pub(crate) struct World {
    pub ledger: Arc<dyn Ledger>,
    pub runtime: Handle,
    pub counters: Arc<Counters>,
    pub revocations: Arc<Revocations>,
    pub limits: Limits,
}

/// Starts one writer thread; it ends after `Inbox::close`.
pub(crate) fn start(number: u32, world: World) -> Result<Arc<Inbox>> {
    let poll = Poll::new()?;
    let inbox = Arc::new(Inbox::new(mio::Waker::new(poll.registry(), WAKE)?));
    let writer = Writer {
        number,
        poll,
        inbox: inbox.clone(),
        notes: Notes::default(),
        readers: Readers::default(),
        groups: Groups::new(number, world.clone(), inbox.clone()),
        scratch: Scratch::default(),
        sweep: Sweep::new(world.limits.beat),
        started_at: Instant::now(),
        now_ms: 0,
        world,
    };
    std::thread::Builder::new()
        .name(format!("live-{number}"))
        .spawn(move || writer.run())?;
    Ok(inbox)
}

struct Writer {
    number: u32,
    poll: Poll,
    inbox: Arc<Inbox>,
    notes: Notes,
    readers: Readers,
    groups: Groups,
    scratch: Scratch,
    sweep: Sweep,
    started_at: Instant,
    /// Milliseconds since the start, read once a turn. 32 bits last 49 days and are compared by wrapping difference.
    now_ms: u32,
    world: World,
}

impl Writer {
    fn run(mut self) {
        let mut events = Events::with_capacity(1024);
        while !self.notes.closed {
            let wait = self.longest_wait();
            if let Err(error) = self.poll.poll(&mut events, wait)
                && error.kind() != std::io::ErrorKind::Interrupted
            {
                tracing::error!(target: "live", writer = self.number, %error, "epoll failed; this writer ends");
                return;
            }
            self.turn(&events);
        }
        self.farewell();
    }

    fn longest_wait(&self) -> Option<Duration> {
        if self.groups.is_busy() || self.notes.has_more() {
            return Some(Duration::ZERO);
        }
        (!self.readers.is_empty()).then(|| self.sweep.until_next(self.now_ms))
    }

    fn turn(&mut self, events: &Events) {
        self.now_ms = self.started_at.elapsed().as_millis() as u32;
        for event in events.iter().filter(|event| event.token() != WAKE) {
            self.stir(event);
        }
        self.inbox.collect(&mut self.notes);
        for order in std::mem::take(&mut self.notes.orders) {
            self.revoke(&order);
        }
        for topic in std::mem::take(&mut self.notes.stirred) {
            self.groups.stirred(topic);
        }
        for loaded in std::mem::take(&mut self.notes.loaded) {
            self.resume_waiting(&loaded);
        }
        for _ in 0..JOINS {
            let Some(joining) = self.notes.joins.pop_front() else {
                break;
            };
            self.join(joining);
        }
        self.fan_out();
        self.sweep();
    }

    /// A socket has something to say: room to write, or that its reader is gone.
    fn stir(&mut self, event: &Event) {
        let key = event.token().0;
        let Some(reader) = self.readers.at(key) else {
            return;
        };
        let gone = event.is_error()
            || event.is_read_closed()
            || event.is_write_closed()
            || (event.is_readable() && reader.talks());
        if gone {
            return self.remove(key);
        }
        if event.is_writable() && reader.unblock() {
            self.serve(key);
        }
    }

    /// The table has been read, or cannot be: who needs just that part comes back by its id.
    fn resume_waiting(&mut self, loaded: &Loaded) {
        let (group, waiting) = self.groups.loaded(loaded);
        for (key, seq) in waiting {
            let key = key as usize;
            let needs = self
                .readers
                .at(key)
                .is_some_and(|reader| reader.awaits(group, seq));
            if needs && seq == loaded.seq && !loaded.kept {
                self.cut(key);
            } else if needs {
                self.serve(key);
            }
        }
    }

    fn join(&mut self, joining: Joining) {
        let Joining {
            socket,
            cursors,
            opening,
            mark,
            asked_at,
            permit,
            companion,
        } = joining;
        if self.world.revocations.has_since(&mark, asked_at) {
            return Counters::add(&self.world.counters.cuts, 1);
        }
        let mut socket = mio::net::TcpStream::from_std(socket);
        let key = self.readers.next_key();
        let interest = Interest::READABLE | Interest::WRITABLE;
        if self
            .poll
            .registry()
            .register(&mut socket, Token(key), interest)
            .is_err()
        {
            return;
        }
        let seats = self.groups.seat(key, cursors);
        self.world
            .counters
            .buffered_bytes
            .fetch_add(opening.len(), Ordering::Relaxed);
        let reader = Reader::new(socket, seats, opening, mark, permit, companion, self.now_ms);
        self.readers.insert(key, reader);
        self.serve(key);
    }

    /// Sends what there is to one reader.
    fn serve(&mut self, key: usize) {
        let Some(reader) = self.readers.at(key) else {
            return;
        };
        reader
            .seats()
            .iter()
            .for_each(|seat| self.groups.freshen(seat.group));
        let fate = reader.serve(&self.groups, &mut self.scratch, &self.world.counters, self.now_ms);
        match fate {
            Fate::Served => {}
            Fate::Behind { group, seq } => self.groups.load(group, key, seq),
            Fate::Lost => self.cut(key),
            Fate::Gone => self.remove(key),
        }
    }

    /// Visits readers of the streams that have news, in the order of the streams, a turn's worth.
    fn fan_out(&mut self) {
        for _ in 0..VISITS {
            let Some(key) = self.groups.next_visit() else {
                return;
            };
            self.serve(key);
        }
        self.groups.rotate();
    }

    /// Looks at the readers whose time it is: heartbeats for the quiet, the end for the stalled.
    fn sweep(&mut self) {
        for key in self.sweep.due(self.now_ms, self.readers.slots()) {
            let Some(reader) = self.readers.at(key) else {
                continue;
            };
            if reader.has_stalled(self.now_ms, self.world.limits.stall) {
                self.cut(key);
            } else if !cfg!(feature = "planted-no-beat")
                && reader.is_quiet(self.now_ms, self.world.limits.beat)
                && reader.beat(&self.world.counters, self.now_ms).is_err()
            {
                self.remove(key);
            }
        }
    }

    fn revoke(&mut self, order: &Order) {
        for key in 0..self.readers.slots() {
            let is_meant =
                |reader: &mut Reader| order(reader.mark()) && !cfg!(feature = "planted-check-at-connect");
            if self.readers.at(key).is_some_and(is_meant) {
                self.cut(key);
            }
        }
    }

    fn cut(&mut self, key: usize) {
        Counters::add(&self.world.counters.cuts, 1);
        self.remove(key);
    }

    fn remove(&mut self, key: usize) {
        if let Some(reader) = self.readers.remove(key) {
            for seat in reader.seats() {
                if let Some((moved, at)) = self.groups.leave(seat) {
                    self.readers.moved(moved, seat.group, at);
                }
            }
            reader.dismiss(&self.world.counters);
        }
    }

    /// Tells everyone to come back, each after a time of its own, and ends.
    fn farewell(&mut self) {
        for key in 0..self.readers.slots() {
            if let Some(reader) = self.readers.at(key) {
                let most = self.world.limits.retry_ms.saturating_mul(2);
                reader.farewell(self.world.limits.retry_ms / 2 + super::place::jitter(most));
            }
            self.remove(key);
        }
    }
}
