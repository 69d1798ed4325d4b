//! Every public address: all routes of the table with what they can be filled with, and every link that is found.

use crate::desk;
use crate::wire::{Answer, Client};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A route as the OpenAPI document declares it.
#[derive(Clone, Debug)]
pub struct Route {
    pub method: String,
    pub path: String,
    /// Roles that may come in; none for the public, a secret link or anybody signed in.
    pub access: Value,
    pub cache: String,
    pub csrf: String,
    /// The least scope of a token; empty for public routes.
    pub scope: String,
}

/// The route table of a running server.
pub fn table(client: &mut Client) -> Vec<Route> {
    let document = client.get("/api/v1/openapi.json").json();
    let mut routes = Vec::new();
    for (path, operations) in document["paths"].as_object().expect("paths") {
        for (method, operation) in operations.as_object().expect("operations") {
            let text = |name: &str| operation[name].as_str().unwrap_or_default().to_owned();
            routes.push(Route {
                method: method.to_uppercase(),
                path: path.clone(),
                access: operation["x-access"].clone(),
                cache: text("x-cache"),
                csrf: text("x-csrf"),
                scope: operation["security"][0]["token"][0]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned(),
            });
        }
    }
    assert!(routes.len() > 40, "the document has {} routes", routes.len());
    routes
}

impl Route {
    pub fn is_public(&self) -> bool {
        self.access == "public"
    }

    /// The path with every parameter filled in: those of the story's own address first.
    pub fn filled(&self, values: &BTreeMap<&str, String>) -> String {
        let mut path = String::new();
        for (n, part) in self.path.split(['{', '}']).enumerate() {
            let value = || values.get(part).map_or("1", String::as_str);
            path.push_str(if n % 2 == 0 { part } else { value() });
        }
        path
    }
}

/// What fills the parameters of a story's address.
pub fn values(path: &str, id: &str) -> BTreeMap<&'static str, String> {
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    let names = ["edition", "section", "year", "month", "day", "story"];
    let mut values: BTreeMap<&str, String> = names
        .into_iter()
        .zip(parts.iter().map(|part| (*part).to_owned()))
        .collect();
    values.insert("id", id.to_owned());
    values.insert("slug", "harbour".to_owned());
    values.insert("file", "feed.rss".to_owned());
    values
}

/// Addresses that no link leads to, of each public route.
pub fn seeds(routes: &[Route], values: &BTreeMap<&str, String>) -> Vec<String> {
    let mut seeds = BTreeSet::new();
    let public = routes
        .iter()
        .filter(|route| route.is_public() && route.method == "GET");
    for route in public.filter(|route| {
        !matches!(
            route.path.as_str(),
            "/api/v1/live" | "/readyz" | "/healthz" | "/metrics"
        )
    }) {
        let path = route.filled(values);
        match route.path.ends_with("{file}") {
            true => seeds
                .extend(["rss", "atom", "json"].map(|end| path.replace("feed.rss", &format!("feed.{end}")))),
            false => drop(seeds.insert(path)),
        }
    }
    seeds.extend(
        [
            "/en/search?q=harbour",
            "/lite/en/search?q=harbour",
            "/api/v1/stories?edition=en&limit=100",
            "/api/v1/newsfeed?edition=en&limit=100",
        ]
        .map(str::to_owned),
    );
    seeds.extend(
        [
            "/api/v1/search?q=harbour&edition=en",
            "/api/v1/stories?edition=en&section=news",
            "/api/v1/stories?edition=en&topic=harbour",
        ]
        .map(str::to_owned),
    );
    seeds.into_iter().collect()
}

/// Reads every address that can be reached from these, so many at most.
pub fn crawl(client: &mut Client, seeds: Vec<String>, most: usize) -> BTreeMap<String, Answer> {
    let mut found = BTreeMap::new();
    let mut waiting: VecDeque<String> = seeds.into();
    while let Some(target) = waiting.pop_front() {
        if found.len() == most || found.contains_key(&target) {
            continue;
        }
        let answer = client.get(&target);
        if answer.status == 200 {
            waiting.extend(links(&answer));
        }
        if let Some(location) = answer.header("location") {
            waiting.push_back(desk::path_of(location));
        }
        found.insert(target, answer);
    }
    found
}

/// The addresses of this site in a page, a feed, a sitemap or JSON.
fn links(answer: &Answer) -> Vec<String> {
    let kind = answer.header("content-type").unwrap_or_default();
    if !["html", "xml", "json"].iter().any(|word| kind.contains(word)) {
        return Vec::new();
    }
    let text = answer.text().replace("&#x2f;", "/").replace("&amp;", "&");
    let mut links = BTreeSet::new();
    for begin in [
        "href=\"",
        "src=\"",
        "<loc>",
        "url\":\"",
        "content=\"http",
        "<link>",
    ] {
        for (at, _) in text.match_indices(begin) {
            let rest = &text[at + begin.len() - if begin.ends_with("http") { 4 } else { 0 }..];
            let link = &rest[..rest.find(['"', '<', '#']).unwrap_or(0)];
            let own = link.starts_with('/') && !link.starts_with("//")
                || link.starts_with("http://localhost:")
                || link.starts_with("http://127.0.0.1:");
            if own {
                links.insert(desk::path_of(link));
            }
        }
    }
    links
        .into_iter()
        .filter(|link| !link.starts_with("/api/v1/live") && link.is_ascii() && !link.contains(' '))
        .collect()
}
