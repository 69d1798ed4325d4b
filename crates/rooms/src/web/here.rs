//! Being in a room: presence, and how far one has read.

use super::story_id;
use crate::message::{Message, waiting};
use crate::room::Room;
use crate::{Rooms, reaction, seen};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use base::web::{Caller, Json, Path};
use base::{Error, Result};
use http::StatusCode;
use lexicon::StoryId;
use people::Profile;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// So many rooms are counted at once.
const MARKS: usize = 50;

/// How far somebody has read.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Seen {
    seq: i64,
}

/// How far a device has read in each room.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Marks {
    /// By room; at most 50.
    rooms: BTreeMap<String, i64>,
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

pub(super) async fn count_unseen(State(rooms): State<Rooms>, Json(marks): Json<Marks>) -> Result<Response> {
    let read = move |read: &mut base::Read| {
        let mut counts = Map::new();
        for (story, seq) in marks.rooms.into_iter().take(MARKS) {
            if let Ok(id) = StoryId::parse(&story) {
                counts.insert(story, Message::unseen(read, &id, seq)?.into());
            }
        }
        Ok(counts)
    };
    let counts = rooms.app.db.public().read(read).await?;
    Ok(axum::Json(json!({ "unseen": counts })).into_response())
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
    caller: Option<Caller>,
    Path(story): Path<String>,
) -> Result<Response> {
    let story = story_id(&story)?;
    // Nobody is not an error: the page asks before it knows whether somebody is signed in.
    let Some(caller) = caller else {
        return Ok(axum::Json(json!({ "signed_in": false })).into_response());
    };
    let read = move |read: &mut base::Read| {
        let profile = Profile::by_id(read, &caller.person)?;
        let reacted = reaction::of_person(read, &caller.person, &story)?;
        let seen = seen::of_person(read, &caller.person)?;
        let seen = seen
            .into_iter()
            .find(|(room, _)| *room == story.as_str())
            .map(|(_, seq)| seq);
        Ok((
            reacted,
            waiting(read, &story, &caller.person)?,
            seen,
            profile,
            caller.role,
        ))
    };
    let (reacted, waiting, seen, profile, role) = rooms.app.db.read(read).await?;
    let Some(profile) = profile else {
        return Ok(axum::Json(json!({ "signed_in": false })).into_response());
    };
    let reacted: Vec<Value> = reacted
        .into_iter()
        .map(|(message, kind)| json!({ "message": message, "kind": kind }))
        .collect();
    let own = json!({
        "signed_in": true, "key": profile.key, "name": profile.name, "role": role, "seen": seen,
        "reactions": reacted, "waiting": waiting,
    });
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
        let person = caller.person.clone();
        let profile = rooms
            .app
            .db
            .public()
            .read(move |read| Profile::by_id(read, &person))
            .await?;
        if let Some(profile) = profile {
            rooms.presence.typing(&story, &profile.key, &profile.name, now);
        }
    }
    let (here, typing) = rooms.presence.of(&story, now);
    Ok(axum::Json(json!({ "here": here, "typing": typing })).into_response())
}
