//! The page store's following of the `public` stream. Acts of this node drop their pages before they are answered;
//! this hears of those of other nodes as well, and misses none.

use crate::tags;
use base::hub::Followed;
use base::{App, Result, journal};
use lexicon::Stream;
use std::time::Duration;

/// Drops what each record touches until the future is dropped.
pub async fn follow(app: App) {
    loop {
        if let Err(error) = keep_up(&app).await {
            tracing::warn!(target: "site", cause = ?error, "pages fell behind; starting with none");
        }
        // What was missed meanwhile is not known, so no page can be trusted.
        app.pages.clear();
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

async fn keep_up(app: &App) -> Result<()> {
    let head = app
        .db
        .public()
        .read(|read| journal::head(read, &Stream::Public))
        .await?;
    let mut follower = app.hub.subscribe(Stream::Public, head).await?;
    loop {
        match follower.next().await? {
            Followed::Rebuild { .. } => app.pages.clear(),
            Followed::Records(records) => {
                for record in records {
                    if let Some(event) = &record.event {
                        app.pages.drop_tags(&tags::touched(event), record.seq);
                    }
                }
            }
        }
    }
}
