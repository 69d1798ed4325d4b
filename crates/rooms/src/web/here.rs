//! Being in a room: presence, and how far one has read.

use super::story_id;
use crate::author::public_key;
use crate::message::waiting;
use crate::room::Room;
use crate::{Rooms, reaction, seen};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use base::web::{Caller, Json, Path};
use base::{Error, Result};
use http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// How far somebody has read.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Seen {
    seq: i64,
}

/// A browser that has the room open.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Here {
    /// A random word that the browser made for this visit.
    device: String,
    #[serde(default)]
    typing: bool,
    /// It goes.
    #[serde(default)]
    gone: bool,
}

pub(super) async fn list_seen(State(rooms): State<Rooms>, caller: Caller) -> Result<Response> {
    let marks = rooms
        .app
        .db
        .read(move |read| seen::of_person(read, &caller.person))
        .await?;
    let marks: Map<String, Value> = marks
        .into_iter()
        .map(|(story, seq)| (story, seq.into()))
        .collect();
    Ok(axum::Json(json!({ "seen": marks })).into_response())
}

pub(super) async fn mark_seen(
    State(rooms): State<Rooms>,
    caller: Caller,
    Path(story): Path<String>,
    Json(new): Json<Seen>,
) -> Result<StatusCode> {
    let story = story_id(&story)?;
    let write = move |tx: &mut base::Tx| {
        Room::of(tx, &story)?;
        seen::mark(tx, &caller.person, &story, new.seq)
    };
    rooms.app.db.write(write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn show_own(
    State(rooms): State<Rooms>,
    caller: Caller,
    Path(story): Path<String>,
) -> Result<Response> {
    let story = story_id(&story)?;
    let key = public_key(&caller.person);
    let read = move |read: &mut base::Read| {
        let reacted = reaction::of_person(read, &caller.person, &story)?;
        Ok((reacted, waiting(read, &story, &caller.person)?, caller))
    };
    let (reacted, waiting, caller) = rooms.app.db.read(read).await?;
    let reacted: Vec<Value> = reacted
        .into_iter()
        .map(|(message, kind)| json!({ "message": message, "kind": kind }))
        .collect();
    let own = json!({ "key": key, "name": caller.name, "role": caller.role, "reactions": reacted, "waiting": waiting });
    Ok(axum::Json(own).into_response())
}

pub(super) async fn be_here(
    State(rooms): State<Rooms>,
    caller: Option<Caller>,
    Path(story): Path<String>,
    Json(here): Json<Here>,
) -> Result<Response> {
    let (story, now) = (story_id(&story)?, rooms.app.clock.now());
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if !(8..=64).contains(&here.device.len()) || !here.device.bytes().all(plain) {
        return Err(Error::invalid(
            "device",
            "rooms.device",
            "send 8 to 64 random letters and digits",
        ));
    }
    let id = story.clone();
    rooms
        .app
        .db
        .public()
        .read(move |read| Room::of(read, &id).map(|_| ()))
        .await?;
    match here.gone {
        true => rooms.presence.gone(&story, &here.device),
        false => rooms.presence.here(&story, &here.device, now),
    }
    if let Some(caller) = caller.filter(|_| here.typing) {
        rooms
            .presence
            .typing(&story, &public_key(&caller.person), &caller.name, now);
    }
    let (here, typing) = rooms.presence.of(&story, now);
    Ok(axum::Json(json!({ "here": here, "typing": typing })).into_response())
}
