//! A page as a feature hands it over: the body, and what it was made from.

use bytes::Bytes;
use http::StatusCode;
use http::header::{HeaderName, HeaderValue};
use lexicon::At;
use std::fmt;
use std::sync::Arc;

/// Something a page was made from: `story:abc`, `edition:en`, `section:en/world`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(Arc<str>);

impl Tag {
    pub fn new(text: impl AsRef<str>) -> Self {
        Self(text.as_ref().into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A rendered answer that may be kept.
#[derive(Clone, Debug)]
pub struct Page {
    pub status: StatusCode,
    pub content_type: HeaderValue,
    pub body: Bytes,
    /// Everything that, when it changes, makes this page wrong.
    pub tags: Vec<Tag>,
    /// The position of the `public` stream at which the snapshot was read that this page shows.
    pub at_seq: i64,
    /// From then on it must be rendered again; never, when there is none.
    pub expires_at: Option<At>,
    pub cache_control: HeaderValue,
    /// Further headers (`Link`, `Location`, `Content-Language`).
    pub extra: Vec<(HeaderName, HeaderValue)>,
    /// False for a page that answers this request only.
    pub kept: bool,
}

impl Page {
    /// Browsers and proxies may keep a page but must ask each time: a killed story is gone at once.
    pub const REVALIDATE: HeaderValue = HeaderValue::from_static("public, max-age=0, must-revalidate");

    /// A page of any type (`application/rss+xml`), made from a snapshot at `at_seq`.
    pub fn new(content_type: &'static str, body: impl Into<Bytes>, at_seq: i64) -> Self {
        Self {
            status: StatusCode::OK,
            content_type: HeaderValue::from_static(content_type),
            body: body.into(),
            tags: Vec::new(),
            at_seq,
            expires_at: None,
            cache_control: Self::REVALIDATE,
            extra: Vec::new(),
            kept: true,
        }
    }

    /// An HTML page.
    pub fn html(body: impl Into<Bytes>, at_seq: i64) -> Self {
        Self::new("text/html; charset=utf-8", body, at_seq)
    }

    /// Adds what it was made from.
    #[must_use]
    pub fn tagged(mut self, tags: impl IntoIterator<Item = Tag>) -> Self {
        self.tags.extend(tags);
        self
    }

    /// Another status than 200. Only 200, 301, 308 and 410 are kept: a 404 has endlessly many addresses.
    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self.kept &= matches!(status.as_u16(), 200 | 301 | 308 | 410);
        self
    }

    #[must_use]
    pub fn until(mut self, at: At) -> Self {
        self.expires_at = Some(at);
        self
    }

    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.extra.push((name, value));
        self
    }

    /// For this request only.
    #[must_use]
    pub fn not_kept(mut self) -> Self {
        self.kept = false;
        self
    }
}
