//! Refusals as answers: problem documents (RFC 9457), and themed pages for people.

use super::Later;
use crate::Error;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER};
use http::{Method, StatusCode, Uri};
use serde_json::{Map, Value};
use std::sync::Arc;

/// The media type of a problem document.
pub const PROBLEM: HeaderValue = HeaderValue::from_static("application/problem+json");

/// Left on every refusal's response, so that the outermost layer can log it once and show a page instead.
#[derive(Clone, Debug)]
pub struct Refused(pub Arc<Error>);

/// Left on an answer with an error's status that is a page already (a form with its mistakes marked): it stays as it is.
#[derive(Clone, Copy, Debug)]
pub struct Shown;

/// What the site is told about a refusal for which a person waits.
#[derive(Clone, Debug)]
pub struct Refusal {
    pub error: Arc<Error>,
    /// The status of the answer; it stays, whatever the page says.
    pub status: StatusCode,
    pub method: Method,
    /// What was asked for, so that the page can be in the right edition.
    pub uri: Uri,
    /// For help and logs.
    pub request_id: String,
}

/// Renders the body of an error page (HTML), or leaves the problem document as it is.
pub type ErrorPage = Arc<dyn Fn(Refusal) -> Later<'static, Option<String>> + Send + Sync>;

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        refuse(Arc::new(self))
    }
}

/// The answer to an error that others may share.
pub fn refuse(error: Arc<Error>) -> Response {
    let mut response = problem(status_of(&error), &error);
    response.extensions_mut().insert(Refused(error));
    response
}

/// The error's status, where HTTP has a more exact one for what the front door itself refuses.
fn status_of(error: &Error) -> StatusCode {
    match error.code() {
        "web.malformed" => StatusCode::BAD_REQUEST,
        "web.media_type" => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        _ => StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

/// A problem document with a status that may be more exact than the error's own (405, 415, 431).
pub(crate) fn problem(status: StatusCode, error: &Error) -> Response {
    let mut response = Response::new(Body::from(Value::Object(members(status, error)).to_string()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, PROBLEM);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(seconds) = error.retry_after_s() {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(
            http::header::WWW_AUTHENTICATE,
            HeaderValue::from_static("Bearer realm=\"wireroom\""),
        );
    }
    response
}

/// The members of the document. `type` is `about:blank`, so `title` is the status in words (RFC 9457 §4.2.1).
fn members(status: StatusCode, error: &Error) -> Map<String, Value> {
    let mut members = Map::new();
    members.insert("type".into(), "about:blank".into());
    members.insert(
        "title".into(),
        status.canonical_reason().unwrap_or("Error").into(),
    );
    members.insert("status".into(), status.as_u16().into());
    members.insert("detail".into(), error.to_string().into());
    members.insert("code".into(), error.code().into());
    match error {
        Error::Invalid { field, .. } => members.insert("field".into(), field.as_str().into()),
        Error::Conflict {
            current: Some(current),
            ..
        } => members.insert("current".into(), current.clone()),
        Error::TooLarge { limit_bytes } => members.insert("limit_bytes".into(), (*limit_bytes).into()),
        _ => None,
    };
    members
}

/// Whether a person with a browser waits for this answer, rather than a program.
pub(crate) fn wants_page(uri: &Uri, headers: &HeaderMap) -> bool {
    let accepts = headers
        .get(ACCEPT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    !uri.path().starts_with("/api/") && accepts.contains("text/html")
}
