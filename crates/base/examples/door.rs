//! One page from the page store behind the front door: what `wrk` is pointed at to measure the fast lane.
//!
//! `door ADDRESS FILE` serves FILE at `/article.html`.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use base::pages::{Page, PageStore};
use base::web::door::{self, Door};
use base::web::{Reception, Route, Shield, Table, bind};
use base::{Clock, Error};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:18099".into());
    let body = std::fs::read_to_string(arguments.next().unwrap_or_default())?;
    let origin = format!("http://{address}");
    let (clock, shield) = (Clock::system(), Shield::of(&origin));
    let pages = PageStore::new(64 << 20, clock.clone(), shield);
    let routes = vec![
        Route::get("/article.html", show_article)
            .stored()
            .about("Shows the article"),
    ];
    let reception = Reception::new(pages.clone(), clock.clone(), &origin);
    let router = Table::new(bind(&body, routes))?.router(&reception);
    let listener = door::listen(address.parse()?)?;
    let stop = async { drop(tokio::signal::ctrl_c().await) };
    door::serve(listener, Door::new(router, pages, clock, origin), stop).await?;
    Ok(())
}

async fn show_article(body: axum::extract::State<String>) -> Result<Page, Error> {
    Ok(Page::html(body.0, 0))
}
