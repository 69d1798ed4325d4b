//! Asking the table where all streams stand, once for however many want to know.

use super::ledger::Ledger;
use crate::error::Result;
use lexicon::Stream;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Where every stream stood, and in which epoch.
#[derive(Debug, Default)]
pub(crate) struct Standing {
    pub epoch: Arc<str>,
    heads: HashMap<Stream, i64>,
}

impl Standing {
    /// 0 for a stream without a record.
    pub fn head(&self, stream: &Stream) -> i64 {
        self.heads.get(stream).copied().unwrap_or(0)
    }

    async fn read(ledger: &dyn Ledger) -> Result<Self> {
        let epoch = super::token::epoch_word(&ledger.epoch().await?).into();
        let heads = ledger
            .heads()
            .await?
            .into_iter()
            .map(|head| (head.stream, head.head))
            .collect();
        Ok(Self { epoch, heads })
    }
}

/// One look at the table at a time; whoever asked before it began shares its answer.
#[derive(Default)]
pub(crate) struct Refresh {
    asked: AtomicU64,
    last: tokio::sync::Mutex<(u64, Arc<Standing>)>,
}

impl Refresh {
    /// An answer of the table that is newer than this call. `learn` is run once per look: with what is to be told before it, and after.
    pub async fn newer_than_now<P>(
        &self,
        ledger: &dyn Ledger,
        prepare: impl Fn() -> P,
        learn: impl Fn(P, &Standing),
    ) -> Result<Arc<Standing>> {
        let ticket = self.asked.fetch_add(1, Ordering::AcqRel) + 1;
        let mut last = self.last.lock().await;
        if last.0 >= ticket {
            return Ok(last.1.clone());
        }
        let covers = self.asked.load(Ordering::Acquire);
        let prepared = prepare();
        let standing = Arc::new(Standing::read(ledger).await?);
        learn(prepared, &standing);
        *last = (covers, standing.clone());
        Ok(standing)
    }
}
