//! A reader's place: how far it has read in each of its streams.

use super::counters::{Counters, Permit};
use super::frame::{Frame, write_id};
use super::revocation::Mark;
use super::token::{Tag, Token};
use super::topic::{Page, Topic};
use super::{Ask, Hub, ask};
use crate::error::{Error, Result};
use lexicon::Stream;
use std::fmt::Write;
use std::sync::Arc;
use std::time::Instant;

/// An admitted reader before its first byte. Dropping it gives the place back.
pub struct Place {
    pub(crate) cursors: Vec<Cursor>,
    pub(crate) opening: Vec<u8>,
    pub(crate) mark: Mark,
    pub(crate) asked_at: Instant,
    pub(crate) permit: Permit,
}

/// How far one stream has been read.
#[derive(Clone)]
pub(crate) struct Cursor {
    pub topic: Arc<Topic<Frame>>,
    pub seq: i64,
}

/// Why a reader cannot go on where it left off.
enum Refusal {
    /// Not a token of ours.
    Malformed,
    /// A backup was restored since.
    Epoch,
    /// The token does not tell the position of every stream.
    Streams,
    /// A number that does not exist.
    Ahead,
    /// The table keeps this no more.
    TooOld,
}

impl Refusal {
    fn word(&self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Epoch => "epoch",
            Self::Streams => "streams",
            Self::Ahead => "ahead",
            Self::TooOld => "too_old",
        }
    }
}

/// Admits a reader: there is room, the streams exist, and its position is found or refused in words.
pub(crate) async fn take(hub: &Arc<Hub>, ask: Ask) -> Result<Place> {
    if hub.is_closing() {
        return Err(Error::Unavailable {
            code: "live.closing",
            retry_after_s: 5,
        });
    }
    let full = Error::Unavailable {
        code: "live.full",
        retry_after_s: 10,
    };
    let permit = Permit::take(&hub.counters, hub.limits.readers).ok_or(full)?;
    // First the streams are made active, then positions are looked at: from here on no commit can be missed.
    let mut cursors = Vec::with_capacity(ask.streams.len());
    for stream in &ask.streams {
        cursors.push(open(hub, stream).await?);
    }
    let opening = match &ask.after {
        None => opening(hub, &cursors, "position", None),
        Some(text) => match resume(hub, &mut cursors, text).await? {
            #[cfg(feature = "planted-subscribe-after-backlog")]
            None => planted_late(hub, &mut cursors).await?,
            #[cfg(feature = "planted-unsigned-cursor")]
            None => planted_foreign(hub, &mut cursors, text),
            #[allow(unreachable_patterns, reason = "a planted bug stands before it")]
            None => resumption(hub, &cursors),
            Some(refusal) => {
                Counters::add(&hub.counters.resets, 1);
                opening(hub, &cursors, "reset", Some(&refusal))
            }
        },
    };
    let mark = Mark {
        person: ask.person.map(Arc::new),
    };
    Ok(Place {
        cursors,
        opening,
        mark,
        asked_at: ask.asked_at,
        permit,
    })
}

async fn open(hub: &Arc<Hub>, stream: &Stream) -> Result<Cursor> {
    if !hub.listed(stream).await? {
        return Err(ask::unknown());
    }
    let topic = hub.frame_topic(stream).await?;
    let seq = topic.head().unwrap_or(0);
    Ok(Cursor { topic, seq })
}

/// Moves the cursors to where the token says. Errors are the table's; a refusal leaves the cursors at the heads.
async fn resume(hub: &Arc<Hub>, cursors: &mut [Cursor], text: &str) -> Result<Option<Refusal>> {
    let Some(token) = Token::parse(text) else {
        return Ok(Some(Refusal::Malformed));
    };
    let elsewhen = |cursor: &Cursor| *cursor.topic.mark.epoch != *token.epoch();
    if !cfg!(feature = "planted-epoch-kept") && cursors.iter().any(elsewhen) {
        return Ok(Some(Refusal::Epoch));
    }
    let tags: Vec<Tag> = cursors.iter().map(|cursor| cursor.topic.mark.tag).collect();
    let Some(positions) = token.positions_of(&tags) else {
        return Ok(Some(Refusal::Streams));
    };
    for (cursor, seq) in cursors.iter().zip(&positions) {
        if let Some(refusal) = reach(hub, &cursor.topic, *seq).await? {
            return Ok(Some(refusal));
        }
    }
    for (cursor, seq) in cursors.iter_mut().zip(positions) {
        cursor.seq = seq;
    }
    Ok(None)
}

