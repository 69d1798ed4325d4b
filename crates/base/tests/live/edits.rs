//! S6: a replay after an edit or a removal never sends the old text, from the ring or from the table.

use crate::checker::{Settled, judge_whole};
use crate::client::Newsroom;
use crate::ledger::Moment;
use crate::{Lot, heads, room, tries};
use base::hub::Limits;
use lexicon::Stream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

fn limits() -> Limits {
    Limits {
        ring_records: 16,
        ..Limits::default()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_replay_tells_the_old_text() {
    let newsroom = Newsroom::new(limits());
    let stream = room(1);
    let mut lot = Lot::new(11);
    let start = newsroom
        .hub
        .position(std::slice::from_ref(&stream))
        .await
        .unwrap();
    let mut settled: Vec<Settled> = Vec::new();
    let mut head = 0;
    for number in 0..tries(1000) {
        // A story is new, or is edited; some silent ones in between push others out of the ring.
        let subject = format!("story-{}", lot.below(1 + number / 3));
        head = newsroom.post(&stream, Some(&subject), "a text").seq;
        settled.retain(|one| one.subject != subject);
        settled.push(Settled {
            stream: stream.to_string(),
            subject,
            seq: head,
        });
        if number % 3 == 0 {
            let age = lot.below(if number % 30 == 0 { 400 } else { 24 }) as i64;
            replay(&newsroom, &stream, &start, (head - age).max(0), head, &settled).await;
        }
    }
    replay(&newsroom, &stream, &start, 0, head, &settled).await;
}

async fn replay(
    newsroom: &Newsroom,
    stream: &Stream,
    start: &str,
    from: i64,
    head: i64,
    settled: &[Settled],
) {
    let token = format!("{}-{from}", start.rsplit_once('-').unwrap().0);
    let streams = std::slice::from_ref(stream);
    let mut client = match head % 4 {
        0 => newsroom.connect(streams, Some(&token)).await,
        _ => newsroom.embody(streams, Some(&token)).await,
    };
    let heads = heads(&[(stream, head)]);
    client.listen_to(&heads).await;
    assert_eq!(
        judge_whole(&client.asked, &client.heard, settled, &heads),
        Ok(()),
        "from {from} to {head}"
    );
    let texts = client.events().filter(|event| event.has_text).count();
    assert!(from == head || texts > 0, "the newest still has its text");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edit_while_the_table_is_being_read_takes_the_text_out_of_what_was_read() {
    let newsroom = Newsroom::new(limits());
    let stream = room(1);
    (0..40).for_each(|n| drop(newsroom.post(&stream, Some(&format!("story-{n}")), "a text")));
    let start = newsroom
        .hub
        .position(std::slice::from_ref(&stream))
        .await
        .unwrap();
    let token = format!("{}-0", start.rsplit_once('-').unwrap().0);
    let (done, editor) = (AtomicBool::new(false), Arc::downgrade(&newsroom));
    let edited = stream.clone();
    newsroom.ledger.interrupt(Some(Arc::new(move |moment| {
        // The rows have been read with the old text; now the edit commits, before any of them is used.
        if let (Moment::AfterRows, Some(newsroom)) = (moment, editor.upgrade())
            && !done.swap(true, Ordering::SeqCst)
        {
            newsroom.post(&edited, Some("story-3"), "another text");
        }
    })));
    let mut client = newsroom.embody(std::slice::from_ref(&stream), Some(&token)).await;
    let heads = heads(&[(&stream, 41)]);
    client.listen_to(&heads).await;
    let settled = [Settled {
        stream: stream.to_string(),
        subject: "story-3".to_owned(),
        seq: 41,
    }];
    assert_eq!(
        judge_whole(&client.asked, &client.heard, &settled, &heads),
        Ok(())
    );
}
