//! The gate before one route: it lets through what the route's declarations allow, and nothing else.

use super::caller::Caller;
use super::canonical::stored_target;
use super::extract::BodyLimit;
use super::reception::{Desk, see};
use super::refusal::Refused;
use super::route::{Access, CacheClass, CsrfClass, Route};
use super::{csrf, idempotency, rate, refuse};
use crate::pages::{Ask, Page};
use crate::{Error, Result};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{
    AUTHORIZATION, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HeaderValue, REFERRER_POLICY,
    SET_COOKIE,
};
use http::{HeaderMap, Method};
use http_body_util::Limited;
use lexicon::Scope;
use std::net::IpAddr;
use std::sync::Arc;

/// The address at the other end of the connection; left on each request by the door.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// The part of the caller's address that one household or customer has, as the rate limits see it; left on each
/// private request for what counts guesses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbourhood(pub String);

/// One route's declarations, as they are enforced.
pub(crate) struct Gate {
    id: &'static str,
    access: Access,
    scope: Scope,
    cache: CacheClass,
    csrf: CsrfClass,
    body_limit_bytes: u64,
    rate: rate::RateClass,
    numbered: bool,
    desk: Arc<Desk>,
}

impl Gate {
    pub(crate) fn of(route: &Route, desk: Arc<Desk>) -> Self {
        Self {
            id: route.id,
            access: route.access,
            scope: route.scope,
            cache: route.cache,
            csrf: route.csrf,
            body_limit_bytes: route.body_limit_bytes,
            rate: route.rate,
            numbered: route.numbered,
            desk,
        }
    }
}

/// Lets a request through, or refuses it.
pub(crate) async fn gate(State(gate): State<Arc<Gate>>, request: Request, next: Next) -> Response {
    let answer = match gate.cache {
        CacheClass::Private => gate.private(request, next).await,
        CacheClass::Public { .. } => gate.public(request, next).await,
        CacheClass::Stored | CacheClass::Asset => gate.stored(request, next).await,
    };
    gate.with_cache_headers(answer.unwrap_or_else(IntoResponse::into_response))
}

impl Gate {
    async fn private(&self, mut request: Request, next: Next) -> Result<Response> {
        let (method, uri) = (request.method().clone(), request.uri().clone());
        csrf::check(
            self.csrf,
            &method,
            &uri,
            request.headers_mut(),
            &self.desk.origins,
        )?;
        let caller = self.identified(request.headers()).await?;
        self.desk
            .buckets
            .take(self.rate, self.bucket(&request, caller.as_ref()))?;
        self.admit(caller.as_ref())?;
        let from = Neighbourhood(self.neighbourhood(&request));
        request.extensions_mut().insert(from);
        if let Some(caller) = caller {
            request.extensions_mut().insert(caller);
        }
        let request = self.limited(request)?;
        match &self.desk.house.idempotency {
            Some(memory) if method == Method::POST => {
                idempotency::once(&**memory, self.id, request, next).await
            }
            _ => Ok(next.run(request).await),
        }
    }

    async fn public(&self, mut request: Request, next: Next) -> Result<Response> {
        self.desk.buckets.take(self.rate, self.bucket(&request, None))?;
        request.headers_mut().remove(COOKIE);
        request.headers_mut().remove(AUTHORIZATION);
        Ok(next.run(self.limited(request)?).await)
    }

    /// Renders the page once for all who ask. The handler sees the address and nothing else of the request.
    async fn stored(&self, request: Request, next: Next) -> Result<Response> {
        self.desk.buckets.take(self.rate, self.bucket(&request, None))?;
        let (mut parts, _) = request.into_parts();
        let path = parts.uri.path().to_owned();
        let whole = parts
            .uri
            .path_and_query()
            .map_or(path.as_str(), |target| target.as_str())
            .to_owned();
        let Some(target) = stored_target(&path, &whole, self.numbered) else {
            return Ok(self
                .desk
                .moved(&parts.uri)
                .await
                .unwrap_or_else(|| see(308, &path)));
        };
        let asked = std::mem::take(&mut parts.headers);
        let head_only = parts.method == Method::HEAD;
        parts.method = Method::GET;
        if cfg!(feature = "planted-host-echoed") {
            parts.headers = asked.clone();
        }
        let rendering = Request::from_parts(parts, Body::empty());
        let landing = self
            .desk
            .house
            .pages
            .render(target, || page_of(next.run(rendering)))
            .await;
        let stored = match landing {
            Ok(stored) => stored,
            Err(error) => return Ok(refuse(error)),
        };
        let choice = self.desk.house.pages.choose(&stored, Ask::of(&asked, head_only));
        Ok(stored.response(choice))
    }

