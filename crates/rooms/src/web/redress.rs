//! What concerns the person decided about, and what anybody may say: own decisions and appeals, notices, the public log.

use super::{message_id, moderation, story_id};
use crate::decision::{self, Decision};
use crate::notice::{Appeal, Claim, Notice};
use crate::{Rooms, sanction};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use base::web::{Access, Caller, Json, Path, Query, RateClass, Route};
use base::{Result, Tx};
use http::StatusCode;
use lexicon::{At, EditionCode};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) fn routes() -> Vec<Route<Rooms>> {
    vec![
        Route::get("/api/v1/rooms/moderation", list_public_log)
            .public(30)
            .query::<LogQuery>()
            .about("What was decided in an edition's rooms, newest first. Nobody is named."),
        Route::get("/api/v1/rooms/decisions", list_own_decisions)
            .private(Access::Reader)
            .about(
                "The decisions about oneself, each with its statement of reasons, and what stops one now.",
            ),
        Route::post("/api/v1/rooms/decisions/{id}/appeal", appeal_decision)
            .private(Access::Reader)
            .body::<NewAppeal>()
            .about("Asks for another look at a decision about oneself."),
        Route::post("/api/v1/rooms/{story}/messages/{id}/notices", give_notice)
            .private(Access::Public)
            .rate(RateClass::SignIn)
            .body::<NewNotice>()
            .about("Gives notice of illegal content; nobody needs an account for it."),
        Route::get("/api/v1/rooms/notices/{id}", show_notice)
            .private(Access::Public)
            .query::<NoticeQuery>()
            .about("What became of a notice, for its sender."),
    ]
}

/// Which edition's log.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LogQuery {
    edition: String,
    cursor: Option<String>,
    limit: Option<usize>,
}

/// Why the decision should be looked at again.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAppeal {
    text: String,
}

/// A notice of illegal content (Regulation (EU) 2022/2065, article 16).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewNotice {
    /// Which law it breaks.
    #[serde(default)]
    law: String,
    explanation: String,
    #[serde(default)]
    name: String,
    /// Where the answer goes.
    #[serde(default)]
    mail: String,
    /// That it is true to the best of one's knowledge.
    good_faith: bool,
}

/// The secret that the sender got.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoticeQuery {
    secret: String,
}

async fn list_public_log(State(rooms): State<Rooms>, Query(query): Query<LogQuery>) -> Result<Response> {
    let edition = EditionCode::parse(&query.edition)?;
    let limit = query.limit.unwrap_or(50).clamp(1, 100);
    let after = moderation::read_cursor(query.cursor.as_deref())?;
    let read = rooms
        .app
        .db
        .public()
        .read(move |read| decision::public_log(read, &edition, after, limit));
    let items = read.await?;
    let cursor = |last: &Value| format!("{}.{}", last["at"], last["id"].as_str().unwrap_or_default());
    let next = items.last().filter(|_| items.len() == limit).map(cursor);
    let dated = |mut item: Value| {
        for field in ["at", "undone_at"] {
            item[field] = item[field].as_i64().map(|at| At(at).rfc3339()).into();
        }
        item
    };
    let items: Vec<Value> = items.into_iter().map(dated).collect();
    Ok(axum::Json(json!({ "items": items, "next": next })).into_response())
}

async fn list_own_decisions(State(rooms): State<Rooms>, caller: Caller) -> Result<Response> {
    let now = rooms.app.clock.now();
    let read = rooms.app.db.read(move |read| {
        let made = Decision::of_person(read, &caller.person, moderation::read_cursor(None)?, 100)?;
        let mut items = Vec::new();
        for decision in made.iter().filter(|decision| decision.act != "approve") {
            let mut statement = decision.statement();
            statement["appealed"] = json!(
                Appeal::of(read, &decision.id)?
                    .map(|appeal| json!({ "state": appeal.state, "answer": appeal.answer }))
            );
            items.push(statement);
        }
        Ok(json!({ "items": items, "stopped": sanction::stopped(read, &caller.person, now)? }))
    });
    Ok(axum::Json(read.await?).into_response())
}

async fn appeal_decision(
    State(rooms): State<Rooms>,
    caller: Caller,
    Path(id): Path<String>,
    Json(new): Json<NewAppeal>,
) -> Result<StatusCode> {
    rooms
        .app
        .db
        .write(move |tx| Appeal::make(tx, &id, &caller.person, &new.text))
        .await?;
    Ok(StatusCode::CREATED)
}

async fn give_notice(
    State(rooms): State<Rooms>,
    Path((story, id)): Path<(String, String)>,
    Json(new): Json<NewNotice>,
) -> Result<Response> {
    let (_, id) = (story_id(&story)?, message_id(&id)?);
    let claim = Claim {
        law: new.law,
        explanation: new.explanation,
        name: new.name,
        mail: new.mail,
        good_faith: new.good_faith,
    };
    let (id, secret) = rooms
        .app
        .db
        .write(move |tx: &mut Tx| Notice::add(tx, &id, &claim))
        .await?;
    Ok((
        StatusCode::CREATED,
        axum::Json(json!({ "id": id, "secret": secret })),
    )
        .into_response())
}

async fn show_notice(
    State(rooms): State<Rooms>,
    Path(id): Path<String>,
    Query(query): Query<NoticeQuery>,
) -> Result<Response> {
    let notice = rooms
        .app
        .db
        .read(move |read| Notice::by_secret(read, &id, &query.secret))
        .await?;
    let shown = json!({
        "id": notice.id, "at": notice.at.rfc3339(), "message": notice.message, "state": notice.state, "answer": notice.answer,
        "decided_at": notice.decided_at.map(At::rfc3339),
    });
    Ok(axum::Json(shown).into_response())
}
