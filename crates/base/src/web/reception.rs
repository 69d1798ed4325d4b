//! The outermost layer of the router: every request is seen here first and every answer last.

use super::caller::Identify;
use super::canonical::{Spelling, spelling, stored_target};
use super::csrf::Origins;
use super::gate::Peer;
use super::headers::Shield;
use super::idempotency::Idempotency;
use super::rate::Buckets;
use super::refusal::{self, ErrorPage, Refusal, Refused};
use super::table::Table;
use super::{Later, refuse};
use crate::pages::{Ask, PageStore};
use crate::{Clock, Error, clock};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION,
};
use http::{Method, StatusCode, Uri};
use std::future::{Future, poll_fn};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

/// Says where an address of the past is now (path and query of this site), if it is known.
pub type Moved = Arc<dyn Fn(String) -> Later<'static, Option<String>> + Send + Sync>;

/// Where a person who is not signed in is led instead of a page (path and query of this site); `None` to refuse as everywhere.
pub type Entrance = fn(&Uri) -> Option<String>;

/// What the router needs to know of the house it stands in.
#[derive(Clone)]
pub struct Reception {
    pub pages: Arc<PageStore>,
    pub identify: Arc<dyn Identify>,
    pub clock: Clock,
    /// The public address, `https://news.example`.
    pub origin: String,
    /// False only for load tests on a loopback listener (`WIREROOM_LIMITS=off`).
    pub rate_limits: bool,
    /// Proxies whose `X-Forwarded-For` is believed; at first those on this machine.
    pub proxies: Vec<IpAddr>,
    pub error_page: Option<ErrorPage>,
    pub moved: Option<Moved>,
    pub entrance: Option<Entrance>,
    pub idempotency: Option<Arc<dyn Idempotency>>,
}

impl Reception {
    /// A reception with no accounts, no themed errors and no memory of old addresses.
    pub fn new(pages: Arc<PageStore>, clock: Clock, origin: impl Into<String>) -> Self {
        Self {
            pages,
            identify: Arc::new(super::caller::Nobody),
            clock,
            origin: origin.into(),
            rate_limits: true,
            proxies: vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()],
            error_page: None,
            moved: None,
            entrance: None,
            idempotency: None,
        }
    }

    pub(crate) fn knowing(&self, table: &Table) -> Desk {
        let numbered = table.routes().iter().any(|route| route.numbered);
        let paths = table
            .routes()
            .iter()
            .filter(|route| route.method == Method::GET)
            .map(|route| route.path)
            .collect();
        Desk {
            shield: Shield::of(&self.origin),
            origins: Origins::of(&self.origin),
            buckets: Buckets::new(self.clock.clone(), self.rate_limits),
            house: self.clone(),
            numbered,
            paths,
        }
    }
}

/// A reception with the table's knowledge added.
pub(crate) struct Desk {
    pub(crate) house: Reception,
    pub(crate) shield: Shield,
    pub(crate) origins: Origins,
    pub(crate) buckets: Buckets,
    numbered: bool,
    paths: Vec<&'static str>,
}

/// The id of a request: in its answer (`x-request-id`), in error pages and in the log.
#[derive(Clone, Debug)]
pub struct RequestId(pub Arc<str>);

/// Receives a request and dresses its answer.
pub(crate) async fn receive(State(desk): State<Arc<Desk>>, mut request: Request, next: Next) -> Response {
    let id = RequestId(clock::random_base32(16).into());
    request.extensions_mut().insert(id.clone());
    let asked = Asked {
        method: request.method().clone(),
        uri: request.uri().clone(),
        page: refusal::wants_page(request.uri(), request.headers()),
    };
    let response = match desk.shortcut(&asked, request.headers()).await {
        Some(response) => response,
        None => caught(next.run(request)).await,
    };
    let response = desk.finished(asked, &id, response).await;
    desk.dressed(response, &id)
}

/// What must outlive the request to finish its answer.
struct Asked {
    method: Method,
    uri: Uri,
    page: bool,
}

impl Asked {
    fn reads(&self) -> bool {
        matches!(self.method, Method::GET | Method::HEAD)
    }
}

