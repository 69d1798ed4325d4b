//! What the hub does by itself: reading the table where it fell behind, and letting go of what nobody uses.

use super::Hub;
use super::frame::Sealed;
use super::topic::Topic;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

const SWEEP: Duration = Duration::from_secs(5);
const RETRY: Duration = Duration::from_secs(1);

/// Reads the table for one stream until it is even, in the background; several calls while one waits are one.
pub(crate) fn catch_up<T: Sealed>(hub: &Arc<Hub>, topic: Arc<Topic<T>>) {
    if !topic.claim_catching_up() {
        return;
    }
    let (ledger, counters) = (hub.ledger.clone(), hub.counters.clone());
    hub.runtime.spawn(async move {
        while let Err(error) = topic.catch_up(ledger.as_ref(), &counters).await {
            tracing::warn!(target: "live", stream = %topic.mark.stream, %error, "cannot read the table; trying again");
            tokio::time::sleep(RETRY).await;
        }
    });
}

/// Runs until the hub is gone.
pub(crate) async fn keep_up(hub: Weak<Hub>) {
    let mut swept = Instant::now();
    loop {
        let pause = match hub.upgrade() {
            Some(hub) => hub.limits.poll.unwrap_or(RETRY),
            None => return,
        };
        tokio::time::sleep(pause).await;
        let Some(hub) = hub.upgrade() else { return };
        if hub.limits.poll.is_some()
            && let Err(error) = hub.look().await
        {
            tracing::warn!(target: "live", %error, "cannot ask the table for news");
        }
        if swept.elapsed() >= SWEEP {
            swept = Instant::now();
            hub.frames.sweep(swept);
            hub.records.sweep(swept);
        }
    }
}
