//! Deadlines of connections without timers: one sweep a second looks at all of a lane.
//!
//! Setting a deadline is one store. A connection that is past its own is woken, and finds out for itself.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use tokio::time::Instant;

/// One connection's deadline, in milliseconds of its lane.
#[derive(Default)]
pub(crate) struct Watch {
    deadline_ms: Cell<u64>,
    expired: Cell<bool>,
    idle: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

/// Never.
const NO_DEADLINE: u64 = u64::MAX;

impl Watch {
    /// Polls something unless the deadline has passed.
    pub(crate) fn poll<T>(
        &self,
        context: &mut Context<'_>,
        poll: impl FnOnce(&mut Context<'_>) -> Poll<T>,
    ) -> Poll<Option<T>> {
        if self.expired.get() {
            return Poll::Ready(None);
        }
        let polled = poll(context);
        if polled.is_pending() {
            let mut waker = self.waker.borrow_mut();
            // A connection is one task, so its waker stays the same.
            if !waker
                .as_ref()
                .is_some_and(|known| known.will_wake(context.waker()))
            {
                *waker = Some(context.waker().clone());
            }
        }
        polled.map(Some)
    }

    pub(crate) fn clear(&self) {
        self.deadline_ms.set(NO_DEADLINE);
    }

    /// Between requests: the first to go when the server stops.
    pub(crate) fn set_idle(&self, idle: bool) {
        self.idle.set(idle);
    }

    pub(crate) fn is_idle(&self) -> bool {
        self.idle.get()
    }

    fn expire(&self) {
        self.expired.set(true);
        if let Some(waker) = self.waker.borrow_mut().take() {
            waker.wake();
        }
    }
}

/// All watches of a lane, and its coarse time.
pub(crate) struct Watchman {
    since: Instant,
    now_ms: Cell<u64>,
    watches: RefCell<Vec<Rc<Watch>>>,
}

impl Watchman {
    pub(crate) fn new() -> Self {
        Self {
            since: Instant::now(),
            now_ms: Cell::new(0),
            watches: RefCell::default(),
        }
    }

    /// A watch for a new connection; forgotten when its owner drops it.
    pub(crate) fn watch(&self) -> Rc<Watch> {
        let watch = Rc::new(Watch::default());
        watch.clear();
        self.watches.borrow_mut().push(watch.clone());
        watch
    }

    /// Sets a deadline from the coarse time: it may come one sweep late, never early.
    pub(crate) fn set(&self, watch: &Watch, from_now: Duration) {
        let millis = u64::try_from(from_now.as_millis()).unwrap_or(NO_DEADLINE);
        watch.deadline_ms.set(self.now_ms.get().saturating_add(millis));
    }

    /// Moves the time on and wakes those that are late.
    pub(crate) fn sweep(&self) {
        let now_ms = u64::try_from(self.since.elapsed().as_millis()).unwrap_or(NO_DEADLINE);
        self.now_ms.set(now_ms);
        self.watches.borrow_mut().retain(|watch| {
            if watch.deadline_ms.get() <= now_ms {
                watch.expire();
            }
            Rc::strong_count(watch) > 1
        });
    }

    /// Ends the connections that are between requests, or all.
    pub(crate) fn send_home(&self, all: bool) {
        let watches = self.watches.borrow();
        watches
            .iter()
            .filter(|watch| all || watch.idle.get())
            .for_each(|watch| watch.expire());
    }

    /// Connections still there.
    pub(crate) fn present(&self) -> usize {
        self.watches
            .borrow()
            .iter()
            .filter(|watch| Rc::strong_count(watch) > 1)
            .count()
    }
}
