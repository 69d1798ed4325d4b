//! What scripts ask about the reader at hand. Never kept by anyone, so that the pages themselves can be the same for all.

use super::Office;
use crate::ignore;
use crate::profile::Profile;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use base::Result;
use base::web::{Caller, Json, Path};
use http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

/// Who is signed in, as far as a page needs to know it.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct WhoAmI {
    signed_in: bool,
    /// The public key, by which one's own words are known.
    id: Option<String>,
    name: Option<String>,
    role: Option<String>,
    /// `same-origin`: what changes something is taken from our own pages only, and needs no token beside the cookie.
    csrf: String,
}

pub(crate) async fn who_am_i(State(office): State<Office>, caller: Option<Caller>) -> Result<Json<WhoAmI>> {
    let mut who = WhoAmI {
        csrf: "same-origin".to_owned(),
        ..WhoAmI::default()
    };
    if let Some(caller) = caller {
        let id = caller.person.clone();
        let profile = office
            .people
            .db
            .read(move |read| Profile::by_id(read, &id))
            .await?;
        who.signed_in = true;
        who.id = profile.map(|profile| profile.key);
        who.name = Some(caller.name);
        who.role = Some(caller.role.to_string());
    }
    Ok(Json(who))
}

pub(crate) async fn list_ignored(State(office): State<Office>, caller: Caller) -> Result<Response> {
    let id = caller.person;
    let people = office
        .people
        .db
        .read(move |read| ignore::of_person(read, &id))
        .await?;
    let item = |profile: &Profile| json!({ "id": profile.key, "name": profile.name });
    let items: Vec<Value> = people.iter().map(item).collect();
    Ok(axum::Json(json!({ "items": items, "next": null })).into_response())
}

pub(crate) async fn ignore_person(
    State(office): State<Office>,
    caller: Caller,
    Path(key): Path<String>,
) -> Result<StatusCode> {
    let id = caller.person;
    office
        .people
        .db
        .write(move |tx| ignore::add(tx, &id, &key).map(|_| ()))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn heed_person(
    State(office): State<Office>,
    caller: Caller,
    Path(key): Path<String>,
) -> Result<StatusCode> {
    let id = caller.person;
    office
        .people
        .db
        .write(move |tx| ignore::end(tx, &id, &key))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
