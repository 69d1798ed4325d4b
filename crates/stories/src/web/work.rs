//! The API of the work at the desk: autosaves, versions, stages, assignments, the pen, notes, the checklist.

use super::{answer, if_match, public_path, story_id};
use crate::checklist::{Checklist, Going};
use crate::draft::Why;
use crate::note::{Note, NoteDraft};
use crate::pen::Pen;
use crate::proposal::Proposal;
use crate::story::Story;
use crate::work::Work;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use base::web::{Access, Caller, Json, Path, Route};
use base::{App, Error, Result};
use http::{HeaderMap, StatusCode};
use lexicon::{At, PersonId, Stage};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

pub(super) fn routes() -> Vec<Route<App>> {
    let writers = Access::WRITERS;
    vec![
        Route::put("/api/v1/desk/stories/{id}/autosave", autosave_story)
            .private(writers)
            .body_limit(super::STORY_BYTES)
            .body::<Proposal>()
            .about("Keeps what is being written; needs If-Match. Of the autosaves of ten minutes the last stays a version."),
        Route::get("/api/v1/desk/stories/{id}/versions/{number}", show_desk_version)
            .private(Access::DESK)
            .about("One saved state of a story."),
        Route::post("/api/v1/desk/stories/{id}/restorations", restore_version)
            .private(writers)
            .body::<Restoring>()
            .about("Brings an older version back as a new one; needs If-Match."),
        Route::get("/api/v1/desk/stories/{id}/checklist", show_checklist)
            .private(Access::DESK)
            .about("What blocks the publication, and what is advised."),
        Route::get("/api/v1/desk/stories/{id}/work", show_work)
            .private(Access::DESK)
            .about("Stage, assignment, embargo, and who has the pen."),
        Route::post("/api/v1/desk/stories/{id}/stage", move_story)
            .private(writers)
            .body::<Moving>()
            .about("Moves a story on its way: idea, writing, desk, subs, ready."),
        Route::put("/api/v1/desk/stories/{id}/assignment", assign_story)
            .private(writers)
            .body::<Assigning>()
            .about("Says who has it, until when and how long it is to be."),
        Route::put("/api/v1/desk/stories/{id}/pen", take_pen)
            .private(writers)
            .body::<Taking>()
            .about("Takes or keeps the pen for a minute; 409 with who has it."),
        Route::delete("/api/v1/desk/stories/{id}/pen", lay_down_pen)
            .private(writers)
            .body_limit(base::web::limits::BODY_BYTES)
            .body::<Taking>()
            .about("Lays the pen down."),
        Route::get("/api/v1/desk/stories/{id}/notes", list_story_notes)
            .private(Access::DESK)
            .about("What the newsroom says to itself about a story."),
        Route::post("/api/v1/desk/stories/{id}/notes", add_story_note)
            .private(Access::DESK)
            .body::<Noting>()
            .about("Adds a note, or an answer to one."),
        Route::put("/api/v1/desk/stories/{id}/notes/{note}/resolution", resolve_story_note)
            .private(Access::DESK)
            .about("Settles a thread of notes."),
        Route::delete("/api/v1/desk/stories/{id}/notes/{note}/resolution", reopen_story_note)
            .private(Access::DESK)
            .about("Opens a settled thread again."),
    ]
}

/// Which version comes back.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Restoring {
    version: i64,
}

/// Where a story goes.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Moving {
    /// idea, writing, desk, subs, ready
    stage: String,
}

/// Who writes it, until when, and how much.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Assigning {
    /// The id of a person of the staff.
    person: Option<String>,
    /// RFC 3339.
    due_at: Option<String>,
    words: Option<i64>,
}

/// An open page that writes.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Taking {
    /// A word the page made up for itself.
    page: String,
    /// Takes it out of somebody's hand.
    #[serde(default)]
    over: bool,
}

/// A note. With `thread` it answers another.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Noting {
    /// Of the note's mark in the text.
    id: Option<String>,
    thread: Option<String>,
    text: String,
    /// The words of the story that it is about.
    #[serde(default)]
    about: String,
}

async fn autosave_story(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(proposal): Json<Proposal>,
) -> Result<Response> {
    let (id, expected) = (story_id(&id)?, if_match(&headers)?);
    let (read, by) = (proposal.read().await?, caller.person);
    let saved = app.db.write(move |tx| {
        let story = Story::by_id(tx, &id)?;
        let draft = read.clone().over(tx, &story.draft)?;
        let expected = expected.unwrap_or(story.version);
        if expected == story.version && draft == story.draft {
            return Ok(story);
        }
        if cfg!(feature = "planted-autosave-forgotten") {
            return Ok(Story {
                version: story.version + 1,
                ..story
            });
        }
        story.save(tx, draft, expected, Some(&by), Why::Autosaved)
    });
    let story = saved.await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    let etag = http::HeaderValue::try_from(format!("\"v{}\"", story.version)).map_err(Error::internal)?;
    response.headers_mut().insert(http::header::ETAG, etag);
    let at = http::HeaderValue::try_from(story.updated_at.rfc3339()).map_err(Error::internal)?;
    response.headers_mut().insert("x-saved-at", at);
    Ok(response)
}

async fn show_desk_version(
    State(app): State<App>,
    Path((id, number)): Path<(String, i64)>,
) -> Result<Response> {
    let id = story_id(&id)?;
    let read = move |read: &mut base::Read| Story::by_id(read, &id)?.draft_at(read, number);
    let draft = app.db.read(read).await?;
    Ok(axum::Json(draft).into_response())
}

