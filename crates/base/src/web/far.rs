//! The far way: requests that need a route. hyper reads the body and writes the answer here in the lane; the
//! route itself runs on the main runtime.

use super::exchange::{Clocks, Exchange};
use super::gate::Peer;
use super::head::{Frame, Head};
use super::lane::{Connection, GoesOn, Lane};
use super::limits::HEADERS;
use super::live::{Admission, LIVE_PATH, LiveRequest};
use super::raw;
use super::refusal::refuse;
use crate::{Error, Result as Outcome};
use axum::body::Body;
use axum::response::Response;
use http::header::{CONNECTION, HeaderMap, HeaderName, HeaderValue};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use std::cell::Cell;
use std::convert::Infallible;
use std::future::poll_fn;
use std::net::IpAddr;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use tokio::task::JoinHandle;
use tower::ServiceExt as _;

/// A request that goes the far way. Its bytes are still the connection's.
pub(crate) struct Request {
    head_bytes: usize,
    frame: Frame,
    closes: bool,
    live: Option<(String, HeaderMap)>,
}

impl Request {
    pub(crate) fn of(head: &Head<'_>, bytes: &[u8]) -> Self {
        let live = head.plain && head.method == "GET" && is_live(head.target);
        Self {
            head_bytes: head.bytes,
            frame: head.frame,
            closes: head.closes,
            live: live.then(|| (head.target.to_owned(), fields(&bytes[..head.bytes]))),
        }
    }
}

fn is_live(target: &str) -> bool {
    target
        .strip_prefix(LIVE_PATH)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('?'))
}

/// The header fields of a head that was already found to be good.
fn fields(head: &[u8]) -> HeaderMap {
    let mut slots = [httparse::EMPTY_HEADER; HEADERS];
    let mut request = httparse::Request::new(&mut slots);
    if request.parse(head).is_err() {
        return HeaderMap::new();
    }
    let pair = |field: &httparse::Header<'_>| {
        Some((
            HeaderName::from_bytes(field.name.as_bytes()).ok()?,
            HeaderValue::from_bytes(field.value).ok()?,
        ))
    };
    let mut headers = HeaderMap::with_capacity(16);
    for (name, value) in request.headers.iter().filter_map(pair) {
        headers.append(name, value);
    }
    headers
}

/// Answers one request; gives the connection back if it goes on.
pub(crate) async fn answer(connection: Connection, mut request: Request) -> GoesOn {
    match (request.live.take(), connection.lane.door.live.is_some()) {
        (Some((target, headers)), true) => follow(connection, target, headers).await,
        _ => exchange(connection, request).await,
    }
}

async fn exchange(connection: Connection, request: Request) -> GoesOn {
    let Connection {
        lane,
        stream,
        peer,
        watch,
        left,
        seat,
        public,
    } = connection;
    let clocks = Clocks {
        watch: watch.clone(),
        watchman: lane.watchman.clone(),
        limits: lane.limits.clone(),
        began: tokio::time::Instant::now(),
    };
    let io = Exchange::new(stream, left, request.head_bytes, request.frame, clocks);
    let closes = Rc::new(Cell::new(request.closes));
    let service = service_fn(|request| routed(&lane, request, peer, closes.clone()));
    let mut http = http1::Builder::new()
        .half_close(true)
        .max_headers(HEADERS)
        .header_read_timeout(None)
        .serve_connection(io, service);
    let served = poll_fn(|context| watch.poll(context, |context| http.poll_without_shutdown(context))).await;
    let Exchange {
        stream,
        read: left,
        wrote,
        is_whole,
        ..
    } = http.into_parts().io.ended();
    let connection = Connection {
        lane,
        stream,
        peer,
        watch,
        left,
        seat,
        public,
    };
    let answered = served?.is_ok();
    connection
        .after(answered, wrote, answered && is_whole && !closes.get())
        .await
}

/// Runs the route on the main runtime, and notes whether its answer ends the connection.
fn routed(
    lane: &Lane,
    request: hyper::Request<Incoming>,
    peer: IpAddr,
    closes: Rc<Cell<bool>>,
) -> Later<Response> {
    let router = lane.door.router.clone();
    let running = Running(lane.main.spawn(router.oneshot(received(request, peer))));
    Box::pin(async move {
        let response = running.response().await;
        closes.set(closes.get() || response.headers().contains_key(CONNECTION));
        Ok(response)
    })
}

/// An answer to come, in this thread.
type Later<T> = Pin<Box<dyn Future<Output = Result<T, Infallible>>>>;

impl Connection {
    /// After an exchange: on to the next request, or to a good end.
    async fn after(mut self, answered: bool, wrote: bool, goes_on: bool) -> GoesOn {
        self.watch.clear();
        if !answered && !wrote {
            let error = Error::invalid(
                "body",
                "web.malformed",
                "the body ended early or was wrongly framed",
            );
            return self.refuse(400, &error).await;
        }
        if goes_on && !self.lane.stopping.get() {
            self.watch_for_idle();
            return Some(self);
        }
        self.write_last(b"").await
    }
}

/// A request as the router takes it.
pub(crate) fn received(request: hyper::Request<Incoming>, peer: IpAddr) -> axum::extract::Request {
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(Peer(peer));
    request
}

/// A route under way on the main runtime; it ends when nobody waits for it any more.
pub(crate) struct Running(pub(crate) JoinHandle<Result<Response, Infallible>>);

impl Running {
    pub(crate) async fn response(mut self) -> Response {
        match (&mut self.0).await {
            Ok(Ok(response)) => response,
            Ok(Err(never)) => match never {},
            Err(fault) => refuse(Arc::new(Error::internal(fault))),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Hands the socket over to the hub, once it has said yes.
async fn follow(mut connection: Connection, target: String, headers: HeaderMap) -> GoesOn {
    let lane = connection.lane.clone();
    let door = lane.door.live.clone()?;
    let request = LiveRequest::new(target, headers, connection.peer, false);
    let admitting = lane.main.spawn(async move { door.admit(request).await });
    lane.watchman.set(&connection.watch, lane.limits.write_idle);
    let watch = connection.watch.clone();
    let mut admitting = admitting;
    let admitted =
        poll_fn(|context| watch.poll(context, |context| Pin::new(&mut admitting).poll(context))).await?;
    connection.watch.clear();
    let admitted: Outcome<Box<dyn Admission>> = admitted.unwrap_or_else(|fault| Err(Error::internal(fault)));
    let (shield, now) = (lane.door.shield(), lane.door.clock.now());
    match admitted {
        Ok(admission) => {
            let began = connection.write_all([&raw::live_head(shield, now)], 0).await;
            if let (true, Ok(socket)) = (began, connection.stream.into_std()) {
                admission.take(socket, connection.seat);
            }
            None
        }
        Err(error) => {
            let bytes = raw::whole(refuse(Arc::new(error)), shield, now).await;
            connection.write_last(&bytes).await
        }
    }
}
