//! Readers come in: registering, signing in, a forgotten password, and the links that they were mailed.
//! What is answered is the same whoever an address belongs to, and so is the work behind it.

use super::Office;
use super::answer::{Asked, dead_errand, lead, local, marked, retry_after, with_cookies};
use super::sign_in::onward;
use crate::agent::agent;
use crate::cookie::Jar;
use crate::disposable::is_disposable;
use crate::email::Email;
use crate::erase;
use crate::errand::{Asking, Done, Errand, Kind, Wish};
use crate::name::is_free_for_readers;
use crate::page::{Asks, Form as FormPage, Page, Words};
use crate::password;
use crate::post::{Letter, Post};
use crate::secret;
use crate::sign_in::Attempt;
use crate::ticket::Entered;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use base::web::{Caller, Form, Neighbourhood, Query};
use base::{Error, Result, Tx};
use http::{HeaderMap, HeaderValue};
use serde::Deserialize;

/// What the form of a new reader sends. `website` is seen by programs only: whoever fills it in is one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Registration {
    name: String,
    email: String,
    #[serde(default)]
    website: String,
    #[serde(default)]
    stamp: String,
    #[serde(default)]
    next: Option<String>,
}

/// What the sign-in form sends, by either of its buttons.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entrance {
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    website: String,
    #[serde(default)]
    next: Option<String>,
}

/// What a mailed link's form sends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Taken {
    token: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    #[expect(dead_code, reason = "the form has it for password managers")]
    email: String,
}

