//! A story's room on a page of its own, and the list of an edition's rooms.
//!
//! A busy room must not drop pages: a message says nothing on the `public` stream. The newest page lives two seconds, which
//! is one render each two seconds however many write and ask; what is taken out, featured or set drops it at once.

use crate::House;
use crate::scene::Scene;
use crate::story_page::id_of;
use crate::views::{ChatView, MessageView, Pagination, ReplyView, RoomView, StoryLink};
use base::pages::{Page, Tag};
use base::{Error, Read, Result};
use formats::json_ld;
use http::{HeaderValue, StatusCode, header};
use lexicon::{At, RoomState};
use rooms::list::{Listed, listed};
use rooms::{Message, Room};
use serde_json::json;
use stories::{Card, PublicStory};

/// Messages on the newest page.
const PAGE: usize = 40;
/// An older page holds the messages of so many numbers of the room's stream, so that its address stays true for ever.
const SPAN: i64 = 64;
const NEWEST_LIVES: i64 = 2 * At::SECOND;
const OLDER_LIVES: i64 = At::MINUTE;
const LIST_LIVES: i64 = 5 * At::SECOND;
/// Rooms in the list.
const ROOMS: usize = 60;

/// What of a room is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Newest,
    /// An older page, from 2.
    Older(i64),
    /// What is told to who sent a message that waits.
    Held,
}

struct Found {
    scene: Scene,
    card: Card,
    room: Room,
    messages: Vec<Message>,
    pinned: Option<Message>,
    older: Option<i64>,
    newer: Option<i64>,
}

/// The room at its address; from any other spelling one redirect leads there.
pub async fn room(house: &House, asked: String, last: &str, part: Part) -> Result<Page> {
    let (reading, id) = (house.clone(), id_of(last)?);
    let read = move |read: &mut Read| {
        let card = PublicStory::by_id(read, &id)?.card;
        let scene = Scene::read(&reading, read, card.edition.as_str())?;
        let path = format!(
            "{}/room{}",
            card.path,
            if part == Part::Held { "/held" } else { "" }
        );
        if asked != path {
            return Ok(Err((path, scene.at_seq)));
        }
        find(scene, read, card, part).map(Ok)
    };
    match house.app.db.public().read(read).await? {
        Ok(found) => show(house, found, part),
        Err((path, at_seq)) => {
            let location = HeaderValue::try_from(path).unwrap_or(HeaderValue::from_static("/"));
            let moved = Page::html("", at_seq).status(StatusCode::PERMANENT_REDIRECT);
            Ok(moved.header(header::LOCATION, location).not_kept())
        }
    }
}

fn find(scene: Scene, read: &mut Read, card: Card, part: Part) -> Result<Found> {
    let room = Room::of(read, &card.id)?;
    let mut messages = match part {
        Part::Newest => Message::before(read, &card.id, i64::MAX, PAGE)?,
        Part::Older(number) => {
            Message::between(read, &card.id, (number - 2) * SPAN + 1, (number - 1) * SPAN)?
        }
        Part::Held => Vec::new(),
    };
    if messages.is_empty() && matches!(part, Part::Older(_)) {
        return Err(Error::not_found("site.no_page"));
    }
    messages.reverse();
    let ends = messages.first().zip(messages.last());
    let (older, newer) = match ends {
        Some((first, last)) => Message::beside(read, &card.id, first.seq, last.seq)?,
        None => (None, None),
    };
    let pinned = match (&room.pinned, part) {
        (Some(pinned), Part::Newest) => Message::by_id(read, &card.id, pinned).ok(),
        _ => None,
    };
    let lives = if part == Part::Newest {
        NEWEST_LIVES
    } else {
        OLDER_LIVES
    };
    scene.changes_at(scene.now.plus(lives));
    Ok(Found {
        scene,
        card,
        room,
        messages,
        pinned,
        older,
        newer,
    })
}

/// Page 1 is the newest, which has no number; so the oldest is page 2.
fn page_of(seq: i64) -> i64 {
    (seq - 1) / SPAN + 2
}

fn show(house: &House, found: Found, part: Part) -> Result<Page> {
    let Found {
        scene,
        card,
        room,
        messages,
        pinned,
        older,
        newer,
    } = found;
    let path = format!("{}/room", card.path);
    let word = house
        .theme
        .now()
        .languages
        .plain(&scene.language, "room-discussion");
    let mut page = scene.page(
        "room",
        &scene.title(&format!("{word}: {}", card.facts.headline)),
        &path,
    );
    page.feeds = Vec::new();
    let number = |seq: i64| format!("{path}?page={}", page_of(seq));
    let pagination = match part {
        Part::Older(own) => Pagination {
            page: usize::try_from(own).unwrap_or(1),
            pages: None,
            prev_url: Some(newer.map_or_else(|| path.clone(), number)),
            next_url: older.map(number),
        },
        _ => Pagination {
            page: 1,
            pages: None,
            prev_url: None,
            next_url: older.map(number),
        },
    };
    match part {
        Part::Newest => page.json_ld = Some(discussion(&scene, &card, &room, &messages)),
        Part::Older(own) => page.canonical = Some(scene.absolute(&format!("{path}?page={own}"))),
        Part::Held => (page.canonical, page.robots) = (None, Some("noindex")),
    }
    (page.prev_url, page.next_url) = (pagination.prev_url.clone(), pagination.next_url.clone());
    let own = json!({
        "room": room_view(&room, &card, scene.now),
        "messages": views(&scene, &path, &messages),
        "pinned": pinned.map(|message| view(&scene, &path, &message, None)),
        "pagination": pagination,
        "newest": part == Part::Newest,
        "held": part == Part::Held,
    });
    let rendered = scene.render(house, "room.html", page, own)?;
    Ok(rendered.tagged([
        Tag::new(format!("room:{}", card.id)),
        Tag::new(format!("story:{}", card.id)),
    ]))
}

