//! HTTP/2: the same answers, and its abuses (L2).

use super::house::House;
use base::web::headers::SECURITY;
use base::web::limits::H2_STREAMS;
use http::Request;

fn request(path: &str) -> Request<()> {
    Request::get(format!("http://news.example{path}"))
        .body(())
        .unwrap()
}

async fn connected(
    house: &House,
) -> (
    h2::client::SendRequest<bytes::Bytes>,
    tokio::task::JoinHandle<Result<(), h2::Error>>,
) {
    let stream = tokio::net::TcpStream::connect(house.address).await.unwrap();
    let (client, connection) = h2::client::handshake(stream).await.unwrap();
    (client.ready().await.unwrap(), tokio::spawn(connection))
}

#[tokio::test]
async fn pages_and_refusals_are_the_same_over_http_2() {
    let house = House::open();
    let (mut client, _connection) = connected(&house).await;
    for (path, status) in [
        ("/en/", 200),
        ("/en/", 200),
        ("/nothing", 404),
        ("/panic", 500),
        ("/en//", 308),
    ] {
        let (answer, _) = client.send_request(request(path), true).unwrap();
        let answer = answer.await.unwrap();
        assert_eq!(answer.status(), status, "{path}");
        for (name, _) in SECURITY {
            assert!(answer.headers().contains_key(name), "{path}: {name}");
        }
        let mut body = answer.into_body();
        let mut bytes = 0;
        while let Some(piece) = body.data().await {
            let piece = piece.unwrap();
            bytes += piece.len();
            body.flow_control().release_capacity(piece.len()).unwrap();
        }
        assert_eq!(bytes > 20_000, status == 200, "{path}: {bytes}");
    }
    assert_eq!(house.renders(), 1);
}

#[tokio::test]
async fn streams_are_counted() {
    let house = House::open();
    let (mut client, _connection) = connected(&house).await;
    let (first, _) = client.send_request(request("/en/"), true).unwrap();
    first.await.unwrap();
    assert!(client.current_max_send_streams() <= H2_STREAMS as usize);
}

#[tokio::test]
async fn rapid_resets_end_the_connection() {
    let house = House::open();
    let (mut client, connection) = connected(&house).await;
    for _ in 0..5_000 {
        let Ok(ready) = client.ready().await else { break };
        client = ready;
        let Ok((answer, mut stream)) = client.send_request(request("/waits"), true) else {
            break;
        };
        stream.send_reset(h2::Reason::CANCEL);
        drop(answer);
        tokio::task::yield_now().await;
        if connection.is_finished() {
            break;
        }
    }
    let ended = tokio::time::timeout(std::time::Duration::from_secs(5), connection).await;
    assert!(ended.is_ok(), "the connection is still open");
}

#[tokio::test]
async fn idle_connections_and_those_that_read_nothing_are_closed() {
    let house = House::with(|_, door| {
        door.limits.idle = std::time::Duration::from_millis(300);
        door.limits.drain = std::time::Duration::from_millis(300);
    });
    let (mut silent, connection) = connected(&house).await;
    silent
        .send_request(request("/en/"), true)
        .unwrap()
        .0
        .await
        .unwrap();
    let (mut stalled, stalled_connection) = connected(&house).await;
    let mut open = Vec::new();
    for _ in 0..20 {
        // 20 pages of 24 KB are more than the 64 KB that may be under way, and none of them is read.
        open.push(
            stalled
                .send_request(request("/en/"), true)
                .unwrap()
                .0
                .await
                .unwrap(),
        );
    }
    let limit = std::time::Duration::from_secs(5);
    assert!(
        tokio::time::timeout(limit, connection).await.is_ok(),
        "the silent one is still open"
    );
    assert!(
        tokio::time::timeout(limit, stalled_connection).await.is_ok(),
        "the stalled one is still open"
    );
    drop((stalled, open));
}

#[tokio::test]
async fn stopping_lets_open_streams_finish() {
    let mut house = House::open();
    let (mut client, connection) = connected(&house).await;
    let (waiting, _) = client.send_request(request("/waits"), true).unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    house.stop();
    assert_eq!(waiting.await.unwrap().status(), 200);
    drop(client);
    assert!(
        tokio::time::timeout(std::time::Duration::from_secs(5), connection)
            .await
            .is_ok()
    );
    house.closed();
}
