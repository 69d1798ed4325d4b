//! S5: whatever a client sends as its position, it hears the streams of its URL and no other, and never an error.

use crate::checker::judge;
use crate::client::{Newsroom, ask};
use crate::{Lot, edition, room, tries};
use base::hub::{Ask, Limits, Tag};
use futures_core::Stream as _;
use lexicon::Stream;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

async fn newsroom() -> (Arc<Newsroom>, Stream, Stream) {
    let newsroom = Newsroom::new(Limits::default());
    let (own, secret) = (room(1), room(2));
    (0..20).for_each(|_| drop(newsroom.post_silently(&own, None, "open")));
    (0..20).for_each(|_| drop(newsroom.post_silently(&secret, None, "secret")));
    // Somebody follows the other room, so that it is active.
    newsroom
        .hub
        .position(&[own.clone(), secret.clone(), edition()])
        .await
        .unwrap();
    (newsroom, own, secret)
}

/// A token made of true parts and rubbish.
fn forged(lot: &mut Lot, tags: &[Tag]) -> String {
    let tag = |lot: &mut Lot| tags[lot.below(tags.len() as u64) as usize].as_str().to_owned();
    let mut text = ["first", "First", "second", "", "first.first"][lot.below(5) as usize].to_owned();
    for _ in 0..lot.below(4) {
        let number = match lot.below(4) {
            0 => lot.below(25).to_string(),
            1 => format!("-{}", lot.below(9)),
            2 => "9".repeat(lot.below(30) as usize),
            _ => "20".to_owned(),
        };
        text.push_str(&format!(".{}-{number}", tag(lot)));
    }
    if lot.below(3) == 0 {
        let rubbish = ['\0', '.', '-', '%', 'é', '🦀', ' ', '\t', 'z', '9'];
        let at = text
            .char_indices()
            .map(|(at, _)| at)
            .nth(lot.below(20) as usize)
            .unwrap_or(0);
        text.insert(at, rubbish[lot.below(10) as usize]);
    }
    if lot.below(50) == 0 { text.repeat(40) } else { text }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_forged_position_opens_no_other_stream() {
    let (newsroom, own, secret) = newsroom().await;
    let tags = [Tag::of(&own), Tag::of(&secret), Tag::of(&edition())];
    let mut lot = Lot::new(5);
    let (mut resets, mut resumed) = (0, 0);
    let (mine, any) = (format!("{{\"stream\":\"{own}\","), "{\"stream\":");
    for number in 0..tries(100_000) {
        let token = forged(&mut lot, &tags);
        let told = hear(&newsroom, &own, &token).await;
        match told.contains("event: reset\n") {
            true => resets += 1,
            false => resumed += 1,
        }
        let (events, ours) = (told.matches(any).count(), told.matches(&mine).count());
        assert_eq!(
            events, ours,
            "try {number}: {token:?} opened another stream: {told}"
        );
        assert!(!told.contains("secret"), "try {number}: {token:?}: {told}");
        if number.is_multiple_of(64) {
            judge_closely(&newsroom, &own, &token, number).await;
        }
    }
    assert!(
        resets > 1000 && resumed > 1000,
        "both ways must be tried: {resets} {resumed}"
    );
}

/// All that is there without waiting: the opening, and the pages that follow it.
async fn hear(newsroom: &Newsroom, stream: &Stream, token: &str) -> String {
    let place = newsroom.hub.admit(ask(std::slice::from_ref(stream), Some(token)));
    let mut body = newsroom.hub.body(place.await.unwrap());
    let (mut text, mut context) = (String::new(), Context::from_waker(Waker::noop()));
    while let Poll::Ready(Some(bytes)) = Pin::new(&mut body).poll_next(&mut context) {
        text.push_str(std::str::from_utf8(&bytes).unwrap());
    }
    text
}

/// The same once more, as a client that understands what it hears.
async fn judge_closely(newsroom: &Newsroom, own: &Stream, token: &str, number: u64) {
    let mut client = newsroom.embody(std::slice::from_ref(own), Some(token)).await;
    client.listen_until(Duration::from_millis(1), |_| false).await;
    // Only positions of the own stream are ever believed; the first of them, when there are several.
    let tag = format!(".{}-", Tag::of(own).as_str());
    let told = token
        .split(&tag)
        .nth(1)
        .and_then(|rest| rest.split('.').next()?.parse().ok());
    client.asked.from = told
        .filter(|_| !client.was_reset())
        .map(|seq| [(own.to_string(), seq)].into());
    let verdict = judge(&client.asked, &client.heard, &[]);
    assert!(verdict.is_ok(), "try {number}: {token:?}: {verdict:?}");
}

#[tokio::test]
async fn a_url_that_names_nothing_to_read_is_refused_in_words() {
    let story = "abcdefgh2345";
    let seventeen: String = (0..17)
        .map(|n| format!("edition=e{}&", char::from(b'a' + n)))
        .collect();
    let cases = [
        (String::new(), "live.no_streams", 422),
        ("after=x".to_owned(), "live.no_streams", 422),
        (seventeen, "live.too_many_streams", 422),
        ("edition=EN".to_owned(), "live.unknown_stream", 404),
        ("room=../../etc/passwd".to_owned(), "live.unknown_stream", 404),
        (format!("room={story}&live=%ff"), "live.unknown_stream", 404),
        ("edition=public:".to_owned(), "live.unknown_stream", 404),
    ];
    for (query, code, status) in cases {
        let error = Ask::read(&query, None).unwrap_err();
        assert_eq!((error.code(), error.status()), (code, status), "{query}");
    }
    for stream in [Stream::Public, Stream::Desk] {
        assert_eq!(Ask::new(vec![stream]).unwrap_err().code(), "live.unknown_stream");
    }
    let mixed = format!("edition=en&room={story}&live={story}&edition=e%6E&later=1&after=a%2Eb+c");
    let ask = Ask::read(&mixed, None).unwrap();
    let names: Vec<String> = ask.streams.iter().map(Stream::to_string).collect();
    assert_eq!(
        names,
        [
            "edition:en".to_owned(),
            format!("room:{story}"),
            format!("live:{story}")
        ]
    );
    assert_eq!(ask.after.as_deref(), Some("a.b c"));
    assert_eq!(
        Ask::read(&mixed, Some("x.y-1")).unwrap().after.as_deref(),
        Some("x.y-1")
    );
}

#[tokio::test]
async fn a_stream_that_is_not_there_is_not_found() {
    let newsroom = Newsroom::new(Limits::default());
    newsroom.ledger.declare_missing(room(9));
    let refused = newsroom
        .hub
        .admit(ask(&[edition(), room(9)], None))
        .await
        .err()
        .unwrap();
    assert_eq!((refused.code(), refused.status()), ("live.unknown_stream", 404));
    assert_eq!(
        newsroom.hub.counts().readers,
        0,
        "a refused reader takes no place"
    );
}
