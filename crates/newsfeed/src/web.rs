//! The newsfeed for programs and for the panel on the page, and the desk's flashes.

use crate::flash::Flash;
use crate::item::{Item, What};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use base::web::{Access, Json, Path, Query, Route, bind};
use base::{App, Error, Result};
use http::StatusCode;
use lexicon::{At, EditionCode, Level, StoryId, Stream};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use stories::Edition;

pub fn routes(app: &App) -> Vec<Route> {
    let routes = vec![
        Route::get("/api/v1/newsfeed", list_newsfeed)
            .public(0)
            .query::<NewsfeedQuery>()
            .about("An edition's newsfeed, newest first."),
        Route::post("/api/v1/desk/flashes", send_flash)
            .private(Access::PUBLISHERS)
            .body::<FlashProposal>()
            .about("Sends a headline ahead of its story."),
        Route::delete("/api/v1/desk/flashes/{id}", withdraw_flash)
            .private(Access::PUBLISHERS)
            .about("Takes a flash back."),
    ];
    bind(app, routes)
}

/// Which edition's newsfeed, and from where on.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewsfeedQuery {
    edition: String,
    cursor: Option<String>,
    limit: Option<usize>,
}

/// A flash as a program sends it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FlashProposal {
    edition: String,
    headline: String,
    /// flash (when missing), urgent, bulletin, routine
    level: Option<String>,
    /// The story it announces, when that is public already.
    story: Option<String>,
}

async fn list_newsfeed(State(app): State<App>, Query(query): Query<NewsfeedQuery>) -> Result<Response> {
    let edition = EditionCode::parse(&query.edition)?;
    let limit = query.limit.unwrap_or(30).clamp(1, 100);
    let after = query
        .cursor
        .as_deref()
        .map(read_cursor)
        .transpose()?
        .unwrap_or_else(stories::public::newest);
    let read = app.db.public().read(move |read| {
        let edition = Edition::by_code(read, &edition)?;
        let head = base::journal::head(read, &Stream::Edition(edition.code.clone()))?;
        Ok((Item::latest(read, &edition.code, after, limit)?, head))
    });
    let (items, head) = read.await?;
    let next = items
        .last()
        .filter(|_| items.len() == limit)
        .map(|item| format!("{}.{}", item.at.0, item.id()));
    let items: Vec<Value> = items.iter().map(|item| shown(&app, item)).collect();
    Ok(axum::Json(json!({ "items": items, "next": next, "head": head })).into_response())
}

async fn send_flash(State(app): State<App>, Json(proposal): Json<FlashProposal>) -> Result<Response> {
    let edition = EditionCode::parse(&proposal.edition)?;
    let level: Level = proposal.level.as_deref().unwrap_or("flash").parse()?;
    let story = proposal.story.as_deref().map(StoryId::parse).transpose()?;
    let headline = proposal.headline;
    let flash = app
        .db
        .write_recorded(move |tx| Flash::send(tx, &edition, level, &headline, story.clone()))
        .await?;
    let (flash, records) = flash;
    let seq = records
        .iter()
        .find(|record| record.stream.is_for_readers())
        .map(|record| record.seq);
    let body = json!({ "id": flash.id, "level": flash.level, "headline": flash.headline, "at": flash.at.rfc3339(), "seq": seq });
    Ok((StatusCode::CREATED, axum::Json(body)).into_response())
}

async fn withdraw_flash(State(app): State<App>, Path(id): Path<String>) -> Result<StatusCode> {
    app.db.write(move |tx| Flash::withdraw(tx, &id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn shown(app: &App, item: &Item) -> Value {
    let mut value = match &item.what {
        What::Story(card) => {
            let mut value = stories::publication::shown(card);
            let url = format!("{}{}", app.config.origin(), card.path);
            value["kind"] = "story".into();
            value["id"] = card.id.as_str().into();
            value["headline"] = card.facts.headline.clone().into();
            value["url"] = url.into();
            value
        }
        What::Flash(flash, story) => {
            let origin = app.config.origin();
            let story = story
                .as_ref()
                .map(|card| json!({ "id": card.id, "url": format!("{origin}{}", card.path), "headline": flash.headline }));
            json!({ "kind": "flash", "id": flash.id, "headline": flash.headline, "story": story })
        }
    };
    value["level"] = item.level.as_str().into();
    value["at"] = item.at.rfc3339().into();
    value["seq"] = item.seq.into();
    value
}

fn read_cursor(text: &str) -> Result<(At, String)> {
    let refuse = || Error::invalid("cursor", "newsfeed.cursor", "use the cursor of an earlier answer");
    let (at, id) = text.split_once('.').ok_or_else(refuse)?;
    let id = StoryId::parse(id).map_err(|_| refuse())?;
    Ok((At(at.parse().map_err(|_| refuse())?), id.to_string()))
}
