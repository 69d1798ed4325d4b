//! Passkeys, for the script that speaks with the device: a challenge, then the answer to it.

use super::Office;
use super::account::own;
use super::answer::{Asked, lead, local, with_cookies};
use super::asking::done;
use super::sign_in::{Nothing, onward};
use crate::agent::agent;
use crate::passkey::{Ceremony, Passkey, Proof};
use crate::post::Letter;
use crate::profile::Profile;
use crate::ticket::{Entered, Ticket};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use base::web::{Caller, Form, Json, Path, Query};
use base::{Error, Read, Result, Tx};
use http::{HeaderMap, StatusCode};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

/// An answer to a challenge, and where to go when it is right.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entering {
    proof: Proof,
    #[serde(default)]
    next: Option<String>,
}

pub(crate) async fn ask_new_passkey(State(office): State<Office>, caller: Caller) -> Result<Response> {
    let (id, _) = own(&caller)?;
    let person = office.person(&caller).await?;
    let (looked, asking) = (id.clone(), id);
    let read =
        move |read: &mut Read| Ok((Profile::by_id(read, &looked)?, Passkey::of_person(read, &looked)?));
    let (profile, known) = office.people.db.read(read).await?;
    let profile = profile.ok_or(Error::Unauthenticated)?;
    let draw = move |tx: &mut Tx| Passkey::challenge(tx, Some(&asking));
    let challenge = office.people.db.write(draw).await?;
    let place = office.ceremony();
    let ids: Vec<&str> = known.iter().map(|key| key.id.as_str()).collect();
    let answer = json!({
        "challenge": challenge,
        "rp": { "id": place.relying_party(), "name": place.relying_party() },
        "user": { "id": profile.key, "name": person.email, "displayName": person.name },
        "known": ids,
    });
    Ok(axum::Json(answer).into_response())
}

pub(crate) async fn add_passkey(
    State(office): State<Office>,
    caller: Caller,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    Json(proof): Json<Proof>,
) -> Result<StatusCode> {
    let (id, _) = own(&caller)?;
    let person = office.person(&caller).await?;
    let (place, name, tongue) = (office.ceremony(), agent(&headers), asked.tongue(&headers));
    let post = office.people.post.clone();
    let write = move |tx: &mut Tx| {
        Passkey::add(tx, &id, &proof, &place, &name)?;
        // Whoever finds an open browser could add a key of their own: the owner of the account hears of each.
        let letter = Letter::new("passkey", &person.email, &tongue).about(Some(&id));
        post.send(tx, &letter)
    };
    office.people.db.write(write).await?;
    Ok(StatusCode::CREATED)
}

pub(crate) async fn end_passkey(
    State(office): State<Office>,
    caller: Caller,
    Query(asked): Query<Asked>,
    Path(key): Path<String>,
    Form(_): Form<Nothing>,
) -> Result<Response> {
    let (id, _) = own(&caller)?;
    let write = move |tx: &mut Tx| Passkey::end(tx, &id, &key);
    office.people.db.write(write).await?;
    lead(&done(&asked, "passkey"), Vec::new())
}

pub(crate) async fn ask_passkey(State(office): State<Office>) -> Result<axum::Json<Value>> {
    let draw = |tx: &mut Tx| Passkey::challenge(tx, None);
    let challenge = office.people.db.write(draw).await?;
    let place = office.ceremony();
    Ok(axum::Json(
        json!({ "challenge": challenge, "rp_id": place.relying_party() }),
    ))
}

pub(crate) async fn enter_with_passkey(
    State(office): State<Office>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    Json(sent): Json<Entering>,
) -> Result<Response> {
    let (place, agent, held) = (
        office.ceremony(),
        agent(&headers),
        office.people.cookies.held(&headers),
    );
    let write = move |tx: &mut Tx| {
        let person = Passkey::holder(tx, &sent.proof, &place)?;
        held.end(tx)?;
        Ticket::enter(tx, &person, &agent)
    };
    let next = local(sent.next.as_deref());
    let (to, cookies) = match office.people.db.write(write).await? {
        Entered::In { session, mark } => (
            next.unwrap_or_else(|| asked.path("/me/")),
            office.reader_cookies(&session, Some(&mark))?,
        ),
        Entered::Halfway(ticket) => (
            onward(asked.path("/sign-in/code"), next.as_deref()),
            office.ticket_cookies(&ticket)?,
        ),
    };
    Ok(with_cookies(
        axum::Json(json!({ "next": to })).into_response(),
        cookies,
    ))
}

impl Office {
    fn ceremony(&self) -> Ceremony {
        Ceremony {
            origin: self.people.origin.clone(),
        }
    }
}
