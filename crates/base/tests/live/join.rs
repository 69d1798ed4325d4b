//! S2: whatever is committed between any two steps of joining is heard once.

use crate::checker::judge_whole;
use crate::client::Newsroom;
use crate::ledger::Moment;
use crate::{Lot, heads, room, tight, tries};
use lexicon::Stream;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// What happens at the moments of one joining.
struct Plan {
    stream: Stream,
    lot: Mutex<Lot>,
    /// Commits may be told or not; the last of a try always is.
    committed: AtomicU64,
}

impl Plan {
    fn strike(&self, newsroom: &Newsroom) {
        let mut lot = self.lot.lock().unwrap();
        for _ in 0..lot.below(3) {
            match lot.below(4) {
                0 => newsroom.post_silently(&self.stream, None, "unheard"),
                _ => newsroom.post(&self.stream, None, "told"),
            };
            self.committed.fetch_add(1, Ordering::SeqCst);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_or_doubled_between_the_steps_of_joining() {
    let (mut newsroom, mut struck) = (Newsroom::new(tight()), 0);
    for number in 0..tries(10_000) {
        // Each try has a stream of its own; a table of thousands would only make the tries slow.
        if number.is_multiple_of(100) {
            newsroom = Newsroom::new(tight());
        }
        struck += join_under_fire(&newsroom, number).await;
    }
    assert!(
        struck > tries(10_000),
        "the interruptions must really interrupt: {struck}"
    );
}

/// One joining, with commits at its moments; how many there were.
async fn join_under_fire(newsroom: &Arc<Newsroom>, number: u64) -> u64 {
    let mut lot = Lot::new(number + 1);
    let stream = room(number);
    let before = lot.below(12) as i64;
    (0..before).for_each(|_| drop(newsroom.post_silently(&stream, None, "before")));
    let seen = lot.below(before as u64 + 1) as i64;
    let start = newsroom
        .hub
        .position(std::slice::from_ref(&stream))
        .await
        .unwrap();
    let after = start.replace(&format!("-{before}"), &format!("-{seen}"));

    let plan = Arc::new(Plan {
        stream: stream.clone(),
        lot: Mutex::new(lot),
        committed: AtomicU64::new(0),
    });
    let (striker, room) = (plan.clone(), Arc::downgrade(newsroom));
    newsroom.ledger.interrupt(Some(Arc::new(move |_: Moment| {
        if let Some(newsroom) = room.upgrade() {
            striker.strike(&newsroom);
        }
    })));
    let streams = [stream.clone()];
    let fresh = number.is_multiple_of(5);
    let token = (!fresh).then_some(after.as_str());
    let mut client = match number % 8 {
        0 => newsroom.connect(&streams, token).await,
        _ => newsroom.embody(&streams, token).await,
    };
    plan.strike(newsroom);
    newsroom.ledger.interrupt(None);
    let head = newsroom.post(&stream, None, "the last").seq;
    let heads = heads(&[(&stream, head)]);
    client.listen_to(&heads).await;
    assert_eq!(
        judge_whole(&client.asked, &client.heard, &[], &heads),
        Ok(()),
        "try {number}"
    );
    assert!(!client.was_reset(), "try {number}");
    plan.committed.load(Ordering::SeqCst)
}
