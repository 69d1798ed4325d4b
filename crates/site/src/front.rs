//! The front of an edition.

use crate::House;
use crate::cards::{card, cards, feed_item};
use crate::scene::Scene;
use crate::views::{CardView, FrontView, NewsfeedView, OpenGraph, PageView, StoryLink, Strip};
use base::pages::{Page, Tag};
use base::{Read, Result};
use formats::json_ld;
use fronts::Front;
use lexicon::{At, StoryKind};
use newsfeed::Item;
use serde_json::json;
use std::collections::HashSet;
use stories::Card;

/// So many of the newest stories are looked at for the front's top.
const LATEST: usize = 24;
const TEXT_LIST: usize = 8;
/// So many other stories of its storyline stand under the lead.
const UNDER_LEAD: usize = 3;
const PANEL: usize = 12;
/// A live coverage stays in the strip for so long after its last change.
const LIVE_FOR: i64 = 2 * At::DAY;

/// What a front shows, and what it was made from.
struct Standing {
    front: FrontView,
    panel: NewsfeedView,
    tags: Vec<Tag>,
}

/// `/{edition}/` and its text-only twin.
pub async fn front(house: &House, edition: String, lite: bool) -> Result<Page> {
    let reading = house.clone();
    let read = move |read: &mut Read| {
        let scene = Scene::read(&reading, read, &edition)?;
        let standing = standing(&scene, read)?;
        Ok((scene, standing))
    };
    let (scene, standing) = house.app.db.public().read(read).await?;
    let Standing { front, panel, tags } = standing;
    let (template, page) = if lite {
        ("lite/front.html", lite_page(&scene))
    } else {
        ("front.html", page(&scene, &front))
    };
    let rendered = scene.render(
        house,
        template,
        page,
        json!({ "front": front, "newsfeed": panel }),
    )?;
    Ok(rendered
        .tagged(tags)
        .tagged([scene.list_tag(""), scene.front_tag()]))
}

fn page(scene: &Scene, front: &FrontView) -> PageView {
    let edition = &scene.edition;
    let title = if edition.tagline.is_empty() {
        edition.name.clone()
    } else {
        format!("{} – {}", edition.name, edition.tagline)
    };
    let mut page = scene.page("front", &title, &scene.path(""));
    page.description = crate::cards::some(&edition.tagline);
    page.alternates = scene.everywhere("");
    page.lite_url = Some(format!("/lite{}", scene.path("")));
    page.og = Some(OpenGraph {
        site_name: edition.name.clone(),
        og_type: "website",
        title: edition.name.clone(),
        description: page.description.clone(),
        url: scene.absolute(&scene.path("")),
        locale: edition.language.replace('-', "_"),
        image: front
            .lead
            .as_ref()
            .map(|lead| crate::story_page::card_image(scene, &lead.id, lead.version, &lead.headline)),
        ..OpenGraph::default()
    });
    page.json_ld = Some(json_ld::script(&organization(scene)));
    page
}

/// The newsroom as machines know it, each policy an address of a real page.
fn organization(scene: &Scene) -> serde_json::Value {
    let policy = |slug: &str| {
        let path = scene.path(&format!("pages/{slug}"));
        scene.has_page(&path).then(|| scene.absolute(&path))
    };
    json_ld::news_organization(&json_ld::NewsOrganization {
        publisher: scene.publisher(),
        description: crate::cards::some(&scene.edition.tagline),
        corrections_policy: policy("corrections"),
        ethics_policy: policy("ethics"),
        publishing_principles: policy("about"),
        ownership_funding: policy("ownership"),
        feedback_policy: policy("contact"),
        ..json_ld::NewsOrganization::default()
    })
}

fn lite_page(scene: &Scene) -> PageView {
    let mut page = scene.page("front", &scene.edition.name, &scene.path(""));
    page.full_url = Some(scene.path(""));
    page
}

