//! The queue: what the newsroom works on, by due time.

use super::Visit;
use crate::frame::Desk;
use axum::extract::State;
use axum::response::Response;
use base::Result;
use base::web::Query;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use stories::Story;

/// Which stories.
#[derive(Debug, Default, Deserialize, JsonSchema)]
pub(crate) struct Asked {
    stage: Option<String>,
}

pub(crate) async fn show_queue(
    State(desk): State<Desk>,
    visit: Visit,
    Query(_): Query<Asked>,
) -> Result<Response> {
    let stories = desk
        .app
        .db
        .read(|read| Story::latest(read, stories::public::newest(), 50))
        .await?;
    desk.page(&visit, "queue", "queue.html", json!({ "stories": stories }))
}
