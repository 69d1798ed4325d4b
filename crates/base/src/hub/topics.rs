//! The streams that somebody follows now. A stream nobody follows costs nothing.

use super::Limits;
use super::frame::{Mark, Sealed};
use super::token::Tag;
use super::topic::Topic;
use super::writer::Inbox;
use lexicon::Stream;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Instant;

/// Every active stream in one shape: frames for readers, records for followers inside.
pub(crate) struct Topics<T> {
    active: RwLock<HashMap<Stream, Active<T>>>,
    writers: Arc<[Arc<Inbox>]>,
    limits: Limits,
    next_id: AtomicU64,
}

struct Active<T> {
    topic: Arc<Topic<T>>,
    /// Since when nobody holds it.
    idle_since: Option<Instant>,
}

impl<T: Sealed> Topics<T> {
    pub fn new(limits: Limits, writers: Arc<[Arc<Inbox>]>) -> Self {
        Self {
            active: RwLock::default(),
            writers,
            limits,
            next_id: AtomicU64::new(1),
        }
    }

    /// The stream if it is active.
    pub fn find(&self, stream: &Stream) -> Option<Arc<Topic<T>>> {
        self.read().get(stream).map(|active| active.topic.clone())
    }

    /// The stream, made active: from this moment on it hears every commit.
    pub fn open(&self, stream: &Stream, epoch: &Arc<str>) -> Arc<Topic<T>> {
        if let Some(topic) = self.find(stream) {
            return topic;
        }
        let mut active = self.write();
        let fresh = || {
            let mark = Mark {
                epoch: epoch.clone(),
                stream: stream.clone(),
                tag: Tag::of(stream),
            };
            let id = self.next_id.fetch_add(1, Ordering::Relaxed);
            let topic = Arc::new(Topic::new(id, mark, &self.limits, self.writers.clone()));
            Active {
                topic,
                idle_since: None,
            }
        };
        active.entry(stream.clone()).or_insert_with(fresh).topic.clone()
    }

    /// Lets go of a stream at once, unless somebody else holds it.
    pub fn forget(&self, topic: Arc<Topic<T>>) {
        let mut active = self.write();
        // One count is the map's own, one is the caller's.
        if Arc::strong_count(&topic) <= 2
            && active
                .get(&topic.mark.stream)
                .is_some_and(|active| active.topic.id == topic.id)
        {
            active.remove(&topic.mark.stream);
        }
    }

    /// All active streams now.
    pub fn all(&self) -> Vec<Arc<Topic<T>>> {
        self.read().values().map(|active| active.topic.clone()).collect()
    }

    /// Forgets everything, after the epoch has changed.
    pub fn clear(&self) {
        self.write().clear();
    }

    /// Lets go of blocks, and of streams that nobody has followed for the limit.
    pub fn sweep(&self, now: Instant) {
        self.write().retain(|_, active| {
            active.topic.drop_blocks();
            // Under the write lock nobody can take a new hold: one count is the map's own.
            if Arc::strong_count(&active.topic) > 1 {
                active.idle_since = None;
                return true;
            }
            now.duration_since(*active.idle_since.get_or_insert(now)) < self.limits.idle_stream
        });
    }

    fn read(&self) -> RwLockReadGuard<'_, HashMap<Stream, Active<T>>> {
        self.active.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, HashMap<Stream, Active<T>>> {
        self.active.write().unwrap_or_else(PoisonError::into_inner)
    }
}
