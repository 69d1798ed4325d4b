//! What an owner sets up: people with their invitations, editions with their sections. Forms, so that they work without script.

use super::Visit;
use super::story::places;
use crate::frame::Desk;
use axum::extract::State;
use axum::response::Response;
use base::web::{Form, Path, Shown};
use base::{Error, Result};
use http::StatusCode;
use lexicon::{EditionCode, PersonId, Role, Slug};
use people::{Invitation, Person};
use serde::Deserialize;
use serde_json::{Value, json};
use stories::edition::direction;
use stories::{Edition, Heading, draft};

/// Somebody to be invited.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Invited {
    email: String,
    name: String,
    role: Role,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct NewRole {
    role: Role,
}

/// A form without fields.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Nothing {}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct NewEdition {
    code: String,
    name: String,
    language: String,
    timezone: String,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct NewSection {
    edition: String,
    name: String,
    #[serde(default)]
    slug: String,
    #[serde(default)]
    description: String,
}

pub(crate) async fn show_desk_people(State(desk): State<Desk>, visit: Visit) -> Result<Response> {
    people_page(&desk, &visit, Value::Null, None).await
}

pub(crate) async fn invite_by_form(
    State(desk): State<Desk>,
    visit: Visit,
    Form(invited): Form<Invited>,
) -> Result<Response> {
    let typed = json!({ "email": invited.email, "name": invited.name, "role": invited.role });
    let invite = move |tx: &mut base::Tx| {
        let person = Person::add(tx, &invited.email, &invited.name, invited.role, None)?;
        Ok((person.name, Invitation::link(tx, &person.id)?))
    };
    match desk.app.db.write(invite).await {
        Ok(made) => linked(&desk, &visit, made).await,
        Err(error) => people_page(&desk, &visit, typed, Some(error)).await,
    }
}

pub(crate) async fn invite_again(
    State(desk): State<Desk>,
    visit: Visit,
    Path(id): Path<String>,
    Form(_): Form<Nothing>,
) -> Result<Response> {
    let id = PersonId::parse(&id)?;
    let invite = move |tx: &mut base::Tx| {
        let key = Invitation::link(tx, &id)?;
        let person = Person::by_id(tx, &id)?.ok_or(Error::not_found("people.no_person"))?;
        Ok((person.name, key))
    };
    let made = desk.app.db.write(invite).await?;
    linked(&desk, &visit, made).await
}

pub(crate) async fn change_role(
    State(desk): State<Desk>,
    visit: Visit,
    Path(id): Path<String>,
    Form(new): Form<NewRole>,
) -> Result<Response> {
    let id = PersonId::parse(&id)?;
    let change = desk.app.db.write(move |tx| Person::set_role(tx, &id, new.role));
    back_to_people(&desk, &visit, change.await).await
}

pub(crate) async fn end_account(
    State(desk): State<Desk>,
    visit: Visit,
    Path(id): Path<String>,
    Form(_): Form<Nothing>,
) -> Result<Response> {
    let (id, by) = (PersonId::parse(&id)?, visit.caller.person.clone());
    let end = desk.app.db.write(move |tx| Person::end(tx, &id, Some(&by)));
    back_to_people(&desk, &visit, end.await).await
}

pub(crate) async fn show_house(State(desk): State<Desk>, visit: Visit) -> Result<Response> {
    house_page(&desk, &visit, None).await
}

pub(crate) async fn add_edition(
    State(desk): State<Desk>,
    visit: Visit,
    Form(new): Form<NewEdition>,
) -> Result<Response> {
    let add = move |tx: &mut base::Tx| {
        let edition = Edition {
            code: EditionCode::parse(new.code.trim())?,
            name: filled("name", &new.name)?,
            tagline: String::new(),
            dir: direction(&new.language).to_owned(),
            language: filled("language", &new.language)?,
            timezone: new.timezone.trim().to_owned(),
        };
        if edition.add(tx)? {
            return Ok(());
        }
        let message = "There is an edition with this code already.";
        Err(Error::conflict("desk.edition_taken", message))
    };
    back_to_house(&desk, &visit, desk.app.db.write(add).await).await
}

pub(crate) async fn add_section(
    State(desk): State<Desk>,
    visit: Visit,
    Form(new): Form<NewSection>,
) -> Result<Response> {
    let add = move |tx: &mut base::Tx| {
        let name = filled("name", &new.name)?;
        let wished = if new.slug.trim().is_empty() {
            &name
        } else {
            &new.slug
        };
        let section = Heading {
            slug: Slug::parse(&draft::slug(wished, "section"))?,
            name,
            description: new.description.trim().to_owned(),
        };
        if section.add_section(tx, &EditionCode::parse(&new.edition)?)? {
            return Ok(());
        }
        let message = "This edition has such a section already.";
        Err(Error::conflict("desk.section_taken", message))
    };
    back_to_house(&desk, &visit, desk.app.db.write(add).await).await
}

fn filled(field: &str, text: &str) -> Result<String> {
    let text = text.trim();
    if (1..=80).contains(&text.chars().count()) {
        return Ok(text.to_owned());
    }
    Err(Error::invalid(field, "desk.name", "write 1 to 80 characters"))
}

async fn linked(desk: &Desk, visit: &Visit, (name, key): (String, String)) -> Result<Response> {
    let link = format!("{}/invitation?key={key}", desk.app.config.origin());
    people_page(desk, visit, json!({ "link": link, "invited": name }), None).await
}

async fn back_to_people(desk: &Desk, visit: &Visit, outcome: Result<()>) -> Result<Response> {
    match outcome {
        Ok(()) => desk.lead("/desk/people"),
        Err(error) => people_page(desk, visit, Value::Null, Some(error)).await,
    }
}

async fn back_to_house(desk: &Desk, visit: &Visit, outcome: Result<()>) -> Result<Response> {
    match outcome {
        Ok(()) => desk.lead("/desk/house"),
        Err(error) => house_page(desk, visit, Some(error)).await,
    }
}

async fn people_page(desk: &Desk, visit: &Visit, typed: Value, error: Option<Error>) -> Result<Response> {
    let everybody = desk.app.db.read(|read| Person::all(read)).await?;
    let wrong = said(error)?;
    let context = json!({ "people": everybody, "roles": Role::ALL, "typed": typed, "wrong": wrong, "back": "/desk/people" });
    answer(
        desk.page(visit, "people", "people.html", context)?,
        wrong.is_some(),
    )
}

async fn house_page(desk: &Desk, visit: &Visit, error: Option<Error>) -> Result<Response> {
    let editions = desk.app.db.read(|read| places(read)).await?;
    let wrong = said(error)?;
    let context = json!({ "editions": editions, "wrong": wrong, "back": "/desk/house" });
    answer(desk.page(visit, "house", "house.html", context)?, wrong.is_some())
}

/// What a person can mend is said on the page; a fault of ours stays an error.
fn said(error: Option<Error>) -> Result<Option<String>> {
    match error {
        Some(error @ (Error::Invalid { .. } | Error::Conflict { .. })) => Ok(Some(error.to_string())),
        Some(error) => Err(error),
        None => Ok(None),
    }
}

fn answer(mut response: Response, wrong: bool) -> Result<Response> {
    if wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Shown);
    }
    Ok(response)
}
