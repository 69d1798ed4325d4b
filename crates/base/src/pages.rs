//! The page store: rendered pages kept as ready answers, each with the set of things it was made from.
//!
//! Three rules hold it together. A page is rendered once however many ask. A page leaves the store the moment
//! one of its tags is dropped. And a page whose snapshot is older than a drop never enters it.

mod answer;
mod flight;
mod index;
mod page;
mod sealed;
mod squeeze;
mod stored;

pub use answer::{Ask, Choice, Form};
pub use flight::Landing;
pub use page::{Page, Tag};
pub use squeeze::Encoding;
pub use stored::Stored;

use crate::Clock;
use crate::web::headers::Shield;
use flight::Flights;
use index::Index;
use quick_cache::sync::Cache;
use quick_cache::{DefaultHashBuilder, Lifecycle, OptionsBuilder, Weighter};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Few shards, because an entry heavier than a shard's share is refused.
const SHARDS: usize = 4;

/// Rendered pages in memory, keyed by canonical target (path, and `?page=N` of numbered pages).
pub struct PageStore {
    pages: Cache<Arc<str>, Arc<Stored>, Weigh, DefaultHashBuilder, Evicted>,
    index: Mutex<Index>,
    flights: Mutex<Flights>,
    sealing: sealed::Sealing,
    counts: Counts,
    clock: Clock,
    shield: Shield,
}

impl PageStore {
    /// A store of at most `budget_bytes`, for a site behind `shield`. A single page may take a quarter of it.
    pub fn new(budget_bytes: u64, clock: Clock, shield: Shield) -> Arc<Self> {
        let options = OptionsBuilder::new()
            .shards(SHARDS)
            .estimated_items_capacity(
                usize::try_from(budget_bytes / 32_768)
                    .unwrap_or(1024)
                    .clamp(64, 1 << 16),
            )
            .weight_capacity(budget_bytes)
            // Nothing is reserved for pages seen twice, so that one page may take a whole shard.
            .build();
        let pages = match options {
            Ok(options) => Cache::with_options(options, Weigh, DefaultHashBuilder::default(), Evicted),
            Err(_) => Cache::with(1024, budget_bytes, Weigh, DefaultHashBuilder::default(), Evicted),
        };
        Arc::new(Self {
            pages,
            index: Mutex::default(),
            flights: Mutex::default(),
            sealing: sealed::Sealing::default(),
            counts: Counts::default(),
            clock,
            shield,
        })
    }

    /// The ready answer for a target, if there is one and it has not expired.
    pub fn lookup(&self, target: &str) -> Option<Arc<Stored>> {
        let found = self.pages.get(target).filter(|stored| self.is_current(stored));
        let count = if found.is_some() {
            &self.counts.hits
        } else {
            &self.counts.misses
        };
        count.fetch_add(1, Ordering::Relaxed);
        found
    }

    /// As `lookup`, for one who asks elsewhere on a miss: only hits are counted.
    pub(crate) fn ready_page(&self, target: &str) -> Option<Arc<Stored>> {
        let found = self.pages.get(target).filter(|stored| self.is_current(stored))?;
        self.counts.hits.fetch_add(1, Ordering::Relaxed);
        Some(found)
    }

    /// The body as a file in memory, when it is long and often sent.
    pub(crate) fn body_file<'a>(&self, ready: &'a stored::Ready) -> Option<&'a std::fs::File> {
        ready.seal.file(&ready.bytes[ready.body_at..], &self.sealing)
    }

    /// Removes every page that has one of `tags` and was made from a snapshot before `seq`, the number of the
    /// `public` record that touched them. Once this has returned, no request that begins later is answered
    /// with an older page, not even by a render that is under way now.
    pub fn drop_tags(&self, tags: &[Tag], seq: i64) {
        if cfg!(feature = "planted-pages-kept") {
            return;
        }
        let mut index = self.locked_index();
        for target in index.drop_tags(tags, seq) {
            let Some(stored) = self.pages.peek(&*target) else {
                continue;
            };
            if stored.at_seq < seq {
                self.pages.remove(&*target);
                index.unlink(&target, &stored.tags);
            }
        }
    }

    /// Forgets everything, renders under way included: another theme, another epoch.
    pub fn clear(&self) {
        self.locked_flights().renew();
        let mut index = self.locked_index();
        index.forget_pages();
        self.pages.clear();
    }

    /// What the store has done since the start.
    pub fn counters(&self) -> Counters {
        Counters {
            hits: self.counts.hits.load(Ordering::Relaxed),
            misses: self.counts.misses.load(Ordering::Relaxed),
            renders: self.counts.renders.load(Ordering::Relaxed),
            pages: self.pages.len() as u64,
            bytes: self.pages.weight(),
        }
    }

    /// Takes a rendered page in, unless one of its tags was dropped after its snapshot. Says whether it did.
    fn keep(&self, target: &Arc<str>, stored: &Arc<Stored>) -> bool {
        let mut index = self.locked_index();
        if index.outdates(&stored.tags, stored.at_seq) && !cfg!(feature = "planted-stale-store") {
            return false;
        }
        if let Some((_, old)) = self.pages.remove(&**target) {
            index.unlink(target, &old.tags);
        }
        index.link(target, &stored.tags);
        let mut evicted = Vec::new();
        self.pages
            .insert_with_lifecycle(target.clone(), stored.clone(), &mut evicted);
        for (target, stored) in evicted {
            index.unlink(&target, &stored.tags);
        }
        true
    }

    fn is_current(&self, stored: &Stored) -> bool {
        stored.expires_at.is_none_or(|at| self.clock.now() < at)
    }

    fn locked_index(&self) -> MutexGuard<'_, Index> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn locked_flights(&self) -> MutexGuard<'_, Flights> {
        self.flights.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Default)]
struct Counts {
    hits: AtomicU64,
    misses: AtomicU64,
    renders: AtomicU64,
}

/// The store in numbers, for `/metrics`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counters {
    pub hits: u64,
    pub misses: u64,
    pub renders: u64,
    /// Pages kept now.
    pub pages: u64,
    /// Their estimated weight in bytes, compressed forms included.
    pub bytes: u64,
}

#[derive(Clone)]
struct Weigh;

impl Weighter<Arc<str>, Arc<Stored>> for Weigh {
    fn weight(&self, target: &Arc<str>, stored: &Arc<Stored>) -> u64 {
        stored.weight_bytes() + target.len() as u64
    }
}

/// Hands evicted pages back, so that the index forgets them too.
#[derive(Clone)]
struct Evicted;

impl Lifecycle<Arc<str>, Arc<Stored>> for Evicted {
    type RequestState = Vec<(Arc<str>, Arc<Stored>)>;

    fn on_evict(&self, evicted: &mut Self::RequestState, target: Arc<str>, stored: Arc<Stored>) {
        evicted.push((target, stored));
    }
}

#[cfg(test)]
mod tests;
