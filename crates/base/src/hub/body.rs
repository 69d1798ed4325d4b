//! An open stream as a body of bytes, for HTTP/2 and wherever the socket is not ours to take.

use super::Hub;
use super::counters::{Counters, Permit};
use super::frame::{Frame, write_id};
use super::place::{Cursor, Place};
use super::revocation::{Bell, Mark};
use super::topic::Page;
use bytes::Bytes;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::watch;

/// The event stream of one reader; it ends when the reader is cut or the hub closes.
pub struct LiveBody {
    turn: Option<Pin<Box<dyn Future<Output = Turn> + Send>>>,
}

type Turn = Option<(Bytes, Box<Reading>)>;

struct Reading {
    hub: Arc<Hub>,
    cursors: Vec<Cursor>,
    changes: Vec<watch::Receiver<u64>>,
    orders: watch::Receiver<Bell>,
    opening: Vec<u8>,
    mark: Mark,
    asked_at: std::time::Instant,
    _permit: Permit,
}

impl LiveBody {
    pub(crate) fn new(hub: Arc<Hub>, place: Place) -> Self {
        let Place {
            cursors,
            opening,
            mark,
            asked_at,
            permit,
        } = place;
        let changes = cursors.iter().map(|cursor| cursor.topic.watch()).collect();
        let orders = hub.revocations.watch();
        let reading = Reading {
            hub,
            cursors,
            changes,
            orders,
            opening,
            mark,
            asked_at,
            _permit: permit,
        };
        Self {
            turn: Some(Box::pin(Box::new(reading).next())),
        }
    }
}

impl futures_core::Stream for LiveBody {
    type Item = Bytes;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        let Some(turn) = self.turn.as_mut() else {
            return Poll::Ready(None);
        };
        let Poll::Ready(result) = turn.as_mut().poll(context) else {
            return Poll::Pending;
        };
        let (bytes, reading) = match result {
            Some((bytes, reading)) => (Some(bytes), Some(reading)),
            None => (None, None),
        };
        self.turn = reading.map(|reading| Box::pin(reading.next()) as _);
        Poll::Ready(bytes)
    }
}

impl Reading {
    /// Waits for bytes; `None` ends the stream.
    async fn next(mut self: Box<Self>) -> Turn {
        if !self.opening.is_empty() {
            let opening = std::mem::take(&mut self.opening);
            return Some((opening.into(), self));
        }
        loop {
            let bell = *self.orders.borrow_and_update();
            if bell.closed {
                return None;
            }
            if self.hub.revocations.has_since(&self.mark, self.asked_at) {
                Counters::add(&self.hub.counters.cuts, 1);
                return None;
            }
            self.changes.iter_mut().for_each(|change| change.mark_unchanged());
            match self.gather().await {
                Ok(bytes) if bytes.is_empty() => {}
                Ok(bytes) => return Some((bytes.into(), self)),
                Err(Lost) => {
                    Counters::add(&self.hub.counters.cuts, 1);
                    return None;
                }
            }
            if self.quiet().await {
                return Some((Bytes::from_static(b":\n\n"), self));
            }
        }
    }

    /// All that is there now, at most a page of each stream.
    async fn gather(&mut self) -> Result<Vec<u8>, Lost> {
        let mut out = Vec::new();
        for number in 0..self.cursors.len() {
            for frame in self.page(number).await? {
                self.write(&mut out, number, &frame);
            }
        }
        Ok(out)
    }

    async fn page(&mut self, number: usize) -> Result<Vec<Arc<Frame>>, Lost> {
        let Some(cursor) = self.cursors.get(number) else {
            return Ok(Vec::new());
        };
        loop {
            match cursor.topic.page(cursor.seq) {
                Page::Next(frames) => return Ok(frames),
                Page::Nothing => return Ok(Vec::new()),
                Page::Older => {
                    let loaded = self.hub.load(&cursor.topic, cursor.seq).await;
                    loaded.ok().filter(|kept| *kept).ok_or(Lost)?;
                }
            }
        }
    }

    fn write(&mut self, out: &mut Vec<u8>, number: usize, frame: &Frame) {
        use super::ring::Kept;
        if let Some(cursor) = self.cursors.get_mut(number) {
            cursor.seq = frame.seq();
        }
        Counters::add(&self.hub.counters.deliveries, 1);
        if let [_] = self.cursors.as_slice() {
            return out.extend_from_slice(frame.whole());
        }
        if let Some(first) = self.cursors.first() {
            let mut id = String::new();
            let positions = self
                .cursors
                .iter()
                .map(|cursor| (cursor.topic.mark.tag, cursor.seq));
            write_id(&mut id, &first.topic.mark.epoch, positions);
            out.extend_from_slice(id.as_bytes());
        }
        out.extend_from_slice(frame.rest());
    }

    /// Waits for news or an order; true when it is time for a heartbeat instead.
    async fn quiet(&mut self) -> bool {
        let mut waits: Vec<Pin<Box<dyn Future<Output = ()> + Send + '_>>> = Vec::new();
        for change in &mut self.changes {
            waits.push(Box::pin(async { drop(change.changed().await) }));
        }
        let orders = &mut self.orders;
        waits.push(Box::pin(async { drop(orders.changed().await) }));
        let any = std::future::poll_fn(move |context| {
            match waits
                .iter_mut()
                .any(|wait| wait.as_mut().poll(context).is_ready())
            {
                true => Poll::Ready(()),
                false => Poll::Pending,
            }
        });
        // Twice the writer's period is the longest silence of a raw reader; a body is no quieter.
        tokio::time::timeout(beat(&self.hub), any).await.is_err()
    }
}

/// The table cannot give what it needs: it comes back with its id.
struct Lost;

fn beat(hub: &Hub) -> Duration {
    let most_ms = u32::try_from(hub.limits.beat.as_millis()).unwrap_or(u32::MAX);
    hub.limits.beat + Duration::from_millis(u64::from(super::place::jitter(most_ms / 2)))
}
