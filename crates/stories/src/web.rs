//! The desk's story API, and the public one. Routes first, handlers in that order; what only the desk's own work needs is in `work`.

mod cursor;
mod work;

use crate::checklist::{Checklist, Going};
use crate::correction::{Correction, PublicCorrection};
use crate::edition::Edition;
use crate::proposal::{CorrectionProposal, Killing, Proposal, TimingProposal};
use crate::public::{Card, PublicStory, newest};
use crate::publication::{self, Published};
use crate::story::Story;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use base::web::{Caller, Json, Path, Query, Route, bind};
use base::{App, Error, Result};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use lexicon::{At, EditionCode, StoryId};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use base::web::Access;
use cursor::{read_cursor, write_cursor};

/// A story with its pictures is at most so large on its way in.
const STORY_BYTES: u64 = 4 << 20;

pub fn routes(app: &App) -> Vec<Route> {
    let story = "/api/v1/desk/stories/{id}";
    let routes = vec![
        Route::get("/api/v1/editions", list_editions)
            .public(10)
            .about("All editions, with their sections."),
        Route::get("/api/v1/stories", list_stories)
            .public(5)
            .query::<ListQuery>()
            .about("Published stories, newest first."),
        Route::get("/api/v1/stories/{id}", read_story)
            .public(5)
            .about("A published story with its body and corrections."),
        Route::get("/api/v1/desk/stories", list_desk_stories)
            .private(Access::DESK)
            .query::<DeskListQuery>()
            .about("Stories at the desk, last changed first."),
        Route::post("/api/v1/desk/stories", make_story)
            .private(Access::WRITERS)
            .body_limit(STORY_BYTES)
            .body::<Proposal>()
            .about("Makes a story."),
        Route::get(story, show_desk_story)
            .private(Access::DESK)
            .about("A story as the desk has it, with its ETag."),
        Route::put(story, save_story)
            .private(Access::WRITERS)
            .body_limit(STORY_BYTES)
            .body::<Proposal>()
            .about("Saves a new version; needs If-Match."),
        Route::get("/api/v1/desk/stories/{id}/versions", list_versions)
            .private(Access::DESK)
            .about("The saved states of a story."),
        Route::post("/api/v1/desk/stories/{id}/publication", publish_story)
            .private(Access::PUBLISHERS)
            .body::<TimingProposal>()
            .about("Publishes the draft, now or at its time; updates a story that is public."),
        Route::delete("/api/v1/desk/stories/{id}/publication", kill_story)
            .private(Access::PUBLISHERS)
            .body_limit(base::web::limits::BODY_BYTES)
            .body::<Killing>()
            .about("Withdraws a published story, with a reason that readers see."),
        Route::post("/api/v1/desk/stories/{id}/corrections", correct_story)
            .private(Access::PUBLISHERS)
            .body_limit(STORY_BYTES)
            .body::<CorrectionProposal>()
            .about("Corrects a published story in public."),
        Route::post("/api/v1/desk/stories/{id}/hold", hold_story)
            .private(Access::PUBLISHERS)
            .about("Stops a story."),
        Route::delete("/api/v1/desk/stories/{id}/hold", release_hold)
            .private(Access::PUBLISHERS)
            .about("Takes a held story up again."),
        Route::post("/api/v1/desk/stories/{id}/spike", spike_story)
            .private(Access::WRITERS)
            .about("Sets a story aside."),
        Route::delete("/api/v1/desk/stories/{id}/spike", unspike_story)
            .private(Access::WRITERS)
            .about("Takes a spiked story up again."),
    ];
    bind(app, routes.into_iter().chain(work::routes()).collect())
}

/// Which published stories.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListQuery {
    edition: Option<String>,
    section: Option<String>,
    topic: Option<String>,
    author: Option<String>,
    /// RFC 3339; only stories published after it.
    since: Option<String>,
    cursor: Option<String>,
    limit: Option<usize>,
}

/// Which part of the desk's list.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeskListQuery {
    cursor: Option<String>,
    limit: Option<usize>,
    /// Words of the headline; the newest that have them, without a cursor.
    q: Option<String>,
}

async fn list_editions(State(app): State<App>) -> Result<Response> {
    let items = app.db.public().read(|read| {
        let mut items = Vec::new();
        for edition in Edition::all(read)? {
            let sections = crate::edition::Heading::sections(read, &edition.code)?;
            let mut item = serde_json::to_value(&edition)?;
            item["sections"] = serde_json::to_value(sections)?;
            items.push(item);
        }
        Ok(items)
    });
    Ok(axum::Json(json!({ "items": items.await?, "next": null })).into_response())
}

