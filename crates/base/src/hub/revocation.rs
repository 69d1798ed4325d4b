//! Ending open streams before their time.

use lexicon::PersonId;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// How long an order stands for streams that were asked for before it and open after it.
const STANDING: Duration = Duration::from_secs(60);

/// Who a reader is, as far as a revocation asks.
#[derive(Clone, Debug, Default)]
pub struct Mark {
    /// The person signed in, if any.
    pub person: Option<Arc<PersonId>>,
}

/// Decides whose stream ends.
pub(crate) type Order = Arc<dyn Fn(&Mark) -> bool + Send + Sync>;

/// The orders of the last minute, and a bell for the streams that are bodies.
#[derive(Default)]
pub(crate) struct Revocations {
    recent: Mutex<VecDeque<(Instant, Order)>>,
    bell: watch::Sender<Bell>,
}

/// Counts the orders, and says that everything ends.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Bell {
    pub orders: u64,
    pub closed: bool,
}

impl Revocations {
    pub fn add(&self, order: Order) -> Order {
        let now = Instant::now();
        {
            let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
            recent.retain(|(at, _)| now.duration_since(*at) < STANDING);
            recent.push_back((now, order.clone()));
        }
        self.bell.send_modify(|bell| bell.orders += 1);
        order
    }

    /// Whether an order given since `asked_at` ends this reader's stream.
    pub fn has_since(&self, mark: &Mark, asked_at: Instant) -> bool {
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        recent.iter().any(|(at, order)| *at >= asked_at && order(mark))
    }

    /// Resolves at each order and at the end.
    pub fn watch(&self) -> watch::Receiver<Bell> {
        self.bell.subscribe()
    }

    pub fn close(&self) {
        self.bell.send_modify(|bell| bell.closed = true);
    }
}
