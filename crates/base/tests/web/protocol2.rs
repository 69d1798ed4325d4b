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
