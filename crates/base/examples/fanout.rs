//! The hub alone behind the least of a server, to measure it: `GET /sub/NAME` opens a stream, `POST /pub/NAME` commits the body.
//!
//!     cargo run --release -p base --example fanout -- 18095 [WRITERS]

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../tests/live/ledger.rs"]
mod ledger;

use base::Clock;
use base::hub::{Ask, Hub, Limits};
use ledger::MemoryLedger;
use lexicon::{StoryId, Stream};
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
Connection: close\r\nX-Accel-Buffering: no\r\n\r\n";

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

struct Server {
    hub: Arc<Hub>,
    ledger: Arc<MemoryLedger>,
    /// Numbers are taken and told in one order.
    commits: tokio::sync::Mutex<()>,
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Outcome<()> {
    let port: u16 = std::env::args().nth(1).map_or(Ok(18095), |port| port.parse())?;
    let ledger = MemoryLedger::new("bench");
    let limits = Limits {
        readers: 50_000,
        ..Limits::default()
    };
    let hub = Hub::new(ledger.clone(), ledger.clone(), limits, Clock::system())?;
    let server = Arc::new(Server {
        hub,
        ledger,
        commits: tokio::sync::Mutex::default(),
    });
    let socket = tokio::net::TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(([127, 0, 0, 1], port).into())?;
    serve(server, socket.listen(4096)?).await
}

async fn serve(server: Arc<Server>, listener: TcpListener) -> Outcome<()> {
    loop {
        let (socket, _) = listener.accept().await?;
        socket.set_nodelay(true)?;
        let server = server.clone();
        tokio::spawn(async move { server.answer(socket).await });
    }
}

impl Server {
    async fn answer(&self, mut socket: TcpStream) -> Outcome<()> {
        let mut request = Vec::new();
        loop {
            let end = loop {
                if let Some(at) = request.windows(4).position(|window| window == b"\r\n\r\n") {
                    break at + 4;
                }
                if socket.read_buf(&mut request).await? == 0 {
                    return Ok(());
                }
            };
            let head = String::from_utf8_lossy(&request[..end]).into_owned();
            let stream = stream_of(&head)?;
            if head.starts_with("GET") {
                return self.open(socket, stream, field(&head, "last-event-id")).await;
            }
            let length: usize = field(&head, "content-length").unwrap_or_default().parse()?;
            while request.len() < end + length {
                socket.read_buf(&mut request).await?;
            }
            let body = String::from_utf8_lossy(&request[end..end + length]).into_owned();
            self.commit(&stream, &body).await;
            socket
                .write_all(b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n")
                .await?;
            request.drain(..end + length);
        }
    }

    async fn open(&self, mut socket: TcpStream, stream: Stream, after: Option<String>) -> Outcome<()> {
        let mut ask = Ask::new(vec![stream])?;
        ask.after = after;
        let place = self.hub.admit(ask).await?;
        socket.write_all(HEAD).await?;
        self.hub.take(place, socket.into_std()?, Box::new(()));
        Ok(())
    }

    async fn commit(&self, stream: &Stream, body: &str) {
        let _turn = self.commits.lock().await;
        let data = serde_json::json!({ "text": body }).to_string();
        let record = self.ledger.append(stream, "message.posted", None, &data);
        self.hub.commit(&[record]);
    }
}

/// The room whose id is the path's last part, written in base32.
fn stream_of(head: &str) -> Outcome<Stream> {
    let path = head.split(' ').nth(1).unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let letters = name
        .bytes()
        .flat_map(|byte| [b'a' + (byte >> 4), b'a' + (byte & 15)]);
    let id: String = letters
        .chain(std::iter::repeat(b'z'))
        .take(12)
        .map(char::from)
        .collect();
    Ok(Stream::Room(StoryId::parse(&id)?))
}

fn field(head: &str, name: &str) -> Option<String> {
    let of = |line: &str| {
        line.split_once(':')
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
    };
    head.lines()
        .filter_map(of)
        .find(|(found, _)| found == name)
        .map(|(_, value)| value)
}
