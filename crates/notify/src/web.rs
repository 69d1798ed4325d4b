//! The addresses of this crate: what went out, for the newsroom. Routes first; the handlers in that order.

use crate::{Mail, Outgoing, Printer};
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use base::web::{Access, Query, Route, Shown, bind};
use base::{App, Db, Result};
use http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue};
use lexicon::Scope;
use people::page::Tongue;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

#[derive(Clone)]
struct Office {
    db: Db,
    printer: Arc<dyn Printer>,
}

pub fn routes<T: Printer>(app: &App, printer: Arc<T>) -> Vec<Route> {
    let office = Office {
        db: app.db.clone(),
        printer,
    };
    let routes = vec![
        Route::get("/desk/outbox", show_outbox)
            .private(Access::DESK)
            .about("The mail that went out, or would have if there were a server."),
        Route::get("/api/v1/desk/outbox", list_outbox)
            .token(Access::DESK, Scope::Desk)
            .about("The latest mails; their words only while they were not sent."),
    ];
    bind(&office, routes)
}

/// What may stand in the query of the page.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Asked {
    edition: Option<String>,
}

async fn show_outbox(
    State(office): State<Office>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response> {
    let wished = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let tongue = Tongue {
        edition: asked
            .edition
            .filter(|code| lexicon::EditionCode::parse(code).is_ok()),
        wished: wished.unwrap_or_default().to_owned(),
    };
    let html = office.printer.outbox(office.latest().await?, tongue).await?;
    let mut response = Response::new(Body::from(html));
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, html);
    response.extensions_mut().insert(Shown);
    Ok(response)
}

async fn list_outbox(State(office): State<Office>) -> Result<Response> {
    let shown = |mail: &Outgoing| {
        let mut item = json!(mail);
        item["made_at"] = mail.made_at.rfc3339().into();
        item
    };
    let items: Vec<Value> = office.latest().await?.iter().map(shown).collect();
    Ok(axum::Json(json!({ "items": items, "next": null })).into_response())
}

impl Office {
    async fn latest(&self) -> Result<Vec<Outgoing>> {
        let mails = self.db.read(|read| Mail::latest(read, 50)).await?;
        let mut outgoing = Vec::with_capacity(mails.len());
        for mail in mails {
            let letter = mail.letter.map(crate::sender::hushed);
            let printed = match &letter {
                Some(letter) => Some(self.printer.print(letter.clone()).await?),
                None => None,
            };
            outgoing.push(Outgoing {
                kind: mail.kind,
                state: mail.state,
                made_at: mail.made_at,
                error: mail.error,
                to: letter.as_ref().map(|letter| letter.to.clone()),
                link: letter.and_then(|letter| letter.link),
                subject: printed.as_ref().map(|printed| printed.subject.clone()),
                text: printed.map(|printed| printed.text),
            });
        }
        Ok(outgoing)
    }
}
