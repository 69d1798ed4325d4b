//! What the rest of the program tells a writer thread.

use crate::hub::counters::Permit;
use crate::hub::place::Cursor;
use crate::hub::revocation::{Mark, Order};
use std::any::Any;
use std::collections::VecDeque;
use std::net::TcpStream;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// A socket that changes hands.
pub(crate) struct Joining {
    pub socket: TcpStream,
    pub cursors: Vec<Cursor>,
    pub opening: Vec<u8>,
    pub mark: Mark,
    pub asked_at: Instant,
    pub permit: Permit,
    pub companion: Box<dyn Any + Send>,
}

/// How a read of the table for waiting readers ended.
pub(crate) struct Loaded {
    pub topic: u64,
    pub seq: i64,
    pub kept: bool,
}

/// What has been told and not yet done.
#[derive(Default)]
pub(crate) struct Notes {
    pub stirred: Vec<u64>,
    pub loaded: Vec<Loaded>,
    pub orders: Vec<Order>,
    pub joins: VecDeque<Joining>,
    pub closed: bool,
}

impl Notes {
    /// Whether a turn left something for the next one.
    pub fn has_more(&self) -> bool {
        !self.joins.is_empty()
    }

    fn is_empty(&self) -> bool {
        self.stirred.is_empty()
            && self.loaded.is_empty()
            && self.orders.is_empty()
            && self.joins.is_empty()
            && !self.closed
    }
}

/// The letterbox of one writer. Everything here returns at once.
pub(crate) struct Inbox {
    notes: Mutex<Notes>,
    waker: mio::Waker,
}

impl Inbox {
    pub fn new(waker: mio::Waker) -> Self {
        Self {
            notes: Mutex::default(),
            waker,
        }
    }

    /// A socket to own from now on.
    pub fn join(&self, joining: Joining) {
        self.note(|notes| notes.joins.push_back(joining));
    }

    /// A stream has news. `Topic::rouse` says it once per look.
    pub fn stirred(&self, topic: u64) {
        self.note(|notes| notes.stirred.push(topic));
    }

    pub fn loaded(&self, loaded: Loaded) {
        self.note(|notes| notes.loaded.push(loaded));
    }

    pub fn cut(&self, order: Order) {
        self.note(|notes| notes.orders.push(order));
    }

    pub fn close(&self) {
        self.note(|notes| notes.closed = true);
    }

    /// Moves everything over to the writer's own notes.
    pub fn collect(&self, own: &mut Notes) {
        let mut told = self.lock();
        own.stirred.append(&mut told.stirred);
        own.loaded.append(&mut told.loaded);
        own.orders.append(&mut told.orders);
        own.joins.append(&mut told.joins);
        own.closed |= std::mem::take(&mut told.closed);
    }

    fn note(&self, add: impl FnOnce(&mut Notes)) {
        let mut notes = self.lock();
        let silent = notes.is_empty();
        add(&mut notes);
        drop(notes);
        // Notes that were there already have woken the writer, and it collects all of them at once.
        if silent && let Err(error) = self.waker.wake() {
            tracing::error!(target: "live", %error, "cannot wake a writer");
        }
    }

    fn lock(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
