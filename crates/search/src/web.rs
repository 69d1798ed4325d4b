//! Search for programs; the page that readers use is the site's and calls `results` as well.

use crate::follow::text_of;
use crate::index::Index;
use crate::query::{DEEPEST, Find};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use base::web::{Query, Route, bind};
use base::{App, Error, Read, Result, journal};
use lexicon::{At, EditionCode, Slug, Stream};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use stories::{Card, Edition};

/// App and index, for handlers.
#[derive(Clone)]
struct Searching {
    app: App,
    index: Index,
}

pub fn routes(app: &App, index: &Index) -> Vec<Route> {
    let state = Searching {
        app: app.clone(),
        index: index.clone(),
    };
    let routes = vec![
        Route::get("/api/v1/search", search_stories)
            .public(0)
            .query::<SearchQuery>()
            .about("Finds published stories by their words."),
    ];
    bind(&state, routes)
}

/// What is looked for, and where.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SearchQuery {
    #[serde(default)]
    pub q: String,
    pub edition: Option<String>,
    pub section: Option<String>,
    /// Date or RFC 3339; published not before.
    pub from: Option<String>,
    /// Date or RFC 3339; published before.
    pub to: Option<String>,
    /// `date` for newest first.
    pub sort: Option<String>,
    pub cursor: Option<String>,
    pub limit: Option<usize>,
}

/// A found story with the part of its text that shows why.
pub struct Shown {
    pub card: Card,
    pub excerpt: Vec<(String, bool)>,
}

/// One page of results.
pub struct Results {
    pub items: Vec<Shown>,
    pub total: usize,
    /// Where the next page begins; none at the end.
    pub next: Option<usize>,
}

impl SearchQuery {
    fn find(&self) -> Result<Find> {
        let moment =
            |field: &str, text: &Option<String>| match text.as_deref().filter(|text| !text.is_empty()) {
                None => Ok(None),
                Some(text) => {
                    let refuse = || {
                        Error::invalid(
                            field,
                            "search.moment",
                            "must be a date, such as 2026-11-24, or RFC 3339",
                        )
                    };
                    At::parse(text).map(Some).ok_or_else(refuse)
                }
            };
        let refuse = || Error::invalid("cursor", "search.cursor", "use the cursor of an earlier answer");
        let some = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        Ok(Find {
            words: self.q.clone(),
            edition: some(&self.edition)
                .map(|code| EditionCode::parse(&code))
                .transpose()?,
            section: some(&self.section).map(|slug| Slug::parse(&slug)).transpose()?,
            from: moment("from", &self.from)?,
            to: moment("to", &self.to)?,
            by_date: self.sort.as_deref() == Some("date"),
            offset: self
                .cursor
                .as_deref()
                .map(|text| text.parse().map_err(|_| refuse()))
                .transpose()?
                .unwrap_or(0),
            limit: self.limit.unwrap_or(20).clamp(1, 50),
        })
    }
}

/// Searches what the public sees at this moment: what was published before the search began is found.
pub async fn results(app: &App, index: &Index, query: &SearchQuery) -> Result<Results> {
    let (find, index) = (query.find()?, index.clone());
    let public = app.db.public();
    let head = public.read(|read| journal::head(read, &Stream::Public)).await?;
    index.caught_up(head).await;
    public.read(move |read| look(read, &index, &find)).await
}

fn look(read: &mut Read, index: &Index, find: &Find) -> Result<Results> {
    if let Some(code) = &find.edition {
        Edition::by_code(read, code)?;
    }
    let mut found = index.find(find)?;
    let mut items = Vec::new();
    let hits = std::mem::take(&mut found.hits);
    for hit in &hits {
        if let Some((card, text)) = text_of(read, &hit.id)? {
            let excerpt = found.excerpt(&card.facts.language, &text);
            items.push(Shown { card, excerpt });
        }
    }
    let end = find.offset + hits.len();
    let more = end < found.total.min(DEEPEST) && !hits.is_empty();
    Ok(Results {
        items,
        total: found.total,
        next: more.then_some(end),
    })
}

async fn search_stories(
    State(searching): State<Searching>,
    Query(query): Query<SearchQuery>,
) -> Result<Response> {
    let results = results(&searching.app, &searching.index, &query).await?;
    let origin = searching.app.config.origin();
    let items: Vec<Value> = results.items.iter().map(|shown| item(&origin, shown)).collect();
    let next = results.next.map(|next| next.to_string());
    Ok(axum::Json(json!({ "items": items, "next": next, "total": results.total })).into_response())
}

fn item(origin: &str, shown: &Shown) -> Value {
    let Card {
        id,
        edition,
        path,
        facts,
        published_at,
        ..
    } = &shown.card;
    let excerpt: Vec<Value> = shown
        .excerpt
        .iter()
        .map(|(text, hit)| json!({ "text": text, "hit": hit }))
        .collect();
    json!({
        "id": id, "edition": edition, "url": format!("{origin}{path}"), "headline": facts.headline, "standfirst": facts.standfirst,
        "section": facts.section.slug, "published_at": published_at.rfc3339(), "excerpt": excerpt,
    })
}
