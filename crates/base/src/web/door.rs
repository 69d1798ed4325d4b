//! The front door: our own accept loop, because `axum::serve` sets no limit of any kind.
//!
//! Connections are dealt out to *lanes*, a thread each with an event loop of its own, where a page from the store
//! is answered without leaving the thread. What needs a route runs on the main runtime.

use super::headers::Shield;
use super::lane::{self, Arrival};
use super::limits::{BACKLOG, FULL_RETRY_AFTER_S, House, Limits, NEWSROOM_CONNECTIONS};
use super::live::LiveDoor;
use super::raw;
use crate::pages::PageStore;
use crate::{Clock, Error};
use axum::Router;
use socket2::{Domain, Protocol, SockRef, Socket, Type};
use std::future::Future;
use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::sync::watch;

/// What stands behind the door.
#[derive(Clone)]
pub struct Door {
    pub router: Router,
    pub pages: Arc<PageStore>,
    pub live: Option<Arc<dyn LiveDoor>>,
    pub clock: Clock,
    /// The public address, `https://news.example`.
    pub origin: String,
    pub limits: Limits,
    /// Threads that answer from the store; 0 for one a core.
    pub lanes: usize,
    /// Paths for which places are kept when the house is full.
    pub newsroom: Vec<&'static str>,
    /// Counts open connections, streams included; keep a clone for `/metrics`.
    pub house: House,
}

impl Door {
    pub fn new(router: Router, pages: Arc<PageStore>, clock: Clock, origin: impl Into<String>) -> Self {
        Self {
            router,
            pages,
            live: None,
            clock,
            origin: origin.into(),
            limits: Limits::default(),
            lanes: 0,
            newsroom: vec!["/desk", "/api/v1/desk", "/healthz", "/readyz", "/metrics"],
            house: House::default(),
        }
    }

    pub(crate) fn shield(&self) -> Shield {
        Shield::of(&self.origin)
    }
}

/// Opens a listener with the address reusable at once and a backlog of 4096.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

/// Serves until `shutdown`; then accepts no more, tells open streams, finishes requests under way (30 s) and returns.
pub async fn serve(listener: TcpListener, door: Door, shutdown: impl Future<Output = ()>) -> io::Result<()> {
    prepare(&listener, &door.limits)?;
    let (stop, stopping) = watch::channel(false);
    let mut lanes = Vec::new();
    for number in 0..lane_count(&door) {
        let (sender, arrivals) = unbounded_channel();
        let (door, main, stop) = (door.clone(), tokio::runtime::Handle::current(), stopping.clone());
        let run = move || lane::run(door, main, stop, arrivals);
        let thread = std::thread::Builder::new()
            .name(format!("lane-{number}"))
            .spawn(run)?;
        lanes.push((sender, thread));
    }
    let senders: Vec<_> = lanes.iter().map(|(sender, _)| sender.clone()).collect();
    let listener = tokio::net::TcpListener::from_std(listener)?;
    tokio::select! {
        () = accept(&listener, &door, &senders) => {}
        () = pin!(shutdown) => {}
    }
    drop((listener, senders));
    stop.send_replace(true);
    if let Some(live) = &door.live {
        live.drain();
    }
    let (senders, threads): (Vec<_>, Vec<_>) = lanes.into_iter().unzip();
    drop(senders);
    let join = move || threads.into_iter().try_for_each(std::thread::JoinHandle::join);
    let joined = tokio::task::spawn_blocking(join);
    let _ = tokio::time::timeout(door.limits.drain, emptied(&door)).await;
    joined.await?.map_err(|_| io::Error::other("a lane ended early"))
}

/// Waits for the last connection, those of the hub and of HTTP/2 included.
async fn emptied(door: &Door) {
    while door.house.open() > 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

fn lane_count(door: &Door) -> usize {
    match door.lanes {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        lanes => lanes,
    }
}

/// Accepted sockets inherit these from the listener, which saves two calls for each connection.
fn prepare(listener: &TcpListener, limits: &Limits) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let socket = SockRef::from(listener);
    socket.set_tcp_nodelay(true)?;
    socket.set_tcp_user_timeout(Some(limits.unacknowledged))
}

/// Accepts for ever, dealing connections out in turn.
async fn accept(listener: &tokio::net::TcpListener, door: &Door, lanes: &[UnboundedSender<Arrival>]) {
    let full = full_house(door).await;
    let mut turn = 0;
    loop {
        let accepted = listener
            .accept()
            .await
            .and_then(|(stream, peer)| Ok((stream.into_std()?, peer)));
        let (socket, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                pause(&error).await;
                continue;
            }
        };
        let seat = door.house.seat();
        let Some(public) = admits(door) else {
            turn_away(socket, &full);
            continue;
        };
        turn = (turn + 1) % lanes.len();
        if lanes[turn]
            .send(Arrival {
                socket,
                peer: peer.ip(),
                seat,
                public,
            })
            .is_err()
        {
            return;
        }
    }
}

/// Whether there is room: for anybody, for the newsroom only (`false`), or for nobody.
fn admits(door: &Door) -> Option<bool> {
    let open = door.house.open();
    let reserve = if cfg!(feature = "planted-no-reserve") {
        0
    } else {
        NEWSROOM_CONNECTIONS
    };
    if open <= door.limits.connections {
        Some(true)
    } else {
        (open <= door.limits.connections + reserve).then_some(false)
    }
}

/// Out of files or memory, the next accept would fail at once, again and again.
async fn pause(error: &io::Error) {
    if error.kind() != io::ErrorKind::ConnectionAborted && error.kind() != io::ErrorKind::Interrupted {
        tracing::warn!(target: "web", %error, "no connection could be accepted");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// The answer when the house is full.
pub(crate) async fn full_house(door: &Door) -> Vec<u8> {
    let full = Error::Unavailable {
        code: "web.full",
        retry_after_s: FULL_RETRY_AFTER_S,
    };
    raw::refusal(503, &full, door.shield(), door.clock.now()).await
}

/// One write, and the end; nothing is waited for.
fn turn_away(mut socket: TcpStream, full: &[u8]) {
    let _ = socket.write(full);
    let _ = socket.shutdown(std::net::Shutdown::Write);
}
