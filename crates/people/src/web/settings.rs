//! A reader's own page: name, address, password, where they are signed in, whom they ignore.

use super::Office;
use super::account::{anew, own};
use super::answer::{Asked, lead, marked, retry_after};
use super::asking::done;
use super::sign_in::Nothing;
use crate::agent::agent;
use crate::email::Email;
use crate::errand::{Errand, Kind, address_of};
use crate::event::Event;
use crate::guess::Place;
use crate::ignore;
use crate::page::{Asks, Form as FormPage, IgnoredRow, Me, Page, PasskeyRow, SessionRow, Words};
use crate::passkey::Passkey;
use crate::password::{self, Password};
use crate::person::Person;
use crate::post::Letter;
use crate::session::Session;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use base::web::{Caller, Form, Neighbourhood, Path, Query};
use base::{Error, Read, Result, Tx};
use http::{HeaderMap, HeaderValue};
use lexicon::PersonId;
use serde::Deserialize;

/// Another name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewName {
    name: String,
}

/// Another address.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAddress {
    email: String,
    #[serde(default)]
    present: String,
}

/// Another password, or the first. The address is there for password managers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPassword {
    #[serde(default)]
    present: String,
    password: String,
    #[serde(default)]
    #[expect(dead_code, reason = "the form has it for password managers")]
    email: String,
}

