//! `/{edition}/newsfeed`: everything that was published, newest first, by days of the edition's own clock.

use crate::House;
use crate::cards::{feed_item, pagination};
use crate::scene::Scene;
use crate::views::{FeedDay, FeedItem, NewsfeedView};
use base::pages::Page;
use base::{Error, Read, Result};
use newsfeed::Item;
use serde_json::json;
use stories::Card;

const PAGE: usize = 50;
const LAST_PAGE: usize = 100;

pub async fn newsfeed(house: &House, edition: String, number: usize, lite: bool) -> Result<Page> {
    let reading = house.clone();
    let read = move |read: &mut Read| {
        let scene = Scene::read(&reading, read, &edition)?;
        let code = &scene.edition.code;
        let count = usize::try_from(Card::count(read, code, "")?).unwrap_or(0);
        let pages = count.div_ceil(PAGE).clamp(1, LAST_PAGE);
        if number == 0 || number > pages {
            return Err(Error::not_found("site.no_page"));
        }
        let cursor =
            Card::cursor_at(read, code, "", (number - 1) * PAGE)?.unwrap_or_else(stories::public::newest);
        let items = Item::page(read, code, cursor, PAGE)?;
        let items = items.iter().map(|item| feed_item(&scene, item)).collect();
        Ok((scene, items, pages))
    };
    let (scene, items, pages): (Scene, Vec<FeedItem>, usize) = house.app.db.public().read(read).await?;
    let word = house.theme.now().languages.plain(&scene.language, "newsfeed");
    let path = scene.path("newsfeed");
    let list = if lite {
        format!("/lite{path}")
    } else {
        path.clone()
    };
    let pagination = pagination(&list, number, pages);
    let mut page = scene.page("newsfeed", &scene.title(&word), &path);
    if number == 1 {
        page.alternates = scene.everywhere("newsfeed");
    } else {
        page.canonical = Some(scene.absolute(&format!("{path}?page={number}")));
    }
    (page.prev_url, page.next_url) = (pagination.prev_url.clone(), pagination.next_url.clone());
    (page.lite_url, page.full_url) = (Some(format!("/lite{path}")), Some(path));
    let view = NewsfeedView {
        days: days(&scene, items),
        items: Vec::new(),
    };
    let template = if lite {
        "lite/newsfeed.html"
    } else {
        "newsfeed.html"
    };
    let rendered = scene.render(
        house,
        template,
        page,
        json!({ "newsfeed": view, "pagination": pagination }),
    )?;
    Ok(rendered.tagged([scene.list_tag("")]))
}

fn days(scene: &Scene, items: Vec<FeedItem>) -> Vec<FeedDay> {
    let mut days: Vec<FeedDay> = Vec::new();
    for item in items {
        let same = |day: &FeedDay| scene.edition.date(day.at) == scene.edition.date(item.at);
        match days.last_mut().filter(|day| same(day)) {
            Some(day) => day.items.push(item),
            None => days.push(FeedDay {
                at: item.at,
                items: vec![item],
            }),
        }
    }
    days
}
