//! Launching fronts from the desk, and asking what led when.

use crate::front::{Front, Slot, Weight};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use base::web::{Access, Json, Path, Query, Route, bind};
use base::{App, Error, Result};
use http::StatusCode;
use lexicon::{At, EditionCode, Scope, StoryId};
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
            .about("Launches a front."),
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
}

async fn show_launch(
    State(app): State<App>,
    Path(edition): Path<String>,
    Query(query): Query<LaunchQuery>,
) -> Result<Response> {
    let edition = edition_code(&edition)?;
    let place = place(query.section.as_deref())?;
    let at = query.at.as_deref().map(moment).transpose()?;
    let front = app.db.public().read(move |read| {
        stories::Edition::by_code(read, &edition)?;
        match at {
            Some(at) => Front::at(read, &edition, &place, at),
            None => Front::current(read, &edition, &place),
        }
    });
    Ok(axum::Json(shown(&front.await?)).into_response())
}

async fn launch_front(
    State(app): State<App>,
    Path(edition): Path<String>,
    Json(launch): Json<Launch>,
) -> Result<Response> {
    let edition = edition_code(&edition)?;
    let place = place(launch.section.as_deref())?;
    let slots: Vec<Slot> = launch
        .slots
        .iter()
        .map(SlotProposal::read)
        .collect::<Result<_>>()?;
    let front = app
        .db
        .write(move |tx| Front::launch(tx, &edition, &place, slots.clone()))
        .await?;
    Ok((StatusCode::CREATED, axum::Json(shown(&front))).into_response())
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
        })
    }
}

fn edition_code(text: &str) -> Result<EditionCode> {
    EditionCode::parse(text).map_err(|_| Error::not_found("stories.no_edition"))
}

fn place(section: Option<&str>) -> Result<String> {
    Ok(match section {
        Some(slug) => format!("section/{}", lexicon::Slug::parse(slug)?),
        None => String::new(),
    })
}

fn moment(text: &str) -> Result<At> {
    At::parse(text).ok_or_else(|| Error::invalid("at", "fronts.moment", "must be RFC 3339"))
}

fn shown(front: &Front) -> serde_json::Value {
    serde_json::json!({ "number": front.number, "launched_at": front.launched_at.rfc3339(), "slots": front.slots })
}