impl Desk {
    /// Answers that need no route: a page from the store, or the way to the right spelling.
    async fn shortcut(&self, asked: &Asked, headers: &HeaderMap) -> Option<Response> {
        let (uri, reads) = (&asked.uri, asked.reads());
        match spelling(uri.path(), uri.query()) {
            // Other systems name their stories by a query of the root: `/?p=123`.
            Spelling::Canonical if reads && uri.path() == "/" && uri.query().is_some() => {
                self.moved(uri).await
            }
            Spelling::Canonical if reads => self.stored(asked, headers),
            Spelling::Canonical => None,
            _ if cfg!(feature = "planted-prefix-router") => None,
            Spelling::Elsewhere(right) if reads => {
                Some(self.moved(uri).await.unwrap_or_else(|| see(308, &right)))
            }
            Spelling::Elsewhere(_) | Spelling::Impossible => match self.moved(uri).await {
                Some(response) if reads => Some(response),
                _ => Some(refuse(Arc::new(Error::not_found("web.not_found")))),
            },
        }
    }

    fn stored(&self, asked: &Asked, headers: &HeaderMap) -> Option<Response> {
        let uri = &asked.uri;
        let whole = uri.path_and_query().map_or(uri.path(), |target| target.as_str());
        let stored = self
            .house
            .pages
            .lookup(stored_target(uri.path(), whole, self.numbered)?)?;
        let choice = self
            .house
            .pages
            .choose(&stored, Ask::of(headers, asked.method == Method::HEAD));
        Some(stored.response(choice))
    }

    /// Turns whatever came out into an answer of ours: logged once, with a problem document or a page.
    async fn finished(&self, asked: Asked, id: &RequestId, response: Response) -> Response {
        let status = response.status();
        let shown = response.extensions().get::<refusal::Shown>().is_some();
        if shown || !status.is_client_error() && !status.is_server_error() {
            return response;
        }
        let lost = status == StatusCode::NOT_FOUND && asked.reads();
        if let Some(elsewhere) = if lost {
            self.elsewhere(&asked.uri).await
        } else {
            None
        } {
            return elsewhere;
        }
        let outside = status == StatusCode::UNAUTHORIZED && asked.page && asked.reads();
        let entrance = self.house.entrance.filter(|_| outside);
        if let Some(way_in) = entrance.and_then(|entrance| entrance(&asked.uri)) {
            let mut response = see(303, &way_in);
            // Once somebody has signed in, the page itself is here.
            let no_store = HeaderValue::from_static("no-store");
            response.headers_mut().insert(CACHE_CONTROL, no_store);
            return response;
        }
        let response = as_problem(response);
        let error = response
            .extensions()
            .get::<Refused>()
            .map(|refused| refused.0.clone());
        let Some(error) = error else { return response };
        if let Error::Internal { cause } = &*error {
            tracing::error!(target: "web", request_id = %id.0, method = %asked.method, path = asked.uri.path(), cause, "a request failed");
        }
        match &self.house.error_page {
            Some(page) if asked.page => self.themed(page, asked, id, error, response).await,
            _ => response,
        }
    }

    async fn themed(
        &self,
        page: &ErrorPage,
        asked: Asked,
        id: &RequestId,
        error: Arc<Error>,
        response: Response,
    ) -> Response {
        let status = response.status();
        let refusal = Refusal {
            error,
            status,
            method: asked.method,
            uri: asked.uri,
            request_id: id.0.to_string(),
        };
        // The page may fail as well (a broken template); then the problem document stands.
        let Ok(Some(html)) = tokio::spawn(page(refusal)).await else {
            return response;
        };
        let (mut parts, _) = response.into_parts();
        parts
            .headers
            .insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        parts.headers.remove(CONTENT_LENGTH);
        Response::from_parts(parts, Body::from(html))
    }

    /// The last touch: nothing leaves without these.
    fn dressed(&self, mut response: Response, id: &RequestId) -> Response {
        if cfg!(feature = "planted-bare-500") && response.status().is_server_error() {
            return response;
        }
        if cfg!(feature = "planted-bare-refusal") && response.status() == StatusCode::METHOD_NOT_ALLOWED {
            return response;
        }
        let headers = response.headers_mut();
        self.shield.dress(headers);
        headers
            .entry(CACHE_CONTROL)
            .or_insert(HeaderValue::from_static("no-store"));
        if let Ok(id) = HeaderValue::from_str(&id.0) {
            headers.insert(HeaderName::from_static("x-request-id"), id);
        }
        response
    }

