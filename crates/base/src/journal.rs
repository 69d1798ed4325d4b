//! The ordered record of everything that happened.
//!
//! A stream's counter is a row; its numbers are taken by the writing transaction's last statements, so commit order
//! is sequence order on both engines and a rollback gives its numbers back.

mod ledger;

use crate::db::{Migration, Query, Row, Tx};
use crate::{Result, values};
use lexicon::{At, Event, Stream};
use std::collections::BTreeMap;

/// The journal's tables: what readers may see, and the same for the desk behind the wall.
/// `base_setting` holds the few facts of the installation, `public_setting` those that the public side needs (the epoch).
pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "base_1",
    sql: "CREATE TABLE public_stream (stream {key} PRIMARY KEY, head BIGINT NOT NULL, floor BIGINT NOT NULL) {strict};
        CREATE TABLE public_record (stream {key} NOT NULL, seq BIGINT NOT NULL, at BIGINT NOT NULL, kind TEXT NOT NULL,
            subject {key}, data TEXT NOT NULL, event TEXT, superseded_by BIGINT, key {key}, PRIMARY KEY (stream, seq)) {strict};
        CREATE INDEX public_record_subject ON public_record (stream, subject, seq);
        CREATE UNIQUE INDEX public_record_key ON public_record (stream, key);
        CREATE TABLE desk_stream (stream {key} PRIMARY KEY, head BIGINT NOT NULL, floor BIGINT NOT NULL) {strict};
        CREATE TABLE desk_record (stream {key} NOT NULL, seq BIGINT NOT NULL, at BIGINT NOT NULL, kind TEXT NOT NULL,
            subject {key}, data TEXT NOT NULL, event TEXT, superseded_by BIGINT, key {key}, PRIMARY KEY (stream, seq)) {strict};
        CREATE INDEX desk_record_subject ON desk_record (stream, subject, seq);
        CREATE UNIQUE INDEX desk_record_key ON desk_record (stream, key);
        CREATE TABLE base_setting (name {key} PRIMARY KEY, value TEXT NOT NULL) {strict};
        CREATE TABLE public_setting (name {key} PRIMARY KEY, value TEXT NOT NULL) {strict};",
}];

crate::sql! {
    PUBLIC_ADVANCE = "INSERT INTO public_stream (stream, head, floor) VALUES ($1, $2, 0)
        ON CONFLICT (stream) DO UPDATE SET head = public_stream.head + excluded.head RETURNING head";
    DESK_ADVANCE = "INSERT INTO desk_stream (stream, head, floor) VALUES ($1, $2, 0)
        ON CONFLICT (stream) DO UPDATE SET head = desk_stream.head + excluded.head RETURNING head";
    PUBLIC_APPEND = "INSERT INTO public_record (stream, seq, at, kind, subject, data, event, key)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    DESK_APPEND = "INSERT INTO desk_record (stream, seq, at, kind, subject, data, event, key)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    PUBLIC_SUPERSEDE = "UPDATE public_record SET data = '{}', superseded_by = $1
        WHERE stream = $2 AND subject = $3 AND seq < $4 AND superseded_by IS NULL";
    DESK_SUPERSEDE = "UPDATE desk_record SET data = '{}', superseded_by = $1
        WHERE stream = $2 AND subject = $3 AND seq < $4 AND superseded_by IS NULL";
    PUBLIC_HEADS = "SELECT stream, floor, head FROM public_stream ORDER BY stream";
    PUBLIC_AFTER = "SELECT stream, seq, at, kind, subject, data, event, superseded_by FROM public_record
        WHERE stream = $1 AND seq > $2 ORDER BY seq LIMIT $3";
    DESK_AFTER = "SELECT stream, seq, at, kind, subject, data, event, superseded_by FROM desk_record
        WHERE stream = $1 AND seq > $2 ORDER BY seq LIMIT $3";
    PUBLIC_HEAD = "SELECT head FROM public_stream WHERE stream = $1";
    DESK_HEAD = "SELECT head FROM desk_stream WHERE stream = $1";
    EPOCH = "SELECT value FROM public_setting WHERE name = 'epoch'";
    SET_EPOCH = "INSERT INTO public_setting (name, value) VALUES ('epoch', $1)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value";
}

