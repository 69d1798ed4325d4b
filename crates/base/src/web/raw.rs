//! Answers written without hyper: refusals of what never became a request, and the head of a live stream.

use super::headers::Shield;
use super::refusal;
use crate::Error;
use axum::response::Response;
use http::StatusCode;
use http::header::HeaderValue;
use lexicon::At;

/// A refusal as bytes. The connection ends after it.
pub(crate) async fn refusal(status: u16, error: &Error, shield: Shield, now: At) -> Vec<u8> {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    whole(refusal::problem(status, error), shield, now).await
}

/// A short response as bytes, with `connection: close`.
pub(crate) async fn whole(mut response: Response, shield: Shield, now: At) -> Vec<u8> {
    shield.dress(response.headers_mut());
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, 1 << 20).await.unwrap_or_default();
    let mut bytes = status_line(parts.status).into_bytes();
    bytes.extend_from_slice(date_line(now).as_bytes());
    for (name, value) in &parts.headers {
        push_line(&mut bytes, name.as_str(), value);
    }
    push_line(&mut bytes, "content-length", &HeaderValue::from(body.len()));
    bytes.extend_from_slice(b"connection: close\r\n\r\n");
    bytes.extend_from_slice(&body);
    bytes
}

/// The head of a live stream: what follows is framed by the end of the connection.
pub(crate) fn live_head(shield: Shield, now: At) -> Vec<u8> {
    let mut head = status_line(StatusCode::OK);
    head.push_str(&date_line(now));
    for (name, value) in super::live::HEAD {
        head.extend([name, ": ", value, "\r\n"]);
    }
    head.push_str(&shield.lines(&[]));
    head.push_str("connection: close\r\n\r\n");
    head.into_bytes()
}

/// `HTTP/1.1 200 OK\r\n`
pub(crate) fn status_line(status: StatusCode) -> String {
    format!(
        "HTTP/1.1 {} {}\r\n",
        status.as_str(),
        status.canonical_reason().unwrap_or_default()
    )
}

/// `date: Tue, 24 Nov 2026 08:00:00 GMT\r\n` (RFC 9110 §5.6.7)
pub(crate) fn date_line(now: At) -> String {
    format!(
        "date: {}\r\n",
        now.zoned("UTC").strftime("%a, %d %b %Y %H:%M:%S GMT")
    )
}

fn push_line(bytes: &mut Vec<u8>, name: &str, value: &HeaderValue) {
    bytes.extend_from_slice(name.as_bytes());
    bytes.extend_from_slice(b": ");
    bytes.extend_from_slice(value.as_bytes());
    bytes.extend_from_slice(b"\r\n");
}
