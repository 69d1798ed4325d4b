//! What all pages stand on: their files, and how this browser wishes them to look.

use super::Visit;
use crate::files;
use crate::frame::Desk;
use axum::extract::State;
use axum::response::Response;
use base::pages::Page;
use base::web::{Form, Path};
use base::{Error, Result};
use http::header::{HeaderValue, SET_COOKIE};
use serde::Deserialize;

pub(crate) async fn show_desk_file(
    State(desk): State<Desk>,
    Path((hash, file)): Path<(String, String)>,
) -> Result<Page> {
    let missing = || Error::not_found("desk.no_file");
    if desk.root() != format!("/desk/static/{hash}/") {
        return Err(missing());
    }
    let (kind, bytes) = files::find(&file).ok_or_else(missing)?;
    Ok(Page::new(kind, bytes, 0))
}

/// One wish, and the page to come back to.
#[derive(Debug, Deserialize)]
pub(crate) struct Wish {
    name: String,
    word: String,
    #[serde(default)]
    back: String,
}

pub(crate) async fn set_look(
    State(desk): State<Desk>,
    visit: Visit,
    Form(wish): Form<Wish>,
) -> Result<Response> {
    let look = visit.look.wished(&wish.name, &wish.word);
    let mut response = desk.lead(&wish.back)?;
    let secure = if desk.app.config.origin().starts_with("https://") {
        "; Secure"
    } else {
        ""
    };
    let cookie = HeaderValue::try_from(format!("{}{secure}", look.cookie())).map_err(Error::internal)?;
    response.headers_mut().append(SET_COOKIE, cookie);
    Ok(response)
}