/// What a body puts on a stream; it becomes a `Record` when its number is taken.
#[derive(Clone, Debug)]
pub struct Happening {
    kind: String,
    subject: Option<String>,
    data: String,
    event: Option<Event>,
    key: Option<String>,
    /// Nothing was said of the subject before.
    first: bool,
}

impl Happening {
    /// For followers: the event itself.
    pub fn of(event: Event) -> Self {
        Self {
            kind: event.kind().to_owned(),
            subject: None,
            data: "{}".to_owned(),
            event: Some(event),
            key: None,
            first: false,
        }
    }

    /// For readers: a JSON object as they may see it, about a subject.
    pub fn shown(kind: &str, subject: &str, data: &serde_json::Value) -> Self {
        let subject = Some(subject.to_owned());
        Self {
            kind: kind.to_owned(),
            subject,
            data: data.to_string(),
            event: None,
            key: None,
            first: false,
        }
    }

    /// As `shown`, about a subject that is new: there is nothing to take out of earlier records.
    pub fn introduced(kind: &str, subject: &str, data: &serde_json::Value) -> Self {
        let shown = Self::shown(kind, subject, data);
        Self { first: true, ..shown }
    }

    /// Settles a commit whose answer was lost: a second record with the same key on the stream is refused (`db.constraint`).
    pub fn keyed(self, key: &str) -> Self {
        Self {
            key: Some(key.to_owned()),
            ..self
        }
    }
}

/// Takes the numbers and writes the records: the transaction's last statements, streams in one order so that nodes cannot deadlock.
pub(crate) fn append(tx: &mut Tx) -> Result<Vec<Record>> {
    let pending = std::mem::take(&mut tx.pending);
    let mut next = advance(tx, &pending)?;
    let now = tx.now();
    let mut records = Vec::with_capacity(pending.len());
    for (
        stream,
        Happening {
            kind,
            subject,
            data,
            event,
            key,
            first,
        },
    ) in pending
    {
        let seq = next
            .get_mut(&stream)
            .map_or(0, |seq| std::mem::replace(seq, *seq + 1));
        let record = Record {
            stream,
            seq,
            at: now,
            kind,
            subject,
            data,
            event,
        };
        insert(tx, &record, key, first)?;
        records.push(record);
    }
    Ok(records)
}

/// Moves each stream's counter by what is coming, and gives the first number of each.
fn advance(tx: &mut Tx, pending: &[(Stream, Happening)]) -> Result<BTreeMap<Stream, i64>> {
    let mut counts: BTreeMap<Stream, i64> = BTreeMap::new();
    for (stream, _) in pending {
        *counts.entry(stream.clone()).or_default() += 1;
    }
    for (stream, count) in &mut counts {
        #[cfg(feature = "planted-serial-counter")]
        if tx.is_on_postgres() {
            *count = planted_serial(tx, stream, *count)? - *count + 1;
            continue;
        }
        let sql = if stream.is_public() {
            PUBLIC_ADVANCE
        } else {
            DESK_ADVANCE
        };
        let row = tx.one(sql, values![stream, *count])?;
        let head: i64 = row.map_or(Ok(0), Row::only)?;
        *count = head - *count + 1;
    }
    Ok(counts)
}

/// Planted: a counter beside the transaction, as a sequence is: numbers are taken in one order and committed in another.
#[cfg(feature = "planted-serial-counter")]
fn planted_serial(tx: &mut Tx, stream: &Stream, count: i64) -> Result<i64> {
    static TAKEN: std::sync::Mutex<BTreeMap<(String, Stream), i64>> = std::sync::Mutex::new(BTreeMap::new());
    const SCHEMA: crate::db::Sql = crate::db::Sql::new("SELECT current_schema()::text");
    let schema: String = tx.one(SCHEMA, &[])?.map_or(Ok(String::new()), Row::only)?;
    let mut taken = TAKEN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let head = taken.entry((schema, stream.clone())).or_insert(0);
    *head += count;
    Ok(*head)
}

