//! Sections, topics and authors: stories newest first, in numbered pages. And the indexes of topics and authors.

use crate::House;
use crate::cards::{cards, pagination, some};
use crate::scene::Scene;
use crate::views::{CardView, Pagination};
use base::pages::{Page, Tag};
use base::{Error, Read, Result};
use fronts::Front;
use lexicon::{Slug, StoryId};
use serde_json::{Value, json};
use std::collections::HashSet;
use stories::{Author, Card, Heading};

const PAGE: usize = 20;
/// Older stories are found by search, topics and dates.
const LAST_PAGE: usize = 500;

/// Which kind of list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Section,
    Topic,
    Author,
}

impl Of {
    /// The place's word, as listings name it.
    fn word(self) -> &'static str {
        match self {
            Self::Section => "section",
            Self::Topic => "topic",
            Self::Author => "author",
        }
    }

    /// The address of a list inside its edition.
    pub fn rest(self, slug: &Slug) -> String {
        match self {
            Self::Section => format!("{slug}/"),
            Self::Topic => format!("topics/{slug}"),
            Self::Author => format!("authors/{slug}"),
        }
    }

    pub fn place(self, slug: &Slug) -> String {
        format!("{}/{slug}", self.word())
    }
}

/// A list that was found: its name and description, and what a template shows of it.
pub struct Listed {
    pub slug: Slug,
    pub name: String,
    pub about: String,
    view: Value,
}

/// Finds the section, topic or author. 404 when there is none (a topic is there as soon as a story names it).
pub fn find(scene: &Scene, read: &mut Read, of: Of, slug: &str) -> Result<Listed> {
    let missing = || Error::not_found("site.no_list");
    let slug = Slug::parse(slug).map_err(|_| missing())?;
    let code = &scene.edition.code;
    if of == Of::Author {
        let author = Author::by_slug(read, code, &slug)?.ok_or_else(missing)?;
        let view = json!({ "name": author.name, "slug": slug.as_str(), "url": scene.path(&of.rest(&slug)), "title": author.title, "bio": author.bio });
        return Ok(Listed {
            slug,
            name: author.name,
            about: author.bio,
            view,
        });
    }
    let known = match of {
        Of::Section => Heading::section(read, code, &slug)?,
        _ => topic(scene, read, &slug)?,
    };
    let heading = known.ok_or_else(missing)?;
    let of_topics = if of == Of::Topic { "topics/" } else { "" };
    let view = json!(scene.heading(of_topics, &heading));
    Ok(Listed {
        slug,
        name: heading.name,
        about: heading.description,
        view,
    })
}

fn topic(scene: &Scene, read: &mut Read, slug: &Slug) -> Result<Option<Heading>> {
    let known = Heading::topic(read, &scene.edition.code, slug)?;
    let named = Card::listed(
        read,
        &scene.edition.code,
        &Of::Topic.place(slug),
        stories::public::newest(),
        1,
    )?;
    let unnamed = || Heading {
        slug: slug.clone(),
        name: slug.as_str().replace('-', " "),
        description: String::new(),
    };
    Ok(known.or_else(|| (!named.is_empty()).then(unnamed)))
}

