//! A record as it goes over the wire: one server-sent event (WHATWG HTML §9.2), encoded once for all readers.

use super::ring::Kept;
use super::token::{Tag, write_token};
use crate::journal::Record;
use lexicon::Stream;
use std::borrow::Cow;
use std::fmt::Write;
use std::sync::Arc;

/// What all frames of one stream have in common.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    pub epoch: Arc<str>,
    pub stream: Stream,
    pub tag: Tag,
}

/// Something that can be made of a record, to be kept in a ring.
pub(crate) trait Sealed: Kept + Send + Sync + Sized + 'static {
    fn seal(record: Record, mark: &Mark) -> Self;
}

/// One event: the id line, then the rest that connections of several streams share.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    seq: i64,
    subject: Option<Box<str>>,
    id_bytes: u32,
    stem_bytes: u32,
    wire: Box<[u8]>,
}

impl Frame {
    /// The whole event, with the id of a connection that reads this stream alone.
    pub fn whole(&self) -> &[u8] {
        &self.wire
    }

    /// The event without its id line.
    pub fn rest(&self) -> &[u8] {
        self.wire.get(self.id_bytes as usize..).unwrap_or_default()
    }

    /// The text up to and with the id line, the kind and the first three members of the object.
    fn stem(&self) -> &[u8] {
        self.wire.get(..self.stem_bytes as usize).unwrap_or_default()
    }
}

impl Sealed for Frame {
    fn seal(record: Record, mark: &Mark) -> Self {
        let mut wire = String::with_capacity(160 + record.data.len());
        write_id(&mut wire, &mark.epoch, std::iter::once((mark.tag, record.seq)));
        let id_bytes = wire.len() as u32;
        let (kind, at) = (one_line(&record.kind), record.at.rfc3339());
        // Writing to a String cannot fail. Stream names need no escaping in JSON.
        let _ = write!(
            wire,
            "event: {kind}\ndata: {{\"stream\":\"{}\",\"seq\":{},\"at\":\"{at}\"",
            mark.stream, record.seq
        );
        let stem_bytes = wire.len() as u32;
        wire.push_str(&members(&record.data));
        wire.push_str("}\n\n");
        let subject = record.subject.map(String::into_boxed_str);
        Self {
            seq: record.seq,
            subject,
            id_bytes,
            stem_bytes,
            wire: wire.into_bytes().into_boxed_slice(),
        }
    }
}

impl Kept for Frame {
    fn seq(&self) -> i64 {
        self.seq
    }

    fn bytes(&self) -> usize {
        self.wire.len() + size_of::<Self>() + self.subject.as_ref().map_or(0, |subject| subject.len())
    }

    fn subject(&self) -> Option<&str> {
        self.subject.as_deref()
    }

    fn superseded(&self, by: i64) -> Self {
        let subject = serde_json::json!(self.subject);
        let note = format!(",\"subject\":{subject},\"superseded_by\":{by}}}\n\n");
        let wire = [self.stem(), note.as_bytes()].concat().into_boxed_slice();
        let Self {
            seq,
            id_bytes,
            stem_bytes,
            ..
        } = *self;
        Self {
            seq,
            subject: self.subject.clone(),
            id_bytes,
            stem_bytes,
            wire,
        }
    }
}

impl Kept for Record {
    fn seq(&self) -> i64 {
        self.seq
    }

    fn bytes(&self) -> usize {
        size_of::<Self>() + self.data.len() + self.kind.len()
    }

    fn subject(&self) -> Option<&str> {
        self.subject.as_deref()
    }

    fn superseded(&self, by: i64) -> Self {
        Record::superseded(self, by)
    }
}

impl Sealed for Record {
    fn seal(record: Record, _: &Mark) -> Self {
        record
    }
}

/// Appends `id: <token>` and the line's end.
pub(crate) fn write_id(out: &mut String, epoch: &str, positions: impl Iterator<Item = (Tag, i64)>) {
    out.push_str("id: ");
    write_token(out, epoch, positions);
    out.push('\n');
}

/// The members of a JSON object, each after a comma, without those that the hub writes itself.
fn members(data: &str) -> Cow<'_, str> {
    const OURS: [&str; 3] = ["stream", "seq", "at"];
    let trimmed = data.trim();
    let spoken = OURS.iter().any(|name| trimmed.contains(&format!("\"{name}\"")));
    let plain = trimmed
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
        .map(str::trim);
    match plain {
        Some("") => Cow::Borrowed(""),
        Some(inner) if !spoken => Cow::Owned(format!(",{}", one_line(inner))),
        _ => Cow::Owned(reprinted(trimmed, &OURS)),
    }
}

fn reprinted(data: &str, without: &[&str]) -> String {
    let mut object: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(data).unwrap_or_default();
    for name in without {
        object.remove(*name);
    }
    object
        .into_iter()
        .map(|(name, value)| format!(",{}:{value}", serde_json::Value::String(name)))
        .collect()
}

/// A line break ends a field of the event stream; in JSON one can only stand between tokens, where a blank does as well.
fn one_line(text: &str) -> Cow<'_, str> {
    if text.contains(['\n', '\r']) {
        Cow::Owned(text.replace(['\n', '\r'], " "))
    } else {
        Cow::Borrowed(text)
    }
}
