//! What handlers take out of a request. Each refusal names the field and what would be right.

use crate::{Error, Result};
use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use http::request::Parts;
use http_body_util::LengthLimitError;
use serde::de::DeserializeOwned;
use std::error::Error as _;

/// The body as JSON (`application/json` only), and an answer as JSON.
///
/// Refuses `web.media_type` (415), `web.malformed` (400) and, with the field's path, `web.field` (422).
#[derive(Clone, Copy, Debug, Default)]
pub struct Json<T>(pub T);

/// The body as a form (`application/x-www-form-urlencoded`). A field sent twice is refused.
#[derive(Clone, Copy, Debug, Default)]
pub struct Form<T>(pub T);

/// The query string. A parameter sent twice is refused.
#[derive(Clone, Copy, Debug, Default)]
pub struct Query<T>(pub T);

/// The parameters of the path. What is not one is at no address: 404.
#[derive(Clone, Copy, Debug, Default)]
pub struct Path<T>(pub T);

/// The body's limit in bytes, as the route declares it; left on the request by the gate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BodyLimit(pub(crate) u64);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Error;

    async fn from_request(request: Request, _state: &S) -> Result<Self> {
        expect_type(request.headers(), "application/json")?;
        let (parts, body) = request.into_parts();
        let bytes = whole(body, parts.extensions.get()).await?;
        let mut json = serde_json::Deserializer::from_slice(&bytes);
        let value = serde_path_to_error::deserialize(&mut json).map_err(json_refusal)?;
        json.end().map_err(|error| malformed(error.to_string()))?;
        Ok(Self(value))
    }
}

impl<T: serde::Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(body) => (
                [(CONTENT_TYPE, HeaderValue::from_static("application/json"))],
                body,
            )
                .into_response(),
            Err(error) => Error::internal(error).into_response(),
        }
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = Error;

    async fn from_request(request: Request, _state: &S) -> Result<Self> {
        expect_type(request.headers(), "application/x-www-form-urlencoded")?;
        let (parts, body) = request.into_parts();
        let bytes = whole(body, parts.extensions.get()).await?;
        pairs(&bytes).map(Self)
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self> {
        pairs(parts.uri.query().unwrap_or_default().as_bytes()).map(Self)
    }
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let found = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        found
            .map(|path| Self(path.0))
            .map_err(|_| Error::not_found("web.not_found"))
    }
}

/// The whole body. Errors: `TooLarge`, or `web.malformed` when it ended early or was wrongly framed.
pub(crate) async fn whole(body: Body, limit: Option<&BodyLimit>) -> Result<Bytes> {
    let limit_bytes = limit.map_or(super::limits::BODY_BYTES, |limit| limit.0);
    let ceiling = usize::try_from(limit_bytes).unwrap_or(usize::MAX);
    axum::body::to_bytes(body, ceiling).await.map_err(|error| {
        let mut cause = error.source();
        while let Some(inner) = cause {
            if inner.is::<LengthLimitError>() {
                return Error::TooLarge { limit_bytes };
            }
            cause = inner.source();
        }
        malformed("the body ended early or was wrongly framed")
    })
}

fn expect_type(headers: &HeaderMap, expected: &str) -> Result<()> {
    let mut values = headers.get_all(CONTENT_TYPE).iter();
    let sent = values
        .next()
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let essence = sent.split(';').next().unwrap_or_default().trim();
    if values.next().is_none() && essence.eq_ignore_ascii_case(expected) {
        return Ok(());
    }
    Err(Error::invalid(
        "Content-Type",
        "web.media_type",
        format!("send {expected}"),
    ))
}

fn pairs<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(bytes));
    serde_path_to_error::deserialize(pairs).map_err(|error| field(&error.path().to_string(), error.inner()))
}

fn json_refusal(error: serde_path_to_error::Error<serde_json::Error>) -> Error {
    if error.inner().is_data() {
        field(&error.path().to_string(), error.inner())
    } else {
        malformed(error.inner().to_string())
    }
}

/// serde says which field is missing, doubled or unknown only in words: ``duplicate field `email` ``.
fn field(path: &str, inner: &dyn std::fmt::Display) -> Error {
    let message = inner.to_string();
    let quoted = message.split('`').nth(1).filter(|_| message.contains("field `"));
    let place = match (path, quoted) {
        (".", quoted) => quoted.unwrap_or("body").to_owned(),
        (path, Some(quoted)) if !path.ends_with(quoted) => format!("{path}.{quoted}"),
        (path, _) => path.to_owned(),
    };
    Error::invalid(place, "web.field", message)
}

fn malformed(message: impl Into<String>) -> Error {
    Error::invalid("body", "web.malformed", message)
}
