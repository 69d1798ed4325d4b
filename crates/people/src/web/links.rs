//! Links that work once: set-up, invitation, new password.

use super::Office;
use super::answer::{Asked, dead, lead, marked};
use crate::agent::agent;
use crate::link::{Kind, Link, NewOwner, Setup};
use crate::page::{Asks, Form as FormPage, Page};
use crate::password;
use axum::extract::State;
use axum::response::Response;
use base::web::{Form, Query};
use base::{Error, Result};
use http::HeaderMap;
use serde::Deserialize;

/// What the set-up sends. Each field is one text: a list or a second one of the same name is refused.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Owner {
    token: String,
    name: String,
    email: String,
    password: String,
}

/// What the other links' forms send. The address is there for password managers and decides nothing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPassword {
    token: String,
    password: String,
    #[serde(default)]
    email: String,
}

pub(crate) async fn show_setup(
    State(office): State<Office>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response> {
    let (key, now) = (asked.key.clone().unwrap_or_default(), office.people.clock.now());
    let secret = key.clone();
    let page = match office
        .people
        .db
        .read(move |read| Setup::open(read, &secret, now))
        .await
    {
        Ok(()) => Page::Setup {
            form: form(&asked, "/setup", key),
        },
        Err(error) => dead(error)?,
    };
    office.page(page, asked.tongue(&headers)).await
}

pub(crate) async fn make_owner(
    State(office): State<Office>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    Form(sent): Form<Owner>,
) -> Result<Response> {
    let form = form(&asked, "/setup", sent.token.clone())
        .value("name", &sent.name)
        .value("email", &sent.email);
    match office.make_owner(sent, &headers).await {
        Ok(ticket) => lead(&asked.path("/sign-in/code"), office.ticket_cookies(&ticket)?),
        Err(error) => {
            let page = dead(error).or_else(|error| marked(form, error).map(|form| Page::Setup { form }))?;
            office.page(page, asked.tongue(&headers)).await
        }
    }
}

pub(crate) async fn show_invitation(
    State(office): State<Office>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response> {
    office.show_link(Kind::Invitation, asked, headers).await
}

pub(crate) async fn accept_invitation(
    State(office): State<Office>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    Form(sent): Form<NewPassword>,
) -> Result<Response> {
    office.set_password(Kind::Invitation, asked, headers, sent).await
}

pub(crate) async fn show_reset(
    State(office): State<Office>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response> {
    office.show_link(Kind::Reset, asked, headers).await
}

pub(crate) async fn reset_password(
    State(office): State<Office>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    Form(sent): Form<NewPassword>,
) -> Result<Response> {
    office.set_password(Kind::Reset, asked, headers, sent).await
}

impl Office {
    /// The link is looked at before the password is hashed, so that a wrong link costs nothing, and again in the transaction.
    async fn make_owner(&self, sent: Owner, headers: &HeaderMap) -> Result<String> {
        let people = &self.people;
        let (key, now) = (sent.token.clone(), people.clock.now());
        people.db.read(move |read| Setup::open(read, &key, now)).await?;
        crate::person::checked(&sent.email, &sent.name)?;
        password::check(&sent.password, &[&sent.email, &sent.name])?;
        let owner = NewOwner {
            hash: people.hashing.hash(&sent.password).await?,
            email: sent.email,
            name: sent.name,
        };
        let (key, agent) = (sent.token, agent(headers));
        people
            .db
            .write(move |tx| Setup::take(tx, &key, &owner, &agent))
            .await
    }

    async fn show_link(&self, kind: Kind, asked: Asked, headers: HeaderMap) -> Result<Response> {
        let key = asked.key.clone().unwrap_or_default();
        let page = match self.link_form(kind, &asked, key).await {
            Ok(form) => Page::Password {
                form,
                asks: kind.asks(),
            },
            Err(error) => dead(error)?,
        };
        self.page(page, asked.tongue(&headers)).await
    }

    async fn set_password(
        &self,
        kind: Kind,
        asked: Asked,
        headers: HeaderMap,
        sent: NewPassword,
    ) -> Result<Response> {
        let form = match self.link_form(kind, &asked, sent.token.clone()).await {
            Ok(form) => form,
            Err(error) => return self.page(dead(error)?, asked.tongue(&headers)).await,
        };
        let known = form.values.get("email").cloned().unwrap_or_default();
        match self.use_link(kind, &known, sent, &headers).await {
            Ok(ticket) => lead(&asked.path("/sign-in/code"), self.ticket_cookies(&ticket)?),
            Err(error) => {
                let asks = kind.asks();
                let page = dead(error)
                    .or_else(|error| marked(form, error).map(|form| Page::Password { form, asks }))?;
                self.page(page, asked.tongue(&headers)).await
            }
        }
    }

    /// The form of a link that works, with the address of whose it is.
    async fn link_form(&self, kind: Kind, asked: &Asked, key: String) -> Result<FormPage> {
        let (secret, now) = (key.clone(), self.people.clock.now());
        let owner = self
            .people
            .db
            .read(move |read| Link::open(read, kind, &secret, now)?.owner(read));
        let email = owner.await?.email;
        Ok(form(asked, kind.path(), key).value("email", &email))
    }

    async fn use_link(
        &self,
        kind: Kind,
        email: &str,
        sent: NewPassword,
        headers: &HeaderMap,
    ) -> Result<String> {
        password::check(&sent.password, &[email])?;
        let hash = self.people.hashing.hash(&sent.password).await?;
        let agent = agent(headers);
        let set =
            move |tx: &mut base::Tx| Link::set_password(tx, kind, &sent.token, &hash, &sent.email, &agent);
        self.people.db.write(set).await.map_err(|error| match error {
            // Somebody whose account ended between the two looks.
            Error::NotFound { .. } => Error::not_found("people.link_unknown"),
            error => error,
        })
    }
}

fn form(asked: &Asked, path: &str, key: String) -> FormPage {
    let mut form = FormPage::to(asked.path(path));
    form.token = Some(key);
    form
}

impl Kind {
    fn asks(self) -> Asks {
        match self {
            Self::Invitation => Asks::Invitation,
            Self::Setup | Self::Reset => Asks::Reset,
        }
    }
}
