//! Moderation for programs and for the desk's pages: queue, decisions, people, rules, notices, appeals, notes of a shift.

use super::{message_id, ruling};
use crate::Rooms;
use crate::decision::{self, Act, Decision, Order};
use crate::queue::{self, Filter, Item, Kind};
use crate::sanction::Sanction;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use base::web::{Access, Caller, Json, Path, Query, Route};
use base::{Error, Result, Tx, clock};
use http::StatusCode;
use lexicon::{At, MessageId, PersonId, Role};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

/// Who decides about messages and people.
pub const MODERATORS: Access = Access::Staff(&[Role::Moderator, Role::Editor, Role::Owner]);

pub(super) fn routes() -> Vec<Route<Rooms>> {
    [deciding(), ruling::routes()].into_iter().flatten().collect()
}

fn deciding() -> Vec<Route<Rooms>> {
    vec![
        Route::get("/api/v1/desk/rooms/queue", list_room_queue)
            .private(MODERATORS)
            .query::<QueueQuery>()
            .about("What waits for moderators over all rooms: held, reported, of new people, or everything."),
        Route::get("/api/v1/desk/rooms/queue/{id}", show_room_item)
            .private(MODERATORS)
            .about("A message with its neighbours, its reports and its author's history."),
        Route::post("/api/v1/desk/rooms/decisions", decide_room)
            .private(MODERATORS)
            .body::<NewDecision>()
            .about(
                "Decides on messages or a person: approve, reject, remove, hold, warn, time_out, mute, ban.",
            ),
        Route::get("/api/v1/desk/rooms/decisions", list_decisions)
            .private(MODERATORS)
            .query::<DecisionsQuery>()
            .about("Decisions, newest first."),
        Route::post("/api/v1/desk/rooms/decisions/{id}/undoing", undo_decision)
            .private(MODERATORS)
            .about("Takes a decision back."),
        Route::post("/api/v1/desk/rooms/batches/{batch}/undoing", undo_batch)
            .private(MODERATORS)
            .about("Takes back all decisions of one act."),
        Route::get("/api/v1/desk/rooms/people/{id}", show_room_standing)
            .private(MODERATORS)
            .about("A person's standing, sanctions, decisions and latest messages."),
    ]
}

/// Which part of the queue.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct QueueQuery {
    /// held (when missing), reported, new, all
    kind: Option<String>,
    edition: Option<String>,
    /// A story's id.
    room: Option<String>,
    person: Option<String>,
    /// The rule that holds them.
    rule: Option<String>,
    cursor: Option<String>,
    /// 1 to 100; 40 when missing.
    limit: Option<usize>,
}

/// What is decided.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDecision {
    pub act: Act,
    /// Ids of messages; or
    #[serde(default)]
    pub messages: Vec<String>,
    /// a person, for a sanction without a message.
    pub person: Option<String>,
    /// With one message: also all others of the same words in the same state.
    #[serde(default)]
    pub alike: bool,
    /// With a sanction: also takes out all that the person wrote.
    #[serde(default)]
    pub all_messages: bool,
    /// abuse, hate, threat, spam, off_topic, personal_data, illegal, other
    #[serde(default)]
    pub ground: String,
    /// The person is told.
    #[serde(default)]
    pub reason: String,
    /// Of a timeout: 10, 60, 300, 600, 1800 or 86400.
    pub seconds: Option<u32>,
    /// Needed when more than one message is taken out.
    #[serde(default)]
    pub confirm: bool,
}

/// Which decisions.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecisionsQuery {
    person: Option<String>,
    cursor: Option<String>,
    limit: Option<usize>,
}

const PAGE: usize = 40;

async fn list_room_queue(State(rooms): State<Rooms>, Query(query): Query<QueueQuery>) -> Result<Response> {
    let kind = Kind::parse(query.kind.as_deref().unwrap_or("held"))?;
    let limit = query.limit.unwrap_or(PAGE).clamp(1, 100);
    let filter = Filter {
        edition: query.edition.unwrap_or_default(),
        room: query.room.unwrap_or_default(),
        person: query.person.unwrap_or_default(),
        rule: query.rule.unwrap_or_default(),
    };
    let read = rooms.app.db.read(move |read| {
        let items = queue::page(read, kind, &filter, query.cursor.as_deref(), limit)?;
        let next = items.last().filter(|_| items.len() == limit).map(Item::cursor);
        let rows = items
            .iter()
            .map(|item| item.row(read))
            .collect::<Result<Vec<Value>>>()?;
        Ok(json!({ "items": rows, "next": next, "counts": queue::counts(read)? }))
    });
    Ok(axum::Json(read.await?).into_response())
}

async fn show_room_item(State(rooms): State<Rooms>, Path(id): Path<String>) -> Result<Response> {
    let (id, now) = (message_id(&id)?, rooms.app.clock.now());
    let read = rooms
        .app
        .db
        .read(move |read| Item::by_id(read, &id)?.whole(read, now));
    Ok(axum::Json(read.await?).into_response())
}

async fn decide_room(
    State(rooms): State<Rooms>,
    caller: Caller,
    Json(new): Json<NewDecision>,
) -> Result<Response> {
    let made = rooms
        .app
        .db
        .write(move |tx| new.carry_out(tx, &caller.person))
        .await?;
    Ok((StatusCode::CREATED, axum::Json(made)).into_response())
}

