//! Refusals as pages: what went wrong in the reader's words, and where to go from here.

use crate::House;
use crate::cards::cards;
use crate::people_pages;
use crate::scene::Scene;
use crate::story_page::id_of;
use crate::views::{CardView, ErrorView, Withdrawn};
use base::web::{ErrorPage, Moved, Refusal};
use base::{Error, Read, Result};
use serde_json::json;
use std::sync::Arc;
use stories::{Card, Edition, PublicStory, redirect};

const LATEST: usize = 8;

impl House {
    /// Renders error pages in the edition that was asked for, or the first one.
    pub fn error_page(&self) -> ErrorPage {
        let house = self.clone();
        Arc::new(move |refusal| {
            let house = house.clone();
            Box::pin(async move { render(&house, refusal).await.ok() })
        })
    }

    /// Finds addresses of the past.
    pub fn moved(&self) -> Moved {
        let db = self.app.db.public().clone();
        Arc::new(move |target| {
            let db = db.clone();
            Box::pin(async move {
                db.read(move |read| redirect::find(read, &target))
                    .await
                    .ok()
                    .flatten()
            })
        })
    }
}

async fn render(house: &House, refusal: Refusal) -> Result<String> {
    let path = refusal.uri.path().to_owned();
    let helps = matches!(refusal.status.as_u16(), 404 | 410);
    let reading = house.clone();
    let read = move |read: &mut Read| {
        let scene = scene_of(&reading, read, &path)?;
        let withdrawn = withdrawn(read, &path)?;
        let newest = stories::public::newest();
        let latest = if helps {
            Card::listed(read, &scene.edition.code, "", newest, LATEST)?
        } else {
            Vec::new()
        };
        let latest = cards(&scene, read, &latest)?;
        Ok((scene, withdrawn, latest))
    };
    let (scene, withdrawn, latest): (Scene, Option<Withdrawn>, Vec<CardView>) =
        house.app.db.public().read(read).await?;
    let status = refusal.status.as_u16();
    let theme = house.theme.now();
    let known = [401, 403, 404, 410, 413, 429, 500, 503].contains(&status);
    let key = if known {
        format!("error-{status}-title")
    } else {
        "error-other-title".to_owned()
    };
    let mut page = scene.page(
        "error",
        &scene.title(&theme.languages.plain(&scene.language, &key)),
        "",
    );
    (page.canonical, page.robots) = (None, Some("noindex"));
    let view = ErrorView {
        status,
        code: refusal.error.code().to_owned(),
        message: refusal.error.to_string(),
        retry_after_s: refusal.error.retry_after_s(),
        request_id: refusal.request_id,
        withdrawn,
        latest,
        sign_in_url: (status == 401 && refusal.method.is_safe())
            .then(|| people_pages::sign_in(&scene, &refusal.uri)),
    };
    let rendered = scene.render(house, "error.html", page, json!({ "error": view }))?;
    Ok(String::from_utf8_lossy(&rendered.body).into_owned())
}

fn scene_of(house: &House, read: &mut Read, path: &str) -> Result<Scene> {
    let first = path
        .trim_start_matches("/lite")
        .split('/')
        .nth(1)
        .unwrap_or_default();
    match Scene::read(house, read, first) {
        Err(Error::NotFound { .. }) => {
            let edition = Edition::all(read)?
                .into_iter()
                .next()
                .ok_or(Error::not_found("stories.no_edition"))?;
            Scene::read(house, read, edition.code.as_str())
        }
        scene => scene,
    }
}

/// What to say of a withdrawn story: when and why, never what it said.
fn withdrawn(read: &mut Read, path: &str) -> Result<Option<Withdrawn>> {
    let Some(id) = path.split('/').nth_back(0).and_then(|last| id_of(last).ok()) else {
        return Ok(None);
    };
    Ok(PublicStory::withdrawn(read, &id)?.map(|(at, reason)| Withdrawn {
        headline: None,
        at,
        reason: Some(reason),
    }))
}
