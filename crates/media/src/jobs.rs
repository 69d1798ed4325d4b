//! What follows a publication when there is time.

use crate::store::Store;
use base::db::Tx;
use base::jobs::Workers;
use base::{App, Result};
use lexicon::AssetId;

/// Makes the sizes that nobody has asked for yet.
pub(crate) fn finish_later(_tx: &mut Tx, _id: &AssetId) -> Result<()> {
    Ok(())
}

/// Adds this crate's jobs to the workers.
pub fn workers(_app: &App, _store: &Store, workers: Workers) -> Workers {
    workers
}
