//! The public site: pages that show many nouns. It reads many tables and owns none.

mod body;
mod card_picture;
mod cards;
mod errors;
mod feeds;
mod front;
mod lists;
mod machine;
mod mail_pages;
mod moderation_page;
mod newsfeed_page;
pub mod pages;
mod people_pages;
mod records;
mod room_page;
mod scene;
mod search_page;
mod sitemaps;
mod story_page;
pub mod tags;
pub mod theme;
mod views;
mod web;

pub use web::routes;

use base::App;
use search::Index;
use theme::Theme;

/// What the site's pages are made with. Cloning shares it.
#[derive(Clone)]
pub struct House {
    pub app: App,
    pub theme: Theme,
    pub index: Index,
}

#[cfg(test)]
mod tests;
