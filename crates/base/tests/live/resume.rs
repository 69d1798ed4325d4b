//! S3 and S4: a reader that comes back hears what it missed, or is told that it cannot.

use crate::checker::{Fault, judge_whole};
use crate::client::{Client, Newsroom};
use crate::{Lot, edition, heads, room, tries};
use base::hub::Limits;
use lexicon::Stream;
use std::sync::Arc;

const RECORDS: i64 = 1500;
const PRUNED: i64 = 300;

async fn archive() -> (Arc<Newsroom>, Stream) {
    let newsroom = Newsroom::new(Limits {
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
            seq < PRUNED || seq > RECORDS,
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
    let newsroom = Newsroom::new(Limits::default());
    let stream = [edition()];
    (0..50).for_each(|_| drop(newsroom.post_silently(&stream[0], None, "news")));
    let mut client = newsroom.connect(&stream, None).await;
    newsroom.post(&stream[0], None, "lost with the disk");
    assert!(client.listen_to(&heads(&[(&stream[0], 51)])).await);
    for (round, epoch) in ["second", "third", "fourth"].into_iter().enumerate() {
        newsroom.ledger.restore(epoch, 40 + round as i64);
        // Coming with a number beyond the head makes the hub look at the table.
        let mut late = newsroom.connect(&stream, client.last_id.as_deref()).await;
        late.listen_until(std::time::Duration::from_secs(2), Client::was_reset)
            .await;
        if !late.was_reset() {
            // It came before the hub knew: it was let in by the old epoch, and is cut.
            late = newsroom.connect(&stream, client.last_id.as_deref()).await;
            late.listen_until(std::time::Duration::from_secs(2), Client::was_reset)
                .await;
        }
        assert!(late.was_reset(), "after restore {epoch}");
        let next = newsroom.post(&stream[0], None, "new").seq;
        assert!(late.listen_to(&heads(&[(&stream[0], next)])).await);
        client = late;
    }
}