fn standing(scene: &Scene, read: &mut Read) -> Result<Standing> {
    let code = &scene.edition.code;
    let launched = Front::current(read, code, "")?;
    let standing = launched.standing(read, code, "", LATEST)?;
    let mut shown: HashSet<_> = standing
        .lead
        .iter()
        .chain(&standing.seconds)
        .map(|card| card.id.clone())
        .collect();
    let under_lead = under_lead(scene, read, standing.lead.as_ref(), &mut shown)?;
    let live: Vec<Card> = open_coverages(scene, &standing.latest);
    let list: Vec<Card> = standing
        .latest
        .iter()
        .filter(|card| shown.insert(card.id.clone()))
        .take(TEXT_LIST)
        .cloned()
        .collect();
    shown.extend(list.iter().map(|card| card.id.clone()));
    let strips = strips(scene, read, &mut shown)?;
    let items = Item::latest(read, code, stories::public::newest(), PANEL)?;
    let curated = standing.lead.iter().chain(&standing.seconds);
    let tags = curated
        .map(|card| Tag::new(format!("story:{}", card.id)))
        .collect();
    let front = FrontView {
        lead: standing
            .lead
            .as_ref()
            .map(|lead| card(scene, read, lead))
            .transpose()?
            .map(|lead| CardView {
                sublinks: under_lead,
                ..lead
            }),
        seconds: cards(scene, read, &standing.seconds)?,
        list: cards(scene, read, &list)?,
        live: cards(scene, read, &live)?,
        strips,
    };
    let panel = NewsfeedView {
        items: items.iter().map(|item| feed_item(scene, item)).collect(),
        days: Vec::new(),
    };
    Ok(Standing { front, panel, tags })
}

/// The newest other stories of the lead's storyline; they stand nowhere else on the front.
fn under_lead(
    scene: &Scene,
    read: &mut Read,
    lead: Option<&Card>,
    shown: &mut HashSet<lexicon::StoryId>,
) -> Result<Vec<StoryLink>> {
    let Some(storyline) = lead.and_then(|lead| lead.facts.storyline.as_ref()) else {
        return Ok(Vec::new());
    };
    let cards = Card::in_storyline(read, &scene.edition.code, storyline)?;
    let fresh = cards.into_iter().filter(|card| shown.insert(card.id.clone()));
    let link = |card: Card| StoryLink {
        headline: card.facts.headline,
        url: card.path,
    };
    Ok(fresh.take(UNDER_LEAD).map(link).collect())
}

fn open_coverages(scene: &Scene, latest: &[Card]) -> Vec<Card> {
    let open = |card: &&Card| {
        let ends_at = card.updated_at.plus(LIVE_FOR);
        let open = card.facts.kind == StoryKind::Live && !card.facts.closed && ends_at > scene.now;
        if open {
            scene.changes_at(ends_at);
        }
        open
    };
    latest.iter().filter(open).take(3).cloned().collect()
}

/// A strip for each section that still has something to show: layouts take turns, opinion has its own.
fn strips(scene: &Scene, read: &mut Read, shown: &mut HashSet<lexicon::StoryId>) -> Result<Vec<Strip>> {
    const TURNS: [(&str, usize); 3] = [("feature", 5), ("ladder", 4), ("list", 6)];
    let mut strips = Vec::new();
    for section in &scene.sections {
        let opinion = section.slug.as_str() == "opinion";
        let (layout, room) = if opinion {
            ("opinion", 4)
        } else {
            TURNS[strips.len() % TURNS.len()]
        };
        let place = format!("section/{}", section.slug);
        let newest = Card::listed(
            read,
            &scene.edition.code,
            &place,
            stories::public::newest(),
            room * 3,
        )?;
        let fresh: Vec<Card> = newest
            .into_iter()
            .filter(|card| !shown.contains(&card.id))
            .take(room)
            .collect();
        if fresh.len() < 2 {
            continue;
        }
        shown.extend(fresh.iter().map(|card| card.id.clone()));
        let view = scene.heading("", section);
        strips.push(Strip {
            title: view.name,
            url: Some(view.url),
            slug: Some(view.slug),
            layout: Some(layout),
            stories: cards(scene, read, &fresh)?,
        });
    }
    Ok(strips)
}
