//! Whether readers may subscribe to a stream, asked once for however many come at the same time.

use super::Hub;
use crate::error::Result;
use lexicon::Stream;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long an answer holds. A stream that is gone may be joined for so long; it brings nothing any more.
const HOLDS: Duration = Duration::from_secs(1);

/// What the listing said last, and when.
pub(crate) type Listed = tokio::sync::Mutex<Option<(Instant, bool)>>;

impl Hub {
    /// Asks the listing; who comes while it is being asked, or a moment later, shares the answer.
    pub(crate) async fn listed(self: &Arc<Self>, stream: &Stream) -> Result<bool> {
        let topic = self.frames.open(stream, &self.epoch().await?);
        let mut listed = topic.listed.lock().await;
        if let Some((_, exists)) = listed.filter(|(at, _)| at.elapsed() < HOLDS) {
            return Ok(exists);
        }
        let exists = self.listing.exists(stream).await?;
        *listed = Some((Instant::now(), exists));
        drop(listed);
        if !exists {
            // Names that somebody made up must not fill the memory.
            self.frames.forget(topic);
        }
        Ok(exists)
    }
}
