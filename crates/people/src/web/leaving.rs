//! A reader leaves: with everything in a file, and then with nothing left here. It is asked twice, the second time for
//! the password or by a mailed link.

use super::Office;
use super::account::own;
use super::answer::{Asked, lead, retry_after};
use super::settings::{errand, refused};
use super::sign_in::Nothing;
use crate::email::fold;
use crate::erase;
use crate::errand::{Kind, address_of};
use crate::guess::Place;
use crate::page::{Deletion, Form as FormPage, Page};
use crate::post::Letter;
use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use base::web::{Caller, Form, Neighbourhood, Query};
use base::{Result, Tx};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue};
use serde::Deserialize;

/// The second asking before an account ends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Certain {
    present: String,
}

pub(crate) async fn export_me(State(office): State<Office>, caller: Caller) -> Result<Response> {
    let ((id, _), parts) = (own(&caller)?, office.people.parts);
    let all = office
        .people
        .db
        .read(move |read| erase::export(read, parts, &id))
        .await?;
    let mut response = Response::new(Body::from(serde_json::to_vec_pretty(&all)?));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let named = HeaderValue::from_static("attachment; filename=\"my-account.json\"");
    headers.insert(CONTENT_DISPOSITION, named);
    Ok(response)
}

pub(crate) async fn show_deletion(
    State(office): State<Office>,
    caller: Caller,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response> {
    let form = FormPage::to(asked.path("/me/deletion"));
    office.deletion_page(&caller, form, &asked, &headers).await
}

pub(crate) async fn delete_me(
    State(office): State<Office>,
    caller: Caller,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    Form(sent): Form<Certain>,
) -> Result<Response> {
    match office.erase_own(&caller, &sent.present).await {
        Ok(()) => office.farewell(asked.tongue(&headers)).await,
        Err(error) => {
            let wait = error.retry_after_s();
            let form = refused(FormPage::to(asked.path("/me/deletion")), error)?;
            let page = office.deletion_page(&caller, form, &asked, &headers).await?;
            Ok(retry_after(page, wait))
        }
    }
}

pub(crate) async fn mail_deletion(
    State(office): State<Office>,
    caller: Caller,
    Query(asked): Query<Asked>,
    Extension(from): Extension<Neighbourhood>,
    headers: HeaderMap,
    Form(_): Form<Nothing>,
) -> Result<Response> {
    let person = office.reader(&caller).await?;
    let (mark, cookies) = office.errand_cookie(&headers)?;
    let (tongue, origin) = (asked.tongue(&headers), office.people.origin.clone());
    let post = office.people.post.clone();
    let write = move |tx: &mut Tx| {
        Place::mail_network(&from.0).take(tx)?;
        Place::mailbox(&fold(&person.email)).take(tx)?;
        let key = errand(Kind::Deletion, &person, &person.email).make(tx, &mark)?;
        let letter = Letter::new("deletion", &person.email, &tongue).about(Some(&person.id));
        post.send(tx, &letter.leading_to(address_of(&origin, &key, &tongue)))
    };
    office.people.db.write(write).await?;
    lead(&asked.path("/me/sent"), cookies)
}

impl Office {
    async fn erase_own(&self, caller: &Caller, present: &str) -> Result<()> {
        let person = self.reader(caller).await?;
        // Without a password there is none that fits; the other way is the mailed link.
        self.knows_password(caller, present).await?;
        let parts = self.people.parts;
        let write = move |tx: &mut Tx| erase::erase(tx, parts, &person.id);
        self.people.db.write(write).await?;
        self.note_erased().await;
        Ok(())
    }

    async fn deletion_page(
        &self,
        caller: &Caller,
        form: FormPage,
        asked: &Asked,
        headers: &HeaderMap,
    ) -> Result<Response> {
        let person = self.person(caller).await?;
        let deletion = Deletion {
            has_password: self.has_password(&person.id).await?,
            is_staff: person.role.is_staff(),
            link_url: asked.path("/me/deletion/link"),
            export_url: "/me/export".to_owned(),
            back_url: asked.path("/me/"),
        };
        self.page(Page::Deletion { form, deletion }, asked.tongue(headers))
            .await
    }
}
