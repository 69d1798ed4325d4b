//! A request head, read strictly: what two readers could understand in two ways is refused.
//!
//! httparse is lenient where RFC 9112 allows it to be (bare line feeds); a proxy in front may not be, and the
//! difference is where a second request is smuggled in. So anything ambiguous is a 400 and the end of the connection.

use super::limits::{HEAD_BYTES, HEADERS, TARGET_BYTES};
use crate::pages::Ask;
use std::mem::MaybeUninit;

/// What the bytes at hand are.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Read<'a> {
    /// Not a whole head yet.
    Partial,
    /// The beginning of HTTP/2.
    Preface,
    /// A head, and where it ends.
    Head(Head<'a>),
    /// Refused with this status; the connection ends.
    Bad(u16),
}

/// A head that can be understood in one way only.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Head<'a> {
    /// The bytes of the head, the empty line included.
    pub(crate) bytes: usize,
    pub(crate) method: &'a str,
    pub(crate) target: &'a str,
    pub(crate) frame: Frame,
    /// The connection ends after the answer.
    pub(crate) closes: bool,
    /// A plain GET or HEAD that the page store may answer.
    pub(crate) plain: bool,
    /// It carries a cookie or a token.
    pub(crate) signed: bool,
    pub(crate) accept_encoding: Option<&'a [u8]>,
    pub(crate) if_none_match: Option<&'a [u8]>,
}

/// How long the body is (RFC 9112 §6.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Frame {
    Length(u64),
    Chunked,
}

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

impl<'a> Read<'a> {
    pub(crate) fn from(bytes: &'a [u8]) -> Self {
        if bytes.starts_with(b"PRI") {
            return Self::preface(bytes);
        }
        if !bytes.first().is_some_and(u8::is_ascii_uppercase) {
            return if bytes.is_empty() {
                Self::Partial
            } else {
                Self::Bad(400)
            };
        }
        let mut slots = [const { MaybeUninit::uninit() }; HEADERS];
        let mut request = httparse::Request::new(&mut []);
        match request.parse_with_uninit_headers(bytes, &mut slots) {
            Ok(httparse::Status::Complete(end)) if end <= HEAD_BYTES => Head::check(bytes, end, &request),
            Ok(httparse::Status::Complete(_)) | Err(httparse::Error::TooManyHeaders) => Self::Bad(431),
            Ok(httparse::Status::Partial) if bytes.len() >= HEAD_BYTES => Self::Bad(431),
            Ok(httparse::Status::Partial) => Self::Partial,
            Err(httparse::Error::Version) => Self::Bad(505),
            Err(_) => Self::Bad(400),
        }
    }

    fn preface(bytes: &[u8]) -> Self {
        let known = bytes.len().min(PREFACE.len());
        match bytes[..known] == PREFACE[..known] {
            true if known == PREFACE.len() => Self::Preface,
            true => Self::Partial,
            false => Self::Bad(400),
        }
    }
}

impl<'a> Head<'a> {
    fn check(bytes: &[u8], end: usize, request: &httparse::Request<'_, 'a>) -> Read<'a> {
        let (Some(method), Some(target), Some(version)) = (request.method, request.path, request.version)
        else {
            return Read::Bad(400);
        };
        if has_bare_line_feed(&bytes[..end]) && !cfg!(feature = "planted-lenient-length") {
            return Read::Bad(400);
        }
        if target.len() > TARGET_BYTES {
            return Read::Bad(414);
        }
        let mut fields = Fields::default();
        if let Err(status) = request.headers.iter().try_for_each(|header| fields.take(header)) {
            return Read::Bad(status);
        }
        let Some(frame) = fields.frame(version) else {
            return Read::Bad(400);
        };
        if method == "CONNECT" || fields.hosts > 1 || (version == 1 && fields.hosts == 0) {
            return Read::Bad(400);
        }
        let reads = matches!(method, "GET" | "HEAD");
        Read::Head(Head {
            bytes: end,
            method,
            target,
            frame,
            closes: fields.closes || version == 0,
            plain: reads && version == 1 && frame == Frame::Length(0) && !fields.odd,
            signed: fields.signed,
            accept_encoding: fields.accept_encoding,
            if_none_match: fields.if_none_match,
        })
    }

    /// What bears on the choice among a page's ready answers.
    pub(crate) fn ask(&self) -> Ask<'a> {
        Ask {
            accept_encoding: self.accept_encoding,
            if_none_match: self.if_none_match,
            head_only: self.method == "HEAD",
        }
    }
}

