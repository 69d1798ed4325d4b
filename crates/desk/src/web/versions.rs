//! The versions of a story, what changed between two of them, and bringing one back.

use super::Visit;
use crate::frame::Desk;
use axum::extract::State;
use axum::response::Response;
use base::db::Query as Db;
use base::web::{Form, Path, Query};
use base::{Error, Result};
use lexicon::StoryId;
use markup::{Change, DiffWords, Document, Piece};
use people::Person;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use stories::draft::Why;
use stories::{Draft, Edition, Story, correction};

/// Which two versions, and how they are laid out. The newest against the one before when nothing is said.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
pub(crate) struct Asked {
    from: Option<i64>,
    to: Option<i64>,
    /// `inline` or `sides`
    view: Option<String>,
}

/// Which version comes back, and over which one.
#[derive(Debug, Deserialize)]
pub(crate) struct Return {
    version: i64,
    over: i64,
}

pub(crate) async fn compare_versions(
    State(desk): State<Desk>,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let id = story_id(&id)?;
    let words = ["diff-added", "diff-removed", "diff-changed"].map(|key| desk.text(&visit.look, key));
    let read = move |read: &mut base::Read| context(read, &id, &asked, &words);
    let context = desk.app.db.read(read).await?;
    desk.page(&visit, "queue", "versions.html", context)
}

pub(crate) async fn bring_back(
    State(desk): State<Desk>,
    visit: Visit,
    Path(id): Path<String>,
    Form(back): Form<Return>,
) -> Result<Response> {
    let id = story_id(&id)?;
    let to = format!("/desk/stories/{id}");
    let by = visit.caller.person;
    let restore = move |tx: &mut base::Tx| {
        let story = Story::by_id(tx, &id)?;
        let draft = story.draft_at(tx, back.version)?;
        story.save(tx, draft, back.over, Some(&by), Why::Restored)
    };
    desk.app.db.write(restore).await?;
    desk.lead(&to)
}

fn story_id(text: &str) -> Result<StoryId> {
    StoryId::parse(text).map_err(|_| Error::not_found("stories.not_found"))
}

fn context(db: &mut dyn Db, id: &StoryId, asked: &Asked, words: &[String; 3]) -> Result<Value> {
    let story = Story::by_id(db, id)?;
    let versions = story.versions(db)?;
    let names: Vec<(String, String)> = Person::all(db)?
        .into_iter()
        .map(|person| (person.id.to_string(), person.name))
        .collect();
    let name = |id: &str| names.iter().find(|(known, _)| known == id).map(|(_, name)| name);
    let to = asked.to.unwrap_or(story.version);
    let before = versions
        .iter()
        .map(|version| version.number)
        .find(|number| *number < to);
    let from = asked.from.or(before).unwrap_or(to);
    let (old, new) = (story.draft_at(db, from)?, story.draft_at(db, to)?);
    let changes = markup::diff(&whole(&old), &whole(&new));
    let sides = asked.view.as_deref() == Some("sides");
    let said = DiffWords {
        added: &words[0],
        removed: &words[1],
        changed: &words[2],
    };
    let listed: Vec<Value> = versions
        .iter()
        .map(|version| {
            let by = version.by.as_ref().and_then(|by| name(by.as_str()));
            json!({ "number": version.number, "at": version.at, "by": by, "why": version.why,
                "public": story.public_version == Some(version.number) })
        })
        .collect();
    let zone = Edition::by_code(db, &story.draft.edition)?.timezone;
    Ok(json!({
        "story": { "id": story.id, "version": story.version, "headline": story.draft.headline },
        "title": story.draft.headline, "versions": listed, "from": from, "to": to, "sides": sides, "zone": zone,
        "same": old == new, "changes": if sides { Value::Null } else { markup::diff_html(&changes, said).into() },
        "left": if sides { side(&changes, true) } else { Vec::new() },
        "right": if sides { side(&changes, false) } else { Vec::new() },
        "back": format!("/desk/stories/{id}/versions?from={from}&to={to}&view={}", if sides { "sides" } else { "inline" }),
    }))
}

fn whole(draft: &Draft) -> Document {
    correction::whole(&draft.headline, &draft.standfirst, &draft.body)
}

/// One side of the comparison: paragraphs of pieces, each `same`, `new` or `old`.
fn side(changes: &[Change], left: bool) -> Vec<Value> {
    let words = |block: &markup::Block| -> String {
        let texts: Vec<String> = block.texts().iter().map(|text| text.words()).collect();
        let words = texts.join(" ");
        if words.is_empty() {
            format!("[{}]", block.kind.word())
        } else {
            words
        }
    };
    let whole = |kind: &str, block| json!([{ "kind": kind, "text": words(block) }]);
    let pieces = |pieces: &[Piece]| -> Value {
        let shown = pieces.iter().filter_map(|piece| match piece {
            Piece::Same(text) => Some(json!({ "kind": "same", "text": text })),
            Piece::Removed(text) if left => Some(json!({ "kind": "old", "text": text })),
            Piece::Added(text) if !left => Some(json!({ "kind": "new", "text": text })),
            _ => None,
        });
        shown.collect()
    };
    changes
        .iter()
        .filter_map(|change| match change {
            Change::Kept(block) => Some(whole("same", block)),
            Change::Removed(block) => left.then(|| whole("old", block)),
            Change::Added(block) => (!left).then(|| whole("new", block)),
            Change::Changed { pieces: of, .. } => Some(pieces(of)),
        })
        .collect()
}
