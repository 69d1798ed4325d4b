//! S3 and S4: a reader that comes back hears what it missed, or is told that it cannot.

use crate::checker::{Fault, judge_whole};
use crate::client::{Client, Newsroom};
use crate::{Lot, edition, heads, room, tries};
use base::hub::Limits;
use lexicon::Stream;
use std::sync::Arc;
use std::time::Duration;

const RECORDS: i64 = 700;
const PRUNED: i64 = 150;

async fn archive() -> (Arc<Newsroom>, Stream) {
    let newsroom = Newsroom::new(Limits {
        ring_records: 64,
        backlog_bytes: 64 << 10,
        ..Limits::default()
    });
    let stream = edition();
    (0..RECORDS).for_each(|_| drop(newsroom.post_silently(&stream, None, "news")));
    newsroom.ledger.prune(&stream, PRUNED);
    (newsroom, stream)
}

/// Comes back at `seq` and listens to the head: what it makes of it.
async fn come_back(newsroom: &Newsroom, stream: &Stream, seq: i64, raw: bool) -> (Client, Result<(), Fault>) {
    let token = newsroom.hub.position(std::slice::from_ref(stream)).await.unwrap();
    let (front, _) = token.rsplit_once('-').unwrap();
    let (token, streams) = (format!("{front}-{seq}"), [stream.clone()]);
    let mut client = match raw {
        true => newsroom.connect(&streams, Some(&token)).await,
        false => newsroom.embody(&streams, Some(&token)).await,
    };
    let heads = heads(&[(stream, RECORDS)]);
    // Whoever says that it is at the head already still has to hear whether that is believed.
    client
        .listen_until(Duration::from_secs(10), |client| client.last_id.is_some())
        .await;
    client.listen_to(&heads).await;
    let verdict = judge_whole(&client.asked, &client.heard, &[], &heads);
    (client, verdict)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_resumes_at_any_age_or_is_told_that_it_cannot() {
    let (newsroom, stream) = archive().await;
    // The ring holds the last few only.
    let mut first = newsroom.connect(std::slice::from_ref(&stream), None).await;
    first.listen_to(&heads(&[(&stream, RECORDS)])).await;
    let mut lot = Lot::new(3);
    for number in 0..tries(1000) {
        let seq = lot.below(RECORDS as u64 + 20) as i64;
        let (client, verdict) = come_back(&newsroom, &stream, seq, number.is_multiple_of(4)).await;
        assert_eq!(verdict, Ok(()), "position {seq}");
        assert_eq!(
            client.was_reset(),
            !(PRUNED..=RECORDS).contains(&seq),
            "position {seq}"
        );
        let expected = if client.was_reset() { 0 } else { RECORDS - seq };
        assert_eq!(client.events().count() as i64, expected, "position {seq}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_streams_resume_each_at_its_own_place() {
    let newsroom = Newsroom::new(crate::tight());
    let streams = [edition(), room(1), room(2)];
    let mut client = newsroom.connect(&streams, None).await;
    let (mut token, mut from) = (None, client.asked.from.clone());
    let mut lot = Lot::new(7);
    let mut posted = [0i64; 3];
    for _ in 0..60 {
        (0..7).for_each(|_| post(&newsroom, &streams, &mut lot, &mut posted));
        let now = heads(&[
            (&streams[0], posted[0]),
            (&streams[1], posted[1]),
            (&streams[2], posted[2]),
        ]);
        client.listen_to(&now).await;
        assert_eq!(
            judge_whole(&client.asked, &client.heard, &[], &now),
            Ok(()),
            "from {from:?} with {token:?}"
        );
        token = client.last_id.clone();
        drop(client);
        (0..9).for_each(|_| post(&newsroom, &streams, &mut lot, &mut posted));
        client = match posted[0] % 2 {
            0 => newsroom.connect(&streams, token.as_deref()).await,
            _ => newsroom.embody(&streams, token.as_deref()).await,
        };
        from = client.asked.from.clone();
    }
    assert!(!client.was_reset());
}

fn post(newsroom: &Newsroom, streams: &[Stream], lot: &mut Lot, posted: &mut [i64; 3]) {
    let at = lot.below(3) as usize;
    posted[at] = newsroom.post(&streams[at], None, "news").seq;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restored_backup_is_told_to_whoever_comes_with_a_newer_id() {
    let newsroom = Newsroom::new(Limits {
        poll: Some(Duration::from_millis(20)),
        ..Limits::default()
    });
    let stream = [edition()];
    (0..50).for_each(|_| drop(newsroom.post_silently(&stream[0], None, "news")));
    let mut client = newsroom.connect(&stream, None).await;
    newsroom.post(&stream[0], None, "lost with the disk");
    assert!(client.listen_to(&heads(&[(&stream[0], 51)])).await);
    for (round, epoch) in ["second", "third", "fourth"].into_iter().enumerate() {
        newsroom.ledger.restore(epoch, 40 + round as i64);
        // Numbers are given out anew: 41 and on are other records than those this reader has seen.
        let head = (0..20).fold(0, |_, _| {
            newsroom.post_silently(&stream[0], None, "another 41").seq
        });
        client.listen_until(Duration::from_secs(10), |_| false).await;
        assert!(client.ended, "an open stream ends when the epoch does");
        let raw = round % 2 == 0;
        client = back(&newsroom, &stream, client.last_id.as_deref(), raw).await;
        assert_eq!(client.position(&stream[0].to_string()), head, "{epoch}");
        let next = newsroom.post(&stream[0], None, "new").seq;
        assert!(client.listen_to(&heads(&[(&stream[0], next)])).await);
    }
    // As a process that was started on the restored table: it has never heard of the old epoch.
    let token = newsroom.hub.position(&stream).await.unwrap();
    newsroom.ledger.restore("fifth", 45);
    let started = newsroom.restarted(Limits::default());
    back(&started, &stream, Some(&token), true).await;
}

/// Comes back with an id of an epoch that is over, and must be told so.
async fn back(newsroom: &Newsroom, stream: &[Stream], id: Option<&str>, raw: bool) -> Client {
    let mut client = match raw {
        true => newsroom.connect(stream, id).await,
        false => newsroom.embody(stream, id).await,
    };
    client
        .listen_until(Duration::from_secs(10), |client| client.last_id.is_some())
        .await;
    assert!(client.was_reset(), "with {id:?}: {:?}", client.heard);
    client
}
