//! The desk: the pages on which a newsroom works all day. It reads many nouns and owns no table.
//!
//! # How a page joins the frame
//!
//! Every page under `/desk/` stands in the same frame: navigation, keys, texts, colours. A page of another feature (rooms,
//! mail, …) is a file of this crate that reads that feature's nouns:
//!
//! 1. a template in `templates/`, which begins with `{% extends "frame.html" %}` and fills `{% block main %}`; it may call
//!    `t("key", name=value)`, `asset("desk.css")`, and the filters `ago` and `clock` on moments (`At`);
//! 2. its words in **both** `texts/en.ftl` and `texts/ru.ftl` (a test counts them);
//! 3. a route with `Access::DESK` (or narrower) in `web.rs`, and a handler that takes [`Visit`] and answers with
//!    [`Desk::page`]:
//!
//! ```text
//! async fn show_rooms(State(desk): State<Desk>, visit: Visit) -> Result<Response> {
//!     let rooms = desk.app.db.read(|read| Room::all(read)).await?;
//!     desk.page(&visit, "rooms", "rooms.html", json!({ "rooms": rooms }))
//! }
//! ```
//!
//! 4. one line in [`frame::PLACES`], so that the page is in the navigation of those who may open it. The word given to
//!    `page` ("rooms") is the place's own; it marks where one is, and `rooms-title` is the page's title in the texts.
//!
//! Whoever is not signed in is led to `/sign-in?next=…` by [`entrance`]; whoever is no staff gets the site's refusal. Forms post
//! to routes of the table as everywhere (`application/x-www-form-urlencoded`, same origin) and answer with [`Desk::lead`]; scripts
//! call the JSON API, whose desk routes take the session of our own pages.

mod entrance;
mod files;
pub mod frame;
mod look;
mod texts;
mod web;

#[cfg(test)]
mod tests;

pub use entrance::entrance;
pub use frame::Desk;
pub use web::{Bell, Visit, routes};
