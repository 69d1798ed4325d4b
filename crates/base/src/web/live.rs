//! Where an open stream leaves the web server: who may have one, and who writes it from then on.
//!
//! An open HTTP/1.1 stream needs no HTTP state. The door reads the request, asks the [`LiveDoor`], writes
//! the answer's head and gives the bare socket away; only HTTP/2 readers stay with the server, as a body.

use super::Later;
use super::limits::Seat;
use crate::Result;
use bytes::Bytes;
use futures_core::Stream;
use http::HeaderMap;
use std::net::IpAddr;
use std::pin::Pin;

/// The path of the live stream; everything after it is the query.
pub const LIVE_PATH: &str = "/api/v1/live";

/// Decides who may follow which streams. The hub implements it.
pub trait LiveDoor: Send + Sync + 'static {
    /// Checks the request and subscribes. Nothing has been answered yet: an error becomes a problem document
    /// (`Invalid`, `TooMany`, `Unavailable` with `Retry-After`). Runs on the main runtime.
    fn admit(&self, request: LiveRequest) -> Later<'_, Result<Box<dyn Admission>>>;

    /// The server stops: tell open streams and end them. Called once; must not block.
    fn drain(&self);
}

/// What a reader asked for.
#[derive(Debug)]
pub struct LiveRequest {
    /// Path and query as sent, `/api/v1/live?edition=en`; not decoded, at most 8 KiB.
    pub target: String,
    /// The `Last-Event-ID` header, if there was exactly one.
    pub last_event_id: Option<String>,
    /// All headers of the request (cookies, `Origin`, `Sec-Fetch-Site`).
    pub headers: HeaderMap,
    /// The caller's address, as the kernel saw it.
    pub peer: IpAddr,
    /// True when the stream will be a body over HTTP/2 ([`Admission::into_body`]), false for a bare socket.
    pub h2: bool,
}

/// One admitted reader, before the first byte. Dropping it ends the subscription.
pub trait Admission: Send {
    /// Takes the socket over. The answer's head (`200`, `text/event-stream`, `connection: close`) is already
    /// written, so what follows are the bytes of the event stream, unframed; closing the socket ends it.
    /// The socket is non-blocking with `TCP_NODELAY` and `TCP_USER_TIMEOUT` set. Keep `seat` until the socket
    /// is closed: it is the reader's place among the open connections. Must not block.
    fn take(self: Box<Self>, socket: std::net::TcpStream, seat: Seat);

    /// The same stream as the frames of a body.
    fn into_body(self: Box<Self>) -> Pin<Box<dyn Stream<Item = Bytes> + Send>>;
}