async fn list_stories(State(app): State<App>, Query(query): Query<ListQuery>) -> Result<Response> {
    let limit = query.limit.unwrap_or(20).clamp(1, 100);
    let after = query
        .cursor
        .as_deref()
        .map(read_cursor)
        .transpose()?
        .unwrap_or_else(newest);
    let since = query.since.as_deref().map(read_moment).transpose()?;
    let places = query.places()?;
    let code = query.edition.as_deref().map(EditionCode::parse).transpose()?;
    let cards = app.db.public().read(move |read| {
        let code = match code {
            Some(code) => Edition::by_code(read, &code)?.code,
            None => {
                Edition::all(read)?
                    .into_iter()
                    .next()
                    .ok_or(Error::not_found("stories.no_edition"))?
                    .code
            }
        };
        let [first, second, third] = &places;
        Card::narrowed(read, &code, [first, second, third], after, limit)
    });
    let mut cards = cards.await?;
    let whole = cards.len() == limit;
    cards.retain(|card| since.is_none_or(|since| card.published_at > since));
    let next = cards
        .last()
        .filter(|_| whole && cards.len() == limit)
        .map(|card| write_cursor(card.published_at, card.id.as_str()));
    let items: Vec<Value> = cards.iter().map(|card| item(&app, card)).collect();
    Ok(axum::Json(json!({ "items": items, "next": next })).into_response())
}

async fn read_story(State(app): State<App>, Path(id): Path<String>) -> Result<Response> {
    let id = story_id(&id)?;
    let read = move |read: &mut base::Read| {
        let story = PublicStory::by_id(read, &id)?;
        let translations = match &story.card.facts.translations {
            Some(group) => Card::translations(read, group)?,
            None => Vec::new(),
        };
        let original = match &story.card.facts.original {
            Some(original) => Card::by_id(read, &original.story)?,
            None => None,
        };
        Ok((
            story,
            PublicCorrection::of_story(read, &id)?,
            translations,
            original,
        ))
    };
    let (story, corrections, translations, original) = app.db.public().read(read).await?;
    let mut item = item(&app, &story.card);
    let others = translations.iter().filter(|other| other.id != story.card.id);
    item["linked"] = others.map(|other| linked(&app, other, &story.card)).collect();
    item["stale"] = original
        .is_some_and(|original| story.card.is_behind(&original))
        .into();
    item["body"] = serde_json::to_value(&story.body)?;
    item["body_html"] = story.body.to_html(&markup::Plain).into();
    item["corrections"] = serde_json::to_value(corrections)?;
    Ok(axum::Json(item).into_response())
}

async fn list_desk_stories(State(app): State<App>, Query(query): Query<DeskListQuery>) -> Result<Response> {
    let limit = query.limit.unwrap_or(20).clamp(1, 100);
    let before = query
        .cursor
        .as_deref()
        .map(read_cursor)
        .transpose()?
        .unwrap_or_else(newest);
    let words = query.q.filter(|words| !words.trim().is_empty());
    let searched = words.is_some();
    let read = move |read: &mut base::Read| {
        let stories = match words {
            Some(words) => crate::work::Line::named(read, &words, limit)?
                .iter()
                .map(|id| Story::by_id(read, id))
                .collect::<Result<_>>()?,
            None => Story::latest(read, before, limit)?,
        };
        stories
            .into_iter()
            .map(|story| Ok((public_path(read, &story)?, story)))
            .collect::<Result<Vec<_>>>()
    };
    let stories = app.db.read(read).await?;
    let next = stories
        .last()
        .filter(|_| stories.len() == limit && !searched)
        .map(|(_, story)| write_cursor(story.updated_at, story.id.as_str()));
    let items: Vec<Value> = stories
        .iter()
        .map(|(path, story)| desk_item(&app, story, path.as_deref()))
        .collect::<Result<_>>()?;
    Ok(axum::Json(json!({ "items": items, "next": next })).into_response())
}

async fn make_story(
    State(app): State<App>,
    caller: Caller,
    Json(proposal): Json<Proposal>,
) -> Result<Response> {
    let read = proposal.read().await?;
    let by = caller.person;
    let story = app.db.write(move |tx| {
        let draft = read.clone().into_draft(tx)?;
        Story::make(tx, draft, Some(&by), crate::draft::Why::Made)
    });
    answer(&app, StatusCode::CREATED, &story.await?, None)
}

