//! What the newsroom does with a room and its messages.

use super::{message_id, story_id};
use crate::Rooms;
use crate::decision::{Act, Decision, Order};
use crate::message::Message;
use crate::room::{Room, Settings};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use base::web::{Caller, Json, Path};
use base::{Error, Result, Tx, clock};
use http::StatusCode;
use lexicon::{At, RoomState};
use schemars::JsonSchema;
use serde::Deserialize;

/// What is to be another in a room; what is missing stays.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSettings {
    /// open, premoderated, read_only, closed, archived
    state: Option<String>,
    /// Between two messages of one person; 0 for none.
    slow_seconds: Option<i64>,
    members_only: Option<bool>,
    /// Why it is closed or read-only; readers see it.
    reason: Option<String>,
    /// BCP 47.
    language: Option<String>,
    /// RFC 3339.
    closes_at: Option<String>,
}

/// The message on top.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pinned {
    /// Null for none.
    message: Option<String>,
}

/// Why a message is taken out.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Removal {
    reason: String,
}

pub(super) async fn show_desk_room(
    State(rooms): State<Rooms>,
    Path(story): Path<String>,
) -> Result<Response> {
    let story = story_id(&story)?;
    let room = rooms.app.db.read(move |read| Room::of(read, &story)).await?;
    Ok(axum::Json(room.shown(rooms.app.clock.now())).into_response())
}

pub(super) async fn set_room(
    State(rooms): State<Rooms>,
    Path(story): Path<String>,
    Json(new): Json<NewSettings>,
) -> Result<Response> {
    let (story, now) = (story_id(&story)?, rooms.app.clock.now());
    let write = move |tx: &mut Tx| {
        let room = Room::of(tx, &story)?;
        let settings = new.over(room.settings())?;
        room.set(tx, settings)
    };
    let room = rooms.app.db.write(write).await?;
    Ok(axum::Json(room.shown(now)).into_response())
}

pub(super) async fn pin_message(
    State(rooms): State<Rooms>,
    Path(story): Path<String>,
    Json(pinned): Json<Pinned>,
) -> Result<Response> {
    let (story, now) = (story_id(&story)?, rooms.app.clock.now());
    let id = pinned.message.as_deref().map(message_id).transpose()?;
    let write = move |tx: &mut Tx| {
        let room = Room::of(tx, &story)?;
        Message::pin(tx, room, id.clone())
    };
    let room = rooms.app.db.write(write).await?;
    Ok(axum::Json(room.shown(now)).into_response())
}

pub(super) async fn feature_message(rooms: State<Rooms>, path: Path<(String, String)>) -> Result<Response> {
    feature(rooms, path, true).await
}

pub(super) async fn unfeature_message(rooms: State<Rooms>, path: Path<(String, String)>) -> Result<Response> {
    feature(rooms, path, false).await
}

async fn feature(
    State(rooms): State<Rooms>,
    Path((story, id)): Path<(String, String)>,
    featured: bool,
) -> Result<Response> {
    let (_, id) = (story_id(&story)?, message_id(&id)?);
    let message = rooms
        .app
        .db
        .write(move |tx| Message::feature(tx, &id, featured))
        .await?;
    Ok(axum::Json(message.listed()).into_response())
}

pub(super) async fn take_out_message(
    State(rooms): State<Rooms>,
    caller: Caller,
    Path((story, id)): Path<(String, String)>,
    Json(removal): Json<Removal>,
) -> Result<StatusCode> {
    let (_, id) = (story_id(&story)?, message_id(&id)?);
    let order = Order {
        act: Act::Remove,
        ground: "other".to_owned(),
        reason: removal.reason,
        seconds: None,
        batch: clock::random_base32(20),
    };
    let write = move |tx: &mut Tx| Decision::on_message(tx, &id, &order, &caller.person);
    rooms.app.db.write(write).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl NewSettings {
    fn over(&self, old: Settings) -> Result<Settings> {
        let state = self.state.as_deref().map(str::parse::<RoomState>).transpose();
        let state = state.map_err(|_| {
            Error::invalid(
                "state",
                "rooms.state",
                "use open, premoderated, read_only, closed or archived",
            )
        })?;
        let closes_at = match &self.closes_at {
            None => None,
            Some(text) => Some(
                At::parse(text)
                    .ok_or_else(|| Error::invalid("closes_at", "rooms.moment", "must be RFC 3339"))?,
            ),
        };
        Ok(Settings {
            state: state.unwrap_or(old.state),
            slow_seconds: self.slow_seconds.unwrap_or(old.slow_seconds),
            members_only: self.members_only.unwrap_or(old.members_only),
            language: self.language.clone().unwrap_or(old.language),
            reason: self.reason.clone().unwrap_or(old.reason),
            closes_at: closes_at.unwrap_or(old.closes_at),
        })
    }
}
