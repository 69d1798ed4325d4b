//! HTTP/2 connections (prior knowledge: from a proxy or a test): hyper's, on the main runtime, with every cap set.

use super::far::{Running, received};
use super::lane::{Connection, GoesOn};
use super::limits::{H2_LOCAL_RESETS, H2_PENDING_RESETS, H2_STREAMS, HEAD_BYTES, Seat};
use axum::Router;
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use std::convert::Infallible;
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

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
        let router = lane.door.router.clone();
        lane.main.spawn(serve(socket, left, peer, seat, router));
    }
    None
}

async fn serve(socket: std::net::TcpStream, read: Vec<u8>, peer: IpAddr, seat: Seat, router: Router) {
    let Ok(stream) = TcpStream::from_std(socket) else {
        return;
    };
    let io = TokioIo::new(Rewound { stream, read });
    let service = service_fn(move |request| {
        let running = Running(tokio::spawn(tower::ServiceExt::oneshot(
            router.clone(),
            received(request, peer),
        )));
        async move { Ok::<_, Infallible>(running.response().await) }
    });
    let served = http2::Builder::new(TokioExecutor::new())
        .timer(TokioTimer::new())
        .max_concurrent_streams(H2_STREAMS)
        .max_pending_accept_reset_streams(H2_PENDING_RESETS)
        .max_local_error_reset_streams(H2_LOCAL_RESETS)
        .max_header_list_size(u32::try_from(HEAD_BYTES).unwrap_or(u32::MAX))
        .initial_stream_window_size(WINDOW_BYTES)
        .initial_connection_window_size(WINDOW_BYTES * 4)
        .max_send_buf_size(256 * 1024)
        .keep_alive_interval(PING)
        .keep_alive_timeout(PING)
        .serve_connection(io, service)
        .await;
    if let Err(error) = served {
        tracing::debug!(target: "web", %error, "an HTTP/2 connection ended");
    }
    drop(seat);
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
