//! L3: readers that do not read cost a bounded piece of memory, are cut, and do not hold up the others.

use crate::checker::judge_whole;
use crate::client::Newsroom;
use crate::{heads, room};
use base::hub::Limits;
use std::time::Duration;

const SLOW: usize = 100;
const GOOD: usize = 100;
const RECORDS: i64 = 200;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn readers_that_stall_are_cut_and_hold_up_nobody() {
    let limits = Limits {
        send_buffer_bytes: 4096,
        ring_records: 32,
        lag: Duration::from_secs(1),
        ..Limits::default()
    };
    let newsroom = Newsroom::new(limits);
    let streams = [room(1)];
    let mut slow = Vec::new();
    for _ in 0..SLOW {
        slow.push(newsroom.connect_with(&streams, None, Some(2048)).await);
    }
    let mut good = Vec::new();
    for _ in 0..GOOD {
        good.push(newsroom.connect(&streams, None).await);
    }
    let heads = heads(&[(&streams[0], RECORDS)]);
    let listening: Vec<_> = good
        .into_iter()
        .map(|mut client| {
            let heads = heads.clone();
            tokio::spawn(async move {
                client.listen_to(&heads).await;
                judge_whole(&client.asked, &client.heard, &[], &heads)
            })
        })
        .collect();
    let text = "x".repeat(2000);
    let mut most_buffered = 0;
    for _ in 0..RECORDS {
        newsroom.post(&streams[0], None, &text);
        tokio::time::sleep(Duration::from_millis(1)).await;
        most_buffered = most_buffered.max(newsroom.hub.counts().buffered_bytes);
    }
    // The slow ones still read nothing: if anybody waited for them, this would not end well.
    for client in listening {
        assert_eq!(client.await.unwrap(), Ok(()));
    }
    assert!(
        most_buffered <= (SLOW + GOOD) * (64 << 10),
        "{most_buffered} bytes held back"
    );
    assert!(
        most_buffered <= 4 * (SLOW + GOOD) * text.len(),
        "{most_buffered} bytes: more than the rest of a frame each"
    );
    for _ in 0..300 {
        newsroom.post(&streams[0], None, &text);
        tokio::time::sleep(Duration::from_millis(100)).await;
        if newsroom.hub.counts().cuts == SLOW as u64 {
            return;
        }
    }
    panic!(
        "not everybody who fell off the ring is cut: {:?}",
        newsroom.hub.counts()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cut_reader_resumes_by_its_id() {
    let newsroom = Newsroom::new(Limits {
        send_buffer_bytes: 4096,
        ring_records: 32,
        lag: Duration::from_millis(20),
        ..Limits::default()
    });
    let streams = [room(1)];
    let mut client = newsroom.connect_with(&streams, None, Some(2048)).await;
    let text = "y".repeat(3000);
    let mut head = 0;
    while newsroom.hub.counts().cuts == 0 {
        assert!(head < 5000, "it is never cut");
        head = newsroom.post(&streams[0], None, &text).seq;
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let heads = heads(&[(&streams[0], head)]);
    assert!(
        !client.listen_to(&heads).await && client.ended,
        "it was cut before the end"
    );
    assert!(
        client.last_id.is_some(),
        "it heard something before it stopped reading"
    );
    let mut again = newsroom.connect(&streams, client.last_id.as_deref()).await;
    again.listen_to(&heads).await;
    let whole = [client.heard.clone(), again.heard.clone()].concat();
    assert_eq!(judge_whole(&client.asked, &whole, &[], &heads), Ok(()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_that_takes_nothing_is_cut_after_the_stall() {
    let limits = Limits {
        send_buffer_bytes: 4096,
        stall: Duration::from_millis(300),
        beat: Duration::from_millis(100),
        ..Limits::default()
    };
    let newsroom = Newsroom::new(limits);
    let _client = newsroom.connect_with(&[room(1)], None, Some(2048)).await;
    (0..20).for_each(|_| drop(newsroom.post(&room(1), None, &"z".repeat(3000))));
    tokio::time::sleep(Duration::from_millis(1500)).await;
    let counts = newsroom.hub.counts();
    assert_eq!((counts.cuts, counts.readers, counts.buffered_bytes), (1, 0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_that_pauses_is_not_cut_and_misses_nothing() {
    let newsroom = Newsroom::new(Limits {
        send_buffer_bytes: 4096,
        ring_records: 8,
        ..Limits::default()
    });
    let streams = [room(1)];
    let mut client = newsroom.connect_with(&streams, None, Some(2048)).await;
    let text = "y".repeat(3000);
    for _ in 0..150 {
        newsroom.post(&streams[0], None, &text);
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    // Its socket has long been full, and the ring has let go of nearly all that it has not read.
    let heads = heads(&[(&streams[0], 150)]);
    client.listen_to(&heads).await;
    assert_eq!(judge_whole(&client.asked, &client.heard, &[], &heads), Ok(()));
    assert_eq!(newsroom.hub.counts().cuts, 0);
}
