//! What changed: the versions of a story, and an edition's corrections.

use crate::House;
use crate::cards::{pagination, some};
use crate::scene::Scene;
use crate::story_page::{correction_view, id_of};
use crate::views::{CorrectionView, StoryLink, VersionView};
use base::pages::{Page, Tag};
use base::{Error, Read, Result};
use markup::{DiffWords, Document};
use serde_json::json;
use stories::correction::whole;
use stories::{PastVersion, PublicCorrection, PublicStory};

/// Corrections on a page.
const CORRECTIONS: usize = 50;
const LAST_PAGE: usize = 500;

/// `…/versions`: what the public saw of a story, newest first, each with what it changed.
pub async fn versions(house: &House, asked: String, last: &str) -> Result<Page> {
    let (reading, id) = (house.clone(), id_of(last)?);
    let read = move |read: &mut Read| {
        let story = PublicStory::by_id(read, &id)?;
        if asked != format!("{}/versions", story.card.path) {
            return Err(Error::not_found("site.no_versions"));
        }
        let scene = Scene::read(&reading, read, story.card.edition.as_str())?;
        let (past, corrections) = (
            PastVersion::of_story(read, &id)?,
            PublicCorrection::of_story(read, &id)?,
        );
        Ok((scene, story, past, corrections))
    };
    let (scene, story, past, corrections) = house.app.db.public().read(read).await?;
    let path = format!("{}/versions", story.card.path);
    let word = house.theme.now().languages.plain(&scene.language, "what-changed");
    let mut page = scene.page(
        "versions",
        &scene.title(&format!("{word}: {}", story.card.facts.headline)),
        &path,
    );
    page.robots = Some("noindex");
    let id = story.card.id.clone();
    let versions = changes(house, &scene, &story, &past, &corrections);
    let own = json!({
        "story": json!({ "id": id.as_str(), "url": story.card.path, "headline": story.card.facts.headline }),
        "versions": versions,
    });
    Ok(scene
        .render(house, "versions.html", page, own)?
        .tagged([Tag::new(format!("story:{id}"))]))
}

/// One version the public saw.
struct State<'a> {
    number: i64,
    kind: &'a str,
    at: lexicon::At,
    headline: &'a str,
    /// Standfirst and body.
    text: Document,
}

fn changes(
    house: &House,
    scene: &Scene,
    story: &PublicStory,
    past: &[PastVersion],
    corrections: &[PublicCorrection],
) -> Vec<VersionView> {
    let facts = &story.card.facts;
    let now = State {
        number: story.card.version,
        kind: &facts.change,
        at: story.card.updated_at,
        headline: &facts.headline,
        text: whole("", &facts.standfirst, &story.body),
    };
    let earlier = past.iter().map(|past| State {
        number: past.number,
        kind: &past.kind,
        at: past.at,
        headline: &past.headline,
        text: whole("", &past.standfirst, &past.body),
    });
    let states: Vec<State> = std::iter::once(now).chain(earlier).collect();
    let theme = house.theme.now();
    let word = |key: &str| theme.languages.plain(&scene.language, key);
    let (added, removed, changed) = (word("diff-added"), word("diff-removed"), word("diff-changed"));
    let words = DiffWords {
        added: &added,
        removed: &removed,
        changed: &changed,
    };
    let view = |(at, state): (usize, &State)| {
        let before = states.get(at + 1);
        let note = corrections
            .iter()
            .find(|correction| correction.version == state.number)
            .map(|correction| correction.note.clone());
        VersionView {
            number: state.number,
            at: state.at,
            kind: if before.is_none() {
                "publication".to_owned()
            } else {
                state.kind.to_owned()
            },
            note,
            headline_before: before.map(|before| before.headline.to_owned()),
            headline_after: Some(state.headline.to_owned()),
            diff_html: before.and_then(|before| {
                some(&markup::diff_html(
                    &markup::diff(&before.text, &state.text),
                    words,
                ))
            }),
        }
    };
    states.iter().enumerate().map(view).collect()
}

/// `/{edition}/corrections`.
pub async fn corrections(house: &House, edition: String, number: usize) -> Result<Page> {
    let reading = house.clone();
    let read = move |read: &mut Read| {
        let scene = Scene::read(&reading, read, &edition)?;
        let code = &scene.edition.code;
        let count = usize::try_from(PublicCorrection::count(read, code)?).unwrap_or(0);
        let pages = count.div_ceil(CORRECTIONS).clamp(1, LAST_PAGE);
        let missing = || Error::not_found("site.no_page");
        if number == 0 || number > pages {
            return Err(missing());
        }
        let cursor =
            PublicCorrection::cursor_at(read, code, (number - 1) * CORRECTIONS)?.ok_or_else(missing)?;
        let corrections = PublicCorrection::of_edition(read, code, cursor, CORRECTIONS)?;
        Ok((scene, corrections, pages))
    };
    let (scene, corrections, pages) = house.app.db.public().read(read).await?;
    let word = house.theme.now().languages.plain(&scene.language, "corrections");
    let mut page = scene.page("corrections", &scene.title(&word), &scene.path("corrections"));
    let pagination = pagination(&scene.path("corrections"), number, pages);
    (page.prev_url, page.next_url) = (pagination.prev_url.clone(), pagination.next_url.clone());
    if number == 1 {
        page.alternates = scene.everywhere("corrections");
    } else {
        page.canonical = Some(scene.absolute(&scene.path(&format!("corrections?page={number}"))));
    }
    let view = |correction: &PublicCorrection| {
        let story = StoryLink {
            headline: correction.headline.clone(),
            url: correction.path.clone(),
        };
        correction_view(correction, Some(story))
    };
    let views: Vec<CorrectionView> = corrections.iter().map(view).collect();
    Ok(scene
        .render(
            house,
            "corrections.html",
            page,
            json!({ "corrections": views, "pagination": pagination }),
        )?
        .tagged([scene.list_tag("")]))
}
