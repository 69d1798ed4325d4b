//! The people of a running program: who asks, and whose open streams must end.

use crate::cookie::{Cookies, Jar};
use crate::erase::Part;
use crate::password::{Cost, Hashing};
use crate::post::{NoPost, Post};
use crate::session::{ENDED, Holder, Session};
use crate::stamp::Seal;
use crate::token::Bearer;
use base::db::Dialect;
use base::hub::Hub;
use base::journal::{self, Record};
use base::web::{Caller, Identify, Later, Via};
use base::{App, Clock, Db, Result};
use http::HeaderMap;
use http::header::AUTHORIZATION;
use lexicon::{PersonId, Scope, Stream};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::OnceCell;

/// Knows who is signed in. It remembers nothing: the rows are asked at every request, so what was ended is ended.
pub struct People {
    pub(crate) db: Db,
    pub(crate) clock: Clock,
    pub(crate) cookies: Cookies,
    pub(crate) hashing: Hashing,
    /// The public address; what the request says of its host is never used.
    pub(crate) origin: String,
    pub(crate) post: Arc<dyn Post>,
    /// What each crate keeps of people.
    pub(crate) parts: &'static [Part],
    /// Where the list of who was erased lies.
    pub(crate) folder: PathBuf,
    seal: OnceCell<Seal>,
}

impl People {
    pub fn new(app: &App) -> Self {
        Self::with_cost(app, Cost::default())
    }

    pub(crate) fn with_cost(app: &App, cost: Cost) -> Self {
        let origin = app.config.origin();
        Self {
            db: app.db.clone(),
            clock: app.clock.clone(),
            cookies: Cookies::of(&origin),
            hashing: Hashing::new(cost),
            origin,
            post: Arc::new(NoPost),
            parts: &[],
            folder: app.config.data(),
            seal: OnceCell::new(),
        }
    }

    /// With somebody who sends its letters.
    #[must_use]
    pub fn with_post(mut self, post: Arc<dyn Post>) -> Self {
        self.post = post;
        self
    }

    /// With what the other crates keep of people.
    #[must_use]
    pub fn with_parts(mut self, parts: &'static [Part]) -> Self {
        self.parts = parts;
        self
    }

    /// The key of the newsroom's forms.
    pub(crate) async fn seal(&self) -> Result<&Seal> {
        self.seal.get_or_try_init(|| self.db.write(Seal::read)).await
    }

    async fn by_token(&self, headers: &HeaderMap) -> Result<Option<Caller>> {
        let (Some(secret), now) = (bearer(headers), self.clock.now()) else {
            return Ok(None);
        };
        let secret = secret.to_owned();
        let Some(bearer) = self.db.read(move |read| Bearer::find(read, &secret, now)).await? else {
            return Ok(None);
        };
        if bearer.is_used_late(now) {
            let id = bearer.caller.sign_in_id().to_owned();
            self.mark(self.db.write(move |tx| Bearer::used(tx, &id)).await);
        }
        Ok(Some(bearer.caller))
    }

    async fn by_session(&self, headers: &HeaderMap) -> Result<Option<Caller>> {
        let Some(secret) = self.cookies.read(headers, Jar::Session).map(str::to_owned) else {
            return Ok(None);
        };
        let now = self.clock.now();
        let Some(holder) = self.db.read(move |read| Session::holder(read, &secret)).await? else {
            return Ok(None);
        };
        if holder.is_over(now) {
            self.mark(self.db.write(Session::sweep).await);
            return Ok(None);
        }
        if holder.is_seen_late(now) {
            let id = holder.session.clone();
            self.mark(self.db.write(move |tx| Session::seen(tx, &id)).await);
        }
        Ok(Some(holder.into()))
    }

    /// A mark of last use that could not be written (a full disk) keeps nobody from reading.
    fn mark(&self, outcome: Result<()>) {
        if let Err(error) = outcome {
            tracing::warn!(target: "people", cause = ?error, "a last use was not marked");
        }
    }
}

impl Identify for People {
    fn identify<'a>(&'a self, headers: &'a HeaderMap) -> Later<'a, Result<Option<Caller>>> {
        Box::pin(async move {
            match headers.contains_key(AUTHORIZATION) {
                true => self.by_token(headers).await,
                false => self.by_session(headers).await,
            }
        })
    }
}

impl From<Holder> for Caller {
    fn from(holder: Holder) -> Self {
        Self {
            scope: if holder.role.is_staff() {
                Scope::Desk
            } else {
                Scope::Reader
            },
            person: holder.person,
            name: holder.name,
            role: holder.role,
            via: Via::Session { id: holder.session },
        }
    }
}

/// The token of `Authorization: Bearer …` (RFC 6750 §2.1), when there is exactly one.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let first = values.next()?.to_str().ok()?;
    let (scheme, token) = first.split_once(' ')?;
    let one = values.next().is_none() && scheme.eq_ignore_ascii_case("bearer");
    Some(token.trim()).filter(|token| one && Bearer::is_one(token))
}

/// Ends the streams of those of whom these records say that they signed out. Called for each commit of this node, before
/// its answers are sent.
pub fn heard(hub: &Hub, records: &[Record]) {
    for record in records
        .iter()
        .filter(|record| record.stream == Stream::Desk && record.kind == ENDED)
    {
        if let Some(person) = record.subject.as_deref().and_then(|id| PersonId::parse(id).ok()) {
            hub.cut_person(&person);
        }
    }
}

/// Whether this record of the desk's stream says that the person was signed out.
pub fn ends(record: &Record, person: &PersonId) -> bool {
    record.kind == ENDED && record.subject.as_deref() == Some(person.as_str())
}

/// How often the table is asked for what other nodes did.
const ASK: Duration = Duration::from_millis(400);
/// How often sessions are looked through for those whose time is over.
const SWEEP: Duration = Duration::from_secs(30);

/// Hears of sign-outs on other nodes within a second, and takes away sessions whose time is over, until it is dropped.
pub async fn watch(app: App) {
    let shared = app.db.dialect() == Dialect::Postgres;
    let (ask, mut seq) = (if shared { ASK } else { SWEEP }, None);
    let mut swept_at: Option<Instant> = None;
    loop {
        let due = swept_at.is_none_or(|at| at.elapsed() >= SWEEP);
        let outcome = match due {
            true => app.db.write(Session::sweep).await,
            false => Ok(()),
        };
        if due {
            swept_at = Some(Instant::now());
        }
        match outcome.and(catch_up(&app, seq).await) {
            Ok(head) => seq = Some(head),
            Err(error) => {
                tracing::warn!(target: "people", cause = ?error, "sign-outs are not being followed")
            }
        }
        tokio::time::sleep(ask).await;
    }
}

/// Cuts what was recorded after `seq`; gives the number to go on from.
async fn catch_up(app: &App, seq: Option<i64>) -> Result<i64> {
    let read = move |read: &mut base::Read| match seq {
        None => Ok((journal::head(read, &Stream::Desk)?, Vec::new())),
        Some(seq) => {
            let records = journal::after(read, &Stream::Desk, seq, 256)?;
            Ok((records.last().map_or(seq, |last| last.seq), records))
        }
    };
    let (head, records) = app.db.read(read).await?;
    heard(&app.hub, &records);
    Ok(head)
}