/// Makes sure that what follows `seq` can be had.
async fn reach(hub: &Arc<Hub>, topic: &Arc<Topic<Frame>>, seq: i64) -> Result<Option<Refusal>> {
    if topic.head().is_none_or(|head| seq > head) {
        // Another node may have committed it and not rung here yet: the table knows.
        let standing = hub.look().await?;
        if seq > standing.head(&topic.mark.stream) && topic.head().is_none_or(|head| seq > head) {
            return Ok(Some(Refusal::Ahead));
        }
        topic.catch_up(hub.ledger.as_ref(), &hub.counters).await?;
    }
    if matches!(topic.page(seq), Page::Older) && !hub.load(topic, seq).await? {
        return Ok(Some(Refusal::TooOld));
    }
    Ok(None)
}

/// The first event for who comes new or cannot go on: where every stream stands.
fn opening(hub: &Hub, cursors: &[Cursor], event: &str, refusal: Option<&Refusal>) -> Vec<u8> {
    let mut out = preamble(hub, cursors);
    let heads = cursors
        .iter()
        .map(|cursor| (cursor.topic.mark.stream.to_string(), cursor.seq.into()));
    let mut told = serde_json::Map::new();
    if let Some(refusal) = refusal {
        told.insert("reason".to_owned(), refusal.word().into());
    }
    told.insert("streams".to_owned(), serde_json::Value::Object(heads.collect()));
    told.insert("at".to_owned(), hub.clock.now().rfc3339().into());
    // Writing to a String cannot fail.
    let _ = write!(
        out,
        "event: {event}\ndata: {}\n\n",
        serde_json::Value::Object(told)
    );
    out.into_bytes()
}

/// The first bytes for who goes on: an id without data moves the browser's position and makes no event (WHATWG HTML §9.2.6).
fn resumption(hub: &Hub, cursors: &[Cursor]) -> Vec<u8> {
    (preamble(hub, cursors) + "\n").into_bytes()
}

fn preamble(hub: &Hub, cursors: &[Cursor]) -> String {
    let mut out = format!("retry: {}\n", hub.retry_ms());
    if let Some(first) = cursors.first() {
        let positions = cursors.iter().map(|cursor| (cursor.topic.mark.tag, cursor.seq));
        write_id(&mut out, &first.topic.mark.epoch, positions);
    }
    out
}

impl Hub {
    /// The reconnection time for one reader, drawn by lot so that ten thousand do not come back at once.
    pub(crate) fn retry_ms(&self) -> u32 {
        self.limits
            .retry_ms
            .saturating_add(jitter(self.limits.retry_ms / 2))
    }
}

/// A number from 0 up to `most`.
pub(crate) fn jitter(most: u32) -> u32 {
    let drawn = crate::clock::random_bytes(4)
        .into_iter()
        .fold(0u32, |all, byte| all << 8 | u32::from(byte));
    drawn % most.saturating_add(1)
}

/// Planted: believes the token about which streams there are, not only about positions.
#[cfg(feature = "planted-unsigned-cursor")]
fn planted_foreign(hub: &Hub, cursors: &mut Vec<Cursor>, text: &str) -> Vec<u8> {
    for (tag, seq) in Token::parse(text).iter().flat_map(Token::tags) {
        let found = hub
            .frames
            .all()
            .into_iter()
            .find(|topic| topic.mark.tag.as_str() == tag);
        if let Some(topic) = found
            && cursors.iter().all(|cursor| cursor.topic.id != topic.id)
        {
            cursors.push(Cursor { topic, seq });
        }
    }
    resumption(hub, cursors)
}

/// Planted: reads the backlog first and takes its place among the followers afterwards.
#[cfg(feature = "planted-subscribe-after-backlog")]
async fn planted_late(hub: &Arc<Hub>, cursors: &mut [Cursor]) -> Result<Vec<u8>> {
    let mut out = resumption(hub, cursors);
    for cursor in cursors {
        loop {
            match cursor.topic.page(cursor.seq) {
                Page::Next(frames) => frames.iter().for_each(|frame| {
                    out.extend_from_slice(frame.whole());
                    cursor.seq = super::ring::Kept::seq(frame.as_ref());
                }),
                Page::Older => drop(hub.load(&cursor.topic, cursor.seq).await?),
                Page::Nothing => break,
            }
        }
        hub.look().await?;
        cursor.seq = cursor.topic.head().unwrap_or(0);
    }
    Ok(out)
}
