//! The live hub: follows the journal and tells readers, without a gap and without a double.
//!
//! The table is the truth and the hub accepts only the next number of a stream; a gap, or news nobody rang for,
//! makes it read the table. So a lost wake-up costs time, never a record.
//!
//! A reader is a number per stream ([`Place`]); what comes after that number is taken from the stream's ring, or from the
//! table when it is older. HTTP/1.1 sockets belong to the hub's own [`writer`] threads, HTTP/2 streams are a [`LiveBody`].

mod ask;
mod body;
mod counters;
mod door;
mod follower;
mod frame;
mod ledger;
mod limits;
mod listed;
mod place;
mod refresh;
mod revocation;
mod ring;
mod sync;
mod token;
mod topic;
mod topics;
mod upkeep;
mod writer;

pub use ask::Ask;
pub use body::LiveBody;
pub use counters::Counts;
pub use door::ReaderDoor;
pub use follower::{Followed, Follower};
pub use ledger::{Head, Ledger, Listing, Reading};
pub use limits::{Limits, MAX_STREAMS};
pub use place::Place;
pub use revocation::Mark as ReaderMark;
pub use token::{Tag, Token};

use crate::Clock;
use crate::error::{Error, Result};
use crate::journal::Record;
use counters::Counters;
use frame::{Frame, Sealed};
use lexicon::{PersonId, Stream};
use refresh::{Refresh, Standing};
use revocation::Revocations;
use ring::Offer;
use std::any::Any;
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::runtime::Handle;
use topic::Topic;
use topics::Topics;
use writer::{Inbox, Joining};

/// The live hub of one node.
pub struct Hub {
    ledger: Arc<dyn Ledger>,
    listing: Arc<dyn Listing>,
    limits: Limits,
    clock: Clock,
    runtime: Handle,
    counters: Arc<Counters>,
    frames: Topics<Frame>,
    records: Topics<Record>,
    refresh: Refresh,
    epoch: Mutex<Option<Arc<str>>>,
    revocations: Arc<Revocations>,
    writers: Arc<[Arc<Inbox>]>,
    next_writer: AtomicUsize,
    closing: AtomicBool,
}

impl Hub {
    /// Starts the writer threads and the upkeep. Needs a tokio runtime; errors when there is none, or no thread or epoll to be had.
    pub fn new(
        ledger: Arc<dyn Ledger>,
        listing: Arc<dyn Listing>,
        limits: Limits,
        clock: Clock,
    ) -> Result<Arc<Self>> {
        let runtime = Handle::try_current().map_err(Error::internal)?;
        let counters = Arc::new(Counters::default());
        let revocations = Arc::new(Revocations::default());
        let world = writer::World {
            ledger: ledger.clone(),
            runtime: runtime.clone(),
            counters: counters.clone(),
            revocations: revocations.clone(),
            limits: limits.clone(),
        };
        let count = limits.writers.clamp(1, 64);
        let writers: Arc<[_]> = (0..count)
            .map(|n| writer::start(n as u32, world.clone()))
            .collect::<Result<_>>()?;
        let hub = Arc::new(Self {
            frames: Topics::new(limits.clone(), writers.clone()),
            records: Topics::new(limits.clone(), Arc::new([])),
            refresh: Refresh::default(),
            epoch: Mutex::default(),
            revocations,
            next_writer: AtomicUsize::new(0),
            closing: AtomicBool::new(false),
            ledger,
            listing,
            limits,
            clock,
            runtime,
            counters,
            writers,
        });
        hub.runtime.spawn(upkeep::keep_up(Arc::downgrade(&hub)));
        Ok(hub)
    }

    /// Tells what has just been committed, in the order of the commits. Called by the database's writer right after the commit
    /// and before answers are sent; never blocks on a reader or on the table. Streams that nobody follows cost a look-up.
    pub fn commit(self: &Arc<Self>, records: &[Record]) {
        for record in records {
            offer(self, &self.frames, record);
            offer(self, &self.records, record);
        }
    }

    /// Checks the wish and takes the reader's place in every stream.
    /// Errors: 404 `live.unknown_stream`, 503 `live.full` or `live.closing` (with seconds to wait), and the table's own.
    pub async fn admit(self: &Arc<Self>, ask: Ask) -> Result<Place> {
        place::take(self, ask).await
    }

    /// Gives a socket, on which the head of the answer has been written, to the hub's writer: what follows are bare events, and
    /// the end of the stream is the end of the socket. `companion` lives as long as the socket does.
    pub fn take(&self, place: Place, socket: TcpStream, companion: Box<dyn Any + Send>) {
        if self.is_closing() {
            return;
        }
        self.tune(&socket);
        let number = self.next_writer.fetch_add(1, Ordering::Relaxed) % self.writers.len();
        let Place {
            cursors,
            opening,
            mark,
            asked_at,
            permit,
        } = place;
        if let Some(writer) = self.writers.get(number) {
            writer.join(Joining {
                socket,
                cursors,
                opening,
                mark,
                asked_at,
                permit,
                companion,
            });
        }
    }

    /// The same stream as a body of bytes, for HTTP/2.
    pub fn body(self: &Arc<Self>, place: Place) -> LiveBody {
        LiveBody::new(self.clone(), place)
    }

