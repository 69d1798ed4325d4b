//! Beginning a story, and the page on which it is written, checked and published.

use super::Visit;
use crate::frame::Desk;
use axum::extract::State;
use axum::response::Response;
use base::db::Query;
use base::web::{Form, Path};
use base::{Error, Result};
use lexicon::{At, EditionCode, Slug, StoryId, StoryKind, StoryState};
use people::Person;
use serde::Deserialize;
use serde_json::{Value, json};
use stories::draft::Why;
use stories::edition::direction;
use stories::{Author, Checklist, Draft, Edition, Going, Heading, PublicStory, Story, Work};

/// Where a story is to stand: `en/world`.
#[derive(Debug, Deserialize)]
pub(crate) struct Beginning {
    place: String,
    kind: StoryKind,
}

pub(crate) async fn show_write(State(desk): State<Desk>, visit: Visit) -> Result<Response> {
    let editions = desk.app.db.read(|read| places(read)).await?;
    let context = json!({ "editions": editions, "kinds": StoryKind::ALL, "back": "/desk/write" });
    desk.page(&visit, "write", "begin.html", context)
}

pub(crate) async fn begin_story(
    State(desk): State<Desk>,
    visit: Visit,
    Form(beginning): Form<Beginning>,
) -> Result<Response> {
    let refuse = || Error::invalid("place", "desk.place", "choose an edition and a section");
    let (code, section) = beginning.place.split_once('/').ok_or_else(refuse)?;
    let (code, section) = (EditionCode::parse(code)?, Slug::parse(section)?);
    let by = visit.caller.person;
    let begin = move |tx: &mut base::Tx| {
        let edition = Edition::by_code(tx, &code)?;
        let mut draft = Draft::blank(code.clone(), section.clone(), edition.language);
        draft.kind = beginning.kind;
        Story::make(tx, draft, Some(&by), Why::Autosaved)
    };
    let story = desk.app.db.write(begin).await?;
    desk.lead(&format!("/desk/stories/{}", story.id))
}

/// Editions with their sections.
pub(super) fn places(db: &mut dyn Query) -> Result<Vec<Value>> {
    let mut found = Vec::new();
    for edition in Edition::all(db)? {
        let mut item = serde_json::to_value(&edition)?;
        item["sections"] = serde_json::to_value(Heading::sections(db, &edition.code)?)?;
        found.push(item);
    }
    Ok(found)
}

pub(crate) async fn show_story_at_desk(
    State(desk): State<Desk>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response> {
    let id = StoryId::parse(&id).map_err(|_| Error::not_found("stories.not_found"))?;
    let (now, writes) = (desk.app.clock.now(), visit.caller.role.writes());
    let context = desk
        .app
        .db
        .read(move |read| context(read, &id, now, writes))
        .await?;
    desk.page(&visit, "write", "story.html", context)
}

fn context(db: &mut dyn Query, id: &StoryId, now: At, writes: bool) -> Result<Value> {
    let story = Story::by_id(db, id)?;
    let edition = Edition::by_code(db, &story.draft.edition)?;
    let work = Work::of(db, id)?;
    let checklist = Checklist::of(db, &story, Going::Out { at: now })?;
    let path = match story.public_version {
        Some(_) => PublicStory::path_of(db, id)?,
        None => None,
    };
    let staff: Vec<Value> = Person::all(db)?
        .into_iter()
        .filter(|person| person.role.is_staff())
        .map(|person| json!({ "id": person.id, "name": person.name }))
        .collect();
    let at = match story.state {
        StoryState::Draft => work.stage.as_str(),
        state => state.as_str(),
    };
    let open = matches!(
        story.state,
        StoryState::Draft | StoryState::Hold | StoryState::Scheduled
    );
    Ok(json!({
        "title": story.draft.headline, "back": format!("/desk/stories/{id}"), "zone": edition.timezone,
        "story": story, "given": given(&story, writes)?, "at": at, "open": open, "changed": is_ahead(&story),
        "work": work, "due": work.due_at.map(|due| local(due, &edition.timezone)),
        "checklist": checklist, "path": path, "people": staff, "edition": edition,
        "dir": direction(&story.draft.language),
        "sections": Heading::sections(db, &story.draft.edition)?, "authors": Author::all(db, &story.draft.edition)?,
        "kinds": StoryKind::ALL, "levels": lexicon::Level::ALL, "corrections": lexicon::CorrectionKind::ALL,
    }))
}

/// What the script starts from.
fn given(story: &Story, writes: bool) -> Result<Value> {
    let mut given = serde_json::to_value(&story.draft)?;
    given["id"] = story.id.as_str().into();
    given["version"] = story.version.into();
    given["state"] = story.state.as_str().into();
    given["writes"] = writes.into();
    Ok(given)
}

/// Something was written since the public saw it.
fn is_ahead(story: &Story) -> bool {
    story.public_version.is_some_and(|public| public != story.version)
}

/// As `datetime-local` wants it, on the edition's clock.
fn local(at: At, zone: &str) -> String {
    at.zoned(zone).strftime("%Y-%m-%dT%H:%M").to_string()
}
