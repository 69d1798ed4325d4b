//! `Idempotency-Key`: a POST that is sent again gets the first one's answer instead of a second deed.

use super::Later;
use super::caller::Caller;
use super::limits::IDEMPOTENCY_KEY_BYTES;
use crate::{Error, Result};
use axum::body::Body;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, ETAG, HeaderName, HeaderValue, LOCATION};
use http::{HeaderMap, StatusCode};
use lexicon::PersonId;

/// The longest body or answer that takes part, in bytes; a longer body is told apart by its length.
const REMEMBERED_BYTES: usize = 1 << 20;

/// The headers of an answer that are given again.
const KEPT_HEADERS: [HeaderName; 3] = [CONTENT_TYPE, LOCATION, ETAG];

/// One POST that its sender may send again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    pub person: PersonId,
    /// The route's id.
    pub route: &'static str,
    /// The header's value, 1 to 200 visible ASCII characters.
    pub key: String,
    /// Of target and body (BLAKE3): the same key with another request is a mistake.
    pub fingerprint: [u8; 32],
}

/// What is known of a deed.
#[derive(Clone, Debug)]
pub enum Precedent {
    /// It is the first; it is now noted as under way.
    First,
    /// It was done; this was the answer.
    Done(SavedAnswer),
}

/// An answer as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedAnswer {
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Bytes,
}

/// Remembers deeds, for at least 24 hours.
pub trait Idempotency: Send + Sync + 'static {
    /// Errors: `web.idempotency_mismatch` (409: other request, same key), `web.idempotency_under_way` (409).
    fn begin<'a>(&'a self, deed: &'a Deed) -> Later<'a, Result<Precedent>>;
    /// The deed was done (2xx or 4xx); its answer is to be given again.
    fn settle<'a>(&'a self, deed: &'a Deed, answer: SavedAnswer) -> Later<'a, Result<()>>;
    /// The deed failed by our fault (5xx): it may be tried again.
    fn release<'a>(&'a self, deed: &'a Deed) -> Later<'a, Result<()>>;
}

/// Runs a POST once. Without a key, or without a person whose key it would be, it runs as it is.
pub(crate) async fn once(
    memory: &dyn Idempotency,
    route: &'static str,
    request: Request,
    next: Next,
) -> Result<Response> {
    let Some(key) = key_of(request.headers())? else {
        return Ok(next.run(request).await);
    };
    let Some(person) = request
        .extensions()
        .get::<Caller>()
        .map(|caller| caller.person.clone())
    else {
        return Ok(next.run(request).await);
    };
    let (fingerprint, request) = fingerprinted(request).await?;
    let deed = Deed {
        person,
        route,
        key,
        fingerprint,
    };
    if let Precedent::Done(answer) = memory.begin(&deed).await? {
        return Ok(again(answer));
    }
    remembered(memory, &deed, next.run(request).await).await
}

async fn remembered(memory: &dyn Idempotency, deed: &Deed, response: Response) -> Result<Response> {
    if response.status().is_server_error() {
        memory.release(deed).await?;
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, REMEMBERED_BYTES)
        .await
        .map_err(Error::internal)?;
    let kept = |name: &HeaderName| {
        Some((
            name.to_string(),
            parts.headers.get(name)?.to_str().ok()?.to_owned(),
        ))
    };
    let headers = KEPT_HEADERS.iter().filter_map(kept).collect();
    let answer = SavedAnswer {
        status: parts.status.as_u16(),
        headers,
        body: body.clone(),
    };
    memory.settle(deed, answer).await?;
    Ok(Response::from_parts(parts, Body::from(body)))
}

fn key_of(headers: &HeaderMap) -> Result<Option<String>> {
    let mut values = headers.get_all("idempotency-key").iter();
    let Some(value) = values.next() else {
        return Ok(None);
    };
    let key = value.to_str().unwrap_or_default();
    if values.next().is_some() || key.is_empty() || key.len() > IDEMPOTENCY_KEY_BYTES {
        return Err(Error::invalid(
            "Idempotency-Key",
            "web.idempotency_key",
            "send one key of 1 to 200 visible characters",
        ));
    }
    Ok(Some(key.to_owned()))
}

/// Reads the body in, if it is short, to know whether the same request comes again.
async fn fingerprinted(request: Request) -> Result<([u8; 32], Request)> {
    let (parts, body) = request.into_parts();
    let mut hasher = blake3::Hasher::new();
    hasher.update(parts.uri.to_string().as_bytes());
    let length = parts
        .headers
        .get("content-length")
        .map(|value| value.as_bytes().to_vec())
        .unwrap_or_default();
    let long = std::str::from_utf8(&length)
        .ok()
        .and_then(|text| text.parse().ok())
        .is_none_or(|bytes: usize| bytes > REMEMBERED_BYTES);
    let body = if long {
        hasher.update(&length);
        body
    } else {
        let bytes = super::extract::whole(body, parts.extensions.get()).await?;
        hasher.update(&bytes);
        Body::from(bytes)
    };
    Ok((*hasher.finalize().as_bytes(), Request::from_parts(parts, body)))
}

fn again(answer: SavedAnswer) -> Response {
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    for (name, value) in answer.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
        .headers_mut()
        .insert("idempotency-replayed", HeaderValue::from_static("true"));
    response
}