pub(crate) async fn show_register(
    State(office): State<Office>,
    caller: Option<Caller>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response> {
    let next = local(asked.next.as_deref());
    if caller.is_some() {
        return lead(&next.unwrap_or_else(|| asked.path("/me/")), Vec::new());
    }
    let mut form = FormPage::to(asked.path("/me/register"));
    form.next = next;
    let page = office.register_page(form).await?;
    office.page(page, asked.tongue(&headers)).await
}

pub(crate) async fn register_reader(
    State(office): State<Office>,
    Query(asked): Query<Asked>,
    Extension(from): Extension<Neighbourhood>,
    headers: HeaderMap,
    Form(sent): Form<Registration>,
) -> Result<Response> {
    let next = local(sent.next.as_deref());
    let mut form = FormPage::to(asked.path("/me/register"))
        .value("name", &sent.name)
        .value("email", &sent.email);
    form.next.clone_from(&next);
    if !sent.website.is_empty() {
        return lead(&asked.path("/me/sent"), office.errand_cookie(&headers)?.1);
    }
    let now = office.people.clock.now();
    if !office.people.seal().await?.admits(&sent.stamp, now) {
        form.error = Some(Words::of("wrong-too-soon"));
        let page = office.register_page(form).await?;
        return office.page(page, asked.tongue(&headers)).await;
    }
    let wish = Wish::Register {
        name: sent.name.trim().to_owned(),
    };
    match office.ask(wish, &sent.email, next, &asked, from, &headers).await {
        Ok(cookies) => lead(&asked.path("/me/sent"), cookies),
        Err(error) => {
            let wait = error.retry_after_s();
            let page = office.register_page(marked(form, error)?).await?;
            Ok(retry_after(
                office.page(page, asked.tongue(&headers)).await?,
                wait,
            ))
        }
    }
}

pub(crate) async fn show_sent(
    State(office): State<Office>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response> {
    office.page(Page::Sent, asked.tongue(&headers)).await
}

pub(crate) async fn show_reader_sign_in(
    State(office): State<Office>,
    caller: Option<Caller>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response> {
    let next = local(asked.next.as_deref());
    if caller.is_some() {
        return lead(&next.unwrap_or_else(|| asked.path("/me/")), Vec::new());
    }
    let form = entrance(&asked, next);
    office
        .page(Page::ReaderSignIn { form }, asked.tongue(&headers))
        .await
}

pub(crate) async fn reader_sign_in(
    State(office): State<Office>,
    Query(asked): Query<Asked>,
    Extension(from): Extension<Neighbourhood>,
    headers: HeaderMap,
    Form(sent): Form<Entrance>,
) -> Result<Response> {
    let next = local(sent.next.as_deref());
    let held = office.people.cookies.held(&headers);
    let attempt = Attempt::new(&sent.email, from.0, agent(&headers), held);
    let mut form = entrance(&asked, next.clone()).value("email", &sent.email);
    let error = match office.check_password(attempt, sent.password).await {
        Ok(Some(entered)) => return office.lead_in(&entered, next, &asked),
        Ok(None) => {
            form.error = Some(Words::of("wrong-sign-in"));
            None
        }
        Err(error) => Some(error),
    };
    let wait = error.as_ref().and_then(Error::retry_after_s);
    let form = match error {
        Some(error) => marked(form, error)?,
        None => form,
    };
    let response = office
        .page(Page::ReaderSignIn { form }, asked.tongue(&headers))
        .await?;
    Ok(retry_after(response, wait))
}

pub(crate) async fn mail_sign_in(
    State(office): State<Office>,
    Query(asked): Query<Asked>,
    Extension(from): Extension<Neighbourhood>,
    headers: HeaderMap,
    Form(sent): Form<Entrance>,
) -> Result<Response> {
    let next = local(sent.next.as_deref());
    let form = entrance(&asked, next).value("email", &sent.email);
    let page = |form| Page::ReaderSignIn { form };
    office
        .mail_link(Wish::SignIn, sent, form, page, &asked, from, &headers)
        .await
}

pub(crate) async fn show_forgotten(
    State(office): State<Office>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response> {
    let form = FormPage::to(asked.path("/me/forgotten"));
    office
        .page(Page::Forgotten { form }, asked.tongue(&headers))
        .await
}

pub(crate) async fn mail_new_password(
    State(office): State<Office>,
    Query(asked): Query<Asked>,
    Extension(from): Extension<Neighbourhood>,
    headers: HeaderMap,
    Form(sent): Form<Entrance>,
) -> Result<Response> {
    let form = FormPage::to(asked.path("/me/forgotten")).value("email", &sent.email);
    let page = |form| Page::Forgotten { form };
    office
        .mail_link(Wish::Password, sent, form, page, &asked, from, &headers)
        .await
}

pub(crate) async fn show_errand(
    State(office): State<Office>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response> {
    let key = asked.key.clone().unwrap_or_default();
    let page = match office.open_errand(&key, &headers).await {
        Ok(errand) => errand_page(&errand, errand_form(&asked, key)),
        Err(error) => dead_errand(error)?,
    };
    office.page(page, asked.tongue(&headers)).await
}

pub(crate) async fn run_errand(
    State(office): State<Office>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    Form(sent): Form<Taken>,
) -> Result<Response> {
    let (key, tongue) = (sent.token.clone(), asked.tongue(&headers));
    let errand = match office.open_errand(&key, &headers).await {
        Ok(errand) => errand,
        Err(error) => return office.page(dead_errand(error)?, tongue).await,
    };
    match office.run(&errand, sent, &asked, &headers).await {
        Ok(Done::Entered(entered, next)) => office.lead_in(&entered, next, &asked),
        Ok(Done::Moved { .. }) => lead(&done(&asked, "address"), Vec::new()),
        Ok(Done::Erased) => office.farewell(tongue).await,
        Err(error) => {
            let form = errand_form(&asked, key);
            let page = dead_errand(error)
                .or_else(|error| marked(form, error).map(|form| errand_page(&errand, form)))?;
            office.page(page, tongue).await
        }
    }
}

impl Office {
    /// The form with a fresh stamp.
    async fn register_page(&self, mut form: FormPage) -> Result<Page> {
        let now = self.people.clock.now();
        form.stamp = Some(self.people.seal().await?.stamp(now));
        Ok(Page::Register { form })
    }

    /// The browser's own mark for mailed links, and the cookie that keeps it there.
    pub(crate) fn errand_cookie(&self, headers: &HeaderMap) -> Result<(String, Vec<HeaderValue>)> {
        let cookies = self.people.cookies;
        let held = cookies.read(headers, Jar::Errand).filter(|mark| mark.len() == 52);
        let mark = held.map_or_else(secret::draw, str::to_owned);
        let cookie = cookies.set(Jar::Errand, &mark)?;
        Ok((mark, vec![cookie]))
    }

    /// Sends the letter that somebody asks for; gives the cookies of the answer.
    /// Errors: `people.email`, `people.name`, `people.name_taken`, `people.email_disposable`, `people.guesses`.
    async fn ask(
        &self,
        wish: Wish,
        email: &str,
        next: Option<String>,
        asked: &Asked,
        from: Neighbourhood,
        headers: &HeaderMap,
    ) -> Result<Vec<HeaderValue>> {
        let email = Email::parse(email)?;
        if let Wish::Register { name } = &wish {
            crate::person::checked(&email.typed, name)?;
            let name = name.clone();
            let look = move |read: &mut base::Read| is_free_for_readers(read, &name);
            self.people.db.read(look).await?;
            if is_disposable(&email.folded) {
                let message = "use an address that you will still have next year";
                return Err(Error::invalid("email", "people.email_disposable", message));
            }
        }
        let (browser, cookies) = self.errand_cookie(headers)?;
        let asking = Asking {
            wish,
            email,
            network: from.0,
            browser,
            next,
            tongue: asked.tongue(headers),
            origin: self.people.origin.clone(),
        };
        let post = self.people.post.clone();
        self.people.db.write(move |tx| asking.send(tx, &*post)).await?;
        Ok(cookies)
    }

    /// Mails a link to an address, or seems to.
    #[expect(
        clippy::too_many_arguments,
        reason = "two forms ask in one way, each with a page of its own"
    )]
    async fn mail_link(
        &self,
        wish: Wish,
        sent: Entrance,
        form: FormPage,
        page: impl Fn(FormPage) -> Page,
        asked: &Asked,
        from: Neighbourhood,
        headers: &HeaderMap,
    ) -> Result<Response> {
        if !sent.website.is_empty() {
            return lead(&asked.path("/me/sent"), self.errand_cookie(headers)?.1);
        }
        let next = form.next.clone();
        match self.ask(wish, &sent.email, next, asked, from, headers).await {
            Ok(cookies) => lead(&asked.path("/me/sent"), cookies),
            Err(error) => {
                let wait = error.retry_after_s();
                let page = page(marked(form, error)?);
                Ok(retry_after(self.page(page, asked.tongue(headers)).await?, wait))
            }
        }
    }

    async fn open_errand(&self, key: &str, headers: &HeaderMap) -> Result<Errand> {
        let (key, now) = (key.to_owned(), self.people.clock.now());
        let browser = self.people.cookies.read(headers, Jar::Errand).map(str::to_owned);
        let open = move |read: &mut base::Read| Errand::open(read, &key, browser.as_deref(), now);
        self.people.db.read(open).await
    }

    /// Does what a link is for, in one transaction with its using up.
    async fn run(&self, errand: &Errand, sent: Taken, asked: &Asked, headers: &HeaderMap) -> Result<Done> {
        let people = &self.people;
        let hash = match errand.kind {
            Kind::Password => {
                password::check(&sent.password, &[&errand.email])?;
                Some(people.hashing.hash(&sent.password).await?)
            }
            _ => None,
        };
        let browser = people.cookies.read(headers, Jar::Errand).map(str::to_owned);
        let (key, agent, held) = (sent.token, agent(headers), people.cookies.held(headers));
        let (post, parts, tongue) = (people.post.clone(), people.parts, asked.tongue(headers));
        let write = move |tx: &mut Tx| {
            let (errand, done) = Errand::run(tx, &key, browser.as_deref(), hash.as_deref(), &agent)?;
            match done {
                Some(Done::Entered(..)) => held.end(tx)?,
                Some(Done::Moved { ref old }) => tell_old(tx, &*post, old, &errand, &tongue)?,
                _ => {}
            }
            match (done, errand.person) {
                (Some(done), _) => Ok(done),
                (None, Some(id)) => erase::erase(tx, parts, &id).map(|()| Done::Erased),
                (None, None) => Err(Error::not_found("people.link_unknown")),
            }
        };
        let done = people.db.write(write).await?;
        if matches!(done, Done::Erased) {
            self.note_erased().await;
        }
        Ok(done)
    }

    /// Puts the tombstone into the file; when that fails the next start does it.
    pub(crate) async fn note_erased(&self) {
        if let Err(error) = erase::remember_erased(&self.people.db, &self.people.folder).await {
            tracing::warn!(target: "people", cause = ?error, "the list of the erased was not written");
        }
    }

    /// Leads on somebody who has just come in, as far as they have.
    fn lead_in(&self, entered: &Entered, next: Option<String>, asked: &Asked) -> Result<Response> {
        match entered {
            Entered::In { session, mark } => {
                let to = next.unwrap_or_else(|| asked.path("/me/"));
                lead(&to, self.reader_cookies(session, Some(mark))?)
            }
            Entered::Halfway(ticket) => {
                let code = asked.path("/sign-in/code");
                lead(&onward(code, next.as_deref()), self.ticket_cookies(ticket)?)
            }
        }
    }

    /// The last page of an account, without anything that it was signed in with.
    pub(crate) async fn farewell(&self, tongue: crate::page::Tongue) -> Result<Response> {
        let cookies = self.people.cookies;
        let cleared = [Jar::Session, Jar::Browser, Jar::Errand, Jar::Here]
            .into_iter()
            .map(|jar| cookies.clear(jar))
            .collect::<Result<_>>()?;
        Ok(with_cookies(self.page(Page::Farewell, tongue).await?, cleared))
    }
}

/// Whoever owned the address until now must hear of it, in case it was not they who moved the account.
fn tell_old(
    tx: &mut Tx,
    post: &dyn Post,
    old: &str,
    errand: &Errand,
    tongue: &crate::page::Tongue,
) -> Result<()> {
    let letter = Letter::new("address-told", old, tongue);
    post.send(tx, &letter.about(errand.person.as_ref()))
}

fn entrance(asked: &Asked, next: Option<String>) -> FormPage {
    let mut form = FormPage::to(asked.path("/me/sign-in"));
    form.other_action = Some(asked.path("/me/sign-in/link"));
    form.next = next;
    form
}

fn errand_form(asked: &Asked, key: String) -> FormPage {
    let mut form = FormPage::to(asked.path("/me/link"));
    form.token = Some(key);
    form
}

fn errand_page(errand: &Errand, form: FormPage) -> Page {
    let form = form.value("email", &errand.email);
    match errand.kind {
        Kind::Password => Page::Password {
            form,
            asks: Asks::Reset,
        },
        kind => Page::Confirm {
            form,
            what: kind.as_str(),
            email: errand.email.clone(),
        },
    }
}

/// The reader's own page, which says what was just done.
pub(crate) fn done(asked: &Asked, what: &str) -> String {
    let path = asked.path("/me/");
    let joint = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joint}done={what}")
}
