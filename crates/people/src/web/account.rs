//! Somebody's own account. Only a session may change it: a token that got lost must not become a password.

use super::Office;
use super::answer::{Asked, lead, marked, retry_after, with_cookies};
use super::qr::shown;
use super::sign_in::Nothing;
use crate::agent::agent;
use crate::event::Event;
use crate::guess::Place;
use crate::page::{Account, Asks, Form as FormPage, Page, SessionRow, TokenRow, Words};
use crate::password::{self, Password};
use crate::person::Person;
use crate::session::Session;
use crate::ticket::Ticket;
use crate::token::Token;
use crate::totp::{Enrolment, Recovery, Totp};
use axum::extract::State;
use axum::response::Response;
use base::web::{Caller, Form, Path, Query, Via};
use base::{Error, Read, Result, Tx};
use http::HeaderMap;
use lexicon::PersonId;
use serde::Deserialize;

/// What the change of the password sends. The address is there for password managers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Change {
    present: String,
    password: String,
    #[serde(default)]
    #[expect(dead_code, reason = "the form has it for password managers")]
    email: String,
}

/// What the new second factor sends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewFactor {
    present: String,
    code: String,
}

/// What asks for new recovery codes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Confirmed {
    present: String,
}

pub(crate) async fn show_account(
    State(office): State<Office>,
    caller: Caller,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response> {
    let page = office
        .account_of(&caller, &asked, FormPage::default(), Vec::new())
        .await?;
    office.page(page, asked.tongue(&headers)).await
}

pub(crate) async fn end_session(
    State(office): State<Office>,
    caller: Caller,
    Query(asked): Query<Asked>,
    Path(id): Path<String>,
    Form(_): Form<Nothing>,
) -> Result<Response> {
    let (person, _) = own(&caller)?;
    office
        .people
        .db
        .write(move |tx| Session::end(tx, &person, &id))
        .await?;
    lead(&asked.path("/account"), Vec::new())
}

pub(crate) async fn end_token(
    State(office): State<Office>,
    caller: Caller,
    Query(asked): Query<Asked>,
    Path(id): Path<String>,
    Form(_): Form<Nothing>,
) -> Result<Response> {
    let (person, _) = own(&caller)?;
    office
        .people
        .db
        .write(move |tx| Token::end_own(tx, &id, &person))
        .await?;
    lead(&asked.path("/account"), Vec::new())
}

pub(crate) async fn show_password(
    State(office): State<Office>,
    caller: Caller,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response> {
    let form = office.password_form(&caller, &asked).await?;
    let page = Page::Password {
        form,
        asks: Asks::Change,
    };
    office.page(page, asked.tongue(&headers)).await
}

pub(crate) async fn change_password(
    State(office): State<Office>,
    caller: Caller,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    Form(sent): Form<Change>,
) -> Result<Response> {
    let form = office.password_form(&caller, &asked).await?;
    match office.change(&caller, sent, &headers).await {
        Ok(session) => lead(&asked.path("/account"), office.session_cookies(&session, None)?),
        Err(error) => {
            let wait = error.retry_after_s();
            let page = Page::Password {
                form: refused(form, error)?,
                asks: Asks::Change,
            };
            Ok(retry_after(
                office.page(page, asked.tongue(&headers)).await?,
                wait,
            ))
        }
    }
}

pub(crate) async fn show_totp(
    State(office): State<Office>,
    caller: Caller,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response> {
    let page = office
        .totp_page(&caller, FormPage::to(asked.path("/account/totp")))
        .await?;
    office.page(page, asked.tongue(&headers)).await
}

pub(crate) async fn set_totp(
    State(office): State<Office>,
    caller: Caller,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    Form(sent): Form<NewFactor>,
) -> Result<Response> {
    match office.set_factor(&caller, sent, &headers).await {
        Ok((session, codes)) => {
            let page = office.account(&caller.person, &session, &asked, codes).await?;
            let response = office.page(page, asked.tongue(&headers)).await?;
            Ok(with_cookies(response, office.session_cookies(&session, None)?))
        }
        Err(error) => {
            let wait = error.retry_after_s();
            let form = refused(FormPage::to(asked.path("/account/totp")), error)?;
            let page = office.totp_page(&caller, form).await?;
            Ok(retry_after(
                office.page(page, asked.tongue(&headers)).await?,
                wait,
            ))
        }
    }
}

pub(crate) async fn renew_recovery_codes(
    State(office): State<Office>,
    caller: Caller,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    Form(sent): Form<Confirmed>,
) -> Result<Response> {
    let (form, codes) = match office.new_codes(&caller, &sent.present).await {
        Ok(codes) => (FormPage::default(), codes),
        Err(error) => (refused(FormPage::default(), error)?, Vec::new()),
    };
    let page = office.account_of(&caller, &asked, form, codes).await?;
    office.page(page, asked.tongue(&headers)).await
}

pub(crate) async fn lead_to_password() -> Result<Response> {
    lead("/account/password", Vec::new())
}

impl Office {
    /// The account page for a caller.
    async fn account_of(
        &self,
        caller: &Caller,
        asked: &Asked,
        form: FormPage,
        codes: Vec<String>,
    ) -> Result<Page> {
        let current = caller.sign_in_id().to_owned();
        self.account_page(&caller.person, current, asked, form, codes)
            .await
    }

    /// The account page right after a session began: the request does not carry its cookie yet.
    pub(crate) async fn account(
        &self,
        person: &PersonId,
        session: &str,
        asked: &Asked,
        codes: Vec<String>,
    ) -> Result<Page> {
        let secret = session.to_owned();
        let holder = self
            .people
            .db
            .read(move |read| Session::holder(read, &secret))
            .await?;
        let current = holder.map(|holder| holder.session).unwrap_or_default();
        self.account_page(person, current, asked, FormPage::default(), codes)
            .await
    }

    async fn account_page(
        &self,
        person: &PersonId,
        current: String,
        asked: &Asked,
        mut form: FormPage,
        codes: Vec<String>,
    ) -> Result<Page> {
        let (id, asked, now) = (person.clone(), asked.clone(), self.people.clock.now());
        form.action = asked.path("/account/recovery-codes");
        let read = move |read: &mut Read| {
            let person = Person::by_id(read, &id)?.ok_or(Error::Unauthenticated)?;
            let sessions = Session::of_person(read, &id, now)?;
            let tokens = Token::of_person(read, &id)?;
            Ok(Account {
                name: person.name,
                email: person.email,
                role: person.role,
                notice: None,
                form,
                totp: Totp::is_on(read, &id)?,
                recovery_left: Recovery::left(read, &id)?,
                recovery_codes: codes,
                password_url: asked.path("/account/password"),
                totp_url: asked.path("/account/totp"),
                sign_out_url: "/sign-out".to_owned(),
                sessions: sessions
                    .into_iter()
                    .map(|session| session_row(session, &current, &asked))
                    .collect(),
                tokens: tokens.into_iter().map(|token| token_row(token, &asked)).collect(),
            })
        };
        let account = Box::new(self.people.db.read(read).await?);
        Ok(Page::Account { account })
    }

    async fn password_form(&self, caller: &Caller, asked: &Asked) -> Result<FormPage> {
        let person = self.person(caller).await?;
        Ok(FormPage::to(asked.path("/account/password")).value("email", &person.email))
    }

    pub(crate) async fn person(&self, caller: &Caller) -> Result<Person> {
        let (id, _) = own(caller)?;
        let found = self.people.db.read(move |read| Person::by_id(read, &id)).await?;
        found.ok_or(Error::Unauthenticated)
    }

    /// Whoever finds an open browser must not be able to take the account over (ASVS 7.5.1).
    pub(crate) async fn knows_password(&self, caller: &Caller, present: &str) -> Result<()> {
        let (id, _) = own(caller)?;
        let person = id.clone();
        let stored = self.people.db.write(move |tx| {
            Place::code(&person).take(tx)?;
            Password::hash_of(tx, &person)
        });
        if !self.people.hashing.fits(present, stored.await?).await? {
            return Err(Error::invalid(
                "present",
                "people.present",
                "this is not the present password",
            ));
        }
        self.people
            .db
            .write(move |tx| Place::code(&id).give_back(tx))
            .await
    }

    /// Another password: every session ends, and this browser gets a new one.
    async fn change(&self, caller: &Caller, sent: Change, headers: &HeaderMap) -> Result<String> {
        let person = self.person(caller).await?;
        self.knows_password(caller, &sent.present).await?;
        password::check(&sent.password, &[&person.email, &person.name])?;
        let hash = self.people.hashing.hash(&sent.password).await?;
        let (agent, held) = (agent(headers), caller.sign_in_id().to_owned());
        let write = move |tx: &mut Tx| {
            Password::set(tx, &person.id, &hash)?;
            Event::note(tx, "password_changed", &person.id, Some(&person.id), "")?;
            anew(tx, &person.id, &held, &agent)
        };
        self.people.db.write(write).await
    }

    async fn totp_page(&self, caller: &Caller, form: FormPage) -> Result<Page> {
        let (person, (id, session)) = (self.person(caller).await?, own(caller)?);
        let secret = self
            .people
            .db
            .write(move |tx| Enrolment::secret(tx, &session, &id))
            .await?;
        let secret = shown(&self.people, &person.email, &secret, true)?;
        Ok(Page::Enrol { form, secret })
    }

    async fn set_factor(
        &self,
        caller: &Caller,
        sent: NewFactor,
        headers: &HeaderMap,
    ) -> Result<(String, Vec<String>)> {
        let (id, session) = own(caller)?;
        self.knows_password(caller, &sent.present).await?;
        let agent = agent(headers);
        let write = move |tx: &mut Tx| {
            let confirmed = Enrolment::confirm(tx, &session, &id, &sent.code)?;
            let codes =
                confirmed.ok_or_else(|| Error::invalid("code", "people.code", "this is not the code"))?;
            Ok((anew(tx, &id, &session, &agent)?, codes))
        };
        self.people.db.write(write).await
    }

    async fn new_codes(&self, caller: &Caller, present: &str) -> Result<Vec<String>> {
        let (id, _) = own(caller)?;
        self.knows_password(caller, present).await?;
        let write = move |tx: &mut Tx| match Totp::is_on(tx, &id)? {
            true => Recovery::renew(tx, &id),
            false => Err(Error::conflict(
                "people.no_second_factor",
                "Set the second factor up first.",
            )),
        };
        self.people.db.write(write).await
    }
}

/// The caller and their session. Errors: `people.session_only` for tokens.
pub(crate) fn own(caller: &Caller) -> Result<(PersonId, String)> {
    match &caller.via {
        Via::Session { id } => Ok((caller.person.clone(), id.clone())),
        Via::Token { .. } => Err(Error::Forbidden {
            code: "people.session_only",
        }),
    }
}

/// Ends everything that was open and begins one session for the browser at hand.
pub(crate) fn anew(tx: &mut Tx, person: &PersonId, held: &str, agent: &str) -> Result<String> {
    Ticket::end_all(tx, person)?;
    match cfg!(feature = "planted-sessions-kept") {
        true => Session::end(tx, person, held)?,
        false => Session::end_all(tx, person)?,
    }
    Session::begin(tx, person, agent)
}

fn refused(mut form: FormPage, error: Error) -> Result<FormPage> {
    let (field, key) = match error.code() {
        "people.present" => ("present", "wrong-present"),
        "people.code" => ("code", "wrong-code"),
        _ => return marked(form, error),
    };
    form.errors.insert(field, Words::of(key));
    Ok(form)
}

fn session_row(session: Session, current: &str, asked: &Asked) -> SessionRow {
    SessionRow {
        current: session.id == current,
        end_url: asked.path(&format!("/account/sessions/{}/ending", session.id)),
        device: session.agent,
        started_at: session.made_at,
        last_seen_at: session.seen_at,
    }
}

fn token_row(token: Token, asked: &Asked) -> TokenRow {
    TokenRow {
        end_url: asked.path(&format!("/account/tokens/{}/ending", token.id)),
        name: token.name,
        scope: token.scope,
        made_at: token.made_at,
        last_used_at: token.used_at,
    }
}
