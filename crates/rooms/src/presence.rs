//! Who is here, and who is typing: in the memory of the node and nowhere else.
//!
//! A browser with an open room says every 50 seconds that it is there, under a random word of its own; after a minute
//! without it, it is gone. No name is kept but of those who type, and that for five seconds.

use lexicon::{At, StoryId};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Somebody is here for so long after they last said so.
const HERE: i64 = 60 * At::SECOND;
/// Somebody types for so long after their last key.
const TYPING: i64 = 5 * At::SECOND;
/// At most so many are counted in a room, and so many rooms.
const MOST: usize = 50_000;
const ROOMS: usize = 5_000;

/// The rooms of this node with somebody in them.
#[derive(Default)]
pub struct Presence(Mutex<HashMap<StoryId, Crowd>>);

#[derive(Default)]
struct Crowd {
    here: HashMap<String, At>,
    /// By the author's public key: the name, and until when.
    typing: HashMap<String, (String, At)>,
    swept_at: Option<At>,
}

impl Presence {
    /// A browser is here; `None` as the moment's end says that it goes.
    pub fn here(&self, story: &StoryId, device: &str, now: At) {
        let mut rooms = self.rooms();
        if rooms.len() >= ROOMS {
            rooms.retain(|_, crowd| crowd.here.values().any(|until| *until > now));
        }
        if rooms.len() >= ROOMS && !rooms.contains_key(story) {
            return;
        }
        let crowd = rooms.entry(story.clone()).or_default();
        crowd.sweep(now);
        if crowd.here.len() < MOST {
            crowd.here.insert(device.to_owned(), now.plus(HERE));
        }
    }

    pub fn gone(&self, story: &StoryId, device: &str) {
        if let Some(crowd) = self.rooms().get_mut(story) {
            crowd.here.remove(device);
        }
    }

    /// A signed-in person is typing.
    pub fn typing(&self, story: &StoryId, key: &str, name: &str, now: At) {
        if let Some(crowd) = self.rooms().get_mut(story) {
            crowd
                .typing
                .insert(key.to_owned(), (name.to_owned(), now.plus(TYPING)));
        }
    }

    /// How many are here, and the names of up to three who type.
    pub fn of(&self, story: &StoryId, now: At) -> (usize, Vec<String>) {
        let mut rooms = self.rooms();
        let Some(crowd) = rooms.get_mut(story) else {
            return (0, Vec::new());
        };
        crowd.sweep(now);
        let typing = crowd.typing.values().filter(|(_, until)| *until > now).take(3);
        (crowd.here.len(), typing.map(|(name, _)| name.clone()).collect())
    }

    fn rooms(&self) -> MutexGuard<'_, HashMap<StoryId, Crowd>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Crowd {
    /// Looks through a crowd at most each second.
    fn sweep(&mut self, now: At) {
        if self.swept_at.is_some_and(|at| at.plus(At::SECOND) > now) {
            return;
        }
        self.swept_at = Some(now);
        self.here.retain(|_, until| *until > now);
        self.typing.retain(|_, (_, until)| *until > now);
    }
}
