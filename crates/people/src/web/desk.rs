//! The people of the newsroom, for programs of the owner's.

use super::Office;
use crate::event::Event;
use crate::link::{Kind, Link};
use crate::person::Person;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use base::web::{Caller, Json, Path, Via};
use base::{Error, Result, Tx};
use http::StatusCode;
use lexicon::{PersonId, Role};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Who is signed in.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Me {
    id: String,
    name: String,
    email: String,
    role: String,
    /// What this sign-in may be used for: `read`, `reader` or `desk`.
    scope: String,
    /// `session` or `token`.
    via: String,
}

/// Somebody to be invited.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Invited {
    email: String,
    name: String,
    /// `owner`, `editor`, `reporter`, `photo`, `moderator` or `reader`.
    role: String,
}

/// Another role.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRole {
    role: String,
}

pub(crate) async fn show_me(State(office): State<Office>, caller: Caller) -> Result<Json<Me>> {
    let id = caller.person.clone();
    let person = office
        .people
        .db
        .read(move |read| Person::by_id(read, &id))
        .await?;
    let person = person.ok_or(Error::Unauthenticated)?;
    Ok(Json(Me {
        id: person.id.to_string(),
        name: person.name,
        email: person.email,
        role: person.role.to_string(),
        scope: caller.scope.to_string(),
        via: match caller.via {
            Via::Session { .. } => "session".to_owned(),
            Via::Token { .. } => "token".to_owned(),
        },
    }))
}

pub(crate) async fn list_people(State(office): State<Office>) -> Result<Response> {
    let everybody = office.people.db.read(|read| Person::all(read)).await?;
    let items: Vec<Value> = everybody.iter().map(item).collect();
    Ok(axum::Json(json!({ "items": items, "next": null })).into_response())
}

pub(crate) async fn invite_person(
    State(office): State<Office>,
    caller: Caller,
    Json(invited): Json<Invited>,
) -> Result<Response> {
    let role: Role = invited.role.parse().map_err(|_| no_role())?;
    let write = move |tx: &mut Tx| {
        let person = Person::add_by(
            tx,
            &invited.email,
            &invited.name,
            role,
            None,
            Some(&caller.person),
        )?;
        let key = Link::make(tx, Kind::Invitation, Some(&person), Some(&caller.person))?;
        Ok((person, key))
    };
    let (person, key) = office.people.db.write(write).await?;
    let mut body = item(&person);
    body["link"] = office.link(Kind::Invitation, &key).into();
    Ok((StatusCode::CREATED, axum::Json(body)).into_response())
}

pub(crate) async fn end_person(
    State(office): State<Office>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode> {
    let id = read_id(&id)?;
    office
        .people
        .db
        .write(move |tx| Person::end(tx, &id, Some(&caller.person)))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn set_person_role(
    State(office): State<Office>,
    caller: Caller,
    Path(id): Path<String>,
    Json(sent): Json<NewRole>,
) -> Result<StatusCode> {
    let (id, role): (_, Role) = (read_id(&id)?, sent.role.parse().map_err(|_| no_role())?);
    office
        .people
        .db
        .write(move |tx| Person::set_role_by(tx, &id, role, Some(&caller.person)))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn renew_invitation(
    State(office): State<Office>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response> {
    office.make_link(Kind::Invitation, caller, id).await
}

pub(crate) async fn make_reset(
    State(office): State<Office>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response> {
    office.make_link(Kind::Reset, caller, id).await
}

pub(crate) async fn end_person_sessions(
    State(office): State<Office>,
    Path(id): Path<String>,
) -> Result<StatusCode> {
    let id = read_id(&id)?;
    let write = move |tx: &mut Tx| {
        Person::by_id(tx, &id)?.ok_or(Error::not_found("people.no_person"))?;
        Person::end_sessions(tx, &id)
    };
    office.people.db.write(write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn list_person_events(
    State(office): State<Office>,
    Path(id): Path<String>,
) -> Result<Response> {
    let id = read_id(&id)?;
    let events = office
        .people
        .db
        .read(move |read| Event::of_person(read, &id, 200))
        .await?;
    let shown = |event: &Event| {
        let mut item = json!(event);
        item["at"] = event.at.rfc3339().into();
        item
    };
    let items: Vec<Value> = events.iter().map(shown).collect();
    Ok(axum::Json(json!({ "items": items, "next": null })).into_response())
}

impl Office {
    async fn make_link(&self, kind: Kind, caller: Caller, id: String) -> Result<Response> {
        let id = read_id(&id)?;
        let write = move |tx: &mut Tx| {
            let person = Person::by_id(tx, &id)?.ok_or(Error::not_found("people.no_person"))?;
            Link::make(tx, kind, Some(&person), Some(&caller.person))
        };
        let key = self.people.db.write(write).await?;
        let body = json!({ "link": self.link(kind, &key) });
        Ok((StatusCode::CREATED, axum::Json(body)).into_response())
    }

    fn link(&self, kind: Kind, key: &str) -> String {
        format!("{}{}?key={key}", self.people.origin, kind.path())
    }
}

fn read_id(text: &str) -> Result<PersonId> {
    PersonId::parse(text).map_err(|_| Error::not_found("people.no_person"))
}

fn no_role() -> Error {
    let roles: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
    Error::invalid("role", "people.role", format!("one of {}", roles.join(", ")))
}

fn item(person: &Person) -> Value {
    let mut item = json!(person);
    item["made_at"] = person.made_at.rfc3339().into();
    item
}
