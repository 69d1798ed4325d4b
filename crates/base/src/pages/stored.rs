//! A page as it lies in the store: heads and bodies ready to be written.

use super::sealed::Seal;
use super::squeeze::{self, Encoding};
use super::{Page, Tag};
use crate::web::headers::Shield;
use crate::web::raw;
use bytes::Bytes;
use http::StatusCode;
use lexicon::At;
use std::fmt::Write as _;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// A page with its ready answers. Immutable, except that compressed forms appear in it once.
pub struct Stored {
    pub status: StatusCode,
    pub tags: Vec<Tag>,
    pub at_seq: i64,
    pub expires_at: Option<At>,
    /// `HTTP/1.1 200 OK\r\n`
    pub(crate) status_line: String,
    content_type: String,
    common: String,
    compressible: bool,
    hash: String,
    identity: Ready,
    squeezed: [Squeezed; 2],
}

/// One form of the page: the head's lines after the date, an empty line, the body.
pub(crate) struct Ready {
    /// All of it, in one piece, so that an answer is one write.
    pub(crate) bytes: Bytes,
    /// Where the body begins.
    pub(crate) body_at: usize,
    /// Where the lines begin that a 304 repeats (RFC 9110 §15.4.5).
    pub(crate) common_at: usize,
    pub(crate) seal: Seal,
}

#[derive(Default)]
struct Squeezed {
    ready: OnceLock<Ready>,
    asked: AtomicBool,
}

impl Stored {
    pub(super) fn new(page: Page, shield: Shield) -> Self {
        let content_type = page
            .content_type
            .to_str()
            .unwrap_or("application/octet-stream")
            .to_owned();
        let compressible = squeeze::is_worthwhile(&content_type, page.body.len());
        let common = common_lines(&page, compressible, shield);
        let hash = blake3::hash(&page.body).to_hex()[..22].to_owned();
        let identity = Ready::new(&page.body, &content_type, &common, &hash, Encoding::Identity);
        Self {
            status: page.status,
            tags: page.tags,
            at_seq: page.at_seq,
            expires_at: page.expires_at,
            status_line: raw::status_line(page.status),
            content_type,
            common,
            compressible,
            hash,
            identity,
            squeezed: Default::default(),
        }
    }

    /// The body as it was rendered.
    pub fn body(&self) -> Bytes {
        self.identity.bytes.slice(self.identity.body_at..)
    }

    pub(super) fn weight_bytes(&self) -> u64 {
        let body = self.identity.bytes.len() as u64;
        if self.compressible {
            body + body / 2 + 2_048
        } else {
            body + 1_024
        }
    }

    pub(crate) fn ready(&self, encoding: Encoding) -> Option<&Ready> {
        match encoding {
            Encoding::Identity => Some(&self.identity),
            other => self.squeezed[slot(other)].ready.get(),
        }
    }

    pub(super) fn is_compressible(&self) -> bool {
        self.compressible
    }

    /// The entity tag of a form, without its quotes: strong, different for each encoding (RFC 9110 §8.8.3.3).
    pub fn etag(&self, encoding: Encoding) -> String {
        etag(&self.hash, encoding)
    }

    /// `etag: "…"\r\n`
    pub(crate) fn etag_line(&self, encoding: Encoding) -> String {
        format!("etag: \"{}\"\r\n", self.etag(encoding))
    }

    /// True for the first that asks for this form, who must then see to it.
    pub(super) fn claim(&self, encoding: Encoding) -> bool {
        encoding != Encoding::Identity && !self.squeezed[slot(encoding)].asked.swap(true, Ordering::Relaxed)
    }

    /// Makes the compressed form. Takes milliseconds: call it where blocking is allowed.
    pub fn squeeze(&self, encoding: Encoding) {
        if encoding == Encoding::Identity || !self.compressible {
            return;
        }
        let Some(body) = encoding.encode(&self.body()) else {
            return;
        };
        let ready = Ready::new(&body, &self.content_type, &self.common, &self.hash, encoding);
        // Two that squeezed at once made the same bytes.
        let _ = self.squeezed[slot(encoding)].ready.set(ready);
    }
}

impl Ready {
    fn new(body: &[u8], content_type: &str, common: &str, hash: &str, encoding: Encoding) -> Self {
        let mut head = format!(
            "content-type: {content_type}\r\ncontent-length: {}\r\n",
            body.len()
        );
        if let Some(token) = encoding.token() {
            head.extend(["content-encoding: ", token, "\r\n"]);
        }
        head.extend(["etag: \"", &etag(hash, encoding), "\"\r\n"]);
        let common_at = head.len();
        head.push_str(common);
        let body_at = head.len();
        let mut bytes = Vec::with_capacity(body_at + body.len());
        bytes.extend_from_slice(head.as_bytes());
        bytes.extend_from_slice(body);
        Self {
            bytes: bytes.into(),
            body_at,
            common_at,
            seal: Seal::default(),
        }
    }
}

fn etag(hash: &str, encoding: Encoding) -> String {
    match encoding.token() {
        None => hash.to_owned(),
        Some(token) => format!("{hash}-{token}"),
    }
}

/// The lines that a 200 and a 304 share, and the empty line after them. Header values are typed, so none can
/// carry a control character.
fn common_lines(page: &Page, compressible: bool, shield: Shield) -> String {
    let mut lines = String::with_capacity(1024);
    let _ = write!(
        lines,
        "cache-control: {}\r\n",
        page.cache_control.to_str().unwrap_or("no-store")
    );
    if compressible {
        lines.push_str("vary: accept-encoding\r\n");
    }
    for (name, value) in &page.extra {
        if let Ok(value) = value.to_str() {
            lines.extend([name.as_str(), ": ", value, "\r\n"]);
        }
    }
    lines.push_str(&shield.lines(&page.extra));
    lines.push_str("\r\n");
    lines
}

fn slot(encoding: Encoding) -> usize {
    usize::from(encoding == Encoding::Gzip)
}
