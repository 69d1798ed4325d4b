//! HTTP/2 connections (prior knowledge: from a proxy or a test): hyper's, on the main runtime, with every cap set.

use super::far::{Running, received};
use super::lane::{Connection, GoesOn};
use super::limits::{H2_LOCAL_RESETS, H2_PENDING_RESETS, H2_STREAMS, HEAD_BYTES, Limits};
use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use std::convert::Infallible;
use std::io;
use std::net::IpAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::Instant;

/// A peer that does not answer a ping within this is gone.
const PING: Duration = Duration::from_secs(20);
/// What one stream may have unread on its way to us, in bytes; bodies are small.
const WINDOW_BYTES: u32 = 64 * 1024;

/// Takes the connection out of the lane.
pub(crate) fn take(connection: Connection) -> GoesOn {
    let Connection {
        lane,
        stream,
        peer,
        left,
        seat,
        ..
    } = connection;
    if let Ok(socket) = stream.into_std() {
        let (router, limits, stop) = (
            lane.door.router.clone(),
            lane.door.limits.clone(),
            lane.stop.clone(),
        );
        lane.main.spawn(async move {
            serve(socket, left, peer, router, limits, stop).await;
            drop(seat);
        });
    }
    None
}

async fn serve(
    socket: std::net::TcpStream,
    read: Vec<u8>,
    peer: IpAddr,
    router: Router,
    limits: Limits,
    mut stop: watch::Receiver<bool>,
) {
    let Ok(stream) = TcpStream::from_std(socket) else {
        return;
    };
    let traffic = Arc::new(Traffic::default());
    let service = service_fn(|request| {
        let open = Open::on(&traffic);
        let running = Running(tokio::spawn(tower::ServiceExt::oneshot(
            router.clone(),
            received(request, peer),
        )));
        async move {
            Ok::<_, Infallible>(
                running
                    .response()
                    .await
                    .map(|body| Body::new(Counted { body, open })),
            )
        }
    });
    let mut served = pin!(with_caps().serve_connection(TokioIo::new(Rewound { stream, read }), service));
    let ended = tokio::select! {
        ended = served.as_mut() => Some(ended),
        () = traffic.rests(limits.idle) => None,
        _ = stop.wait_for(|stop| *stop) => None,
    };
    if ended.is_none() {
        // No new streams; those that are open may finish.
        served.as_mut().graceful_shutdown();
        let _ = tokio::time::timeout(limits.drain, served).await;
    }
}

/// What moves on a connection.
#[derive(Default)]
struct Traffic {
    open: AtomicUsize,
    moves: AtomicUsize,
}

impl Traffic {
    /// Returns when nothing has moved for so long without an open stream, or twice as long with one: a peer
    /// that opens streams and reads nothing keeps its place no longer than one that is silent.
    async fn rests(&self, limit: Duration) {
        let (mut seen, mut since) = (0, Instant::now());
        loop {
            tokio::time::sleep(limit / 4).await;
            let patience = if self.open.load(Ordering::Relaxed) == 0 {
                limit
            } else {
                limit * 2
            };
            let moves = self.moves.load(Ordering::Relaxed);
            if moves != seen {
                (seen, since) = (moves, Instant::now());
            } else if since.elapsed() >= patience {
                return;
            }
        }
    }
}

/// One open stream.
struct Open(Arc<Traffic>);

impl Open {
    fn on(traffic: &Arc<Traffic>) -> Self {
        traffic.open.fetch_add(1, Ordering::Relaxed);
        traffic.moves.fetch_add(1, Ordering::Relaxed);
        Self(traffic.clone())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}

/// An answer's body that counts as traffic while it is read.
struct Counted {
    body: Body,
    open: Open,
}

impl HttpBody for Counted {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.open.0.moves.fetch_add(1, Ordering::Relaxed);
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

fn with_caps() -> http2::Builder<TokioExecutor> {
    let mut builder = http2::Builder::new(TokioExecutor::new());
    builder
        .timer(TokioTimer::new())
        .max_concurrent_streams(H2_STREAMS)
        .max_pending_accept_reset_streams(H2_PENDING_RESETS)
        .max_local_error_reset_streams(H2_LOCAL_RESETS)
        .max_header_list_size(u32::try_from(HEAD_BYTES).unwrap_or(u32::MAX))
        .initial_stream_window_size(WINDOW_BYTES)
        .initial_connection_window_size(WINDOW_BYTES * 4)
        .max_send_buf_size(256 * 1024)
        .keep_alive_interval(PING)
        .keep_alive_timeout(PING);
    builder
}

/// The stream, with what was already read of it in front.
struct Rewound {
    stream: TcpStream,
    read: Vec<u8>,
}

impl AsyncRead for Rewound {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.read.is_empty() {
            return Pin::new(&mut self.stream).poll_read(context, into);
        }
        let given = self.read.len().min(into.remaining());
        into.put_slice(&self.read[..given]);
        self.read.drain(..given);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Rewound {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
