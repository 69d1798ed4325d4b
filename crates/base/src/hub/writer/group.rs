//! The streams of one writer: who reads each, and whom to visit when there is news.

use super::World;
use super::inbox::{Inbox, Loaded};
use crate::hub::frame::Frame;
use crate::hub::place::Cursor;
use crate::hub::topic::{Tail, Topic};
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

/// A reader's place in one stream of this writer.
#[derive(Debug)]
pub(super) struct Seat {
    pub group: u32,
    /// Index among the group's members.
    pub at: u32,
    pub seq: i64,
    /// Older than the ring, and so served from the table.
    pub catching_up: bool,
}

/// One stream, as this writer serves it.
pub(super) struct Group {
    pub topic: Arc<Topic<Frame>>,
    pub tail: Tail<Frame>,
    stale: bool,
    members: Vec<u32>,
    /// The lap: who is visited next, and how many are left to visit. News in the middle makes it a whole lap more from there,
    /// so that whoever comes late in the lap gets all of it in one write.
    next: usize,
    left: usize,
    waiting: Vec<(u32, i64)>,
    loading: bool,
}

/// All streams of one writer.
pub(super) struct Groups {
    number: u32,
    world: World,
    inbox: Arc<Inbox>,
    slots: Vec<Option<Group>>,
    free: Vec<u32>,
    by_topic: HashMap<u64, u32>,
    busy: VecDeque<u32>,
}

impl Groups {
    pub fn new(number: u32, world: World, inbox: Arc<Inbox>) -> Self {
        let (slots, free, by_topic, busy) = Default::default();
        Self {
            number,
            world,
            inbox,
            slots,
            free,
            by_topic,
            busy,
        }
    }

    pub fn at(&self, number: u32) -> Option<&Group> {
        self.slots.get(number as usize)?.as_ref()
    }

    /// How long who was left behind may take nothing.
    pub fn lag(&self) -> Duration {
        self.world.limits.lag
    }

    pub fn is_busy(&self) -> bool {
        !self.busy.is_empty()
    }

    /// Seats a reader in its streams.
    pub fn seat(&mut self, key: usize, cursors: Vec<Cursor>) -> Vec<Seat> {
        cursors
            .into_iter()
            .map(|cursor| self.seat_in(key as u32, cursor))
            .collect()
    }

    /// Takes a reader out. When another member took over its index: who, and the index.
    pub fn leave(&mut self, seat: &Seat) -> Option<(usize, u32)> {
        let group = self.slots.get_mut(seat.group as usize)?.as_mut()?;
        group.members.swap_remove(seat.at as usize);
        if group.left > 0 {
            // The one who moved may have been skipped: one more lap, which costs little for who is even.
            group.left = group.members.len();
        }
        let moved = group
            .members
            .get(seat.at as usize)
            .map(|reader| (*reader as usize, seat.at));
        if group.members.is_empty() {
            self.by_topic.remove(&group.topic.id);
            self.busy.retain(|busy| *busy != seat.group);
            self.free.push(seat.group);
            self.slots[seat.group as usize] = None;
        }
        moved
    }

    /// A stream has news: its readers are to be visited.
    pub fn stirred(&mut self, topic: u64) {
        let Some(&number) = self.by_topic.get(&topic) else {
            return;
        };
        let Some(group) = self.slots.get_mut(number as usize).and_then(Option::as_mut) else {
            return;
        };
        group.topic.answer(self.number);
        group.stale = true;
        if group.left == 0 {
            self.busy.push_back(number);
        }
        group.left = group.members.len();
    }

    /// Who is to be visited next.
    pub fn next_visit(&mut self) -> Option<usize> {
        let number = *self.busy.front()?;
        let Some(group) = self.slots.get_mut(number as usize).and_then(Option::as_mut) else {
            self.busy.pop_front();
            return None;
        };
        if group.next >= group.members.len() {
            group.next = 0;
        }
        let reader = group.members.get(group.next).map(|reader| *reader as usize);
        group.next += 1;
        group.left = group.left.saturating_sub(1);
        if group.left == 0 {
            self.busy.pop_front();
        }
        reader
    }

    /// Lets the next busy stream be first, so that a large one does not make a small one wait.
    pub fn rotate(&mut self) {
        self.busy.rotate_left(self.busy.len().min(1));
    }

    /// Looks at the ring again if there was news since the last look.
    pub fn freshen(&mut self, number: u32) {
        let Some(group) = self.slots.get_mut(number as usize).and_then(Option::as_mut) else {
            return;
        };
        if std::mem::take(&mut group.stale)
            && let Some(tail) = group.topic.tail(Some(group.tail.version))
        {
            group.tail = tail;
        }
    }

    /// Has the table read for a reader that is older than the ring; one read at a time per stream.
    pub fn load(&mut self, number: u32, key: usize, seq: i64) {
        let Some(group) = self.slots.get_mut(number as usize).and_then(Option::as_mut) else {
            return;
        };
        group.waiting.push((key as u32, seq));
        if std::mem::replace(&mut group.loading, true) {
            return;
        }
        let (topic, inbox, world) = (group.topic.clone(), self.inbox.clone(), self.world.clone());
        self.world.runtime.spawn(async move {
            let kept = topic.load(seq, world.ledger.as_ref(), &world.counters).await.unwrap_or_else(|error| {
                tracing::warn!(target: "live", stream = %topic.mark.stream, %error, "cannot read the backlog");
                false
            });
            inbox.loaded(Loaded { topic: topic.id, seq, kept });
        });
    }

    /// A read of the table has ended: who waited, in which group and at which number.
    pub fn loaded(&mut self, loaded: &Loaded) -> (u32, Vec<(u32, i64)>) {
        let Some(&number) = self.by_topic.get(&loaded.topic) else {
            return (0, Vec::new());
        };
        let Some(group) = self.slots.get_mut(number as usize).and_then(Option::as_mut) else {
            return (0, Vec::new());
        };
        group.loading = false;
        (number, std::mem::take(&mut group.waiting))
    }

    fn seat_in(&mut self, reader: u32, cursor: Cursor) -> Seat {
        let number = match self.by_topic.get(&cursor.topic.id) {
            Some(number) => *number,
            None => self.open(cursor.topic),
        };
        let mut seat = Seat {
            group: number,
            at: 0,
            seq: cursor.seq,
            catching_up: true,
        };
        if let Some(group) = self.slots.get_mut(number as usize).and_then(Option::as_mut) {
            seat.at = group.members.len() as u32;
            group.members.push(reader);
        }
        seat
    }

    fn open(&mut self, topic: Arc<Topic<Frame>>) -> u32 {
        // The bell may have rung for a group that is gone: answered before the look, it rings again for this one.
        topic.answer(self.number);
        let tail = topic.tail(None).unwrap_or(Tail {
            version: 0,
            floor: 0,
            frames: Vec::new(),
        });
        let number = self.free.pop().unwrap_or(self.slots.len() as u32);
        self.by_topic.insert(topic.id, number);
        let (members, waiting) = Default::default();
        let group = Group {
            topic,
            tail,
            stale: true,
            members,
            next: 0,
            left: 0,
            waiting,
            loading: false,
        };
        match self.slots.get_mut(number as usize) {
            Some(slot) => *slot = Some(group),
            None => self.slots.push(Some(group)),
        }
        number
    }
}