impl NewDecision {
    /// Carries it out; answers the batch, the decisions, and how many messages somebody else had decided on.
    /// Errors: those of `Decision`, `rooms.about`, `rooms.confirm`, `rooms.too_many`.
    pub fn carry_out(&self, tx: &mut Tx, by: &PersonId) -> Result<Value> {
        let order = Order {
            act: self.act,
            ground: self.ground.clone(),
            reason: self.reason.clone(),
            seconds: self.seconds,
            batch: clock::random_base32(20),
        };
        order.check()?;
        let mut made = Vec::new();
        let person = self.person.as_deref().map(PersonId::parse).transpose()?;
        let mut messages = self
            .messages
            .iter()
            .map(|id| message_id(id))
            .collect::<Result<Vec<_>>>()?;
        let author = match (&person, messages.as_slice()) {
            (Some(person), []) => person.clone(),
            (None, [first, ..]) => Item::by_id(tx, first)?.person,
            _ => {
                return Err(Error::invalid(
                    "messages",
                    "rooms.about",
                    "name messages, or a person",
                ));
            }
        };
        if let (true, [one]) = (self.alike, messages.as_slice()) {
            messages = decision::cluster(tx, one)?;
        }
        let all = if self.all_messages {
            decision::standing_of(tx, &author)?
        } else {
            Vec::new()
        };
        self.sure(messages.len().max(all.len()))?;
        if person.is_some() {
            made.push(Decision::on_person(tx, &author, &order, by)?);
        }
        let mut skipped = on_each(tx, &messages, &order, by, &mut made)?;
        let removal = Order {
            act: Act::Remove,
            seconds: None,
            ..order.clone()
        };
        skipped += on_each(tx, &all, &removal, by, &mut made)?;
        Ok(json!({ "batch": order.batch, "decisions": made, "skipped": skipped }))
    }

    /// What takes out many messages at once is said twice. `rooms.confirm`, with how many.
    fn sure(&self, messages: usize) -> Result<()> {
        if messages > decision::TOGETHER {
            let message = format!("decide on at most {} messages at once", decision::TOGETHER);
            return Err(Error::invalid("messages", "rooms.too_many", message));
        }
        if self.confirm || messages <= 1 || (self.act == Act::Approve && !self.all_messages) {
            return Ok(());
        }
        Err(Error::Conflict {
            code: "rooms.confirm",
            message: format!("This concerns {messages} messages; send it again with confirm."),
            current: Some(json!({ "messages": messages })),
        })
    }
}

/// Decides on each message; what somebody else has decided meanwhile is left as it is and counted.
fn on_each(
    tx: &mut Tx,
    messages: &[MessageId],
    order: &Order,
    by: &PersonId,
    made: &mut Vec<Decision>,
) -> Result<usize> {
    let mut skipped = 0;
    for id in messages {
        match Decision::on_message(tx, id, order, by) {
            Ok(decision) => made.push(decision),
            Err(Error::Conflict { .. }) if messages.len() > 1 => skipped += 1,
            Err(error) => return Err(error),
        }
    }
    Ok(skipped)
}

async fn list_decisions(State(rooms): State<Rooms>, Query(query): Query<DecisionsQuery>) -> Result<Response> {
    let limit = query.limit.unwrap_or(PAGE).clamp(1, 100);
    let after = read_cursor(query.cursor.as_deref())?;
    let person = query.person.as_deref().map(PersonId::parse).transpose()?;
    let read = rooms.app.db.read(move |read| match &person {
        Some(person) => Decision::of_person(read, person, after.clone(), limit),
        None => Decision::latest(read, after.clone(), limit),
    });
    let made = read.await?;
    let next = made
        .last()
        .filter(|_| made.len() == limit)
        .map(|last| format!("{}.{}", last.at.0, last.id));
    Ok(axum::Json(json!({ "items": made, "next": next })).into_response())
}

/// Where a list of decisions goes on; the newest when nothing is said.
pub fn read_cursor(cursor: Option<&str>) -> Result<(At, String)> {
    let refuse = || Error::invalid("cursor", "rooms.cursor", "use the cursor of an earlier answer");
    let Some(cursor) = cursor else {
        return Ok((At(i64::MAX), "~".to_owned()));
    };
    let (at, id) = cursor.split_once('.').ok_or_else(refuse)?;
    Ok((At(at.parse().map_err(|_| refuse())?), id.to_owned()))
}

async fn undo_decision(
    State(rooms): State<Rooms>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response> {
    let undone = rooms
        .app
        .db
        .write(move |tx| Decision::undo(tx, &id, &caller.person))
        .await?;
    Ok((StatusCode::CREATED, axum::Json(undone)).into_response())
}

async fn undo_batch(
    State(rooms): State<Rooms>,
    caller: Caller,
    Path(batch): Path<String>,
) -> Result<Response> {
    let undone = rooms
        .app
        .db
        .write(move |tx| Decision::undo_batch(tx, &batch, &caller.person))
        .await?;
    Ok((StatusCode::CREATED, axum::Json(json!({ "undone": undone }))).into_response())
}

async fn show_room_standing(State(rooms): State<Rooms>, Path(id): Path<String>) -> Result<Response> {
    let (id, now) = (
        PersonId::parse(&id).map_err(|_| Error::not_found("people.no_person"))?,
        rooms.app.clock.now(),
    );
    let read = rooms.app.db.read(move |read| history(read, &id, now));
    Ok(axum::Json(read.await?).into_response())
}

/// A person with all that moderators know of them.
pub fn history(read: &mut base::Read, id: &PersonId, now: At) -> Result<Value> {
    let mut whole = queue::person(read, id, now)?;
    let items = Item::of_person(read, id, PAGE)?;
    if whole["name"].is_null() && items.is_empty() {
        return Err(Error::not_found("people.no_person"));
    }
    let rows = items
        .iter()
        .map(|item| item.row(read))
        .collect::<Result<Vec<_>>>()?;
    whole["messages"] = Value::Array(rows);
    whole["put"] = json!(Sanction::of_person(read, id)?);
    whole["decisions"] = json!(Decision::of_person(read, id, read_cursor(None)?, PAGE)?);
    Ok(whole)
}
