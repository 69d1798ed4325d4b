//! `/{edition}/chats/moderation`: what was decided in an edition's rooms, for everybody. Nobody is named, no message is quoted.

use crate::House;
use crate::scene::Scene;
use base::pages::{Page, Tag};
use base::{Read, Result};
use lexicon::At;
use serde_json::json;

/// Decisions on the page; the API has them all.
const SHOWN: usize = 100;

pub async fn moderation(house: &House, edition: String) -> Result<Page> {
    let reading = house.clone();
    let read = move |read: &mut Read| {
        let scene = Scene::read(&reading, read, &edition)?;
        let newest = (At(i64::MAX), "~".to_owned());
        let log = rooms::decision::public_log(read, &scene.edition.code, newest, SHOWN)?;
        Ok((scene, log))
    };
    let (scene, log) = house.app.db.public().read(read).await?;
    let word = house.theme.now().languages.plain(&scene.language, "modlog");
    let mut page = scene.page("chats", &scene.title(&word), &scene.path("chats/moderation"));
    page.alternates = scene.everywhere("chats/moderation");
    let tags = [Tag::new(format!("rooms:{}", scene.code()))];
    let rendered = scene.render(house, "moderation.html", page, json!({ "log": log }))?;
    Ok(rendered.tagged(tags))
}