async fn show_desk_story(State(app): State<App>, Path(id): Path<String>) -> Result<Response> {
    let id = story_id(&id)?;
    let read = move |read: &mut base::Read| {
        let story = Story::by_id(read, &id)?;
        Ok((public_path(read, &story)?, story))
    };
    let (path, story) = app.db.read(read).await?;
    answer(&app, StatusCode::OK, &story, path.as_deref())
}

async fn save_story(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(proposal): Json<Proposal>,
) -> Result<Response> {
    let (id, expected) = (story_id(&id)?, if_match(&headers)?);
    let (read, by) = (proposal.read().await?, caller.person);
    let (path, story) = app
        .db
        .write(move |tx| {
            let story = Story::by_id(tx, &id)?;
            let draft = read.clone().over(tx, &story.draft)?;
            let expected = expected.unwrap_or(story.version);
            let story = story.save(tx, draft, expected, Some(&by), crate::draft::Why::Saved)?;
            Ok((public_path(tx, &story)?, story))
        })
        .await?;
    answer(&app, StatusCode::OK, &story, path.as_deref())
}

async fn list_versions(State(app): State<App>, Path(id): Path<String>) -> Result<Response> {
    let id = story_id(&id)?;
    let versions = app
        .db
        .read(move |read| Story::by_id(read, &id)?.versions(read))
        .await?;
    Ok(axum::Json(json!({ "items": versions, "next": null })).into_response())
}

async fn publish_story(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(timing): Json<TimingProposal>,
) -> Result<Response> {
    let (id, timing) = (story_id(&id)?, timing.timing());
    let story = id.clone();
    let published = app.db.write(move |tx| {
        let release_at = timing.release_at()?;
        if at_desk(&caller) {
            let going = Going::Out {
                at: release_at.unwrap_or(tx.now()),
            };
            let draft = Story::by_id(tx, &story)?;
            Checklist::of(tx, &draft, going)?.enforce()?;
        }
        publication::publish(tx, &story, &timing)
    });
    Ok(published_answer(&app, &id, published.await?))
}

