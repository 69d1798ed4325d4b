//! A story's page, its text-only twin, and what machines read of it.

use crate::House;
use crate::body::{self, Shown};
use crate::cards::{card, person, some};
use crate::room_page::{room_view, view as message_view};
use crate::scene::Scene;
use crate::views::{
    Alternate, BackgroundView, CardView, CorrectionView, HeadingView, OgImage, OpenGraph, OriginalLink,
    PageView, SourceView, StoryLink, StoryView, StorylineView, Translation,
};
use base::pages::{Page, Tag};
use base::{Error, Read, Result};
use formats::feed::{FeedAuthor, FeedImage};
use formats::json_ld;
use http::{HeaderName, HeaderValue, StatusCode, header};
use lexicon::{At, CorrectionKind, StoryId};
use serde_json::json;
use stories::{Author, Card, PublicCorrection, PublicStory, Storyline};

/// A fragment is no page to be found.
const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");
/// So many stories are offered after a story.
const NEXT: usize = 4;

/// The last part of a story's address: slug, hyphen, id.
pub fn id_of(last: &str) -> Result<StoryId> {
    let id = last.rsplit('-').next().unwrap_or_default();
    StoryId::parse(id).map_err(|_| Error::not_found("stories.not_found"))
}

/// A story as one snapshot has it, ready to be rendered.
struct Found {
    view: StoryView,
    page: PageView,
    tags: Vec<Tag>,
}

/// How much of a story is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    Page,
    /// The text-only twin.
    Lite,
    /// The article by itself, for reading on below another one.
    Fragment,
}

impl Shape {
    fn path(self, story: &str) -> String {
        match self {
            Self::Page => story.to_owned(),
            Self::Lite => format!("/lite{story}"),
            Self::Fragment => format!("{story}/article"),
        }
    }

    fn template(self) -> &'static str {
        match self {
            Self::Page => "story.html",
            Self::Lite => "lite/story.html",
            Self::Fragment => "fragments/story.html",
        }
    }
}

/// The story at its address; from any other spelling one redirect leads there.
pub async fn story(house: &House, asked: String, edition: String, last: &str, shape: Shape) -> Result<Page> {
    let (reading, id) = (house.clone(), id_of(last)?);
    let read = move |read: &mut Read| {
        let story = PublicStory::by_id(read, &id)?;
        let scene = Scene::read(&reading, read, story.card.edition.as_str())?;
        let path = shape.path(&story.card.path);
        if asked != path || edition != story.card.edition.as_str() {
            return Ok((scene, Err(path)));
        }
        let found = read_story(&scene, read, story, shape == Shape::Lite)?;
        Ok((scene, Ok(found)))
    };
    let (scene, found) = house.app.db.public().read(read).await?;
    match found {
        Err(path) => Ok(moved(&path, scene.at_seq)),
        Ok(Found { view, page, tags }) => {
            let rendered = scene.render(house, shape.template(), page, json!({ "story": view }))?;
            let rendered = rendered.tagged(tags);
            Ok(match shape {
                Shape::Fragment => rendered.header(ROBOTS, HeaderValue::from_static("noindex")),
                _ => rendered,
            })
        }
    }
}

fn moved(path: &str, at_seq: i64) -> Page {
    let location = HeaderValue::try_from(path).unwrap_or(HeaderValue::from_static("/"));
    Page::html("", at_seq)
        .status(StatusCode::PERMANENT_REDIRECT)
        .header(header::LOCATION, location)
        .not_kept()
}

fn read_story(scene: &Scene, read: &mut Read, story: PublicStory, lite: bool) -> Result<Found> {
    let corrections = PublicCorrection::of_story(read, &story.card.id)?;
    let relatives = relatives(scene, read, &story.card)?;
    let next = next(scene, read, &story.card)?;
    let shown = body::show(scene, read, &story, lite)?;
    let tags = tags(scene, &story, &next, &shown);
    let view = view(scene, read, &story, shown, &corrections, &relatives, next)?;
    let page = page(scene, &story, &view, &corrections, &relatives);
    Ok(Found { view, page, tags })
}

