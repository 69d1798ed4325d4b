//! Ten thousand readers that come back at once cost the table as many reads as there are streams and blocks, not readers.

use crate::checker::judge_whole;
use crate::client::{Newsroom, ask};
use crate::{Lot, heads, room, tries};
use base::hub::Limits;
use lexicon::Stream;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

const STREAMS: u64 = 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_reconnects_cost_reads_by_streams_not_by_readers() {
    let limits = Limits {
        ring_records: 8,
        ..Limits::default()
    };
    let newsroom = Newsroom::new(limits.clone());
    let streams: Vec<_> = (0..STREAMS).map(room).collect();
    for stream in &streams {
        (0..40).for_each(|_| drop(newsroom.post_silently(stream, None, "news")));
    }
    let tokens = tokens(&newsroom, &streams).await;
    // Each ring holds the last 8 of 48.
    for stream in &streams {
        (0..8).for_each(|_| drop(newsroom.post(stream, None, "news")));
    }
    newsroom.ledger.slow_down(Duration::from_millis(20));
    storm(&newsroom, &streams, &tokens).await;
    // As after a restart: nothing is in memory, and all come at once.
    storm(&newsroom.restarted(limits), &streams, &tokens).await;
}

/// Half of the ten thousand come back, each to its own place.
async fn storm(newsroom: &Arc<Newsroom>, streams: &[Stream], tokens: &[String]) {
    let asked = || {
        let checks = newsroom.ledger.existence_checks.load(Ordering::SeqCst);
        (newsroom.ledger.query_count(), checks)
    };
    let (before, began) = (asked(), Instant::now());
    let mut herd = JoinSet::new();
    let mut lot = Lot::new(1);
    for number in 0..tries(5_000) {
        let at = (number % STREAMS) as usize;
        let (newsroom, stream) = (newsroom.clone(), streams[at].clone());
        let token = format!("{}-{}", tokens[at], lot.below(40));
        herd.spawn(async move {
            let mut client = newsroom.embody(std::slice::from_ref(&stream), Some(&token)).await;
            let heads = heads(&[(&stream, 48)]);
            client.listen_to(&heads).await;
            judge_whole(&client.asked, &client.heard, &[], &heads)
        });
    }
    while let Some(verdict) = herd.join_next().await {
        assert_eq!(verdict.unwrap(), Ok(()));
    }
    let (queries, checks) = (asked().0 - before.0, asked().1 - before.1);
    // One block a stream, and once more each time the upkeep let go of the blocks in the middle.
    let seconds = began.elapsed().as_secs();
    assert!(
        queries <= (3 + seconds / 5) * STREAMS,
        "{queries} reads of the table"
    );
    // Once a second and stream.
    assert!(checks <= (2 + seconds) * STREAMS, "{checks} checks of existence");
}

async fn tokens(newsroom: &Newsroom, streams: &[Stream]) -> Vec<String> {
    let mut tokens = Vec::new();
    for stream in streams {
        let token = newsroom.hub.position(std::slice::from_ref(stream)).await.unwrap();
        tokens.push(token.rsplit_once('-').unwrap().0.to_owned());
    }
    tokens
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_one_too_many_is_told_when_to_come_back() {
    let newsroom = Newsroom::new(Limits {
        readers: 3,
        ..Limits::default()
    });
    let streams = [room(1)];
    let mut inside = Vec::new();
    for _ in 0..3 {
        inside.push(newsroom.connect(&streams, None).await);
    }
    let refused = newsroom.hub.admit(ask(&streams, None)).await.err().unwrap();
    assert_eq!((refused.status(), refused.code()), (503, "live.full"));
    assert!(refused.retry_after_s().is_some());
    inside.pop();
    for _ in 0..200 {
        if newsroom.hub.counts().readers < 3 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(
        newsroom.hub.admit(ask(&streams, None)).await.is_ok(),
        "a place that was left can be taken"
    );
}
