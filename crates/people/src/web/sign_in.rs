//! Signing in and out.

use super::Office;
use super::answer::{Asked, lead, local, marked, retry_after, with_cookies};
use super::qr::shown;
use crate::agent::agent;
use crate::browser::Browser;
use crate::cookie::Jar;
use crate::page::{Form as FormPage, Page, Words};
use crate::person::Person;
use crate::sign_in::{Attempt, Held};
use crate::ticket::{Answer, Entered, Ticket};
use crate::totp::Enrolment;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use base::web::{Form, Neighbourhood, Query};
use base::{Error, Result, Tx};
use http::{HeaderMap, HeaderValue};
use lexicon::PersonId;
use serde::Deserialize;

/// What the first form sends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Credentials {
    email: String,
    password: String,
    #[serde(default)]
    next: Option<String>,
}

/// What the second form sends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Code {
    code: String,
    #[serde(default)]
    next: Option<String>,
}

/// A form without fields.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

pub(crate) async fn show_sign_in(
    State(office): State<Office>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response> {
    let mut form = FormPage::to(asked.path("/sign-in"));
    form.next = local(asked.next.as_deref());
    office.page(Page::SignIn { form }, asked.tongue(&headers)).await
}

pub(crate) async fn sign_in(
    State(office): State<Office>,
    Query(asked): Query<Asked>,
    Extension(from): Extension<Neighbourhood>,
    headers: HeaderMap,
    Form(sent): Form<Credentials>,
) -> Result<Response> {
    let next = local(sent.next.as_deref());
    let attempt = Attempt::new(
        &sent.email,
        from.0,
        agent(&headers),
        office.people.cookies.held(&headers),
    );
    let outcome = office.check_password(attempt, sent.password).await;
    let mut form = FormPage::to(asked.path("/sign-in")).value("email", &sent.email);
    form.next.clone_from(&next);
    match outcome {
        Ok(Some(Entered::Halfway(ticket))) => {
            let code = asked.path("/sign-in/code");
            lead(&onward(code, next.as_deref()), office.ticket_cookies(&ticket)?)
        }
        Ok(Some(Entered::In { session, mark })) => {
            let to = next.unwrap_or_else(|| asked.path("/me/"));
            lead(&to, office.reader_cookies(&session, Some(&mark))?)
        }
        Ok(None) => {
            form.error = Some(Words::of("wrong-sign-in"));
            office.page(Page::SignIn { form }, asked.tongue(&headers)).await
        }
        Err(error) => {
            let wait = error.retry_after_s();
            let page = Page::SignIn {
                form: marked(form, error)?,
            };
            Ok(retry_after(
                office.page(page, asked.tongue(&headers)).await?,
                wait,
            ))
        }
    }
}

pub(crate) async fn show_code(
    State(office): State<Office>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response> {
    let mut form = FormPage::to(asked.path("/sign-in/code"));
    form.next = local(asked.next.as_deref());
    office.code_page(form, &asked, &headers).await
}

pub(crate) async fn check_code(
    State(office): State<Office>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    Form(sent): Form<Code>,
) -> Result<Response> {
    let next = local(sent.next.as_deref());
    let mut form = FormPage::to(asked.path("/sign-in/code"));
    form.next.clone_from(&next);
    let answered = office.answer_code(office.people.cookies.held(&headers), sent.code);
    match answered.await {
        Ok((Answer::In(entry), mark)) => {
            let cookies = office.session_cookies(&entry.session, mark.as_deref())?;
            if entry.codes.is_empty() {
                let landing = office.landing(&entry.person, &asked).await?;
                return lead(&next.unwrap_or(landing), cookies);
            }
            let page = office
                .account(&entry.person, &entry.session, &asked, entry.codes)
                .await?;
            Ok(with_cookies(
                office.page(page, asked.tongue(&headers)).await?,
                cookies,
            ))
        }
        Ok((Answer::NoTicket, _)) => lead(&asked.path("/sign-in"), Vec::new()),
        Ok((Answer::Wrong, _)) => {
            form.errors.insert("code", Words::of("wrong-code"));
            office.code_page(form, &asked, &headers).await
        }
        Err(error) => {
            let wait = error.retry_after_s();
            let response = office.code_page(marked(form, error)?, &asked, &headers).await?;
            Ok(retry_after(response, wait))
        }
    }
}

pub(crate) async fn sign_out(
    State(office): State<Office>,
    headers: HeaderMap,
    Form(_): Form<Nothing>,
) -> Result<Response> {
    let (held, cookies) = (office.people.cookies.held(&headers), office.people.cookies);
    office.people.db.write(move |tx| held.end(tx)).await?;
    lead(
        "/",
        vec![
            cookies.clear(Jar::Session)?,
            cookies.clear(Jar::Ticket)?,
            cookies.clear(Jar::Here)?,
        ],
    )
}

impl Office {
    /// Counts the guess, checks the password whether there is such a person or not, and lets them in as far as it goes.
    pub(crate) async fn check_password(&self, attempt: Attempt, password: String) -> Result<Option<Entered>> {
        let people = &self.people;
        let counted = attempt.clone();
        let asked = people.db.write(move |tx| counted.begin(tx)).await?;
        let fits = people.hashing.fits(&password, asked.hash.clone()).await?;
        let (Some(person), Some(hash), true) = (asked.person, asked.hash, fits) else {
            // To the log and not to a table: a write would tell by its time whether there is such a person.
            tracing::info!(target: "people", agent = attempt.agent(), "a password was refused");
            return Ok(None);
        };
        people
            .db
            .write(move |tx| attempt.succeed(tx, &person, &hash))
            .await
    }

    /// Judges a code; when it is right, the browser is remembered and what it held before ends.
    async fn answer_code(&self, held: Held, code: String) -> Result<(Answer, Option<String>)> {
        let write = move |tx: &mut Tx| {
            let answer = match &held.ticket {
                Some(ticket) => Ticket::answer(tx, ticket, &code)?,
                None => Answer::NoTicket,
            };
            let Answer::In(entry) = &answer else {
                return Ok((answer, None));
            };
            let mark = Browser::remember(tx, &entry.person)?;
            held.end(tx)?;
            Ok((answer, Some(mark)))
        };
        self.people.db.write(write).await
    }

    /// Where somebody arrives who came from nowhere: staff at the desk, readers at their account.
    async fn landing(&self, person: &PersonId, asked: &Asked) -> Result<String> {
        let id = person.clone();
        let person = self.people.db.read(move |read| Person::by_id(read, &id)).await?;
        let staff = person.is_some_and(|person| person.role.is_staff());
        Ok(if staff {
            "/desk/".to_owned()
        } else {
            asked.path("/account")
        })
    }

    /// The page that asks for the code, or that sets the second factor up for whoever has none.
    async fn code_page(&self, form: FormPage, asked: &Asked, headers: &HeaderMap) -> Result<Response> {
        let now = self.people.clock.now();
        let Some(secret) = self.people.cookies.held(headers).ticket else {
            return lead(&asked.path("/sign-in"), Vec::new());
        };
        let found = self.people.db.write(move |tx| {
            let Some(ticket) = Ticket::find(tx, &secret, now)? else {
                return Ok(None);
            };
            let person = Person::by_id(tx, &ticket.person)?.ok_or(Error::not_found("people.no_person"))?;
            let enrolling = match ticket.must_enrol(tx)? {
                true => Some(Enrolment::secret(tx, &ticket.id, &person.id)?),
                false => None,
            };
            Ok(Some((person, enrolling)))
        });
        let page = match found.await? {
            None => return lead(&asked.path("/sign-in"), Vec::new()),
            Some((_, None)) => Page::Code { form },
            Some((person, Some(secret))) => Page::Enrol {
                secret: shown(&self.people, &person.email, &secret, false)?,
                form,
            },
        };
        self.page(page, asked.tongue(headers)).await
    }

    pub(crate) fn ticket_cookies(&self, ticket: &str) -> Result<Vec<HeaderValue>> {
        let cookies = self.people.cookies;
        Ok(vec![
            cookies.set(Jar::Ticket, ticket)?,
            cookies.clear(Jar::Session)?,
        ])
    }

    pub(crate) fn session_cookies(&self, session: &str, mark: Option<&str>) -> Result<Vec<HeaderValue>> {
        let cookies = self.people.cookies;
        let mark = mark.map(|mark| cookies.set(Jar::Browser, mark)).transpose()?;
        let all = [
            cookies.set(Jar::Session, session)?,
            cookies.clear(Jar::Ticket)?,
            cookies.set(Jar::Here, "1")?,
        ];
        Ok(all.into_iter().chain(mark).collect())
    }

    /// As `session_cookies`, for a reader, who stays signed in longer.
    pub(crate) fn reader_cookies(&self, session: &str, mark: Option<&str>) -> Result<Vec<HeaderValue>> {
        let mut all = self.session_cookies(session, mark)?;
        if let Some(first) = all.first_mut() {
            *first = self.people.cookies.set(Jar::Reader, session)?;
        }
        Ok(all)
    }
}

/// A path of ours with where to go afterwards.
pub(crate) fn onward(path: String, next: Option<&str>) -> String {
    let Some(next) = next else { return path };
    let joint = if path.contains('?') { '&' } else { '?' };
    let encoded: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!("{path}{joint}next={encoded}")
}