    /// Follows a stream inside the process, from the record after `seq` on.
    pub async fn subscribe(self: &Arc<Self>, stream: Stream, seq: i64) -> Result<Follower> {
        let topic = self.record_topic(&stream).await?;
        Ok(Follower::new(self.clone(), topic, seq))
    }

    /// Where these streams stand, as a token for `after=`: a page rendered now misses nothing that is committed from now on.
    pub async fn position(self: &Arc<Self>, streams: &[Stream]) -> Result<String> {
        let mut topics = Vec::with_capacity(streams.len());
        for stream in streams {
            topics.push(self.frame_topic(stream).await?);
        }
        let epoch = self.epoch().await?;
        let mut text = String::new();
        let positions = topics
            .iter()
            .map(|topic| (topic.mark.tag, topic.head().unwrap_or(0)));
        token::write_token(&mut text, &epoch, positions);
        Ok(text)
    }

    /// Ends the open streams for which `which` is true, at once, and those that were asked for before this call and open later.
    pub fn cut(&self, which: impl Fn(&ReaderMark) -> bool + Send + Sync + 'static) {
        let order = self.revocations.add(Arc::new(which));
        for writer in self.writers.iter() {
            writer.cut(order.clone());
        }
    }

    /// Ends the open streams of one person: ban, logout, lost role.
    pub fn cut_person(&self, person: &PersonId) {
        let person = person.clone();
        self.cut(move |mark| mark.person.as_deref() == Some(&person));
    }

    /// Stops: tells every reader to come back after a while of its own and ends its stream; admits nobody any more.
    pub fn close(&self) {
        self.closing.store(true, Ordering::Release);
        self.revocations.close();
        for writer in self.writers.iter() {
            writer.close();
        }
    }

    /// The running totals.
    pub fn counts(&self) -> Counts {
        self.counters.counts()
    }

    /// Small buffers in the kernel: what a slow reader does not take stays in the ring, where all share it.
    fn tune(&self, socket: &TcpStream) {
        let socket = socket2::SockRef::from(socket);
        // A socket that refuses these is slower or heavier, not wrong.
        let _ = socket.set_send_buffer_size(self.limits.send_buffer_bytes);
        let _ = socket.set_recv_buffer_size(4096);
    }

    /// Whether the server stops.
    pub fn is_closing(&self) -> bool {
        self.closing.load(Ordering::Acquire)
    }

    /// The epoch of the table, asked once and again whenever the table is looked at.
    async fn epoch(self: &Arc<Self>) -> Result<Arc<str>> {
        if let Some(epoch) = self.epoch_slot().clone() {
            return Ok(epoch);
        }
        Ok(self.look().await?.epoch.clone())
    }

    fn epoch_slot(&self) -> std::sync::MutexGuard<'_, Option<Arc<str>>> {
        self.epoch.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn frame_topic(self: &Arc<Self>, stream: &Stream) -> Result<Arc<Topic<Frame>>> {
        let topic = self.frames.open(stream, &self.epoch().await?);
        if topic.head().is_none() {
            self.look().await?;
        }
        Ok(topic)
    }

    async fn record_topic(self: &Arc<Self>, stream: &Stream) -> Result<Arc<Topic<Record>>> {
        let topic = self.records.open(stream, &self.epoch().await?);
        if topic.head().is_none() {
            self.look().await?;
        }
        Ok(topic)
    }

    /// Asks the table where all streams stand, and has those read that are behind.
    async fn look(self: &Arc<Self>) -> Result<Arc<Standing>> {
        let active = || (self.frames.all(), self.records.all());
        let learn = |(frames, records): (Vec<_>, Vec<_>), standing: &Standing| {
            self.enter_epoch(&standing.epoch);
            frames.into_iter().for_each(|topic| self.learn(topic, standing));
            records.into_iter().for_each(|topic| self.learn(topic, standing));
        };
        self.refresh
            .newer_than_now(self.ledger.as_ref(), active, learn)
            .await
    }

    fn learn<T: Sealed>(self: &Arc<Self>, topic: Arc<Topic<T>>, standing: &Standing) {
        if topic.mark.epoch == standing.epoch && topic.learn(standing.head(&topic.mark.stream)) {
            upkeep::catch_up(self, topic);
        }
    }

    /// After a restore nothing in memory is true any more: everybody starts again and is told so.
    fn enter_epoch(&self, epoch: &Arc<str>) {
        let before = self.epoch_slot().replace(epoch.clone());
        if before.is_some_and(|before| before != *epoch) {
            let followed = self.records.all();
            self.frames.clear();
            self.records.clear();
            self.cut(|_| true);
            followed.iter().for_each(|topic| topic.rouse());
        }
    }

    async fn load<T: Sealed>(&self, topic: &Topic<T>, seq: i64) -> Result<bool> {
        topic.load(seq, self.ledger.as_ref(), &self.counters).await
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        self.close();
    }
}

fn offer<T: Sealed>(hub: &Arc<Hub>, topics: &Topics<T>, record: &Record) {
    if let Some(topic) = topics.find(&record.stream)
        && topic.accept(record.clone()) == Offer::Gap
    {
        upkeep::catch_up(hub, topic);
    }
}
