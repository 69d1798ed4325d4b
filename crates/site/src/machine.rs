//! What only programs ask for: robots, manifests, icons, the theme's files, standing pages' addresses.

use crate::House;
use crate::scene::Scene;
use base::pages::{Page, Tag};
use base::{Error, Read, Result, journal};
use bytes::Bytes;
use lexicon::Stream;
use minijinja::value::Serde;
use serde_json::json;

/// `/robots.txt` (RFC 9309). The reader's own pages and the desk are nothing for crawlers.
pub async fn robots(house: &House) -> Result<Page> {
    let origin = house.app.config.origin();
    let text = format!(
        "User-agent: *\nDisallow: /desk/\nDisallow: /me/\nDisallow: /api/\nDisallow: /sign-in\nDisallow: /*/search?\n\n\
         Sitemap: {origin}/sitemap.xml\nSitemap: {origin}/sitemap-news.xml\n"
    );
    Ok(Page::new("text/plain; charset=utf-8", text, 0))
}

/// `/{edition}/manifest.webmanifest`.
pub async fn manifest(house: &House, edition: String) -> Result<Page> {
    let reading = house.clone();
    let scene = house
        .app
        .db
        .public()
        .read(move |read| Scene::read(&reading, read, &edition))
        .await?;
    let page = scene.page("front", &scene.edition.name, &scene.path(""));
    let chrome = minijinja::Value::from(Serde(scene.chrome(page, "")));
    let text = house.theme.render("manifest.webmanifest", chrome)?;
    Ok(Page::new("application/manifest+json", text, scene.at_seq).tagged([scene.chrome_tag()]))
}

/// `/assets/{hash}/{path}`: a file of the theme. An old hash leads nowhere: its page is older than the theme.
pub fn asset(house: &House, hash: &str, path: &str) -> Result<Page> {
    let theme = house.theme.now();
    let missing = || Error::not_found("site.no_asset");
    if theme.files.root() != format!("/assets/{hash}/") {
        return Err(missing());
    }
    let (bytes, media_type) = theme.files.served(path).ok_or_else(missing)?;
    Ok(Page::new(media_type, Bytes::copy_from_slice(bytes), 0).tagged([Tag::new("theme")]))
}

/// An icon at an address that browsers try by themselves.
pub fn icon(house: &House, path: &str) -> Result<Page> {
    let theme = house.theme.now();
    let (bytes, media_type) = theme
        .files
        .served(path)
        .ok_or(Error::not_found("site.no_asset"))?;
    Ok(Page::new(media_type, Bytes::copy_from_slice(bytes), 0).tagged([Tag::new("theme")]))
}

/// `/{edition}/pages/{slug}`: about, ethics, ownership.
pub async fn standing(house: &House, edition: String, slug: String) -> Result<Page> {
    let reading = house.clone();
    let read = move |read: &mut Read| {
        let scene = Scene::read(&reading, read, &edition)?;
        let missing = || Error::not_found("site.no_page");
        let slug = lexicon::Slug::parse(&slug).map_err(|_| missing())?;
        let page = stories::Page::by_slug(read, &scene.edition.code, &slug)?.ok_or_else(missing)?;
        Ok((scene, page))
    };
    let (scene, standing) = house.app.db.public().read(read).await?;
    let body = markup::Document::from_json(&standing.body).map_err(Error::internal)?;
    let page = scene.page(
        "standing",
        &scene.title(&standing.title),
        &scene.path(&format!("pages/{}", standing.slug)),
    );
    let own =
        json!({ "standing": json!({ "title": standing.title, "body_html": body.to_html(&markup::Plain) }) });
    scene.render(house, "page.html", page, own)
}

/// `/api/v1/story.schema.json`: the story document, for programs that write one.
pub async fn story_schema(house: &House) -> Result<Page> {
    let at_seq = house
        .app
        .db
        .public()
        .read(|read| journal::head(read, &Stream::Public))
        .await?;
    Ok(Page::new(
        "application/schema+json",
        markup::schema().to_string(),
        at_seq,
    ))
}
