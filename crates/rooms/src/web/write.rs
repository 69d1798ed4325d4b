//! What the signed-in do in rooms.

use super::{message_id, story_id};
use crate::author::Author;
use crate::message::{Message, Posting, Receipt};
use crate::room::Room;
use crate::{Rooms, reaction, report};
use axum::extract::{Extension, State};
use axum::response::{IntoResponse, Response};
use base::db::Query;
use base::web::{Caller, Form, Json, Neighbourhood, Path};
use base::{Error, Result, Tx};
use http::{StatusCode, header};
use lexicon::{At, MessageId, PersonId, StoryId};
use people::Person;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

/// A message as a program or a page sends it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewMessage {
    /// At most 6,000 characters; strong, emphasis, code, links and quotes in Markdown.
    text: String,
    /// The id of the message it answers.
    #[serde(default)]
    reply_to: Option<String>,
    /// 1 to 100 visible characters, another for each message: with it a second sending never doubles.
    #[serde(default)]
    idempotency_key: Option<String>,
    /// As the room's host; for the newsroom.
    #[serde(default)]
    host: bool,
}

/// What a message shall say instead.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewText {
    text: String,
}

/// One of six reactions.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewReaction {
    /// agree, thanks, insight, funny, surprised, sad
    kind: String,
}

/// Why a message should be looked at.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewReport {
    /// abuse, hate, threat, spam, off_topic, illegal, other
    reason: String,
    /// At most 1,000 characters.
    #[serde(default)]
    note: String,
}

/// The form of the page without script.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct SentForm {
    text: String,
    #[serde(default)]
    reply_to: String,
}

pub(super) async fn post_message(
    State(rooms): State<Rooms>,
    caller: Caller,
    Extension(network): Extension<Neighbourhood>,
    Path(story): Path<String>,
    Json(message): Json<NewMessage>,
) -> Result<Response> {
    let reply_to = message.reply_to.as_deref().map(read_reply).transpose()?;
    let posting = Posting {
        text: message.text,
        reply_to,
        key: message.idempotency_key,
        host: message.host,
    };
    let receipt = post(&rooms, caller, &network, story_id(&story)?, posting, false).await?;
    let mut body = json!({ "id": receipt.id, "seq": receipt.seq, "at": receipt.at.rfc3339() });
    if receipt.again {
        body["again"] = true.into();
    }
    let status = match &receipt.held_by {
        Some(rule) => {
            body["state"] = "held".into();
            body["rule"] = rule.as_str().into();
            StatusCode::ACCEPTED
        }
        None => StatusCode::CREATED,
    };
    Ok((status, axum::Json(body)).into_response())
}

fn read_reply(id: &str) -> Result<MessageId> {
    MessageId::parse(id)
        .map_err(|_| Error::invalid("reply_to", "rooms.reply", "send the id of a message, or null"))
}

/// `page` is true for the form without script: its sender is led to the stored page and must find the message there.
async fn post(
    rooms: &Rooms,
    caller: Caller,
    network: &Neighbourhood,
    story: StoryId,
    posting: Posting,
    page: bool,
) -> Result<Receipt> {
    rooms
        .flood
        .take(caller.person.as_str(), &network.0, &story, rooms.app.clock.now())?;
    let judge = rooms.judge.clone();
    let write = move |tx: &mut Tx| {
        let room = Room::of(tx, &story)?;
        let author = Author::of(tx, &caller, &story)?;
        let since = member_since(tx, &room, &caller.person)?;
        let receipt = Message::post(tx, room, &author, since, &posting, &*judge)?;
        if page && !receipt.again {
            Room::of(tx, &story)?.touch(tx, false);
        }
        Ok(receipt)
    };
    rooms.app.db.write(write).await
}

/// Asked only where it matters.
fn member_since(db: &mut dyn Query, room: &Room, person: &PersonId) -> Result<Option<At>> {
    match room.members_only {
        true => Ok(Person::by_id(db, person)?.map(|person| person.made_at)),
        false => Ok(None),
    }
}

