//! Followers inside the process read a stream by number, from any number, and never miss one.

use crate::client::Newsroom;
use crate::{Lot, tight};
use base::hub::{Followed, Follower};
use lexicon::Stream;
use std::time::Duration;

const STREAM: Stream = Stream::Public;

async fn next(follower: &mut Follower) -> Followed {
    tokio::time::timeout(Duration::from_secs(5), follower.next())
        .await
        .unwrap()
        .unwrap()
}

async fn read_up_to(follower: &mut Follower, head: i64) {
    while follower.seq() < head {
        let before = follower.seq();
        let Followed::Records(records) = next(follower).await else {
            panic!("nothing was let go")
        };
        let numbers: Vec<i64> = records.iter().map(|record| record.seq).collect();
        let expected: Vec<i64> = (before + 1..=follower.seq()).collect();
        assert_eq!(numbers, expected);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_follower_hears_every_record_once_from_wherever_it_starts() {
    let newsroom = Newsroom::new(tight());
    (0..700).for_each(|_| drop(newsroom.post_silently(&STREAM, None, "act")));
    for start in [0, 1, 300, 699, 700] {
        let mut follower = newsroom.hub.subscribe(STREAM, start).await.unwrap();
        let head = newsroom.post(&STREAM, None, "act").seq;
        read_up_to(&mut follower, head).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_follower_that_is_slower_than_the_news_reads_the_table() {
    let newsroom = Newsroom::new(tight());
    let mut follower = newsroom.hub.subscribe(STREAM, 0).await.unwrap();
    let mut lot = Lot::new(4);
    for _ in 0..50 {
        let mut head = 0;
        for _ in 0..1 + lot.below(40) {
            head = match lot.below(5) {
                0 => newsroom.post_silently(&STREAM, None, "act").seq,
                _ => newsroom.post(&STREAM, None, "act").seq,
            };
        }
        head = head.max(newsroom.post(&STREAM, None, "act").seq);
        read_up_to(&mut follower, head).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_follower_is_told_to_build_anew_when_records_are_gone_or_restored() {
    let newsroom = Newsroom::new(tight());
    (0..100).for_each(|_| drop(newsroom.post_silently(&STREAM, None, "act")));
    newsroom.ledger.prune(&STREAM, 50);
    let mut follower = newsroom.hub.subscribe(STREAM, 20).await.unwrap();
    assert!(matches!(
        next(&mut follower).await,
        Followed::Rebuild { head: 100 }
    ));
    let mut ahead = newsroom.hub.subscribe(STREAM, 500).await.unwrap();
    assert!(matches!(next(&mut ahead).await, Followed::Rebuild { head: 100 }));
    let head = newsroom.post(&STREAM, None, "act").seq;
    read_up_to(&mut follower, head).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_follower_that_has_heard_more_than_this_node_is_not_told_to_build_anew() {
    let newsroom = Newsroom::new(tight());
    (0..10).for_each(|_| drop(newsroom.post(&STREAM, None, "act")));
    let mut follower = newsroom.hub.subscribe(STREAM, 10).await.unwrap();
    assert_eq!(follower.seq(), 10);
    // Another node commits, a copy of its records comes by another way, and only then this node is rung.
    let head = (0..5).fold(0, |_, _| newsroom.post_silently(&STREAM, None, "act").seq);
    follower = newsroom.hub.subscribe(STREAM, head).await.unwrap();
    let ringing = newsroom.clone();
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(50)).await;
        ringing.post(&STREAM, None, "rung");
    });
    read_up_to(&mut follower, 16).await;
    assert_eq!(follower.seq(), 16);
}
