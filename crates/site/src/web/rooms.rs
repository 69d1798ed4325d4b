//! The addresses of rooms and of the list of chats.

use super::{Numbered, Site, StoryPath};
use crate::room_page::{self, Part};
use crate::{House, moderation_page};
use axum::extract::State;
use base::Result;
use base::pages::Page;
use base::web::{Path, Query, Route};
use http::Uri;

pub(super) fn routes() -> Vec<Route<House>> {
    vec![
        Route::get(
            "/{edition}/{section}/{year}/{month}/{day}/{story}/room",
            show_room,
        )
        .stored()
        .numbered()
        .about("A story's room."),
        Route::get(
            "/{edition}/{section}/{year}/{month}/{day}/{story}/room/held",
            show_held,
        )
        .stored()
        .about("What is told to who sent a message that waits for a moderator."),
        Route::get("/{edition}/chats", show_chats)
            .stored()
            .about("The rooms of an edition."),
        Route::get("/{edition}/chats/moderation", show_moderation)
            .stored()
            .about("What was decided in an edition's rooms; nobody is named."),
    ]
}

async fn show_room(
    State(house): Site,
    uri: Uri,
    Path(path): Path<StoryPath>,
    Query(page): Query<Numbered>,
) -> Result<Page> {
    let part = match page.page {
        None => Part::Newest,
        Some(number) => Part::Older(i64::try_from(number.clamp(1, 1 << 40)).unwrap_or(1)),
    };
    room_page::room(&house, uri.path().to_owned(), &path.story, part).await
}

async fn show_held(State(house): Site, uri: Uri, Path(path): Path<StoryPath>) -> Result<Page> {
    room_page::room(&house, uri.path().to_owned(), &path.story, Part::Held).await
}

async fn show_chats(State(house): Site, Path(edition): Path<String>) -> Result<Page> {
    room_page::chats(&house, edition).await
}

async fn show_moderation(State(house): Site, Path(edition): Path<String>) -> Result<Page> {
    moderation_page::moderation(&house, edition).await
}