    /// Where something is that is not here: an address of the past, or one that lacks its last slash.
    async fn elsewhere(&self, uri: &Uri) -> Option<Response> {
        if let Some(moved) = self.moved(uri).await {
            return Some(moved);
        }
        let other = match uri.path().strip_suffix('/') {
            Some(bare) => bare.to_owned(),
            None => format!("{}/", uri.path()),
        };
        let known = self.paths.iter().any(|pattern| matches_path(pattern, &other));
        let here = self.paths.iter().any(|pattern| matches_path(pattern, uri.path()));
        (known && !here).then(|| see(308, &with_query(other, uri.query())))
    }

    /// Where an address of the past is now.
    pub(crate) async fn moved(&self, uri: &Uri) -> Option<Response> {
        let target = uri.path_and_query().map_or(uri.path(), |target| target.as_str());
        let location = self.house.moved.as_ref()?(target.to_owned()).await?;
        (location != target).then(|| see(301, &location))
    }

    /// The caller's address: the peer's, or what a proxy of ours says of it.
    pub(crate) fn address(&self, request: &Request) -> Option<IpAddr> {
        let peer = request.extensions().get::<Peer>()?.0;
        if !self.house.proxies.contains(&peer) {
            return Some(peer);
        }
        let forwarded = request.headers().get_all("x-forwarded-for").iter().next_back();
        let last = forwarded.and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
        Some(last.unwrap_or(peer))
    }
}

/// A redirect. The location is a path of this site, percent-encoded where it must be.
pub(crate) fn see(status: u16, location: &str) -> Response {
    let Ok(value) = HeaderValue::from_str(location) else {
        return refuse(Arc::new(Error::internal("a redirect to what is no address")));
    };
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::PERMANENT_REDIRECT);
    response.headers_mut().insert(LOCATION, value);
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    response
}

/// Runs a handler; a panic in it becomes its own 500 and nobody else's.
async fn caught(running: impl Future<Output = Response>) -> Response {
    let mut running = pin!(running);
    poll_fn(
        |context| match catch_unwind(AssertUnwindSafe(|| running.as_mut().poll(context))) {
            Ok(poll) => poll,
            Err(panic) => Poll::Ready(refuse(Arc::new(Error::internal(words(&*panic))))),
        },
    )
    .await
}

fn words(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("panic: {}", text.unwrap_or("without a message"))
}

/// axum's own refusals are bare; they become problem documents too, with their status and `Allow`.
fn as_problem(response: Response) -> Response {
    if response.extensions().get::<Refused>().is_some()
        || response.headers().get(CONTENT_TYPE) == Some(&refusal::PROBLEM)
    {
        return response;
    }
    let status = response.status();
    let error = Arc::new(match status {
        StatusCode::NOT_FOUND => Error::not_found("web.not_found"),
        StatusCode::METHOD_NOT_ALLOWED => {
            Error::invalid("method", "web.method", "see Allow for what this address takes")
        }
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge {
            limit_bytes: super::limits::BODY_BYTES,
        },
        _ if status.is_server_error() => Error::internal(status),
        _ => Error::invalid("request", "web.malformed", "the request could not be read"),
    });
    let mut problem = refusal::problem(status, &error);
    if let Some(allow) = response.headers().get(ALLOW) {
        problem.headers_mut().insert(ALLOW, allow.clone());
    }
    problem.extensions_mut().insert(Refused(error));
    problem
}

fn with_query(path: String, query: Option<&str>) -> String {
    match query {
        Some(query) => format!("{path}?{query}"),
        None => path,
    }
}

/// Whether a path fits a pattern of the table.
fn matches_path(pattern: &str, path: &str) -> bool {
    let mut segments = path.split('/');
    for part in pattern.split('/') {
        if part.starts_with("{*") {
            return segments.next().is_some_and(|rest| !rest.is_empty());
        }
        let Some(segment) = segments.next() else {
            return false;
        };
        let fits = if part.starts_with('{') {
            !segment.is_empty()
        } else {
            part == segment
        };
        if !fits {
            return false;
        }
    }
    segments.next().is_none()
}
