//! The ring and its bell under loom: every interleaving of append, redact, let go, ring and read.
//!
//!     cargo test -p base --test live_loom
//!
//! The ring's file is included here with loom's locks and atomics, so that nothing else is built anew.

#![allow(clippy::unwrap_used, clippy::panic)]
#![expect(
    clippy::unwrap_used,
    reason = "the model of a test: a poisoned lock is its failure"
)]

#[path = "../src/hub/ring.rs"]
#[allow(dead_code, reason = "the hub's own file, of which a part is used here")]
mod ring;

/// Loom's locks in the place of the hub's.
mod sync {
    pub(crate) use loom::sync::atomic::{AtomicU64, Ordering};
}

use loom::sync::{Arc, Mutex};
use loom::thread;
use ring::{Bell, Kept, Offer, Ring};

/// A record with a text that an edit takes away.
#[derive(Debug)]
struct Line {
    seq: i64,
    subject: &'static str,
    text: Option<i64>,
}

impl Kept for Line {
    fn seq(&self) -> i64 {
        self.seq
    }
    fn bytes(&self) -> usize {
        1
    }
    fn subject(&self) -> Option<&str> {
        Some(self.subject)
    }
    fn superseded(&self, _: i64) -> Self {
        Line { text: None, ..*self }
    }
}

struct Stage {
    ring: Mutex<Ring<Line>>,
    bell: Bell,
    /// The waker's letterbox: how often the writer was woken and has not yet collected.
    woken: Mutex<usize>,
}

impl Stage {
    fn new(max_records: usize) -> Arc<Self> {
        let ring = Mutex::new(Ring::new(0, max_records, 100));
        Arc::new(Self {
            ring,
            bell: Bell::silent(),
            woken: Mutex::new(0),
        })
    }

    fn commit(&self, seq: i64, subject: &'static str) -> Offer {
        let offer = self.ring.lock().unwrap().offer(Line {
            seq,
            subject,
            text: Some(seq),
        });
        if offer == Offer::Taken && self.bell.ring(0) {
            *self.woken.lock().unwrap() += 1;
        }
        offer
    }

    /// What the writer does when woken: answers, then looks. Appends to `seen`; false when it fell off the ring.
    fn look(&self, seen: &mut Vec<i64>) -> bool {
        self.bell.answer(0);
        let last = seen.last().copied().unwrap_or(0);
        match self.ring.lock().unwrap().after(last) {
            Some(next) => seen.extend(next.map(|line| line.seq)),
            None => return false,
        }
        true
    }

    fn was_woken(&self) -> bool {
        std::mem::take(&mut *self.woken.lock().unwrap()) > 0
    }
}

#[test]
fn no_news_is_slept_through() {
    loom::model(|| {
        let stage = Stage::new(10);
        let writer = stage.clone();
        let commits =
            thread::spawn(move || (1..=3).for_each(|seq| assert_eq!(writer.commit(seq, "x"), Offer::Taken)));
        let mut seen = Vec::new();
        for _ in 0..2 {
            if stage.was_woken() {
                assert!(stage.look(&mut seen));
            }
        }
        commits.join().unwrap();
        // All is committed. If something is unseen, a wake-up must be waiting.
        while stage.was_woken() {
            assert!(stage.look(&mut seen));
        }
        assert_eq!(seen, [1, 2, 3]);
    });
}

#[test]
fn numbers_are_taken_once_and_in_order_however_they_come() {
    loom::model(|| {
        let stage = Stage::new(10);
        let other = stage.clone();
        // A commit and the table's reader offer the same records.
        let table = thread::spawn(move || (1..=2).map(|seq| other.commit(seq, "x")).collect::<Vec<_>>());
        let own: Vec<_> = (1..=2).map(|seq| stage.commit(seq, "x")).collect();
        let offers = [own, table.join().unwrap()].concat();
        assert_eq!(offers.iter().filter(|offer| **offer == Offer::Taken).count(), 2);
        assert!(!offers.contains(&Offer::Gap));
        let mut seen = Vec::new();
        assert!(stage.look(&mut seen));
        assert_eq!(seen, [1, 2]);
    });
}

#[test]
fn who_falls_off_the_ring_is_told_and_never_skips() {
    loom::model(|| {
        let stage = Stage::new(1);
        let writer = stage.clone();
        let commits =
            thread::spawn(move || (1..=3).for_each(|seq| assert_eq!(writer.commit(seq, "x"), Offer::Taken)));
        let mut seen = Vec::new();
        let kept_up = stage.look(&mut seen) && stage.look(&mut seen);
        commits.join().unwrap();
        let whole: Vec<i64> = (1..=seen.len() as i64).collect();
        assert_eq!(seen, whole);
        if kept_up && seen.len() < 3 {
            assert_eq!(
                stage.look(&mut seen),
                seen.len() == 3,
                "one more look finds the next or says that it is gone"
            );
        }
    });
}

#[test]
fn no_text_is_read_after_its_edit() {
    loom::model(|| {
        let stage = Stage::new(10);
        assert_eq!(stage.commit(1, "story"), Offer::Taken);
        let writer = stage.clone();
        let edited = Arc::new(loom::sync::atomic::AtomicBool::new(false));
        let done = edited.clone();
        let edit = thread::spawn(move || {
            writer.commit(2, "story");
            done.store(true, loom::sync::atomic::Ordering::Release);
        });
        let after_edit = edited.load(loom::sync::atomic::Ordering::Acquire);
        let texts: Vec<_> = {
            let ring = stage.ring.lock().unwrap();
            ring.after(0).unwrap().map(|line| line.text).collect()
        };
        match texts.as_slice() {
            [Some(1)] => assert!(!after_edit, "the old text was read after the edit"),
            [None, Some(2)] => {}
            other => panic!("{other:?}"),
        }
        edit.join().unwrap();
    });
}
