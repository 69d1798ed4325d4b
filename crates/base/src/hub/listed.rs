//! Whether readers may subscribe to a stream, asked once for however many come at the same time.

use super::Hub;
use crate::error::Result;
use lexicon::Stream;
use std::time::{Duration, Instant};

/// How long an answer holds. A stream that is gone may be joined for so long; it brings nothing any more.
const HOLDS: Duration = Duration::from_secs(1);

impl Hub {
    /// Asks the listing; a stream that is active and was there a moment ago is not asked for again.
    pub(crate) async fn listed(&self, stream: &Stream) -> Result<bool> {
        let Some(topic) = self.frames.find(stream) else {
            return self.listing.exists(stream).await;
        };
        let mut listed_at = topic.listed_at.lock().await;
        if listed_at.is_some_and(|at: Instant| at.elapsed() < HOLDS) {
            return Ok(true);
        }
        let exists = self.listing.exists(stream).await?;
        *listed_at = exists.then(Instant::now);
        Ok(exists)
    }
}
