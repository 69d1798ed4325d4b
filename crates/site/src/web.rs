//! The addresses of the public site. Routes first, handlers in that order.

mod rooms;

use crate::House;
use crate::feeds::{self, Format};
use crate::lists::{self, Of};
use crate::search_page::{self, Asked};
use crate::story_page::Shape;
use crate::{card_picture, front, machine, newsfeed_page, records, sitemaps, story_page};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use base::pages::Page;
use base::web::{Access, Path, Query, Route, bind};
use base::{Error, Result};
use http::{HeaderMap, Uri, header};
use serde::Deserialize;
use stories::Edition;

type Site = State<House>;

pub fn routes(house: &House) -> Vec<Route> {
    let routes = [pages(), rooms::routes(), lite(), lists_and_feeds(), machines()];
    bind(house, routes.into_iter().flatten().collect())
}

fn pages() -> Vec<Route<House>> {
    let story = "/{edition}/{section}/{year}/{month}/{day}/{story}";
    vec![
        Route::get("/", choose_edition)
            .private(Access::Public)
            .about("Leads to the edition in the reader's language."),
        Route::get("/{edition}/", show_front)
            .stored()
            .about("The front of an edition."),
        Route::get(story, show_story).stored().about("A story."),
        Route::get(
            "/{edition}/{section}/{year}/{month}/{day}/{story}/versions",
            show_versions,
        )
        .stored()
        .about("What changed in a story."),
        Route::get(
            "/{edition}/{section}/{year}/{month}/{day}/{story}/article",
            show_article,
        )
        .stored()
        .about("A story's article by itself, for reading on below another one."),
        Route::get("/{edition}/newsfeed", show_newsfeed)
            .stored()
            .numbered()
            .about("The newsfeed of an edition."),
        Route::get("/{edition}/corrections", show_corrections)
            .stored()
            .numbered()
            .about("The corrections of an edition."),
        Route::get("/{edition}/search", show_search)
            .public(0)
            .query::<Asked>()
            .about("Search."),
        Route::get("/{edition}/pages/{slug}", show_standing)
            .stored()
            .about("A standing page: about, ethics, ownership."),
    ]
}

fn lite() -> Vec<Route<House>> {
    vec![
        Route::get("/lite/{edition}/", show_lite_front)
            .stored()
            .about("The front, text only."),
        Route::get(
            "/lite/{edition}/{section}/{year}/{month}/{day}/{story}",
            show_lite_story,
        )
        .stored()
        .about("A story, text only."),
        Route::get("/lite/{edition}/newsfeed", show_lite_newsfeed)
            .stored()
            .numbered()
            .about("The newsfeed, text only."),
        Route::get("/lite/{edition}/search", show_lite_search)
            .public(0)
            .query::<Asked>()
            .about("Search, text only."),
        Route::get("/lite/{edition}/{section}/", show_lite_section)
            .stored()
            .numbered()
            .about("A section, text only."),
        Route::get("/lite/{edition}/topics/{slug}", show_lite_topic)
            .stored()
            .numbered()
            .about("A topic, text only."),
        Route::get("/lite/{edition}/authors/{slug}", show_lite_author)
            .stored()
            .numbered()
            .about("An author, text only."),
    ]
}

fn lists_and_feeds() -> Vec<Route<House>> {
    vec![
        Route::get("/{edition}/{section}/", show_section)
            .stored()
            .numbered()
            .about("A section, newest first."),
        Route::get("/{edition}/topics", list_topics)
            .stored()
            .about("All topics."),
        Route::get("/{edition}/authors", list_authors)
            .stored()
            .about("All authors."),
        Route::get("/{edition}/topics/{slug}", show_topic)
            .stored()
            .numbered()
            .about("A topic, newest first."),
        Route::get("/{edition}/authors/{slug}", show_author)
            .stored()
            .numbered()
            .about("An author, newest first."),
        Route::get("/{edition}/{file}", show_edition_feed)
            .stored()
            .numbered()
            .about("The edition's feed: feed.rss, feed.atom, feed.json."),
        Route::get("/{edition}/{section}/{file}", show_section_feed)
            .stored()
            .numbered()
            .about("A section's feed."),
        Route::get("/{edition}/topics/{slug}/{file}", show_topic_feed)
            .stored()
            .numbered()
            .about("A topic's feed."),
        Route::get("/{edition}/authors/{slug}/{file}", show_author_feed)
            .stored()
            .numbered()
            .about("An author's feed."),
    ]
}

