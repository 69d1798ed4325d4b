//! Single flight: one render per page at a time, whoever asks and whoever leaves.

use super::{Page, PageStore, Stored};
use crate::Error;
use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::sync::watch;

/// How a render ended; shared by all who waited for it.
pub type Landing = Result<Arc<Stored>, Arc<Error>>;

/// The renders under way, by target.
#[derive(Default)]
pub(super) struct Flights {
    under_way: HashMap<Arc<str>, Flight>,
    /// Grows when the store is cleared; a render of an older generation is not kept.
    generation: u64,
}

#[derive(Clone)]
struct Flight {
    landing: watch::Receiver<Option<Landing>>,
    generation: u64,
}

/// A request's part in a flight.
enum Part {
    Served(Arc<Stored>),
    Waits(Flight),
    Leads(watch::Sender<Option<Landing>>, Flight),
}

impl Flights {
    pub(super) fn renew(&mut self) {
        self.generation += 1;
        self.under_way.clear();
    }
}

impl PageStore {
    /// The page at `target`: from the store, from a render under way, or by rendering it now. A waiter gets no
    /// page that had been dropped before it came; a render goes on when the one who began it goes away.
    pub async fn render<Make, Making>(self: &Arc<Self>, target: &str, make: Make) -> Landing
    where
        Make: FnOnce() -> Making,
        Making: Future<Output = Result<Page, Arc<Error>>> + Send + 'static,
    {
        let target: Arc<str> = target.into();
        let seen_seq = self.locked_index().seen_seq;
        loop {
            match self.join(&target) {
                Part::Served(stored) => return Ok(stored),
                Part::Leads(sender, flight) => {
                    let generation = flight.generation;
                    tokio::spawn(self.clone().fly(target, generation, sender, make()));
                    return landed(flight).await;
                }
                Part::Waits(flight) => {
                    let landing = landed(flight).await;
                    if self.is_fresh_enough(&landing, seen_seq) {
                        return landing;
                    }
                }
            }
        }
    }

    /// Looks once more and joins or begins, in one step: between two requests there is no moment in which
    /// neither the page nor its flight can be found.
    fn join(&self, target: &Arc<str>) -> Part {
        let mut flights = self.locked_flights();
        if let Some(stored) = self.pages.get(&**target).filter(|stored| self.is_current(stored)) {
            return Part::Served(stored);
        }
        let under_way = flights
            .under_way
            .get(target)
            .filter(|_| !cfg!(feature = "planted-no-single-flight"));
        if let Some(flight) = under_way {
            return Part::Waits(flight.clone());
        }
        let (sender, landing) = watch::channel(None);
        let flight = Flight {
            landing,
            generation: flights.generation,
        };
        flights.under_way.insert(target.clone(), flight.clone());
        Part::Leads(sender, flight)
    }

    async fn fly(
        self: Arc<Self>,
        target: Arc<str>,
        generation: u64,
        sender: watch::Sender<Option<Landing>>,
        making: impl Future<Output = Result<Page, Arc<Error>>> + Send + 'static,
    ) {
        self.counts.renders.fetch_add(1, Ordering::Relaxed);
        // A task of its own, so that a panic ends this render and not its waiters.
        let made = match tokio::spawn(making).await {
            Ok(made) => made,
            Err(fault) => Err(Arc::new(Error::internal(fault))),
        };
        let landing = made.map(|page| (page.kept, Arc::new(Stored::new(page, self.shield))));
        let mut flights = self.locked_flights();
        if flights.generation == generation {
            if let Ok((true, stored)) = &landing {
                self.keep(&target, stored);
            }
            flights.under_way.remove(&target);
        }
        drop(flights);
        sender.send_replace(Some(landing.map(|(_, stored)| stored)));
    }

    /// A page that missed a drop still serves those who came before the drop.
    fn is_fresh_enough(&self, landing: &Landing, seen_seq: i64) -> bool {
        let Ok(stored) = landing else { return true };
        stored.at_seq >= seen_seq || !self.locked_index().outdates(&stored.tags, stored.at_seq)
    }
}

async fn landed(mut flight: Flight) -> Landing {
    match flight.landing.wait_for(Option::is_some).await {
        Ok(landing) => landing.clone().unwrap_or_else(|| Err(lost())),
        Err(_) => Err(lost()),
    }
}

fn lost() -> Arc<Error> {
    Arc::new(Error::internal("a render ended without a result"))
}