    async fn identified(&self, headers: &HeaderMap) -> Result<Option<Caller>> {
        if headers.contains_key(COOKIE) || headers.contains_key(AUTHORIZATION) {
            return self.desk.house.identify.identify(headers).await;
        }
        Ok(None)
    }

    /// Errors: 401 when somebody must be signed in and is not, 403 when their role or token does not reach.
    fn admit(&self, caller: Option<&Caller>) -> Result<()> {
        if !self.access.admits(caller.map(|caller| caller.role)) {
            return Err(if caller.is_some() {
                Error::Forbidden { code: "web.role" }
            } else {
                Error::Unauthenticated
            });
        }
        let open = matches!(self.access, Access::Public | Access::SecretLink);
        match caller {
            Some(_) if cfg!(feature = "planted-open-gate") => Ok(()),
            Some(caller) if !open && caller.scope < self.scope => Err(Error::Forbidden { code: "web.scope" }),
            _ => Ok(()),
        }
    }

    /// One bucket for each person, else for each address; guesses count by address, whoever makes them.
    fn bucket(&self, request: &Request, caller: Option<&Caller>) -> String {
        match caller {
            Some(caller) if self.rate != rate::RateClass::SignIn => caller.person.to_string(),
            _ => self.neighbourhood(request),
        }
    }

    fn neighbourhood(&self, request: &Request) -> String {
        let address = self.desk.address(request);
        address.map(rate::neighbourhood).unwrap_or_default()
    }

    /// Refuses a body that says it is too long, and cuts one that turns out to be.
    fn limited(&self, mut request: Request) -> Result<Request> {
        let limit_bytes = self.body_limit_bytes;
        let said = request
            .headers()
            .get(CONTENT_LENGTH)
            .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
        if said.is_some_and(|bytes| bytes > limit_bytes) {
            return Err(Error::TooLarge { limit_bytes });
        }
        request.extensions_mut().insert(BodyLimit(limit_bytes));
        let ceiling = usize::try_from(limit_bytes).unwrap_or(usize::MAX);
        Ok(request.map(|body| Body::new(Limited::new(body, ceiling))))
    }

    fn with_cache_headers(&self, mut response: Response) -> Response {
        let good = response.status().is_success();
        let headers = response.headers_mut();
        match self.cache {
            CacheClass::Private => {
                let kept = cfg!(feature = "planted-private-kept");
                let value = if kept {
                    "public, max-age=60"
                } else {
                    "private, no-store"
                };
                headers.insert(CACHE_CONTROL, HeaderValue::from_static(value));
                // Not `no-referrer`: with it a browser sends `Origin: null`, and our own forms would be refused.
                headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
            }
            CacheClass::Public { max_age_s } if good => {
                if let Ok(value) = HeaderValue::from_str(&format!("public, max-age={max_age_s}")) {
                    headers.entry(CACHE_CONTROL).or_insert(value);
                }
            }
            CacheClass::Asset if good => {
                headers.insert(CACHE_CONTROL, HeaderValue::from_static(IMMUTABLE));
            }
            _ => {}
        }
        if self.cache != CacheClass::Private && headers.remove(SET_COOKIE).is_some() {
            tracing::error!(target: "web", route = self.id, "a cookie on an answer that others may keep; taken away");
        }
        response
    }
}

/// A year: the longest that is of use (RFC 9111 §1.2.2).
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// A page travels through axum as an empty response with itself as an extension.
impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.status;
        response.extensions_mut().insert(Rendered(self));
        response
    }
}

#[derive(Clone)]
struct Rendered(Page);

/// What a stored route's handler answered, as a page. What is none (a redirect) answers this once.
async fn page_of(running: impl Future<Output = Response>) -> std::result::Result<Page, Arc<Error>> {
    let (mut parts, body) = running.await.into_parts();
    if let Some(Rendered(page)) = parts.extensions.remove() {
        return Ok(page);
    }
    if let Some(Refused(error)) = parts.extensions.remove() {
        return Err(error);
    }
    let body = axum::body::to_bytes(body, 64 << 20)
        .await
        .map_err(|error| Arc::new(Error::internal(error)))?;
    let mut page = Page::new("application/octet-stream", body, i64::MAX)
        .status(parts.status)
        .not_kept();
    for (name, value) in parts.headers {
        match name {
            Some(CONTENT_TYPE) => page.content_type = value,
            Some(CACHE_CONTROL) => page.cache_control = value,
            Some(name) if name != CONTENT_LENGTH && name != SET_COOKIE => page.extra.push((name, value)),
            _ => {}
        }
    }
    Ok(page)
}
