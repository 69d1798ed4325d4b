//! The journal as the live hub reads it, through the public connection.

use super::{Record, after, epoch, heads};
use crate::db::Public;
use crate::hub::{Head, Ledger, Reading};
use lexicon::Stream;

impl Ledger for Public {
    fn heads(&self) -> Reading<'_, Vec<Head>> {
        let head = |(stream, floor, head)| Head { stream, floor, head };
        Box::pin(async move {
            let all = self.read(|read| heads(read)).await?;
            Ok(all.into_iter().map(head).collect())
        })
    }

    fn after(&self, stream: &Stream, seq: i64, limit: usize) -> Reading<'_, Vec<Record>> {
        let stream = stream.clone();
        Box::pin(self.read(move |read| after(read, &stream, seq, limit)))
    }

    fn epoch(&self) -> Reading<'_, String> {
        Box::pin(self.read(|read| Ok(epoch(read)?.unwrap_or_default())))
    }
}
