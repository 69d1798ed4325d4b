//! Which of a page's ready answers a request gets: encoding, conditional, head only.

use super::squeeze::Encoding;
use super::{PageStore, Stored};
use axum::body::Body;
use axum::response::Response;
use http::header::{ACCEPT_ENCODING, HeaderMap, HeaderName, HeaderValue, IF_NONE_MATCH};
use std::sync::Arc;

/// What of a request bears on the answer.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ask<'a> {
    pub accept_encoding: Option<&'a [u8]>,
    pub if_none_match: Option<&'a [u8]>,
    /// A `HEAD` request.
    pub head_only: bool,
}

/// The answer chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    pub encoding: Encoding,
    pub form: Form,
}

/// How much of it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Whole,
    HeadOnly,
    NotModified,
}

impl<'a> Ask<'a> {
    pub fn of(headers: &'a HeaderMap, head_only: bool) -> Self {
        let single = |name| {
            let mut values = headers.get_all(name).iter();
            let first: Option<&HeaderValue> = values.next();
            first
                .filter(|_| values.next().is_none())
                .map(HeaderValue::as_bytes)
        };
        Self {
            accept_encoding: single(ACCEPT_ENCODING),
            if_none_match: single(IF_NONE_MATCH),
            head_only,
        }
    }
}

impl PageStore {
    /// Chooses, and sees to it that a form which was wanted but is not there yet will be.
    /// Must be called on a tokio runtime.
    pub fn choose(&self, stored: &Arc<Stored>, ask: Ask<'_>) -> Choice {
        if let Some(encoding) = stored.unchanged(ask) {
            return Choice {
                encoding,
                form: Form::NotModified,
            };
        }
        let form = if ask.head_only {
            Form::HeadOnly
        } else {
            Form::Whole
        };
        for encoding in stored.wanted(ask) {
            if stored.ready(encoding).is_some() {
                return Choice { encoding, form };
            }
            if stored.claim(encoding) {
                let stored = stored.clone();
                tokio::task::spawn_blocking(move || stored.squeeze(encoding));
            }
        }
        Choice {
            encoding: Encoding::Identity,
            form,
        }
    }
}

impl Stored {
    /// The answer as a response, for readers that are not in the fast lane.
    pub fn response(&self, choice: Choice) -> Response {
        let mut response = Response::new(Body::empty());
        let Some(ready) = self
            .ready(choice.encoding)
            .or_else(|| self.ready(Encoding::Identity))
        else {
            return response;
        };
        *response.status_mut() = self.status;
        let mut lines = ready.bytes.slice(..ready.body_at);
        match choice.form {
            Form::Whole => *response.body_mut() = Body::from(ready.bytes.slice(ready.body_at..)),
            Form::HeadOnly => {}
            Form::NotModified => {
                *response.status_mut() = http::StatusCode::NOT_MODIFIED;
                lines = lines.slice(ready.common_at..);
                let etag = format!("\"{}\"", self.etag(choice.encoding));
                if let Ok(etag) = HeaderValue::from_str(&etag) {
                    response.headers_mut().insert(http::header::ETAG, etag);
                }
            }
        }
        read_lines(&lines, response.headers_mut());
        response
    }

    /// The encodings this request takes, best first.
    fn wanted(&self, ask: Ask<'_>) -> impl Iterator<Item = Encoding> {
        let accepted = ask
            .accept_encoding
            .filter(|_| self.is_compressible())
            .unwrap_or_default();
        Encoding::COMPRESSED
            .into_iter()
            .filter(move |encoding| accepts(accepted, encoding.token().unwrap_or_default()))
    }

    /// The form that the client already has, if it is one that it would be sent.
    fn unchanged(&self, ask: Ask<'_>) -> Option<Encoding> {
        let listed = std::str::from_utf8(ask.if_none_match?).ok()?;
        let mut candidates = self.wanted(ask).chain([Encoding::Identity]);
        if listed.trim() == "*" {
            return candidates.next();
        }
        candidates.find(|encoding| lists(listed, &self.etag(*encoding)))
    }
}

/// Whether an `Accept-Encoding` value names a token with a weight above zero (RFC 9110 §12.5.3).
fn accepts(header: &[u8], token: &str) -> bool {
    header.split(|byte| *byte == b',').any(|part| {
        let mut fields = part.split(|byte| *byte == b';').map(<[u8]>::trim_ascii);
        let named = fields
            .next()
            .is_some_and(|name| name.eq_ignore_ascii_case(token.as_bytes()));
        named && !fields.any(is_zero_weight)
    })
}

fn is_zero_weight(field: &[u8]) -> bool {
    let Some(weight) = field.strip_prefix(b"q=").or_else(|| field.strip_prefix(b"Q=")) else {
        return false;
    };
    !weight.is_empty() && weight.iter().all(|byte| matches!(byte, b'0' | b'.'))
}

/// Whether an `If-None-Match` list has this tag, compared weakly as it must be (RFC 9110 §13.1.2).
fn lists(header: &str, etag: &str) -> bool {
    header.split(',').any(|part| {
        let opaque = part.trim();
        let opaque = opaque.strip_prefix("W/").unwrap_or(opaque);
        opaque.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) == Some(etag)
    })
}

fn read_lines(lines: &[u8], headers: &mut HeaderMap) {
    let mut slots = [httparse::EMPTY_HEADER; 64];
    if let Ok(httparse::Status::Complete((_, found))) = httparse::parse_headers(lines, &mut slots) {
        for line in found {
            if let (Ok(name), Ok(value)) = (
                HeaderName::from_bytes(line.name.as_bytes()),
                HeaderValue::from_bytes(line.value),
            ) {
                headers.append(name, value);
            }
        }
    }
}