async fn restore_version(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(restoring): Json<Restoring>,
) -> Result<Response> {
    let (id, expected) = (story_id(&id)?, if_match(&headers)?);
    let restored = app.db.write(move |tx| {
        let story = Story::by_id(tx, &id)?;
        let draft = story.draft_at(tx, restoring.version)?;
        let expected = expected.unwrap_or(story.version);
        let story = story.save(tx, draft, expected, Some(&caller.person), Why::Restored)?;
        Ok((public_path(tx, &story)?, story))
    });
    let (path, story) = restored.await?;
    answer(&app, StatusCode::OK, &story, path.as_deref())
}

async fn show_checklist(State(app): State<App>, Path(id): Path<String>) -> Result<Response> {
    let (id, now) = (story_id(&id)?, app.clock.now());
    let read = move |read: &mut base::Read| {
        let story = Story::by_id(read, &id)?;
        Checklist::of(read, &story, Going::Out { at: now })
    };
    let checklist = app.db.read(read).await?;
    Ok(axum::Json(checklist).into_response())
}

async fn show_work(State(app): State<App>, Path(id): Path<String>) -> Result<Response> {
    let (id, now) = (story_id(&id)?, app.clock.now());
    let read = move |read: &mut base::Read| {
        let story = Story::by_id(read, &id)?;
        Ok((Work::of(read, &id)?, Pen::of(read, &id, now)?, story.state))
    };
    let (work, pen, state) = app.db.read(read).await?;
    let shown = json!({
        "state": state, "stage": work.stage, "person": work.person, "words": work.words, "pen": pen,
        "due_at": work.due_at.map(At::rfc3339), "embargo_until": work.embargo_until.map(At::rfc3339),
    });
    Ok(axum::Json(shown).into_response())
}

async fn move_story(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(moving): Json<Moving>,
) -> Result<StatusCode> {
    let id = story_id(&id)?;
    let stage: Stage = moving.stage.parse().map_err(|_| {
        let message = "idea, writing, desk, subs or ready";
        Error::invalid("stage", "stories.stage", message)
    })?;
    app.db
        .write(move |tx| {
            let story = Story::by_id(tx, &id)?;
            Work::move_to(tx, &story, stage, &caller.person)
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn assign_story(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(assigning): Json<Assigning>,
) -> Result<StatusCode> {
    let id = story_id(&id)?;
    let person = assigning.person.filter(|id| !id.is_empty());
    let person = person.as_deref().map(PersonId::parse).transpose()?;
    let moment = |text: String| {
        At::parse(&text).ok_or_else(|| Error::invalid("due_at", "stories.moment", "must be RFC 3339"))
    };
    let due_at = assigning
        .due_at
        .filter(|text| !text.is_empty())
        .map(moment)
        .transpose()?;
    let words = assigning.words;
    app.db
        .write(move |tx| {
            let story = Story::by_id(tx, &id)?;
            Work::assign(tx, &story, person.clone(), due_at, words, &caller.person)
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn take_pen(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(taking): Json<Taking>,
) -> Result<Response> {
    let id = story_id(&id)?;
    let taken = app.db.write(move |tx| {
        let story = Story::by_id(tx, &id)?;
        Pen::take(tx, &story, &caller, &taking.page, taking.over)
    });
    Ok(axum::Json(taken.await?).into_response())
}

async fn lay_down_pen(
    State(app): State<App>,
    Path(id): Path<String>,
    Json(taking): Json<Taking>,
) -> Result<StatusCode> {
    let id = story_id(&id)?;
    app.db
        .write(move |tx| {
            let story = Story::by_id(tx, &id)?;
            Pen::lay_down(tx, &story, &taking.page)
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn list_story_notes(State(app): State<App>, Path(id): Path<String>) -> Result<Response> {
    let id = story_id(&id)?;
    let notes = app
        .db
        .read(move |read| Story::by_id(read, &id).and_then(|_| Note::of_story(read, &id)))
        .await?;
    Ok(axum::Json(json!({ "items": notes, "next": null })).into_response())
}

async fn add_story_note(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(noting): Json<Noting>,
) -> Result<Response> {
    let id = story_id(&id)?;
    let draft = NoteDraft {
        id: noting.id,
        thread: noting.thread,
        text: noting.text,
        about: noting.about,
    };
    let note = app.db.write(move |tx| {
        let story = Story::by_id(tx, &id)?;
        Note::add(tx, &story, draft.clone(), &caller.person, &caller.name)
    });
    Ok((StatusCode::CREATED, axum::Json(note.await?)).into_response())
}

async fn resolve_story_note(
    State(app): State<App>,
    caller: Caller,
    Path((id, note)): Path<(String, String)>,
) -> Result<StatusCode> {
    settle(&app, &id, note, Some(caller.name)).await
}

async fn reopen_story_note(
    State(app): State<App>,
    Path((id, note)): Path<(String, String)>,
) -> Result<StatusCode> {
    settle(&app, &id, note, None).await
}

async fn settle(app: &App, id: &str, note: String, by: Option<String>) -> Result<StatusCode> {
    let id = story_id(id)?;
    app.db
        .write(move |tx| {
            let story = Story::by_id(tx, &id)?;
            Note::resolve(tx, &story, &note, by.as_deref())
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
