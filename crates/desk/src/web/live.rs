//! What changes at the desk, told to open pages: which story, never what it says.
//!
//! The desk's stream lies behind the wall, so the readers' hub cannot carry it. A commit rings a bell, and each open page
//! reads on from its own number; on a shared database, where another node may have committed, a second of silence rings too.

use super::Visit;
use crate::frame::Desk;
use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use base::journal::{self, Record};
use base::{Db, Error, Result};
use bytes::Bytes;
use futures_core::Stream as Frames;
use http::HeaderMap;
use http::header::{CONTENT_TYPE, HeaderValue};
use lexicon::{Event, PersonId, Stream};
use serde_json::json;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::{mpsc, watch};

/// Rings when something was committed on the desk's stream.
#[derive(Clone)]
pub struct Bell(Arc<watch::Sender<i64>>);

impl Default for Bell {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(0)))
    }
}

impl Bell {
    /// Called for each commit of this node; never blocks.
    pub fn heard(&self, records: &[Record]) {
        if let Some(last) = records.iter().rfind(|record| record.stream == Stream::Desk) {
            self.0.send_replace(last.seq);
        }
    }
}

/// How long an open page hears nothing before it is told that we are here.
const BEAT_TICKS: u32 = 10;
const TICK: Duration = Duration::from_secs(1);

pub(crate) async fn follow_desk(
    State(desk): State<Desk>,
    visit: Visit,
    headers: HeaderMap,
) -> Result<Response> {
    let wished = headers
        .get("last-event-id")
        .and_then(|id| id.to_str().ok()?.parse::<i64>().ok());
    let head = desk
        .app
        .db
        .read(|read| journal::head(read, &Stream::Desk))
        .await?;
    let after = wished.filter(|seq| (0..=head).contains(seq)).unwrap_or(head);
    let (sender, receiver) = mpsc::channel(16);
    let page = OpenPage {
        bell: desk.bell.0.subscribe(),
        shared: desk.app.db.dialect() == base::db::Dialect::Postgres,
        desk,
        person: visit.caller.person,
        after,
        sender,
    };
    tokio::spawn(page.follow());
    let mut response = Response::new(Body::from_stream(Told(receiver)));
    let kind = HeaderValue::from_static("text/event-stream; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
        .headers_mut()
        .insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

struct OpenPage {
    desk: Desk,
    bell: watch::Receiver<i64>,
    /// Another node may commit as well.
    shared: bool,
    person: PersonId,
    after: i64,
    sender: mpsc::Sender<Bytes>,
}

impl OpenPage {
    async fn follow(mut self) {
        let mut silent = 0;
        let _ = self.say(format!("retry: 2000\nid: {}\n\n", self.after)).await;
        while !self.sender.is_closed() && !self.desk.app.hub.is_closing() {
            let rung = tokio::time::timeout(TICK, self.bell.changed()).await.is_ok();
            if rung || self.shared {
                match self.tell().await {
                    Ok(true) => silent = 0,
                    Ok(false) => {}
                    // The page connects again and reads on from its number.
                    Err(_) => return,
                }
            }
            silent += 1;
            if silent >= BEAT_TICKS {
                silent = 0;
                if self.say(":\n\n".to_owned()).await.is_err() {
                    return;
                }
            }
        }
    }

    /// Tells what is new; whether there was anything.
    async fn tell(&mut self) -> Result<bool> {
        let records = news(&self.desk.app.db, self.after).await?;
        for record in &records {
            self.after = record.seq;
            if people::ends(record, &self.person) {
                return Err(Error::Unauthenticated);
            }
            self.say(frame(record)).await?;
        }
        Ok(!records.is_empty())
    }

    async fn say(&self, frame: String) -> Result<()> {
        let sent = self.sender.send(Bytes::from(frame)).await;
        sent.map_err(Error::internal)
    }
}

async fn news(db: &Db, after: i64) -> Result<Vec<Record>> {
    db.read(move |read| journal::after(read, &Stream::Desk, after, 256))
        .await
}

/// A story's id and nothing of its text: who may see it asks for it.
fn frame(record: &Record) -> String {
    let story = match &record.event {
        Some(Event::StorySaved { story }) => Some(story.as_str()),
        _ => None,
    };
    let told = json!({ "kind": record.kind, "story": story });
    format!("id: {}\nevent: desk\ndata: {told}\n\n", record.seq)
}

struct Told(mpsc::Receiver<Bytes>);

impl Frames for Told {
    type Item = std::result::Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|bytes| bytes.map(Ok))
    }
}