fn machines() -> Vec<Route<House>> {
    vec![
        Route::get("/sitemap.xml", show_sitemap)
            .stored()
            .about("The index of sitemaps."),
        Route::get("/sitemap-news.xml", show_news_sitemap)
            .stored()
            .about("The stories of the last two days."),
        Route::get("/sitemaps/{edition}/{file}", show_sitemap_part)
            .stored()
            .about("An edition's stories of 30 days."),
        Route::get("/robots.txt", show_robots)
            .stored()
            .about("What crawlers may read."),
        Route::get("/{edition}/manifest.webmanifest", show_manifest)
            .stored()
            .about("The web app manifest of an edition."),
        Route::get("/assets/{hash}/{folder}/{file}", show_theme_file)
            .asset()
            .about("A file of the theme."),
        Route::get("/favicon.ico", show_favicon)
            .stored()
            .about("The icon, for programs that ask by themselves."),
        Route::get("/icon.png", show_icon)
            .stored()
            .about("The newsroom's icon."),
        Route::get("/cards/{file}", show_card)
            .stored()
            .about("The picture of a story for links shared elsewhere."),
        Route::get("/api/v1/story.schema.json", show_story_schema)
            .stored()
            .about("The JSON Schema of the story document."),
    ]
}

/// `?page=N`.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Numbered {
    page: Option<usize>,
}

impl Numbered {
    fn number(&self) -> usize {
        self.page.unwrap_or(1)
    }
}

/// The parts of a story's address.
#[derive(Debug, Deserialize)]
pub(crate) struct StoryPath {
    edition: String,
    /// Numbers, or it is no story's address: `/api/v1/desk/roOms/people/…` has as many parts.
    #[serde(rename = "year")]
    _year: u16,
    #[serde(rename = "month")]
    _month: u8,
    #[serde(rename = "day")]
    _day: u8,
    story: String,
}

async fn choose_edition(State(house): Site, headers: HeaderMap) -> Result<Response> {
    let editions = house.app.db.public().read(|read| Edition::all(read)).await?;
    let wished = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let edition = preferred(&editions, wished).ok_or(Error::not_found("stories.no_edition"))?;
    let location = format!("/{}/", edition.code);
    let headers = [
        (header::LOCATION, location.as_str()),
        (header::VARY, "Accept-Language"),
    ];
    Ok((http::StatusCode::FOUND, headers).into_response())
}

/// The first wish that there is an edition for, in the order of the reader's weights (RFC 9110 §12.5.4); else the first edition.
pub(crate) fn preferred<'a>(editions: &'a [Edition], wished: &str) -> Option<&'a Edition> {
    let primary = |tag: &str| {
        tag.split('-')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    };
    let weight = |wish: &str| {
        wish.split_once("q=")
            .and_then(|(_, q)| q.trim().parse::<f32>().ok())
            .unwrap_or(1.0)
    };
    let mut wishes: Vec<&str> = wished.split(',').collect();
    wishes.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
    let tag = |wish: &str| primary(wish.split(';').next().unwrap_or_default());
    let found = wishes.iter().find_map(|wish| {
        editions
            .iter()
            .find(|edition| primary(&edition.language) == tag(wish))
    });
    found.or(editions.first())
}

async fn show_front(State(house): Site, Path(edition): Path<String>) -> Result<Page> {
    front::front(&house, edition, false).await
}

async fn show_story(State(house): Site, uri: Uri, Path(path): Path<StoryPath>) -> Result<Page> {
    story_page::story(
        &house,
        uri.path().to_owned(),
        path.edition,
        &path.story,
        Shape::Page,
    )
    .await
}

async fn show_article(State(house): Site, uri: Uri, Path(path): Path<StoryPath>) -> Result<Page> {
    story_page::story(
        &house,
        uri.path().to_owned(),
        path.edition,
        &path.story,
        Shape::Fragment,
    )
    .await
}

async fn show_versions(State(house): Site, uri: Uri, Path(path): Path<StoryPath>) -> Result<Page> {
    records::versions(&house, uri.path().to_owned(), &path.story).await
}

async fn show_newsfeed(
    State(house): Site,
    Path(edition): Path<String>,
    Query(page): Query<Numbered>,
) -> Result<Page> {
    newsfeed_page::newsfeed(&house, edition, page.number(), false).await
}

async fn show_corrections(
    State(house): Site,
    Path(edition): Path<String>,
    Query(page): Query<Numbered>,
) -> Result<Page> {
    records::corrections(&house, edition, page.number()).await
}

async fn show_search(
    State(house): Site,
    Path(edition): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    search_page::search(&house, edition, asked, false)
        .await
        .map(answered)
}

async fn show_standing(State(house): Site, Path((edition, slug)): Path<(String, String)>) -> Result<Page> {
    machine::standing(&house, edition, slug).await
}

async fn show_lite_front(State(house): Site, Path(edition): Path<String>) -> Result<Page> {
    front::front(&house, edition, true).await
}

async fn show_lite_story(State(house): Site, uri: Uri, Path(path): Path<StoryPath>) -> Result<Page> {
    story_page::story(
        &house,
        uri.path().to_owned(),
        path.edition,
        &path.story,
        Shape::Lite,
    )
    .await
}

async fn show_lite_newsfeed(
    State(house): Site,
    Path(edition): Path<String>,
    Query(page): Query<Numbered>,
) -> Result<Page> {
    newsfeed_page::newsfeed(&house, edition, page.number(), true).await
}