pub(crate) async fn show_reader_page(
    State(office): State<Office>,
    caller: Caller,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response> {
    office.me_page(&caller, &asked, &headers, |_| {}).await
}

pub(crate) async fn rename_me(
    State(office): State<Office>,
    caller: Caller,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    Form(sent): Form<NewName>,
) -> Result<Response> {
    let (id, _) = own(&caller)?;
    let name = sent.name.clone();
    let write = move |tx: &mut Tx| Person::rename(tx, &id, &name).map(|_| ());
    let Err(error) = office.people.db.write(write).await else {
        return lead(&done(&asked, "name"), Vec::new());
    };
    let form = marked(FormPage::default().value("name", &sent.name), error)?;
    let put = |me: &mut Me| {
        me.name_form = FormPage {
            action: me.name_form.action.clone(),
            ..form
        }
    };
    office.me_page(&caller, &asked, &headers, put).await
}

pub(crate) async fn ask_address(
    State(office): State<Office>,
    caller: Caller,
    Query(asked): Query<Asked>,
    Extension(from): Extension<Neighbourhood>,
    headers: HeaderMap,
    Form(sent): Form<NewAddress>,
) -> Result<Response> {
    let typed = sent.email.clone();
    let error = match office.mail_address(&caller, sent, from, &asked, &headers).await {
        Ok(cookies) => return lead(&asked.path("/me/sent"), cookies),
        Err(error) => error,
    };
    let wait = error.retry_after_s();
    let form = refused(FormPage::default().value("email", &typed), error)?;
    let put = |me: &mut Me| {
        me.address_form = FormPage {
            action: me.address_form.action.clone(),
            ..form
        }
    };
    let page = office.me_page(&caller, &asked, &headers, put).await?;
    Ok(retry_after(page, wait))
}

pub(crate) async fn show_new_password(
    State(office): State<Office>,
    caller: Caller,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response> {
    let (form, asks) = office.reader_password_form(&caller, &asked).await?;
    office
        .page(Page::Password { form, asks }, asked.tongue(&headers))
        .await
}

pub(crate) async fn set_own_password(
    State(office): State<Office>,
    caller: Caller,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    Form(sent): Form<NewPassword>,
) -> Result<Response> {
    let (form, asks) = office.reader_password_form(&caller, &asked).await?;
    match office.change_own(&caller, sent, &headers).await {
        Ok(session) => lead(&done(&asked, "password"), office.reader_cookies(&session, None)?),
        Err(error) => {
            let wait = error.retry_after_s();
            let form = refused(form, error)?;
            let page = Page::Password { form, asks };
            Ok(retry_after(
                office.page(page, asked.tongue(&headers)).await?,
                wait,
            ))
        }
    }
}

pub(crate) async fn end_own_session(
    State(office): State<Office>,
    caller: Caller,
    Query(asked): Query<Asked>,
    Path(id): Path<String>,
    Form(_): Form<Nothing>,
) -> Result<Response> {
    let (person, _) = own(&caller)?;
    let write = move |tx: &mut Tx| Session::end(tx, &person, &id);
    office.people.db.write(write).await?;
    lead(&done(&asked, "session"), Vec::new())
}

pub(crate) async fn end_other_sessions(
    State(office): State<Office>,
    caller: Caller,
    Query(asked): Query<Asked>,
    Form(_): Form<Nothing>,
) -> Result<Response> {
    let (person, session) = own(&caller)?;
    let write = move |tx: &mut Tx| Session::end_others(tx, &person, &session);
    office.people.db.write(write).await?;
    lead(&done(&asked, "session"), Vec::new())
}

pub(crate) async fn show_ignored(
    State(office): State<Office>,
    caller: Caller,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response> {
    let (id, _) = own(&caller)?;
    let people = office
        .people
        .db
        .read(move |read| ignore::of_person(read, &id))
        .await?;
    let row = |profile: crate::Profile| IgnoredRow {
        end_url: asked.path(&format!("/me/ignored/{}/ending", profile.key)),
        name: profile.name,
    };
    let page = Page::Ignored {
        people: people.into_iter().map(row).collect(),
        back_url: asked.path("/me/"),
    };
    office.page(page, asked.tongue(&headers)).await
}

pub(crate) async fn end_ignored(
    State(office): State<Office>,
    caller: Caller,
    Query(asked): Query<Asked>,
    Path(key): Path<String>,
    Form(_): Form<Nothing>,
) -> Result<Response> {
    let (id, _) = own(&caller)?;
    office
        .people
        .db
        .write(move |tx| ignore::end(tx, &id, &key))
        .await?;
    lead(&asked.path("/me/ignored"), Vec::new())
}

impl Office {
    /// The reader's page, with what a form on it has to say.
    async fn me_page(
        &self,
        caller: &Caller,
        asked: &Asked,
        headers: &HeaderMap,
        put: impl FnOnce(&mut Me),
    ) -> Result<Response> {
        let ((id, current), page, now) = (own(caller)?, asked.clone(), self.people.clock.now());
        let read = move |read: &mut Read| {
            let person = Person::by_id(read, &id)?.ok_or(Error::Unauthenticated)?;
            let sessions = Session::of_person(read, &id, now)?;
            let passkeys = Passkey::of_person(read, &id)?;
            let has_password = Password::hash_of(read, &id)?.is_some();
            let ignored = ignore::of_person(read, &id)?.len();
            let mut me = me(person, &page, has_password, ignored);
            let row = |session| session_row(session, &current, &page);
            me.sessions = sessions.into_iter().map(row).collect();
            me.passkeys = passkeys.into_iter().map(|key| passkey_row(key, &page)).collect();
            Ok(me)
        };
        let mut me = Box::new(self.people.db.read(read).await?);
        put(&mut me);
        self.page(Page::Me { me }, asked.tongue(headers)).await
    }

    /// The caller, who must be a reader.
    pub(super) async fn reader(&self, caller: &Caller) -> Result<Person> {
        let person = self.person(caller).await?;
        match person.role.is_staff() {
            false => Ok(person),
            true => Err(Error::conflict(
                "people.staff_account",
                "This is an account of the newsroom; ask an owner.",
            )),
        }
    }

    pub(super) async fn has_password(&self, id: &PersonId) -> Result<bool> {
        let id = id.clone();
        let stored = self.people.db.read(move |read| Password::hash_of(read, &id));
        Ok(stored.await?.is_some())
    }

    /// Whoever finds an open browser must not be able to take the account over; who has no password proves it by mail.
    async fn is_certain(&self, caller: &Caller, person: &Person, present: &str) -> Result<()> {
        match self.has_password(&person.id).await? {
            true => self.knows_password(caller, present).await,
            false => Ok(()),
        }
    }

    async fn mail_address(
        &self,
        caller: &Caller,
        sent: NewAddress,
        from: Neighbourhood,
        asked: &Asked,
        headers: &HeaderMap,
    ) -> Result<Vec<HeaderValue>> {
        let person = self.reader(caller).await?;
        let email = Email::parse(&sent.email)?;
        self.is_certain(caller, &person, &sent.present).await?;
        let (mark, cookies) = self.errand_cookie(headers)?;
        let (tongue, origin, post) = (
            asked.tongue(headers),
            self.people.origin.clone(),
            self.people.post.clone(),
        );
        let write = move |tx: &mut Tx| {
            Place::mail_network(&from.0).take(tx)?;
            Place::mailbox(&email.folded).take(tx)?;
            // Whether somebody has the address is told to its owner and to nobody else.
            let (kind, letter) = match Person::was_here(tx, &email.folded)? {
                true => (Kind::Nothing, "address-taken"),
                false => (Kind::Address, "address"),
            };
            let key = errand(kind, &person, &email.typed).make(tx, &mark)?;
            let link = match kind {
                Kind::Nothing => format!("{origin}/me/sign-in"),
                _ => address_of(&origin, &key, &tongue),
            };
            let letter = Letter::new(letter, &email.typed, &tongue).about(Some(&person.id));
            post.send(tx, &letter.leading_to(link))
        };
        self.people.db.write(write).await?;
        Ok(cookies)
    }

    async fn reader_password_form(&self, caller: &Caller, asked: &Asked) -> Result<(FormPage, Asks)> {
        let person = self.person(caller).await?;
        let asks = match self.has_password(&person.id).await? {
            true => Asks::Change,
            false => Asks::First,
        };
        let form = FormPage::to(asked.path("/me/password")).value("email", &person.email);
        Ok((form, asks))
    }

    /// Another password, or the first: every session ends, and this browser gets a new one.
    async fn change_own(&self, caller: &Caller, sent: NewPassword, headers: &HeaderMap) -> Result<String> {
        let person = self.reader(caller).await?;
        self.is_certain(caller, &person, &sent.present).await?;
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
}

pub(super) fn errand(kind: Kind, person: &Person, email: &str) -> Errand {
    Errand {
        kind,
        person: Some(person.id.clone()),
        email: email.to_owned(),
        name: String::new(),
        next: None,
    }
}

pub(super) fn refused(mut form: FormPage, error: Error) -> Result<FormPage> {
    if error.code() != "people.present" {
        return marked(form, error);
    }
    form.errors.insert("present", Words::of("wrong-present"));
    Ok(form)
}

fn me(person: Person, asked: &Asked, has_password: bool, ignored: usize) -> Me {
    let notice = asked.done.as_deref().and_then(|done| match done {
        "name" => Some("me-done-name"),
        "address" => Some("me-done-address"),
        "password" => Some("me-done-password"),
        "session" => Some("me-done-session"),
        "passkey" => Some("me-done-passkey"),
        _ => None,
    });
    Me {
        name_form: FormPage::to(asked.path("/me/name")).value("name", &person.name),
        address_form: FormPage::to(asked.path("/me/address")),
        name: person.name,
        email: person.email,
        notice: notice.map(Words::of),
        has_password,
        password_url: asked.path("/me/password"),
        sessions: Vec::new(),
        end_others_url: asked.path("/me/sessions/ending"),
        passkeys: Vec::new(),
        ignored,
        ignored_url: asked.path("/me/ignored"),
        export_url: "/me/export".to_owned(),
        deletion_url: asked.path("/me/deletion"),
        sign_out_url: "/sign-out".to_owned(),
        account_url: person.role.is_staff().then(|| asked.path("/account")),
        role: person.role,
    }
}

fn session_row(session: Session, current: &str, asked: &Asked) -> SessionRow {
    SessionRow {
        current: session.id == current,
        end_url: asked.path(&format!("/me/sessions/{}/ending", session.id)),
        device: session.agent,
        started_at: session.made_at,
        last_seen_at: session.seen_at,
    }
}

fn passkey_row(passkey: Passkey, asked: &Asked) -> PasskeyRow {
    PasskeyRow {
        end_url: asked.path(&format!("/me/passkeys/{}/ending", passkey.id)),
        name: passkey.name,
        made_at: passkey.made_at,
        used_at: passkey.used_at,
    }
}