/// What the page was made from: the story, those it names, and the lists it looks into.
fn tags(scene: &Scene, story: &PublicStory, next: &[CardView], shown: &Shown) -> Vec<Tag> {
    let (id, facts) = (story.card.id.as_str(), &story.card.facts);
    let original = facts.original.as_ref().map(|original| original.story.as_str());
    let next = next.iter().map(|card| card.id.as_str());
    let named = std::iter::once(id).chain(original).chain(next);
    let named = named.chain(shown.related.iter().map(String::as_str));
    let storyline = facts
        .storyline
        .as_ref()
        .map(|slug| scene.list_tag(&format!("storyline/{slug}")));
    let section = scene.older_tag(&format!("section/{}", facts.section.slug));
    named
        .map(|id| Tag::new(format!("story:{id}")))
        .chain(storyline)
        .chain([section])
        .collect()
}

/// The same story in other editions.
fn relatives(scene: &Scene, read: &mut Read, card: &Card) -> Result<Vec<(Card, String)>> {
    let Some(group) = &card.facts.translations else {
        return Ok(Vec::new());
    };
    let named = |other: Card| {
        let edition = scene
            .editions
            .iter()
            .find(|edition| edition.code == other.edition)?;
        (other.id != card.id).then(|| (other, edition.name.clone()))
    };
    Ok(Card::translations(read, group)?
        .into_iter()
        .filter_map(named)
        .collect())
}

/// The next stories to read: the older ones of the same section, and where it ends those of the edition, so that nobody
/// who reads on stands before a wall. They stay the same when something new is published.
fn next(scene: &Scene, read: &mut Read, story: &Card) -> Result<Vec<CardView>> {
    let (code, place) = (
        &scene.edition.code,
        format!("section/{}", story.facts.section.slug),
    );
    let after = (story.published_at, story.id.to_string());
    let mut older = Card::listed(read, code, &place, after.clone(), NEXT)?;
    if older.len() < NEXT {
        let elsewhere = |card: &Card| card.facts.section.slug != story.facts.section.slug;
        let others = Card::listed(read, code, "", after, 2 * NEXT)?;
        older.extend(others.into_iter().filter(elsewhere));
        older.truncate(NEXT);
    }
    let mut next = crate::cards::cards(scene, read, &older)?;
    for card in &mut next {
        card.fragment_url = Some(Shape::Fragment.path(&card.url));
    }
    Ok(next)
}

fn view(
    scene: &Scene,
    read: &mut Read,
    story: &PublicStory,
    shown: Shown,
    corrections: &[PublicCorrection],
    relatives: &[(Card, String)],
    next: Vec<CardView>,
) -> Result<StoryView> {
    let (story_card, facts) = (&story.card, &story.card.facts);
    let mut card = card(scene, read, story_card)?;
    for byline in &mut card.byline {
        byline.role = role(scene, read, facts, &byline.name)?;
    }
    let versions_url = format!("{}/versions", story_card.path);
    let sources = facts.sources.iter().map(|source| SourceView {
        name: source.name.clone(),
        kind: source.kind.as_str(),
        text: source.text.clone(),
        chain: some(&source.chain),
        confidential: source.name.is_none(),
    });
    let room = rooms::Room::of(read, &story_card.id)?;
    let room_path = format!("{}/room", story_card.path);
    let answers = rooms::Message::featured(read, &story_card.id)?;
    if room.is_live(scene.now) {
        scene.changes_at(room.closes_at);
    }
    Ok(StoryView {
        room: room_view(&room, story_card, scene.now),
        answers: answers
            .iter()
            .map(|answer| message_view(scene, &room_path, answer, None))
            .collect(),
        coverage: shown.coverage,
        agency: some(&facts.agency),
        dateline: some(&facts.dateline),
        body_html: shown.html,
        gallery: shown.gallery,
        sources: sources.collect(),
        corrections: corrections
            .iter()
            .map(|correction| correction_view(correction, None))
            .collect(),
        storyline: storyline(scene, read, story_card)?,
        topics: facts
            .topics
            .iter()
            .map(|topic| topic_view(scene, topic))
            .collect(),
        translations: relatives
            .iter()
            .map(|(other, name)| translation(story_card, other, name))
            .collect(),
        outdated_by: outdated_by(read, story_card)?,
        versions_url,
        age_months: age_months(scene, story_card),
        related: Vec::new(),
        next,
        card,
    })
}

