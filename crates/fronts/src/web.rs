//! Launching fronts from the desk, and asking what led when.

use crate::front::{Front, Slot, Weight, place};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use base::web::{Access, Json, Path, Query, Route, bind};
use base::{App, Error, Result};
use http::{HeaderMap, StatusCode, header};
use lexicon::{At, EditionCode, Scope, Slug, StoryId};
use schemars::JsonSchema;
use serde::Deserialize;

pub fn routes(app: &App) -> Vec<Route> {
    let routes = vec![
        Route::get("/api/v1/fronts/{edition}", show_launch)
            .public(5)
            .query::<LaunchQuery>()
            .about("What was launched on an edition's front, now or at a moment of the past."),
        Route::post("/api/v1/desk/fronts/{edition}/launches", launch_front)
            .token(Access::PUBLISHERS, Scope::Desk)
            .body::<Launch>()
            .about("Launches a front; with If-Match only when nobody else has launched it meanwhile."),
    ];
    bind(app, routes)
}

/// Which front, and when.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LaunchQuery {
    /// A section's slug; the edition's own front when missing.
    section: Option<String>,
    /// RFC 3339; now when missing.
    at: Option<String>,
}

/// A front as a program sends it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Launch {
    section: Option<String>,
    slots: Vec<SlotProposal>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SlotProposal {
    story: String,
    /// lead, second, strip
    weight: String,
    /// Instead of the story's own, on this front.
    headline: Option<String>,
    kicker: Option<String>,
}

async fn show_launch(
    State(app): State<App>,
    Path(edition): Path<String>,
    Query(query): Query<LaunchQuery>,
) -> Result<Response> {
    let edition = edition_code(&edition)?;
    let place = place(section(query.section.as_deref())?.as_ref());
    let at = query.at.as_deref().map(moment).transpose()?;
    let front = app.db.public().read(move |read| {
        stories::Edition::by_code(read, &edition)?;
        match at {
            Some(at) => Front::at(read, &edition, &place, at),
            None => Front::current(read, &edition, &place),
        }
    });
    Ok(answer(StatusCode::OK, &front.await?))
}

async fn launch_front(
    State(app): State<App>,
    Path(edition): Path<String>,
    headers: HeaderMap,
    Json(launch): Json<Launch>,
) -> Result<Response> {
    let edition = edition_code(&edition)?;
    let section = section(launch.section.as_deref())?;
    let expected = if_match(&headers)?;
    let slots: Vec<Slot> = launch
        .slots
        .iter()
        .map(SlotProposal::read)
        .collect::<Result<_>>()?;
    let front = app
        .db
        .write(move |tx| Front::launch(tx, &edition, section.as_ref(), slots.clone(), expected))
        .await?;
    Ok(answer(StatusCode::CREATED, &front))
}

/// The launch that the editor began from, when they name one. Every launch is kept, so without it nothing is lost either.
fn if_match(headers: &HeaderMap) -> Result<Option<i64>> {
    let Some(value) = headers.get(header::IF_MATCH) else {
        return Ok(None);
    };
    let text = value.to_str().unwrap_or_default().trim();
    let number = text.trim_start_matches("W/").trim_matches('"').strip_prefix('n');
    match (text, number.and_then(|number| number.parse().ok())) {
        ("*", _) => Ok(None),
        (_, Some(number)) => Ok(Some(number)),
        _ => Err(Error::conflict(
            "fronts.precondition",
            "If-Match is not an ETag of this front.",
        )),
    }
}

impl SlotProposal {
    fn read(&self) -> Result<Slot> {
        let weight = match self.weight.as_str() {
            "lead" => Weight::Lead,
            "second" => Weight::Second,
            "strip" => Weight::Strip,
            _ => {
                return Err(Error::invalid(
                    "slots.weight",
                    "fronts.weight",
                    "must be lead, second or strip",
                ));
            }
        };
        Ok(Slot {
            story: StoryId::parse(&self.story)?,
            weight,
            headline: self.headline.clone(),
            kicker: self.kicker.clone(),
        })
    }
}

fn edition_code(text: &str) -> Result<EditionCode> {
    EditionCode::parse(text).map_err(|_| Error::not_found("stories.no_edition"))
}

fn section(slug: Option<&str>) -> Result<Option<Slug>> {
    Ok(slug.map(Slug::parse).transpose()?)
}

fn moment(text: &str) -> Result<At> {
    At::parse(text).ok_or_else(|| Error::invalid("at", "fronts.moment", "must be RFC 3339"))
}

fn answer(status: StatusCode, front: &Front) -> Response {
    let shown = serde_json::json!({ "number": front.number, "launched_at": front.launched_at.rfc3339(), "slots": front.slots });
    (
        status,
        [(header::ETAG, format!("\"n{}\"", front.number))],
        axum::Json(shown),
    )
        .into_response()
}