/// Writes one record, and takes the text out of the earlier ones about its subject.
fn insert(tx: &mut Tx, record: &Record, key: Option<String>, first: bool) -> Result<()> {
    let Record {
        stream,
        seq,
        at,
        kind,
        subject,
        data,
        event,
    } = record;
    let event = event.as_ref().map(serde_json::to_string).transpose()?;
    let public = stream.is_public();
    if let Some(subject) = subject.as_ref().filter(|_| !first) {
        let sql = if public { PUBLIC_SUPERSEDE } else { DESK_SUPERSEDE };
        tx.execute(sql, values![*seq, stream, subject, *seq])?;
    }
    let sql = if public { PUBLIC_APPEND } else { DESK_APPEND };
    tx.execute(
        sql,
        values![stream, *seq, *at, kind, subject.clone(), data, event, key],
    )?;
    Ok(())
}

/// The records of a stream after a number, oldest first. What was superseded comes without its text.
pub fn after(db: &mut dyn Query, stream: &Stream, seq: i64, limit: usize) -> Result<Vec<Record>> {
    let sql = if stream.is_public() {
        PUBLIC_AFTER
    } else {
        DESK_AFTER
    };
    db.query(sql, values![stream, seq, limit])?
        .into_iter()
        .map(Record::from_row)
        .collect()
}

/// The last number of a stream; 0 when nothing was put on it yet.
pub fn head(db: &mut dyn Query, stream: &Stream) -> Result<i64> {
    let sql = if stream.is_public() {
        PUBLIC_HEAD
    } else {
        DESK_HEAD
    };
    db.one(sql, values![stream])?.map_or(Ok(0), Row::only)
}

/// The number that the next record which this transaction puts on the stream will have. It is exact: all writes are one
/// sequence, and what earlier bodies of the batch put on the stream is counted.
pub fn next(tx: &mut Tx, stream: &Stream) -> Result<i64> {
    let waiting = tx.pending.iter().filter(|(other, _)| other == stream).count();
    Ok(head(tx, stream)? + i64::try_from(waiting).unwrap_or(i64::MAX - 1) + 1)
}

/// Every public stream with the number before its oldest record and its last number.
pub fn heads(db: &mut dyn Query) -> Result<Vec<(Stream, i64, i64)>> {
    let row = |row: Row| {
        let mut columns = row.columns();
        Ok((columns.next()?, columns.next()?, columns.next()?))
    };
    db.query(PUBLIC_HEADS, &[])?.into_iter().map(row).collect()
}

/// The epoch: a short text that changes when a backup is restored, so that old numbers are not taken for new ones.
pub fn epoch(db: &mut dyn Query) -> Result<Option<String>> {
    db.one(EPOCH, &[])?.map(Row::only).transpose()
}

/// Begins a new epoch.
pub fn renew_epoch(tx: &mut Tx) -> Result<String> {
    let epoch = crate::clock::random_base32(6);
    tx.execute(SET_EPOCH, values![&epoch])?;
    Ok(epoch)
}

/// One entry of a stream, as it was committed.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    pub stream: Stream,
    /// Gap-free within the stream, from 1.
    pub seq: i64,
    /// The commit's moment.
    pub at: At,
    /// `story.published`, `flash`, … (`Event::kind`).
    pub kind: String,
    /// What it is about (a story, entry or message id). A later record about the same subject takes the text out of the earlier ones.
    pub subject: Option<String>,
    /// A JSON object, for readers' streams already as they may see it.
    pub data: String,
    /// The event for followers; only on the `public` and `desk` streams.
    pub event: Option<Event>,
}

impl Record {
    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        let record = Self {
            stream: columns.next()?,
            seq: columns.next()?,
            at: columns.next()?,
            kind: columns.next()?,
            subject: columns.next()?,
            data: columns.next()?,
            event: columns
                .next::<Option<String>>()?
                .map(|text| serde_json::from_str(&text))
                .transpose()?,
        };
        Ok(match columns.next::<Option<i64>>()? {
            Some(by) => record.superseded(by),
            None => record,
        })
    }

    /// What stays of this record once a later one speaks for its subject: its place, never its text.
    pub fn superseded(&self, by: i64) -> Self {
        let data = serde_json::json!({ "subject": self.subject, "superseded_by": by });
        Self {
            data: data.to_string(),
            ..self.clone()
        }
    }
}
