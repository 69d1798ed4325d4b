//! `/{edition}/search`: the same search as the API's, for readers.

use crate::House;
use crate::cards::{card, some};
use crate::scene::Scene;
use crate::views::{CardView, Pagination};
use base::pages::Page;
use base::{Error, Read, Result};
use schemars::JsonSchema;
use search::{SearchQuery, results};
use serde::Deserialize;
use serde_json::json;

const PAGE: usize = 20;

/// What the form sends. What links have picked up on their way is overlooked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
pub struct Asked {
    #[serde(default)]
    pub q: String,
    pub section: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub sort: Option<String>,
    pub page: Option<usize>,
}

/// Renders the form, and the results when something was asked for. A query that cannot be searched is answered on the page.
pub async fn search(house: &House, edition: String, asked: Asked, lite: bool) -> Result<Page> {
    let (reading, code) = (house.clone(), edition.clone());
    let scene = house
        .app
        .db
        .public()
        .read(move |read| Scene::read(&reading, read, &code))
        .await?;
    let number = asked.page.unwrap_or(1).clamp(1, 50);
    let found = match asked.q.trim().is_empty() {
        true => Ok(None),
        false => find(house, &edition, &asked, number).await.map(Some),
    };
    let (error, found) = match found {
        Ok(found) => (None, found),
        Err(Error::Invalid { message, .. }) => (Some(message), None),
        Err(error) => return Err(error),
    };
    let (views, total) = found.unwrap_or_default();
    let word = house.theme.now().languages.plain(&scene.language, "search");
    let path = scene.path("search");
    let mut page = scene.page("search", &scene.title(&word), &path);
    page.robots = Some("noindex");
    (page.lite_url, page.full_url) = (Some(format!("/lite{path}")), Some(path.clone()));
    let list = if lite { format!("/lite{path}") } else { path };
    let own = json!({
        "search": json!({ "q": asked.q.trim(), "total": total, "results": views, "error": error }),
        "pagination": pages(&list, &asked, number, total),
    });
    let template = if lite { "lite/search.html" } else { "search.html" };
    Ok(scene.render(house, template, page, own)?.not_kept())
}

async fn find(house: &House, edition: &str, asked: &Asked, number: usize) -> Result<(Vec<CardView>, usize)> {
    let query = SearchQuery {
        q: asked.q.trim().to_owned(),
        edition: Some(edition.to_owned()),
        section: asked.section.clone(),
        from: asked.from.clone(),
        to: asked.to.clone(),
        sort: asked.sort.clone(),
        cursor: Some(((number - 1) * PAGE).to_string()),
        limit: Some(PAGE),
    };
    let results = results(&house.app, &house.index, &query).await?;
    let (reading, code, total) = (house.clone(), edition.to_owned(), results.total);
    let read = move |read: &mut Read| {
        let scene = Scene::read(&reading, read, &code)?;
        let view = |shown: &search::Shown| {
            let mut view = card(&scene, read, &shown.card)?;
            view.snippet_html = some(&marked(&shown.excerpt));
            Ok(view)
        };
        results.items.iter().map(view).collect::<Result<Vec<_>>>()
    };
    Ok((house.app.db.public().read(read).await?, total))
}

/// The excerpt as HTML, the words that were found marked.
fn marked(excerpt: &[(String, bool)]) -> String {
    let piece = |(text, hit): &(String, bool)| {
        if cfg!(feature = "planted-raw-snippet") {
            return text.clone();
        }
        let text = text
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        if *hit {
            format!("<mark>{text}</mark>")
        } else {
            text
        }
    };
    excerpt.iter().map(piece).collect()
}

fn pages(list: &str, asked: &Asked, number: usize, total: usize) -> Option<Pagination> {
    let pages = total.div_ceil(PAGE).min(50);
    let address = |n: usize| {
        let mut query = form(&[
            ("q", Some(asked.q.trim())),
            ("section", asked.section.as_deref()),
            ("sort", asked.sort.as_deref()),
        ]);
        query += &form(&[("from", asked.from.as_deref()), ("to", asked.to.as_deref())]);
        format!("{list}?{}page={n}", query)
    };
    (pages > 1).then(|| Pagination {
        page: number,
        pages: Some(pages),
        prev_url: (number > 1).then(|| address(number - 1)),
        next_url: (number < pages).then(|| address(number + 1)),
    })
}

/// Fields as a form would send them, each followed by `&`.
fn form(fields: &[(&str, Option<&str>)]) -> String {
    let encoded = |text: &str| {
        text.bytes().fold(String::new(), |mut out, byte| {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => out.push(char::from(byte)),
                _ => out += &format!("%{byte:02X}"),
            }
            out
        })
    };
    let given = fields
        .iter()
        .filter_map(|(name, value)| value.filter(|value| !value.is_empty()).map(|value| (name, value)));
    given
        .map(|(name, value)| format!("{name}={}&", encoded(value)))
        .collect()
}
