//! RSS, Atom and JSON Feed beside every list, with full text.

use crate::House;
use crate::cards::{person, picture_view, section, some};
use crate::lists::{self, Of};
use crate::scene::Scene;
use base::pages::{Page, Tag};
use base::{Error, Read, Result};
use formats::feed::{Correction, Feed, FeedAuthor, FeedImage, FeedItem};
use stories::{Card, PublicCorrection, PublicStory};

/// Stories in a feed; older ones are on its next pages (RFC 5005).
const ITEMS: usize = 30;
const LAST_PAGE: usize = 100_000;

/// How a feed is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Rss,
    Atom,
    Json,
}

impl Format {
    /// By the file's name: `feed.rss`, `feed.atom`, `feed.json`.
    pub fn of_file(name: &str) -> Result<Self> {
        match name {
            "feed.rss" => Ok(Self::Rss),
            "feed.atom" => Ok(Self::Atom),
            "feed.json" => Ok(Self::Json),
            _ => Err(Error::not_found("site.no_feed")),
        }
    }

    fn file(self) -> &'static str {
        match self {
            Self::Rss => "feed.rss",
            Self::Atom => "feed.atom",
            Self::Json => "feed.json",
        }
    }

    fn write(self, feed: &Feed) -> (&'static str, String) {
        match self {
            Self::Rss => ("application/rss+xml; charset=utf-8", formats::rss::write(feed)),
            Self::Atom => ("application/atom+xml; charset=utf-8", formats::atom::write(feed)),
            Self::Json => (
                "application/feed+json; charset=utf-8",
                formats::json_feed::write(feed),
            ),
        }
    }
}

/// The feed of an edition (`list` is none), a section, topic or author.
pub async fn feed(
    house: &House,
    edition: String,
    list: Option<(Of, String)>,
    format: Format,
    page: usize,
) -> Result<Page> {
    if !(1..=LAST_PAGE).contains(&page) {
        return Err(Error::not_found("site.no_page"));
    }
    let reading = house.clone();
    let read = move |read: &mut Read| {
        let scene = Scene::read(&reading, read, &edition)?;
        let (title, about, place, rest) = match &list {
            None => (
                scene.edition.name.clone(),
                scene.edition.tagline.clone(),
                String::new(),
                String::new(),
            ),
            Some((of, slug)) => {
                let found = lists::find(&scene, read, *of, slug)?;
                (
                    scene.title(&found.name),
                    found.about,
                    of.place(&found.slug),
                    of.rest(&found.slug),
                )
            }
        };
        let items = items(&scene, read, &reading, &place, page)?;
        let more =
            usize::try_from(Card::count(read, &scene.edition.code, &place)?).unwrap_or(0) > page * ITEMS;
        Ok((
            scene,
            Head {
                title,
                about,
                place,
                rest,
                page,
                more,
            },
            items,
        ))
    };
    let (scene, head, items) = house.app.db.public().read(read).await?;
    let (media_type, text) = format.write(&whole(&scene, &head, format, items));
    Ok(Page::new(media_type, text, scene.at_seq).tagged([scene.list_tag(&head.place), Tag::new("chrome")]))
}

struct Head {
    title: String,
    about: String,
    place: String,
    rest: String,
    page: usize,
    more: bool,
}

fn whole(scene: &Scene, head: &Head, format: Format, items: Vec<FeedItem>) -> Feed {
    let list = scene.absolute(&scene.path(&head.rest));
    let own = format!("{}/{}", list.trim_end_matches('/'), format.file());
    let address = |page: usize| {
        if page == 1 {
            own.clone()
        } else {
            format!("{own}?page={page}")
        }
    };
    Feed {
        title: head.title.clone(),
        description: head.about.clone(),
        link: list,
        self_url: address(head.page),
        next_url: head.more.then(|| address(head.page + 1)),
        previous_url: (head.page > 1).then(|| address(head.page - 1)),
        language: scene.edition.language.clone(),
        updated_at: items
            .iter()
            .filter_map(|item| item.updated_at.or(Some(item.published_at)))
            .max()
            .unwrap_or(0),
        publisher: scene.edition.name.clone(),
        items,
        ..Feed::default()
    }
}

fn items(scene: &Scene, read: &mut Read, house: &House, place: &str, page: usize) -> Result<Vec<FeedItem>> {
    let Some(cursor) = Card::cursor_at(read, &scene.edition.code, place, (page - 1) * ITEMS)? else {
        return Err(Error::not_found("site.no_page"));
    };
    let cards = Card::listed(read, &scene.edition.code, place, cursor, ITEMS)?;
    cards
        .into_iter()
        .map(|card| item(scene, read, house, card))
        .collect()
}

fn item(scene: &Scene, read: &mut Read, house: &House, card: Card) -> Result<FeedItem> {
    let story = PublicStory::by_id(read, &card.id)?;
    let corrections = PublicCorrection::of_story(read, &card.id)?;
    let Card {
        id,
        path,
        facts,
        published_at,
        updated_at,
        ..
    } = story.card;
    let image = facts
        .picture
        .as_ref()
        .map(|picture| picture_view(read, picture))
        .transpose()?
        .flatten();
    let words = &house.theme.now().languages;
    let correction = |correction: &PublicCorrection| Correction {
        label: words.plain(&scene.language, &format!("correction-kind-{}", correction.kind)),
        note: correction.note.clone(),
    };
    Ok(FeedItem {
        id: format!("{}/stories/{id}", scene.origin),
        url: scene.absolute(&path),
        title: facts.headline.clone(),
        summary: some(&facts.standfirst).or_else(|| some(&story.body.first_paragraph())),
        content_html: Some(story.body.to_feed_html(&markup::Plain)),
        published_at: published_at.0,
        updated_at: (updated_at != published_at).then_some(updated_at.0),
        authors: facts.byline.iter().map(|byline| author(scene, byline)).collect(),
        section: Some(section(scene, &card).name),
        topics: facts.topics.iter().map(|topic| topic.name.clone()).collect(),
        image: image.map(|view| FeedImage {
            url: scene.absolute(&view.src),
            media_type: Some("image/jpeg".to_owned()),
            width: Some(view.width),
            height: Some(view.height),
            credit: view.credit,
            alt: some(&view.alt),
            caption: view.caption,
            ..FeedImage::default()
        }),
        corrections: corrections.iter().rev().map(correction).collect(),
        language: (facts.language != scene.edition.language).then(|| facts.language.clone()),
        room_url: None,
    })
}

fn author(scene: &Scene, byline: &stories::Byline) -> FeedAuthor {
    let view = person(scene, byline);
    FeedAuthor {
        name: view.name,
        url: view.url.map(|url| scene.absolute(&url)),
    }
}
