//! What readers see on an ordinary day: the first bytes, heartbeats, lost wake-ups, revocation, the end.

use crate::checker::{Heard, judge_whole};
use crate::client::{Newsroom, ask};
use crate::{edition, heads, room};
use base::hub::Limits;
use lexicon::PersonId;
use std::time::{Duration, Instant};

const SOON: Duration = Duration::from_secs(5);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_reader_is_told_where_it_stands_and_hears_what_comes() {
    let newsroom = Newsroom::new(Limits::default());
    (0..5).for_each(|_| drop(newsroom.post(&edition(), None, "before")));
    let streams = [edition(), room(1)];
    for raw in [true, false] {
        let mut client = match raw {
            true => newsroom.connect(&streams, None).await,
            false => newsroom.embody(&streams, None).await,
        };
        assert!(client.listen_until(SOON, |client| client.last_id.is_some()).await);
        let before = client.position(&streams[0].to_string());
        assert_eq!(
            client.heard,
            [Heard::Position(heads(&[
                (&streams[0], before),
                (&streams[1], before - 5)
            ]))]
        );
        assert!((2000..=3000).contains(&client.retries[0]));
        let (first, second) = (
            newsroom.post(&edition(), None, "a").seq,
            newsroom.post(&room(1), None, "b").seq,
        );
        let heads = heads(&[(&streams[0], first), (&streams[1], second)]);
        assert!(client.listen_to(&heads).await);
        assert_eq!(judge_whole(&client.asked, &client.heard, &[], &heads), Ok(()));
        assert_eq!(client.events().count(), 2);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_quiet_stream_beats() {
    let newsroom = Newsroom::new(Limits {
        beat: Duration::from_millis(100),
        ..Limits::default()
    });
    let raw = newsroom.connect(&[room(1)], None).await;
    let body = newsroom.embody(&[room(1)], None).await;
    for mut client in [raw, body] {
        assert!(client.listen_until(SOON, |client| client.comments >= 5).await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_wake_up_costs_a_moment_and_no_record() {
    let poll = Some(Duration::from_millis(50));
    let newsroom = Newsroom::new(Limits {
        poll,
        ..Limits::default()
    });
    let mut client = newsroom.connect(&[room(1)], None).await;
    let last = (0..400).fold(0, |_, _| {
        newsroom.post_silently(&room(1), None, "nobody rang").seq
    });
    let heads = heads(&[(&room(1), last)]);
    client.listen_to(&heads).await;
    assert_eq!(judge_whole(&client.asked, &client.heard, &[], &heads), Ok(()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commits_told_in_any_order_are_heard_in_theirs() {
    let newsroom = Newsroom::new(Limits::default());
    let mut client = newsroom.connect(&[room(1)], None).await;
    let records: Vec<_> = (0..30)
        .map(|_| newsroom.post_silently(&room(1), None, "news"))
        .collect();
    for at in [3, 1, 1, 0, 2, 29, 5, 28] {
        newsroom.hub.commit(std::slice::from_ref(&records[at]));
    }
    let heads = heads(&[(&room(1), 30)]);
    client.listen_to(&heads).await;
    assert_eq!(judge_whole(&client.asked, &client.heard, &[], &heads), Ok(()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_revoked_person_is_cut_within_a_second_and_the_others_stay() {
    let newsroom = Newsroom::new(Limits::default());
    let banned = PersonId::parse("00000000-0000-7000-8000-000000000001").unwrap();
    let mut other = newsroom.connect(&[room(1)], None).await;
    for _ in 0..50 {
        let mut own = ask(&[room(1)], None);
        own.person = Some(banned.clone());
        let body = newsroom.hub.body(newsroom.hub.admit(own.clone()).await.unwrap());
        let place = newsroom.hub.admit(own.clone()).await.unwrap();
        let late = newsroom.hub.admit(own).await.unwrap();
        let (mut raw, far) = socket_pair().await;
        newsroom.hub.take(place, far, Box::new(()));
        newsroom.hub.cut_person(&banned);
        let cut_at = Instant::now();
        // Asked for before, opened after: it ends as well.
        let (mut late_raw, far) = socket_pair().await;
        newsroom.hub.take(late, far, Box::new(()));
        let after = newsroom.post(&room(1), None, "not for the banned").seq;
        for socket in [&mut raw, &mut late_raw] {
            let text = read_to_end(socket).await;
            assert!(
                !text.contains(&format!("\"seq\":{after},")),
                "an event after the cut: {text}"
            );
        }
        let text = body_to_end(body).await;
        assert!(
            !text.contains(&format!("\"seq\":{after},")),
            "an event after the cut: {text}"
        );
        assert!(cut_at.elapsed() < Duration::from_secs(1));
    }
    let heads = heads(&[(&room(1), 50)]);
    assert!(other.listen_to(&heads).await);
    assert_eq!(newsroom.hub.counts().readers, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_end_is_told_with_a_time_of_each_ones_own() {
    let newsroom = Newsroom::new(Limits::default());
    let mut clients = Vec::new();
    for _ in 0..20 {
        clients.push(newsroom.connect(&[room(1)], None).await);
    }
    for client in &mut clients {
        assert!(client.listen_until(SOON, |client| client.last_id.is_some()).await);
    }
    let mut body = newsroom.embody(&[room(1)], None).await;
    newsroom.hub.close();
    let mut retries = Vec::new();
    for client in &mut clients {
        client.listen_until(SOON, |_| false).await;
        assert!(client.ended);
        retries.push(client.retries[1]);
    }
    retries.dedup();
    assert!(
        retries.len() > 10,
        "they would all come back at once: {retries:?}"
    );
    body.listen_until(SOON, |_| false).await;
    assert!(body.ended);
    let refused = newsroom.hub.admit(ask(&[room(1)], None)).await.err().unwrap();
    assert_eq!((refused.status(), refused.code()), (503, "live.closing"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_goes_away_or_talks_back_leaves_nothing_behind() {
    let newsroom = Newsroom::new(Limits::default());
    let mut clients = Vec::new();
    for _ in 0..50 {
        clients.push(newsroom.connect(&[room(1), edition()], None).await);
    }
    let (near, far) = socket_pair().await;
    newsroom.hub.take(
        newsroom.hub.admit(ask(&[room(1)], None)).await.unwrap(),
        far,
        Box::new(()),
    );
    let flood = tokio::spawn(async move {
        use tokio::io::AsyncWriteExt;
        let mut near = near;
        while near.write_all(&[b'x'; 4096]).await.is_ok() {}
    });
    clients.truncate(1);
    for _ in 0..500 {
        if newsroom.hub.counts().readers == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(newsroom.hub.counts().readers, 1);
    flood.await.unwrap();
    newsroom.post(&room(1), None, "still here");
    assert!(clients[0].listen_to(&heads(&[(&room(1), 1)])).await);
}

async fn socket_pair() -> (tokio::net::TcpStream, std::net::TcpStream) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let near = tokio::net::TcpStream::connect(listener.local_addr().unwrap())
        .await
        .unwrap();
    let (far, _) = listener.accept().unwrap();
    far.set_nonblocking(true).unwrap();
    (near, far)
}

async fn read_to_end(socket: &mut tokio::net::TcpStream) -> String {
    use tokio::io::AsyncReadExt;
    let mut bytes = Vec::new();
    let ended = tokio::time::timeout(Duration::from_secs(1), socket.read_to_end(&mut bytes)).await;
    assert!(ended.is_ok(), "the stream is still open");
    String::from_utf8_lossy(&bytes).into_owned()
}

async fn body_to_end(body: base::hub::LiveBody) -> String {
    use futures_core::Stream;
    let mut text = String::new();
    let mut body = std::pin::pin!(body);
    let reading = async {
        while let Some(bytes) = std::future::poll_fn(|context| body.as_mut().poll_next(context)).await {
            text.push_str(&String::from_utf8_lossy(&bytes));
        }
    };
    assert!(
        tokio::time::timeout(Duration::from_secs(1), reading)
            .await
            .is_ok(),
        "the body is still open"
    );
    text
}
