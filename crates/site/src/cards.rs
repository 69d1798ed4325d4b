//! Stories as lists show them.

use crate::scene::Scene;
use crate::views::{CardView, FeedItem, FeedStory, Focal, HeadingView, Pagination, PersonView, PictureView};
use base::Read;
use base::Result;
use lexicon::{At, Level, StoryKind};
use newsfeed::Item;
use newsfeed::item::What;
use stories::{Byline, Card, Picture};

/// So long is a story breaking.
const BREAKING: i64 = 3 * At::HOUR;

/// The card of each story, with its picture.
pub fn cards(scene: &Scene, read: &mut Read, stories: &[Card]) -> Result<Vec<CardView>> {
    stories.iter().map(|story| card(scene, read, story)).collect()
}

pub fn card(scene: &Scene, read: &mut Read, story: &Card) -> Result<CardView> {
    let facts = &story.facts;
    let picture = facts
        .picture
        .as_ref()
        .map(|picture| picture_view(read, picture))
        .transpose()?
        .flatten();
    let foreign = facts.language != scene.edition.language;
    let loud = matches!(facts.level, Level::Flash | Level::Urgent);
    let quiet_at = story.published_at.plus(BREAKING);
    if loud {
        scene.changes_at(quiet_at);
    }
    let corrected = ["correction", "clarification", "retraction"].contains(&facts.change.as_str());
    Ok(CardView {
        id: story.id.to_string(),
        url: story.path.clone(),
        lite_url: format!("/lite{}", story.path),
        kind: facts.kind.as_str(),
        breaking: loud && scene.now < quiet_at,
        version: story.version,
        fragment_url: None,
        kicker: some(&facts.kicker),
        headline: facts.headline.clone(),
        standfirst: some(&facts.standfirst),
        section: section(scene, story),
        byline: facts.byline.iter().map(|byline| person(scene, byline)).collect(),
        published_at: story.published_at,
        updated_at: (story.updated_at != story.published_at).then_some(story.updated_at),
        picture,
        live: facts.kind == StoryKind::Live,
        closed: facts.closed,
        corrected: corrected.then(|| facts.change.clone()),
        lang: foreign.then(|| facts.language.clone()),
        dir: foreign.then(|| stories::edition::direction(&facts.language)),
        sublinks: Vec::new(),
        snippet_html: None,
    })
}

/// The section as the story had it, with its address.
pub fn section(scene: &Scene, story: &Card) -> HeadingView {
    let known = scene
        .sections
        .iter()
        .find(|section| section.slug == story.facts.section.slug);
    scene.heading("", known.unwrap_or(&story.facts.section))
}

pub fn person(scene: &Scene, byline: &Byline) -> PersonView {
    let url = byline
        .slug
        .as_ref()
        .map(|slug| scene.path(&format!("authors/{slug}")));
    PersonView {
        name: byline.name.clone(),
        url,
        role: None,
    }
}

/// A picture as it was published, with the words the story gives it; none while it is not public.
pub fn picture_view(read: &mut Read, picture: &Picture) -> Result<Option<PictureView>> {
    let Some(media) = media::PublicMedia::by_id(read, &picture.asset)? else {
        return Ok(None);
    };
    let chosen = |own: &str, asset: &str| some(own).or_else(|| some(asset));
    let set = media::srcset(&media);
    Ok(Some(PictureView {
        src: set.src,
        srcset: set.srcset,
        width: set.width,
        height: set.height,
        alt: chosen(&picture.alt, &media.alt).unwrap_or_default(),
        caption: chosen(&picture.caption, &media.caption),
        credit: chosen(&picture.credit, &media.credit),
        focal: Some(Focal {
            x: media.focal_x,
            y: media.focal_y,
        }),
    }))
}

/// A line of the newsfeed.
pub fn feed_item(scene: &Scene, item: &Item) -> FeedItem {
    let (story, text) = match &item.what {
        What::Story(card) => (Some(feed_story(scene, card)), None),
        What::Flash(flash, story) => {
            let announced = story.as_ref().map(|card| FeedStory {
                headline: flash.headline.clone(),
                ..feed_story(scene, card)
            });
            (announced, Some(flash.headline.clone()))
        }
    };
    FeedItem {
        seq: item.seq.unwrap_or(0),
        at: item.at,
        level: item.level.as_str(),
        story,
        text,
    }
}

fn feed_story(scene: &Scene, card: &Card) -> FeedStory {
    FeedStory {
        id: card.id.to_string(),
        url: card.path.clone(),
        lite_url: format!("/lite{}", card.path),
        headline: card.facts.headline.clone(),
        section: section(scene, card),
    }
}

/// Where numbered pages lead. `list` is the address of page 1.
pub fn pagination(list: &str, page: usize, pages: usize) -> Pagination {
    let address = |n: usize| {
        if n == 1 {
            list.to_owned()
        } else {
            format!("{list}?page={n}")
        }
    };
    Pagination {
        page,
        pages: Some(pages.max(1)),
        prev_url: (page > 1).then(|| address(page - 1)),
        next_url: (page < pages).then(|| address(page + 1)),
    }
}

pub fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