fn role(scene: &Scene, read: &mut Read, facts: &stories::Facts, name: &str) -> Result<Option<String>> {
    let slug = facts
        .byline
        .iter()
        .find(|byline| byline.name == name)
        .and_then(|byline| byline.slug.as_ref());
    let Some(slug) = slug else { return Ok(None) };
    Ok(Author::by_slug(read, &scene.edition.code, slug)?.and_then(|author| some(&author.title)))
}

fn topic_view(scene: &Scene, topic: &stories::Heading) -> HeadingView {
    scene.heading("topics/", topic)
}

/// Full months since publication; none in the first.
fn age_months(scene: &Scene, card: &Card) -> Option<i64> {
    const MONTH: i64 = 30 * At::DAY;
    let months = (scene.now.0 - card.published_at.0) / MONTH;
    scene.changes_at(card.published_at.plus((months + 1) * MONTH));
    Some(months).filter(|months| *months > 0)
}

/// The story that this one translates, when it has changed in public since.
fn outdated_by(read: &mut Read, card: &Card) -> Result<Option<OriginalLink>> {
    let Some(made_from) = &card.facts.original else {
        return Ok(None);
    };
    let original = Card::by_id(read, &made_from.story)?;
    let changed = original.filter(|original| card.is_behind(original));
    Ok(changed.map(|original| OriginalLink {
        dir: stories::edition::direction(&original.facts.language),
        headline: original.facts.headline,
        url: original.path,
        lang: original.facts.language,
    }))
}

/// A translation is stale when its original has changed in public since it was made.
fn translation(story: &Card, other: &Card, name: &str) -> Translation {
    Translation {
        lang: other.facts.language.clone(),
        name: name.to_owned(),
        url: other.path.clone(),
        stale: other.is_behind(story),
    }
}

/// One correction; `story` where the list is of several stories.
pub fn correction_view(correction: &PublicCorrection, story: Option<StoryLink>) -> CorrectionView {
    CorrectionView {
        kind: correction.kind.as_str(),
        at: correction.at,
        note: correction.note.clone(),
        url: format!("{}/versions#version-{}", correction.path, correction.version),
        story,
    }
}

fn storyline(scene: &Scene, read: &mut Read, card: &Card) -> Result<Option<StorylineView>> {
    let Some(slug) = &card.facts.storyline else {
        return Ok(None);
    };
    let code = &scene.edition.code;
    let Some(storyline) = Storyline::by_slug(read, code, slug)? else {
        return Ok(None);
    };
    let others = Card::in_storyline(read, code, slug)?;
    let link = |other: &Card| StoryLink {
        headline: other.facts.headline.clone(),
        url: other.path.clone(),
    };
    Ok(Some(StorylineView {
        title: storyline.title,
        entries: storyline
            .entries
            .into_iter()
            .map(|entry| BackgroundView {
                at: entry.at,
                text: entry.text,
            })
            .collect(),
        stories: others
            .iter()
            .filter(|other| other.id != card.id)
            .take(6)
            .map(link)
            .collect(),
    }))
}

fn page(
    scene: &Scene,
    story: &PublicStory,
    view: &StoryView,
    corrections: &[PublicCorrection],
    relatives: &[(Card, String)],
) -> PageView {
    let (card, facts) = (&story.card, &story.card.facts);
    let mut page = scene.page("story", &scene.title(&facts.headline), &card.path);
    page.description = some(&facts.standfirst).or_else(|| some(&story.body.first_paragraph()));
    page.lite_url = Some(format!("/lite{}", card.path));
    page.full_url = Some(card.path.clone());
    page.alternates = alternates(scene, card, relatives);
    page.og = Some(open_graph(scene, card, view, &page));
    let mut documents = vec![json_ld::news_article(&article(
        scene,
        story,
        view,
        corrections,
        relatives,
    ))];
    documents.extend(body::live_blog(scene, story, view, corrections, relatives));
    documents.push(json_ld::breadcrumbs(&[
        (&scene.edition.name, &scene.absolute(&scene.path(""))),
        (&view.card.section.name, &scene.absolute(&view.card.section.url)),
    ]));
    page.json_ld = Some(json_ld::script(&serde_json::Value::Array(documents)));
    page
}