/// What pages need of a room besides its messages.
pub fn room_view(room: &Room, card: &Card, now: At) -> RoomView {
    let state = room.state_at(now);
    RoomView {
        id: room.story.to_string(),
        url: format!("{}/room", card.path),
        story: StoryLink {
            headline: card.facts.headline.clone(),
            url: card.path.clone(),
        },
        state: state.as_str(),
        live: room.is_live(now),
        ended: matches!(state, RoomState::Closed | RoomState::Archived),
        messages: room.messages,
        slow_seconds: room.slow_seconds,
        members_only: room.members_only,
        reason: Some(room.reason.clone()).filter(|reason| !reason.is_empty()),
        lang: room.language.clone(),
    }
}

fn views(scene: &Scene, path: &str, messages: &[Message]) -> Vec<MessageView> {
    let before = std::iter::once(None).chain(messages.iter().map(Some));
    messages
        .iter()
        .zip(before)
        .map(|(message, before)| view(scene, path, message, before))
        .collect()
}

/// Messages of one person within five minutes stand together; a new day is said.
pub fn view(scene: &Scene, path: &str, message: &Message, before: Option<&Message>) -> MessageView {
    let day = |message: &Message| scene.edition.date(message.at);
    let same_day = before.is_some_and(|before| day(before) == day(message));
    let joined = before.is_some_and(|before| {
        let near = message.at.0 - before.at.0 < 5 * At::MINUTE;
        same_day
            && near
            && before.author == message.author
            && before.removed.is_empty()
            && message.reply.is_none()
    });
    let reply = message.reply.as_ref().map(|reply| ReplyView {
        name: reply.name.clone(),
        excerpt: reply.excerpt.clone(),
        url: format!("{path}?page={}#message-{}", page_of(reply.seq), reply.id),
    });
    MessageView {
        id: message.id.to_string(),
        seq: message.seq,
        at: message.at,
        url: format!("{path}?page={}#message-{}", page_of(message.seq), message.id),
        author: message.author.clone(),
        name: message.name.clone(),
        badge: message.badge.as_str(),
        body_html: message.pieces.to_html(),
        text: message.text.clone(),
        reply,
        host: message.host,
        featured: message.featured,
        edited: message.edited_at.is_some(),
        removed: message.removed.clone(),
        reactions: message.reactions.clone(),
        joined,
        new_day: !same_day,
    }
}

fn discussion(scene: &Scene, card: &Card, room: &Room, messages: &[Message]) -> String {
    let url = scene.absolute(&format!("{}/room", card.path));
    let comment = |message: &Message| json_ld::Comment {
        url: format!("{url}?page={}#message-{}", page_of(message.seq), message.id),
        text: message.pieces.plain(),
        author: message.name.clone(),
        at: message.at.0,
    };
    let standing = messages.iter().filter(|message| message.removed.is_empty());
    let discussion = json_ld::Discussion {
        headline: card.facts.headline.clone(),
        about: scene.absolute(&card.path),
        opened_at: room.opened_at.0,
        publisher: scene.publisher(),
        language: room.language.clone(),
        messages: room.messages.unsigned_abs(),
        comments: standing.map(comment).collect(),
        url: url.clone(),
    };
    json_ld::script(&json_ld::discussion(&discussion))
}

/// `/{edition}/chats`: the rooms that take messages, then folded those that ended.
pub async fn chats(house: &House, edition: String) -> Result<Page> {
    let reading = house.clone();
    let read = move |read: &mut Read| {
        let scene = Scene::read(&reading, read, &edition)?;
        let rooms = listed(read, &scene.edition.code, scene.now, ROOMS)?;
        let rooms = rooms
            .iter()
            .map(|row| chat(&scene, read, row))
            .collect::<Result<Vec<_>>>()?;
        Ok((scene, rooms))
    };
    let (scene, rooms) = house.app.db.public().read(read).await?;
    scene.changes_at(scene.now.plus(LIST_LIVES));
    let (open, ended): (Vec<_>, Vec<_>) = rooms.into_iter().partition(|chat| chat.room.live);
    let word = house.theme.now().languages.plain(&scene.language, "chats");
    let mut page = scene.page("chats", &scene.title(&word), &scene.path("chats"));
    page.alternates = scene.everywhere("chats");
    let tags = [Tag::new(format!("rooms:{}", scene.code())), scene.list_tag("")];
    let rendered = scene.render(house, "chats.html", page, json!({ "open": open, "ended": ended }))?;
    Ok(rendered.tagged(tags))
}

fn chat(scene: &Scene, read: &mut Read, row: &Listed) -> Result<ChatView> {
    let Listed { room, card, last } = row;
    let path = format!("{}/room", card.path);
    Ok(ChatView {
        room: room_view(room, card, scene.now),
        picture: crate::cards::card(scene, read, card)?.picture,
        section: card.facts.section.name.clone(),
        last: last.as_ref().map(|last| view(scene, &path, last, None)),
        excerpt: last
            .as_ref()
            .map(|last| last.pieces.excerpt(120))
            .unwrap_or_default(),
        at: room.last_at,
    })
}
