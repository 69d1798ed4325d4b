//! Rules of rooms, notices, appeals and notes of a shift, for programs and for the desk's pages.

use super::moderation::MODERATORS;
use crate::Rooms;
use crate::decision::Decision;
use crate::notice::{self, Appeal, Notice};
use crate::rule::{self, Place, Said};
use crate::rules::Layer;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use base::web::{Caller, Json, Path, Query, RateClass, Route};
use base::{Result, Tx};
use http::StatusCode;
use lexicon::At;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) fn routes() -> Vec<Route<Rooms>> {
    [ruling(), answering()].into_iter().flatten().collect()
}

fn ruling() -> Vec<Route<Rooms>> {
    vec![
        Route::get("/api/v1/desk/rooms/rules", list_room_rules)
            .private(MODERATORS)
            .about("Every place that has rules of its own, and the numbers that can be set."),
        Route::get("/api/v1/desk/rooms/rules/{place}", read_room_rules)
            .private(MODERATORS)
            .about("What a place says (newsroom, edition:en, room:ID), and its earlier versions."),
        Route::put("/api/v1/desk/rooms/rules/{place}", set_room_rules)
            .private(MODERATORS)
            .body::<NewRules>()
            .about("Switches rules of a place on."),
        Route::post("/api/v1/desk/rooms/rules/{place}/trial", try_room_rules)
            .private(MODERATORS)
            .rate(RateClass::Costly)
            .body::<TriedRules>()
            .about("Tries rules on the last month's messages: how many they would stop, and which."),
    ]
}

fn answering() -> Vec<Route<Rooms>> {
    vec![
        Route::get("/api/v1/desk/rooms/notices", list_notices)
            .private(MODERATORS)
            .query::<NoticesQuery>()
            .about("Notices of illegal content, the oldest first."),
        Route::post("/api/v1/desk/rooms/notices/{id}/settlement", settle_notice)
            .private(MODERATORS)
            .body::<Settlement>()
            .about("Answers a notice; granted takes the message out."),
        Route::get("/api/v1/desk/rooms/appeals", list_appeals)
            .private(MODERATORS)
            .query::<NoticesQuery>()
            .about("Appeals against decisions, the oldest first."),
        Route::post("/api/v1/desk/rooms/appeals/{decision}/settlement", settle_appeal)
            .private(MODERATORS)
            .body::<Settlement>()
            .about("Answers an appeal; granted undoes the decision. Not by whoever made it."),
        Route::get("/api/v1/desk/rooms/shift-notes", list_shift_notes)
            .private(MODERATORS)
            .about("What moderators left for the next shift."),
        Route::post("/api/v1/desk/rooms/shift-notes", add_shift_note)
            .private(MODERATORS)
            .body::<NewNote>()
            .about("Leaves a line for the next shift."),
    ]
}

/// Rules to be switched on.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRules {
    /// The version they were made from; 0 for the first.
    version: i64,
    layer: Layer,
}

/// Rules to be tried.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TriedRules {
    layer: Layer,
}

/// In which state.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoticesQuery {
    /// open (when missing); upheld, dismissed; granted, refused
    state: Option<String>,
}

/// The answer to a notice or an appeal.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settlement {
    granted: bool,
    /// Whoever wrote is told.
    answer: String,
}

/// A line for the next shift.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewNote {
    text: String,
}

async fn list_room_rules(State(rooms): State<Rooms>) -> Result<Response> {
    let said = rooms.app.db.read(|read| Said::all(read)).await?;
    Ok(axum::Json(json!({ "items": said, "settings": crate::rules::SETTINGS })).into_response())
}

async fn read_room_rules(State(rooms): State<Rooms>, Path(place): Path<String>) -> Result<Response> {
    let place = Place::parse(&place)?;
    let read = rooms
        .app
        .db
        .read(move |read| Ok((Said::of(read, &place)?, Said::versions(read, &place)?)));
    let (said, versions) = read.await?;
    let mut shown = serde_json::to_value(said)?;
    shown["versions"] = serde_json::to_value(versions)?;
    Ok(axum::Json(shown).into_response())
}

async fn set_room_rules(
    State(rooms): State<Rooms>,
    caller: Caller,
    Path(place): Path<String>,
    Json(new): Json<NewRules>,
) -> Result<Response> {
    let place = Place::parse(&place)?;
    let said = rooms
        .app
        .db
        .write(move |tx| Said::set(tx, &place, new.version, &new.layer, &caller.person))
        .await?;
    Ok(axum::Json(said).into_response())
}

async fn try_room_rules(
    State(rooms): State<Rooms>,
    Path(place): Path<String>,
    Json(tried): Json<TriedRules>,
) -> Result<Response> {
    let (place, now) = (Place::parse(&place)?, rooms.app.clock.now());
    let trial = rooms
        .app
        .db
        .read(move |read| rule::try_on(read, &place, &tried.layer, now))
        .await?;
    Ok(axum::Json(trial).into_response())
}

async fn list_notices(State(rooms): State<Rooms>, Query(query): Query<NoticesQuery>) -> Result<Response> {
    let state = query.state.unwrap_or_else(|| "open".to_owned());
    let notices = rooms
        .app
        .db
        .read(move |read| Notice::in_state(read, &state, 100))
        .await?;
    Ok(axum::Json(json!({ "items": notices })).into_response())
}

async fn settle_notice(
    State(rooms): State<Rooms>,
    caller: Caller,
    Path(id): Path<String>,
    Json(answer): Json<Settlement>,
) -> Result<Response> {
    let write = move |tx: &mut Tx| Notice::settle(tx, &id, answer.granted, &answer.answer, &caller.person);
    Ok((StatusCode::CREATED, axum::Json(rooms.app.db.write(write).await?)).into_response())
}

async fn list_appeals(State(rooms): State<Rooms>, Query(query): Query<NoticesQuery>) -> Result<Response> {
    let state = query.state.unwrap_or_else(|| "open".to_owned());
    let read = rooms.app.db.read(move |read| {
        let appeals = Appeal::in_state(read, &state, 100)?;
        let whole = |appeal: &Appeal| {
            let decision = Decision::by_id(read, &appeal.decision)?;
            Ok(json!({ "appeal": appeal, "decision": decision }))
        };
        appeals.iter().map(whole).collect::<Result<Vec<Value>>>()
    });
    Ok(axum::Json(json!({ "items": read.await? })).into_response())
}

async fn settle_appeal(
    State(rooms): State<Rooms>,
    caller: Caller,
    Path(decision): Path<String>,
    Json(answer): Json<Settlement>,
) -> Result<Response> {
    let write =
        move |tx: &mut Tx| Appeal::settle(tx, &decision, answer.granted, &answer.answer, &caller.person);
    Ok((StatusCode::CREATED, axum::Json(rooms.app.db.write(write).await?)).into_response())
}

async fn list_shift_notes(State(rooms): State<Rooms>) -> Result<Response> {
    let notes = rooms.app.db.read(|read| notice::notes(read)).await?;
    let shown =
        |(at, name, text): &(At, String, String)| json!({ "at": at.rfc3339(), "name": name, "text": text });
    let items: Vec<Value> = notes.iter().map(shown).collect();
    Ok(axum::Json(json!({ "items": items })).into_response())
}

async fn add_shift_note(
    State(rooms): State<Rooms>,
    caller: Caller,
    Json(note): Json<NewNote>,
) -> Result<StatusCode> {
    rooms
        .app
        .db
        .write(move |tx| notice::leave_note(tx, &caller.person, &caller.name, &note.text))
        .await?;
    Ok(StatusCode::CREATED)
}