/// The fields that matter before a handler sees the request.
#[derive(Default)]
struct Fields<'a> {
    hosts: u8,
    length: Option<u64>,
    chunked: bool,
    closes: bool,
    signed: bool,
    odd: bool,
    accept_encoding: Option<&'a [u8]>,
    if_none_match: Option<&'a [u8]>,
}

impl<'a> Fields<'a> {
    /// Takes a field in, or says the status of its refusal. By length first: most fields are none of these.
    fn take(&mut self, header: &httparse::Header<'a>) -> Result<(), u16> {
        let is = |name: &str| header.name.eq_ignore_ascii_case(name);
        match header.name.len() {
            4 if is("host") => self.hosts = self.hosts.saturating_add(1),
            6 if is("cookie") => self.signed = true,
            6 if is("expect") => self.odd = true,
            10 if is("connection") => self.connection(header.value),
            13 if is("if-none-match") => self.once(header.value, |fields| &mut fields.if_none_match),
            13 if is("authorization") => self.signed = true,
            14 if is("content-length") => return self.content_length(header.value),
            15 if is("accept-encoding") => self.once(header.value, |fields| &mut fields.accept_encoding),
            17 if is("transfer-encoding") => return self.transfer_encoding(header.value),
            _ => {}
        }
        Ok(())
    }

    /// A field that is sent twice is left to the router.
    fn once(&mut self, value: &'a [u8], place: fn(&mut Self) -> &mut Option<&'a [u8]>) {
        self.odd |= place(self).replace(value).is_some();
    }

    fn connection(&mut self, value: &[u8]) {
        for option in value.split(|byte| *byte == b',').map(<[u8]>::trim_ascii) {
            self.closes |= option.eq_ignore_ascii_case(b"close");
        }
    }

    /// Digits only, once: neither `+5`, nor `5, 5`, nor the field twice (RFC 9112 §6.3).
    fn content_length(&mut self, value: &[u8]) -> Result<(), u16> {
        let digits = !value.is_empty() && value.len() <= 19 && value.iter().all(u8::is_ascii_digit);
        let number = std::str::from_utf8(value).ok().and_then(|text| text.parse().ok());
        match number.filter(|_| digits && (self.length.is_none() || cfg!(feature = "planted-lenient-length")))
        {
            Some(bytes) => self.length = Some(bytes),
            None => return Err(400),
        }
        Ok(())
    }

    /// `chunked` alone; every other coding is one that we do not know (501, RFC 9112 §6.1).
    fn transfer_encoding(&mut self, value: &[u8]) -> Result<(), u16> {
        match value.eq_ignore_ascii_case(b"chunked") {
            true if !self.chunked => self.chunked = true,
            true => return Err(400),
            false => return Err(501),
        }
        Ok(())
    }

    /// Both lengths at once are how requests are smuggled; HTTP/1.0 knows no chunks.
    fn frame(&self, version: u8) -> Option<Frame> {
        match (self.chunked, self.length) {
            (false, length) => Some(Frame::Length(length.unwrap_or(0))),
            (true, None) if version == 1 => Some(Frame::Chunked),
            (true, Some(_)) if cfg!(feature = "planted-lenient-length") => Some(Frame::Chunked),
            (true, _) => None,
        }
    }
}

/// Without a branch in the loop, so that it is done sixteen bytes at a time.
fn has_bare_line_feed(head: &[u8]) -> bool {
    let pairs = head.iter().zip(&head[1..]);
    pairs.fold(false, |bare, (before, byte)| {
        bare | (*byte == b'\n') & (*before != b'\r')
    })
}