/// A page of a list, and its text-only twin.
pub async fn list(
    house: &House,
    edition: String,
    of: Of,
    slug: String,
    number: usize,
    lite: bool,
) -> Result<Page> {
    let reading = house.clone();
    let read = move |read: &mut Read| {
        let scene = Scene::read(&reading, read, &edition)?;
        let listed = find(&scene, read, of, &slug)?;
        let (stories, pagination) = page_of(
            &scene,
            read,
            &of.place(&listed.slug),
            &of.rest(&listed.slug),
            number,
            lite,
        )?;
        Ok((scene, listed, stories, pagination))
    };
    let (scene, listed, stories, pagination) = house.app.db.public().read(read).await?;
    let rest = of.rest(&listed.slug);
    let path = scene.path(&rest);
    let mut page = scene.page(of.word(), &scene.title(&listed.name), &path);
    page.description = some(&listed.about);
    page.canonical = Some(scene.absolute(&if number > 1 {
        format!("{path}?page={number}")
    } else {
        path.clone()
    }));
    page.feeds = scene.feeds(&listed.name, &format!("{}/", path.trim_end_matches('/')));
    (page.prev_url, page.next_url) = (pagination.prev_url.clone(), pagination.next_url.clone());
    (page.lite_url, page.full_url) = (Some(format!("/lite{path}")), Some(path));
    // A curated story may be older than all of this page.
    let stories_shown: Vec<Tag> = stories
        .iter()
        .map(|card| Tag::new(format!("story:{}", card.id)))
        .collect();
    let own = json!({ of.word(): listed.view.clone(), "stories": stories, "pagination": pagination });
    let template = match (lite, of) {
        (true, _) => "lite/section.html",
        (_, Of::Section) => "section.html",
        (_, Of::Topic) => "topic.html",
        (_, Of::Author) => "author.html",
    };
    Ok(scene
        .render(house, template, page, own)?
        .tagged(stories_shown)
        .tagged([scene.list_tag(&of.place(&listed.slug)), scene.front_tag()]))
}

fn page_of(
    scene: &Scene,
    read: &mut Read,
    place: &str,
    rest: &str,
    number: usize,
    lite: bool,
) -> Result<(Vec<CardView>, Pagination)> {
    let code = &scene.edition.code;
    let count = usize::try_from(Card::count(read, code, place)?).unwrap_or(0);
    let pages = count.div_ceil(PAGE).min(LAST_PAGE);
    if number == 0 || number > pages.max(1) {
        return Err(Error::not_found("site.no_page"));
    }
    let cursor = Card::cursor_at(read, code, place, (number - 1) * PAGE)?;
    let mut stories = match cursor {
        Some(cursor) => Card::listed(read, code, place, cursor, PAGE)?,
        None => Vec::new(),
    };
    if number == 1 {
        stories = curated(scene, read, place, stories)?;
    }
    let twin = if lite { "/lite" } else { "" };
    let list = format!("{twin}{}", scene.path(rest));
    Ok((cards(scene, read, &stories)?, pagination(&list, number, pages)))
}

/// What the desk launched for this list goes first; the newest stories follow.
fn curated(scene: &Scene, read: &mut Read, place: &str, newest: Vec<Card>) -> Result<Vec<Card>> {
    let front = Front::current(read, &scene.edition.code, place)?;
    if front.slots.is_empty() {
        return Ok(newest);
    }
    let standing = front.standing(read, &scene.edition.code, place, PAGE)?;
    let mut stories: Vec<Card> = standing.lead.into_iter().chain(standing.seconds).collect();
    let shown: HashSet<StoryId> = stories.iter().map(|card| card.id.clone()).collect();
    stories.extend(newest.into_iter().filter(|card| !shown.contains(&card.id)));
    Ok(stories)
}

/// All topics or all authors of an edition.
pub async fn index(house: &House, edition: String, of: Of) -> Result<Page> {
    let reading = house.clone();
    let read = move |read: &mut Read| {
        let scene = Scene::read(&reading, read, &edition)?;
        let code = &scene.edition.code;
        let entry = |slug: &Slug, name: &str, about: &str| json!({ "name": name, "url": scene.path(&of.rest(slug)), "about": some(about) });
        let items: Vec<Value> = match of {
            Of::Author => Author::all(read, code)?
                .iter()
                .map(|author| entry(&author.slug, &author.name, &author.title))
                .collect(),
            _ => Heading::topics(read, code)?
                .iter()
                .map(|topic| entry(&topic.slug, &topic.name, &topic.description))
                .collect(),
        };
        Ok((scene, items))
    };
    let (scene, items) = house.app.db.public().read(read).await?;
    let word = if of == Of::Author { "authors" } else { "topics" };
    let heading = house.theme.now().languages.plain(&scene.language, word);
    let mut page = scene.page("index", &scene.title(&heading), &scene.path(word));
    page.alternates = scene.everywhere(word);
    let own = json!({ "index": json!({ "of": word, "items": items }) });
    Ok(scene
        .render(house, "index.html", page, own)?
        .tagged([scene.list_tag("")]))
}
