//! Followers inside the process: the page store, search and others read a stream by number, like any reader.

use super::Hub;
use super::topic::{Page, Topic};
use crate::error::Result;
use crate::journal::Record;
use std::sync::Arc;
use tokio::sync::watch;

/// A place in a stream. It reads the table when it is behind, so it may start at any number that is kept.
pub struct Follower {
    hub: Arc<Hub>,
    topic: Arc<Topic<Record>>,
    changed: watch::Receiver<u64>,
    seq: i64,
}

/// What a follower is given.
#[derive(Debug)]
pub enum Followed {
    /// The next records, in order, at least one. What a later one superseded comes without its text.
    Records(Vec<Arc<Record>>),
    /// The numbers wanted are kept no more, or a backup was restored: what was built must be built anew.
    /// Following goes on after `head`, the newest number at this moment.
    Rebuild { head: i64 },
}

impl Follower {
    pub(crate) fn new(hub: Arc<Hub>, topic: Arc<Topic<Record>>, seq: i64) -> Self {
        let changed = topic.watch();
        Self {
            hub,
            topic,
            changed,
            seq,
        }
    }

    /// The number of the last record that was given.
    pub fn seq(&self) -> i64 {
        self.seq
    }

    /// Waits for what comes next. Errors are the table's; the next call goes on where this one stood.
    pub async fn next(&mut self) -> Result<Followed> {
        loop {
            if self.hub.epoch().await? != self.topic.mark.epoch {
                return self.rebuild().await;
            }
            self.changed.mark_unchanged();
            match self.topic.page(self.seq) {
                Page::Next(records) => return Ok(self.step(records)),
                Page::Older if self.hub.load(&self.topic, self.seq).await? => {}
                Page::Older => return self.rebuild().await,
                Page::Nothing if self.is_ahead() => {
                    // Another node may have committed it and not rung here yet: the table knows.
                    let standing = self.hub.look().await?;
                    if self.is_ahead() && self.seq > standing.head(&self.topic.mark.stream) {
                        return self.rebuild().await;
                    }
                    self.changed.changed().await.unwrap_or_default();
                }
                // The sender lives in the topic that we hold.
                Page::Nothing => drop(self.changed.changed().await),
            }
        }
    }

    fn is_ahead(&self) -> bool {
        self.topic.head().is_some_and(|head| self.seq > head)
    }

    fn step(&mut self, records: Vec<Arc<Record>>) -> Followed {
        self.seq = records.last().map_or(self.seq, |last| last.seq);
        Followed::Records(records)
    }

    async fn rebuild(&mut self) -> Result<Followed> {
        let stream = self.topic.mark.stream.clone();
        self.topic = self.hub.record_topic(&stream).await?;
        self.changed = self.topic.watch();
        self.seq = self.topic.head().unwrap_or(0);
        Ok(Followed::Rebuild { head: self.seq })
    }
}
