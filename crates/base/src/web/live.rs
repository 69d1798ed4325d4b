//! Where an open stream leaves the web server: who may have one, and who writes it from then on.
//!
//! An open HTTP/1.1 stream needs no HTTP state. The door reads the request, asks the [`LiveDoor`], writes
//! the answer's head and gives the bare socket away; only HTTP/2 readers stay with the server, as a body.

use super::limits::Seat;
use super::route::{Access, Route, bind};
use super::{Later, Peer};
use crate::Result;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, HeaderValue};
use hyper::body::Frame;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

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

/// The headers of a live stream, besides those of every answer. Proxies must neither keep nor buffer it.
pub(crate) const HEAD: [(&str, &str); 3] = [
    ("content-type", "text/event-stream; charset=utf-8"),
    ("cache-control", "no-store, no-transform"),
    ("x-accel-buffering", "no"),
];

/// The route of the live stream: for readers over HTTP/2, and for the document. Readers over HTTP/1.1 leave
/// the fast lane with their socket and never come here.
pub fn route(door: Arc<dyn LiveDoor>) -> Route {
    let follow = Route::get(LIVE_PATH, follow_live).private(Access::Public);
    let follow = follow.about("Follows editions, rooms and live coverage as server-sent events");
    let mut routes = bind(&door, vec![follow.answers_with(200, "text/event-stream")]);
    routes.remove(0)
}

async fn follow_live(State(door): State<Arc<dyn LiveDoor>>, request: Request) -> Result<Response> {
    let peer = request
        .extensions()
        .get::<Peer>()
        .map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.0);
    let target = request
        .uri()
        .path_and_query()
        .map(ToString::to_string)
        .unwrap_or_default();
    let h2 = request.version() == http::Version::HTTP_2;
    let admitted = door
        .admit(LiveRequest::new(target, request.headers().clone(), peer, h2))
        .await?;
    let mut response = Response::new(Body::new(Frames(admitted.into_body())));
    for (name, value) in HEAD {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

impl LiveRequest {
    pub(crate) fn new(target: String, headers: HeaderMap, peer: IpAddr, h2: bool) -> Self {
        let mut ids = headers.get_all("last-event-id").iter();
        let first = ids
            .next()
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned);
        let last_event_id = first.filter(|_| ids.next().is_none());
        Self {
            target,
            last_event_id,
            headers,
            peer,
            h2,
        }
    }
}

/// A stream of frames as a body.
struct Frames(Pin<Box<dyn Stream<Item = Bytes> + Send>>);

impl hyper::body::Body for Frames {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.0
            .as_mut()
            .poll_next(context)
            .map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes))))
    }
}
