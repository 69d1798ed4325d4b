//! The table, as the hub sees it: the truth it reads when it has not heard.

use crate::error::Result;
use crate::journal::Record;
use lexicon::Stream;
use std::future::Future;
use std::pin::Pin;

/// A read that is under way.
pub type Reading<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// Where one stream stands in the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub stream: Stream,
    /// The number before the oldest kept record; 0 when nothing has been let go.
    pub floor: i64,
    /// The newest number; 0 when there is none.
    pub head: i64,
}

/// The journal's table. Every answer is a snapshot that includes each record of which `Hub::commit` was told before the call.
pub trait Ledger: Send + Sync + 'static {
    /// Where every stream that has a record stands.
    fn heads(&self) -> Reading<'_, Vec<Head>>;

    /// At most `limit` records with `seq > after`, in order, superseded ones already redacted.
    fn after(&self, stream: &Stream, after: i64, limit: usize) -> Reading<'_, Vec<Record>>;

    /// A short text that changes when a backup is restored.
    fn epoch(&self) -> Reading<'_, String>;
}

/// Knows which streams there are for readers; a stream may exist and have no record yet.
pub trait Listing: Send + Sync + 'static {
    /// Whether readers may subscribe to it now.
    fn exists(&self, stream: &Stream) -> Reading<'_, bool>;
}