pub(super) async fn edit_message(
    State(rooms): State<Rooms>,
    caller: Caller,
    Path((story, id)): Path<(String, String)>,
    Json(new): Json<NewText>,
) -> Result<Response> {
    let (story, id, judge) = (story_id(&story)?, message_id(&id)?, rooms.judge.clone());
    let write = move |tx: &mut Tx| {
        let author = Author::of(tx, &caller, &story)?;
        Message::edit(tx, &id, &author, &new.text, &*judge)
    };
    Ok(axum::Json(rooms.app.db.write(write).await?.listed()).into_response())
}

pub(super) async fn remove_message(
    State(rooms): State<Rooms>,
    caller: Caller,
    Path((story, id)): Path<(String, String)>,
) -> Result<StatusCode> {
    let (story, id) = (story_id(&story)?, message_id(&id)?);
    let write = move |tx: &mut Tx| {
        let author = Author::of(tx, &caller, &story)?;
        Message::take_back(tx, &id, &author)
    };
    rooms.app.db.write(write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn add_reaction(
    State(rooms): State<Rooms>,
    caller: Caller,
    Path((story, id)): Path<(String, String)>,
    Json(new): Json<NewReaction>,
) -> Result<Response> {
    let (_, id) = (story_id(&story)?, message_id(&id)?);
    let write = move |tx: &mut Tx| reaction::react(tx, &id, &caller.person, &new.kind, true);
    let counts = rooms.app.db.write(write).await?;
    Ok((StatusCode::CREATED, axum::Json(json!({ "reactions": counts }))).into_response())
}

pub(super) async fn drop_reaction(
    State(rooms): State<Rooms>,
    caller: Caller,
    Path((story, id, kind)): Path<(String, String, String)>,
) -> Result<Response> {
    let (_, id) = (story_id(&story)?, message_id(&id)?);
    let write = move |tx: &mut Tx| reaction::react(tx, &id, &caller.person, &kind, false);
    let counts = rooms.app.db.write(write).await?;
    Ok(axum::Json(json!({ "reactions": counts })).into_response())
}

pub(super) async fn report_message(
    State(rooms): State<Rooms>,
    caller: Caller,
    Path((story, id)): Path<(String, String)>,
    Json(new): Json<NewReport>,
) -> Result<StatusCode> {
    let (_, id) = (story_id(&story)?, message_id(&id)?);
    let write = move |tx: &mut Tx| report::report(tx, &id, &caller.person, &new.reason, &new.note);
    rooms.app.db.write(write).await?;
    Ok(StatusCode::CREATED)
}

/// The stored page is the same for everybody, so its form has no key of its own: the same words sent again within ten minutes
/// are the same message.
pub(super) async fn post_form(
    State(rooms): State<Rooms>,
    caller: Caller,
    Extension(network): Extension<Neighbourhood>,
    Path((_, _, _, _, _, last)): Path<(String, String, String, String, String, String)>,
    Form(form): Form<SentForm>,
) -> Result<Response> {
    let story = story_id(last.rsplit('-').next().unwrap_or_default())?;
    let reply_to = Some(form.reply_to.trim())
        .filter(|id| !id.is_empty())
        .map(read_reply)
        .transpose()?;
    let span = rooms.app.clock.now().0 / (10 * At::MINUTE);
    let hash = blake3::hash(format!("{}\n{}", form.reply_to, form.text).as_bytes()).to_hex();
    let posting = Posting {
        text: form.text,
        reply_to,
        key: Some(format!("form-{span}-{hash}")),
        host: false,
    };
    let id = story.clone();
    let receipt = post(&rooms, caller, &network, story, posting, true).await?;
    let path = rooms
        .app
        .db
        .public()
        .read(move |read| stories::PublicStory::path_of(read, &id))
        .await?;
    let path = path.ok_or(Error::not_found("stories.not_found"))?;
    let place = match receipt.held_by {
        Some(_) => format!("{path}/room/held"),
        None => format!("{path}/room#message-{}", receipt.id),
    };
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response())
}