async fn kill_story(
    State(app): State<App>,
    Path(id): Path<String>,
    Json(killing): Json<Killing>,
) -> Result<StatusCode> {
    let id = story_id(&id)?;
    app.db
        .write(move |tx| publication::kill(tx, &id, &killing.reason))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn correct_story(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(proposal): Json<CorrectionProposal>,
) -> Result<Response> {
    let id = story_id(&id)?;
    let (kind, note, read) = proposal.read().await?;
    let (story_id, by) = (id.clone(), Some(caller.person.clone()));
    let published = app.db.write(move |tx| {
        let story = Story::by_id(tx, &story_id)?;
        let public = story.public_draft(tx)?;
        let draft = read.clone().over(tx, &public)?;
        if at_desk(&caller) {
            let proposed = Story {
                draft: draft.clone(),
                ..story.clone()
            };
            Checklist::of(tx, &proposed, Going::Corrected)?.enforce()?;
        }
        let correction = Correction {
            kind,
            note: note.clone(),
            by: by.clone(),
        };
        publication::correct(tx, story, draft, correction)
    });
    Ok(published_answer(&app, &id, published.await?))
}

async fn hold_story(State(app): State<App>, Path(id): Path<String>) -> Result<StatusCode> {
    turn(&app, &id, Story::hold).await
}

async fn release_hold(State(app): State<App>, Path(id): Path<String>) -> Result<StatusCode> {
    turn(&app, &id, Story::take_up).await
}

async fn spike_story(State(app): State<App>, Path(id): Path<String>) -> Result<StatusCode> {
    turn(&app, &id, Story::spike).await
}

async fn unspike_story(State(app): State<App>, Path(id): Path<String>) -> Result<StatusCode> {
    turn(&app, &id, Story::take_up).await
}

async fn turn(app: &App, id: &str, act: fn(&Story, &mut base::Tx) -> Result<()>) -> Result<StatusCode> {
    let id = story_id(id)?;
    app.db.write(move |tx| act(&Story::by_id(tx, &id)?, tx)).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl ListQuery {
    /// The lists that a story must stand in, the one with the fewest stories most likely first.
    fn places(&self) -> Result<[String; 3]> {
        let place = |word: &str, slug: &Option<String>| match slug {
            Some(slug) => Ok(format!("{word}/{}", lexicon::Slug::parse(slug)?)),
            None => Ok::<_, Error>(String::new()),
        };
        let mut places = [
            place("author", &self.author)?,
            place("topic", &self.topic)?,
            place("section", &self.section)?,
        ];
        places.sort_by_key(String::is_empty);
        Ok(places)
    }
}

/// People at the desk go by the checklist; programs answer for what they send themselves.
fn at_desk(caller: &Caller) -> bool {
    matches!(caller.via, base::web::Via::Session { .. })
}

/// An id that is none is an address where nothing is.
fn story_id(text: &str) -> Result<StoryId> {
    StoryId::parse(text).map_err(|_| Error::not_found("stories.not_found"))
}

fn read_moment(text: &str) -> Result<At> {
    At::parse(text).ok_or_else(|| Error::invalid("since", "stories.moment", "must be RFC 3339"))
}

/// The version that `If-Match` names; `*` names whatever stands there. Without it nobody may overwrite anything.
pub(crate) fn if_match(headers: &HeaderMap) -> Result<Option<i64>> {
    let missing = || {
        Error::conflict(
            "stories.precondition_required",
            "Send If-Match with the ETag that you began from.",
        )
    };
    let text = headers
        .get(header::IF_MATCH)
        .ok_or_else(missing)?
        .to_str()
        .unwrap_or_default()
        .trim();
    if text == "*" {
        return Ok(None);
    }
    let number = text
        .trim_start_matches("W/")
        .trim_matches('"')
        .strip_prefix('v')
        .and_then(|n| n.parse().ok());
    number
        .map(Some)
        .ok_or_else(|| Error::conflict("stories.precondition", "If-Match is not an ETag of this story."))
}

fn public_path(db: &mut dyn base::db::Query, story: &Story) -> Result<Option<String>> {
    if story.public_version.is_none() {
        Ok(None)
    } else {
        PublicStory::path_of(db, &story.id)
    }
}

fn item(app: &App, card: &Card) -> Value {
    let mut item = json!(card);
    item["url"] = format!("{}{}", app.config.origin(), card.path).into();
    item["published_at"] = card.published_at.rfc3339().into();
    item["updated_at"] = card.updated_at.rfc3339().into();
    item
}

/// A translation of a story. `stale` when the story has changed in public since it was made.
fn linked(app: &App, other: &Card, story: &Card) -> Value {
    let url = format!("{}{}", app.config.origin(), other.path);
    json!({ "id": other.id, "url": url, "edition": other.edition, "language": other.facts.language, "headline": other.facts.headline,
        "stale": other.is_behind(story) })
}

fn desk_item(app: &App, story: &Story, path: Option<&str>) -> Result<Value> {
    let mut item = serde_json::to_value(&story.draft)?;
    let desk = format!("/desk/stories/{}", story.id);
    item["id"] = story.id.as_str().into();
    item["url"] = format!("{}{}", app.config.origin(), path.unwrap_or(&desk)).into();
    item["state"] = story.state.as_str().into();
    item["version"] = story.version.into();
    item["public_version"] = story.public_version.into();
    item["release_at"] = story.release_at.map(At::rfc3339).into();
    item["made_at"] = story.made_at.rfc3339().into();
    item["updated_at"] = story.updated_at.rfc3339().into();
    Ok(item)
}

fn answer(app: &App, status: StatusCode, story: &Story, path: Option<&str>) -> Result<Response> {
    let mut response = (status, axum::Json(desk_item(app, story, path)?)).into_response();
    let etag = HeaderValue::try_from(format!("\"v{}\"", story.version)).map_err(Error::internal)?;
    response.headers_mut().insert(header::ETAG, etag);
    Ok(response)
}

fn published_answer(app: &App, id: &StoryId, published: Published) -> Response {
    let origin = app.config.origin();
    match published {
        Published::Published { path, version } => {
            let url = format!("{origin}{path}");
            let body = json!({ "id": id, "state": "published", "url": url, "version": version });
            (StatusCode::CREATED, [(header::LOCATION, url)], axum::Json(body)).into_response()
        }
        Published::Scheduled { release_at } => {
            let body = json!({ "id": id, "state": "scheduled", "url": format!("{origin}/desk/stories/{id}"), "release_at": release_at.rfc3339() });
            (StatusCode::ACCEPTED, axum::Json(body)).into_response()
        }
    }
}