async fn show_lite_search(
    State(house): Site,
    Path(edition): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    search_page::search(&house, edition, asked, true)
        .await
        .map(answered)
}

async fn show_lite_section(
    State(house): Site,
    Path((edition, slug)): Path<(String, String)>,
    Query(page): Query<Numbered>,
) -> Result<Page> {
    lists::list(&house, edition, Of::Section, slug, page.number(), true).await
}

async fn show_lite_topic(
    State(house): Site,
    Path((edition, slug)): Path<(String, String)>,
    Query(page): Query<Numbered>,
) -> Result<Page> {
    lists::list(&house, edition, Of::Topic, slug, page.number(), true).await
}

async fn show_lite_author(
    State(house): Site,
    Path((edition, slug)): Path<(String, String)>,
    Query(page): Query<Numbered>,
) -> Result<Page> {
    lists::list(&house, edition, Of::Author, slug, page.number(), true).await
}

async fn show_section(
    State(house): Site,
    Path((edition, slug)): Path<(String, String)>,
    Query(page): Query<Numbered>,
) -> Result<Page> {
    lists::list(&house, edition, Of::Section, slug, page.number(), false).await
}

async fn list_topics(State(house): Site, Path(edition): Path<String>) -> Result<Page> {
    lists::index(&house, edition, Of::Topic).await
}

async fn list_authors(State(house): Site, Path(edition): Path<String>) -> Result<Page> {
    lists::index(&house, edition, Of::Author).await
}

async fn show_topic(
    State(house): Site,
    Path((edition, slug)): Path<(String, String)>,
    Query(page): Query<Numbered>,
) -> Result<Page> {
    lists::list(&house, edition, Of::Topic, slug, page.number(), false).await
}

async fn show_author(
    State(house): Site,
    Path((edition, slug)): Path<(String, String)>,
    Query(page): Query<Numbered>,
) -> Result<Page> {
    lists::list(&house, edition, Of::Author, slug, page.number(), false).await
}

async fn show_edition_feed(
    State(house): Site,
    Path((edition, file)): Path<(String, String)>,
    Query(page): Query<Numbered>,
) -> Result<Page> {
    feeds::feed(&house, edition, None, Format::of_file(&file)?, page.number()).await
}

async fn show_section_feed(
    State(house): Site,
    Path((edition, slug, file)): Path<(String, String, String)>,
    Query(page): Query<Numbered>,
) -> Result<Page> {
    let format = Format::of_file(&file)?;
    // The newsfeed's feed is the edition's: everything that was published, newest first.
    let list = if slug == "newsfeed" {
        None
    } else {
        Some((Of::Section, slug))
    };
    feeds::feed(&house, edition, list, format, page.number()).await
}

async fn show_topic_feed(
    State(house): Site,
    Path((edition, slug, file)): Path<(String, String, String)>,
    Query(page): Query<Numbered>,
) -> Result<Page> {
    feeds::feed(
        &house,
        edition,
        Some((Of::Topic, slug)),
        Format::of_file(&file)?,
        page.number(),
    )
    .await
}

async fn show_author_feed(
    State(house): Site,
    Path((edition, slug, file)): Path<(String, String, String)>,
    Query(page): Query<Numbered>,
) -> Result<Page> {
    feeds::feed(
        &house,
        edition,
        Some((Of::Author, slug)),
        Format::of_file(&file)?,
        page.number(),
    )
    .await
}

async fn show_sitemap(State(house): Site) -> Result<Page> {
    sitemaps::index(&house).await
}

async fn show_news_sitemap(State(house): Site) -> Result<Page> {
    sitemaps::news(&house).await
}

async fn show_sitemap_part(
    State(house): Site,
    Path((edition, file)): Path<(String, String)>,
) -> Result<Page> {
    sitemaps::part(&house, edition, file).await
}

async fn show_robots(State(house): Site) -> Result<Page> {
    machine::robots(&house).await
}

async fn show_manifest(State(house): Site, Path(edition): Path<String>) -> Result<Page> {
    machine::manifest(&house, edition).await
}

async fn show_theme_file(
    State(house): Site,
    Path((hash, folder, file)): Path<(String, String, String)>,
) -> Result<Page> {
    machine::asset(&house, &hash, &format!("{folder}/{file}"))
}

async fn show_favicon(State(house): Site) -> Result<Page> {
    machine::icon(&house, "pictures/icon-32.png")
}

async fn show_icon(State(house): Site) -> Result<Page> {
    machine::icon(&house, "pictures/icon-512.png")
}

async fn show_card(State(house): Site, Path(file): Path<String>) -> Result<Page> {
    card_picture::card(&house, file).await
}

async fn show_story_schema(State(house): Site) -> Result<Page> {
    machine::story_schema(&house).await
}

/// A page that nobody keeps, as an ordinary answer.
fn answered(page: Page) -> Response {
    (
        page.status,
        [(header::CONTENT_TYPE, page.content_type)],
        page.body,
    )
        .into_response()
}