fn alternates(scene: &Scene, card: &Card, relatives: &[(Card, String)]) -> Vec<Alternate> {
    if relatives.is_empty() {
        return Vec::new();
    }
    let alternate = |card: &Card| Alternate {
        lang: card.facts.language.clone(),
        url: scene.absolute(&card.path),
    };
    let all: Vec<&Card> = std::iter::once(card)
        .chain(relatives.iter().map(|(other, _)| other))
        .collect();
    // The original is what a reader of no offered language gets; of several, the one in the edition that stands first. Every
    // page of the group says the same.
    let rank = |card: &Card| {
        let place = scene
            .editions
            .iter()
            .position(|edition| edition.code == card.edition);
        (card.facts.original.is_some(), place, card.id.clone())
    };
    let default = all.iter().copied().min_by_key(|card| rank(card)).unwrap_or(card);
    let default = Alternate {
        lang: "x-default".to_owned(),
        url: scene.absolute(&default.path),
    };
    all.iter().map(|card| alternate(card)).chain([default]).collect()
}

fn open_graph(scene: &Scene, card: &Card, view: &StoryView, page: &PageView) -> OpenGraph {
    let facts = &card.facts;
    OpenGraph {
        site_name: scene.edition.name.clone(),
        og_type: "article",
        title: facts.headline.clone(),
        description: page.description.clone(),
        url: scene.absolute(&card.path),
        locale: facts.language.replace('-', "_"),
        image: Some(card_image(scene, card.id.as_str(), card.version, &facts.headline)),
        published_time: Some(card.published_at.rfc3339()),
        modified_time: Some(card.updated_at.rfc3339()),
        authors: facts
            .byline
            .iter()
            .filter_map(|byline| person(scene, byline).url)
            .map(|url| scene.absolute(&url))
            .collect(),
        section: Some(view.card.section.name.clone()),
        tags: facts.topics.iter().map(|topic| topic.name.clone()).collect(),
    }
}

/// The link card that the program draws; its address changes with the story's version.
pub fn card_image(scene: &Scene, id: &str, version: i64, headline: &str) -> OgImage {
    OgImage {
        url: scene.absolute(&format!("/cards/{id}-{version}.png")),
        width: 1200,
        height: 630,
        alt: headline.to_owned(),
    }
}

/// The story as schema.org's NewsArticle.
pub fn article(
    scene: &Scene,
    story: &PublicStory,
    view: &StoryView,
    corrections: &[PublicCorrection],
    relatives: &[(Card, String)],
) -> json_ld::Article {
    let (card, facts) = (&story.card, &story.card.facts);
    let image = |url: String, width, height| FeedImage {
        url,
        width: Some(width),
        height: Some(height),
        ..FeedImage::default()
    };
    let own = view
        .card
        .picture
        .as_ref()
        .map(|picture| image(scene.absolute(&picture.src), picture.width, picture.height));
    let drawn = card_image(scene, card.id.as_str(), card.version, "");
    let author = |byline: &stories::Byline| {
        let view = person(scene, byline);
        FeedAuthor {
            name: view.name,
            url: view.url.map(|url| scene.absolute(&url)),
        }
    };
    let original = facts
        .original
        .as_ref()
        .and_then(|original| relatives.iter().find(|(other, _)| other.id == original.story));
    let public_notes = |correction: &&PublicCorrection| correction.kind != CorrectionKind::Update;
    json_ld::Article {
        url: scene.absolute(&card.path),
        headline: facts.headline.clone(),
        description: some(&facts.standfirst),
        images: own
            .into_iter()
            .chain([image(drawn.url, drawn.width, drawn.height)])
            .collect(),
        published_at: card.published_at.0,
        modified_at: Some(card.updated_at.0),
        authors: facts.byline.iter().map(author).collect(),
        publisher: scene.publisher(),
        section: Some(view.card.section.name.clone()),
        keywords: facts.topics.iter().map(|topic| topic.name.clone()).collect(),
        language: facts.language.clone(),
        dateline: some(&facts.dateline),
        corrections: corrections
            .iter()
            .filter(public_notes)
            .map(|correction| correction.note.clone())
            .collect(),
        translation_of: original.map(|(other, _)| scene.absolute(&other.path)),
        translations: relatives
            .iter()
            .map(|(other, _)| scene.absolute(&other.path))
            .collect(),
        words: Some(facts.words as u64),
        room: Some((scene.absolute(&view.room.url), view.room.messages.unsigned_abs())),
    }
}
