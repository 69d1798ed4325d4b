//! What a reader asks for, as read from the URL and the header.

use super::limits::MAX_STREAMS;
use crate::error::{Error, Result};
use lexicon::{EditionCode, PersonId, StoryId, Stream};
use std::time::Instant;

/// One wish for an open stream. Make it *before* the person's session is checked: a revocation that falls
/// between the check and the opening of the stream is then noticed.
#[derive(Clone, Debug)]
pub struct Ask {
    /// 1 to 16 streams, each once, in the order of the URL.
    pub streams: Vec<Stream>,
    /// Where the reader left off, as sent; not yet believed.
    pub after: Option<String>,
    /// Who it is, if signed in: `Hub::cut_person` ends this stream.
    pub person: Option<PersonId>,
    pub(crate) asked_at: Instant,
}

impl Ask {
    /// Streams by name, from their heads on.
    /// Errors: `live.no_streams`, `live.too_many_streams` (422), `live.unknown_stream` (404) for one that is not for readers.
    pub fn new(streams: Vec<Stream>) -> Result<Self> {
        let mut ask = Self {
            streams: Vec::new(),
            after: None,
            person: None,
            asked_at: Instant::now(),
        };
        for stream in streams {
            ask.add(stream)?;
        }
        ask.checked()
    }

    /// Reads `edition=en&room={story}&live={story}&after={token}`; the `Last-Event-ID` header goes before `after`,
    /// because a browser that reconnects repeats its URL. Unknown names are ignored.
    /// Errors: as `new`; a malformed code or id is an unknown stream.
    pub fn read(query: &str, last_event_id: Option<&str>) -> Result<Self> {
        let mut ask = Self {
            streams: Vec::new(),
            after: None,
            person: None,
            asked_at: Instant::now(),
        };
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            let value = decoded(value);
            match name {
                "after" => ask.after = Some(value),
                "edition" | "room" | "live" => ask.add(named(name, &value)?)?,
                _ => {}
            }
        }
        if let Some(id) = last_event_id.map(str::trim).filter(|id| !id.is_empty()) {
            ask.after = Some(id.to_owned());
        }
        ask.checked()
    }

    fn add(&mut self, stream: Stream) -> Result<()> {
        if !stream.is_for_readers() {
            return Err(unknown());
        }
        if self.streams.contains(&stream) {
            return Ok(());
        }
        if self.streams.len() == MAX_STREAMS {
            let message = format!("one connection carries at most {MAX_STREAMS} streams; open another");
            return Err(Error::invalid("streams", "live.too_many_streams", message));
        }
        self.streams.push(stream);
        Ok(())
    }

    fn checked(self) -> Result<Self> {
        if self.streams.is_empty() {
            let message = "name at least one stream: edition=, room= or live=";
            return Err(Error::invalid("streams", "live.no_streams", message));
        }
        Ok(self)
    }
}

/// No such stream, or not for readers: the same answer for both.
pub(crate) fn unknown() -> Error {
    Error::not_found("live.unknown_stream")
}

fn named(name: &str, value: &str) -> Result<Stream> {
    let stream = match name {
        "edition" => EditionCode::parse(value).map(Stream::Edition),
        "room" => StoryId::parse(value).map(Stream::Room),
        _ => StoryId::parse(value).map(Stream::Live),
    };
    stream.map_err(|_| unknown())
}

/// Percent-decoding (RFC 3986 §2.1) and `+`; what is not valid UTF-8 afterwards fits no stream and no token.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let (byte, left) = match (first, escaped(tail)) {
            (b'%', Some(byte)) => (byte, tail.get(2..).unwrap_or_default()),
            (b'+', _) => (b' ', tail),
            _ => (first, tail),
        };
        bytes.push(byte);
        rest = left;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn escaped(tail: &[u8]) -> Option<u8> {
    let digits = tail
        .get(..2)
        .filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))?;
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}
