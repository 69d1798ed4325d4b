//! What everybody may read of rooms.

use super::{message_id, story_id};
use crate::Rooms;
use crate::list::{Listed, listed};
use crate::message::Message;
use crate::room::Room;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use base::web::{Path, Query};
use base::{Error, Result};
use lexicon::{At, EditionCode, StoryId, Stream};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use stories::{Card, Edition};

/// Messages on a page.
pub(crate) const PAGE: usize = 40;
const ROOMS: usize = 100;

/// Which edition's rooms.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListQuery {
    edition: String,
    limit: Option<usize>,
}

/// Which part of a room.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MessagesQuery {
    /// Only messages with a smaller `seq`.
    before: Option<i64>,
    /// 1 to 100; 40 when missing.
    limit: Option<usize>,
}

pub(super) async fn list_rooms(
    State(rooms): State<Rooms>,
    Query(query): Query<ListQuery>,
) -> Result<Response> {
    let edition = EditionCode::parse(&query.edition)?;
    let limit = query.limit.unwrap_or(30).clamp(1, ROOMS);
    let now = rooms.app.clock.now();
    let listed = rooms.app.db.public().read(move |read| {
        let edition = Edition::by_code(read, &edition)?;
        listed(read, &edition.code, now, limit)
    });
    let items: Vec<Value> = listed
        .await?
        .iter()
        .map(|row| row_shown(&rooms, row, now))
        .collect();
    Ok(axum::Json(json!({ "items": items, "next": null })).into_response())
}

fn row_shown(rooms: &Rooms, Listed { room, card, last }: &Listed, now: At) -> Value {
    let mut shown = room_shown(rooms, room, card, now);
    if let Some(last) = last {
        let excerpt = last.pieces.excerpt(120);
        shown["last"] = json!({ "id": last.id, "seq": last.seq, "at": last.at.rfc3339(), "name": last.name, "excerpt": excerpt });
    }
    shown
}

fn room_shown(rooms: &Rooms, room: &Room, card: &Card, now: At) -> Value {
    let mut shown = room.shown(now);
    shown["story"] =
        json!({ "id": card.id, "url": card.path, "headline": card.facts.headline, "edition": card.edition });
    shown["url"] = format!("{}/room", card.path).into();
    shown["here"] = rooms.presence.of(&room.story, now).0.into();
    shown
}

pub(super) async fn read_room(State(rooms): State<Rooms>, Path(story): Path<String>) -> Result<Response> {
    let (story, now) = (story_id(&story)?, rooms.app.clock.now());
    let id = story.clone();
    let read = move |read: &mut base::Read| {
        let room = Room::of(read, &id)?;
        let card = Card::by_id(read, &id)?.ok_or(Error::not_found("stories.not_found"))?;
        let head = base::journal::head(read, &room.stream())?;
        Ok((room, card, head))
    };
    let (room, card, head) = rooms.app.db.public().read(read).await?;
    let mut shown = room_shown(&rooms, &room, &card, now);
    shown["head"] = head.into();
    Ok(axum::Json(shown).into_response())
}

pub(super) async fn list_messages(
    State(rooms): State<Rooms>,
    Path(story): Path<String>,
    Query(query): Query<MessagesQuery>,
) -> Result<Response> {
    let story = story_id(&story)?;
    let limit = query.limit.unwrap_or(PAGE).clamp(1, 100);
    let (id, before) = (story.clone(), query.before.unwrap_or(i64::MAX));
    // The position first: what is posted between the two is in the page and comes again, and a reader drops it by its number.
    let after = position(&rooms, &story).await?;
    let read = move |read: &mut base::Read| {
        let room = Room::of(read, &id)?;
        let messages = Message::before(read, &id, before, limit)?;
        let pinned = match (&room.pinned, before) {
            (Some(pinned), i64::MAX) => Message::by_id(read, &id, pinned).ok(),
            _ => None,
        };
        Ok((room, messages, pinned))
    };
    let (room, messages, pinned) = rooms.app.db.public().read(read).await?;
    let next = messages
        .last()
        .filter(|_| messages.len() == limit)
        .map(|message| message.seq.to_string());
    let items: Vec<Value> = messages.iter().map(Message::listed).collect();
    let mut page = json!({ "items": items, "next": next, "after": after });
    if before == i64::MAX {
        page["room"] = room.shown(rooms.app.clock.now());
        page["pinned"] = pinned.map(|message| message.listed()).into();
    }
    Ok(axum::Json(page).into_response())
}

/// Where the stream stands, for a story that is public.
async fn position(rooms: &Rooms, story: &StoryId) -> Result<String> {
    let id = story.clone();
    rooms
        .app
        .db
        .public()
        .read(move |read| Room::of(read, &id).map(|_| ()))
        .await?;
    rooms.app.hub.position(&[Stream::Room(story.clone())]).await
}

pub(super) async fn read_message(
    State(rooms): State<Rooms>,
    Path((story, id)): Path<(String, String)>,
) -> Result<Response> {
    let (story, id) = (story_id(&story)?, message_id(&id)?);
    let read = move |read: &mut base::Read| {
        Room::of(read, &story)?;
        Message::by_id(read, &story, &id)
    };
    Ok(axum::Json(rooms.app.db.public().read(read).await?.listed()).into_response())
}

pub(super) async fn feed(State(rooms): State<Rooms>, Path(story): Path<String>) -> Result<Response> {
    let story = story_id(&story)?;
    let read = move |read: &mut base::Read| {
        Room::of(read, &story)?;
        let card = Card::by_id(read, &story)?.ok_or(Error::not_found("stories.not_found"))?;
        Ok((card, Message::before(read, &story, i64::MAX, PAGE)?))
    };
    let (card, messages) = rooms.app.db.public().read(read).await?;
    let page = format!("{}{}/room", rooms.app.config.origin(), card.path);
    let item = |message: &Message| {
        json!({
            "id": format!("{page}#message-{}", message.id), "url": format!("{page}#message-{}", message.id),
            "content_html": message.pieces.to_html(), "date_published": message.at.rfc3339(),
            "date_modified": message.edited_at.map(At::rfc3339), "authors": [{ "name": message.name }],
        })
    };
    let items: Vec<Value> = messages
        .iter()
        .filter(|message| message.removed.is_empty())
        .map(item)
        .collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1", "title": card.facts.headline, "home_page_url": page,
        "language": card.facts.language, "items": items,
    });
    let media_type = [(http::header::CONTENT_TYPE, "application/feed+json; charset=utf-8")];
    Ok((media_type, feed.to_string()).into_response())
}
