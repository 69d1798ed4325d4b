//! What follows a publication when there is time: the sizes that nobody has asked for yet, and all of them as AVIF.

use crate::asset::Asset;
use crate::picture::REFUSALS;
use crate::rendition::{self, AVIF, JPEG};
use crate::store::Store;
use base::db::Tx;
use base::jobs::{self, Job, Workers};
use base::sandbox::Sandbox;
use base::{App, Db, Error, Result};
use lexicon::{AssetId, At};
use std::time::Duration;

/// Long work for which nobody waits: in the lane for later.
const FINISH: &str = "later.media.finish";
/// So long the newsroom has the processor for itself.
const DELAY: i64 = 20 * At::SECOND;
/// One size as AVIF takes a second or two of a processor that nobody else wants, and may wait for it.
const DEADLINE: Duration = Duration::from_secs(600);

/// Makes what is missing of a published picture, soon.
pub(crate) fn finish_later(tx: &mut Tx, id: &AssetId) -> Result<()> {
    let asset = match Asset::by_id(tx, id) {
        Ok(asset) => asset,
        Err(Error::NotFound { .. }) => return Ok(()),
        Err(error) => return Err(error),
    };
    if missing(tx, &asset)?.is_none() {
        return Ok(());
    }
    // In a body that tells of the past it is due at once; being idle work, it is in nobody's way all the same.
    let due_at = tx.now().plus(DELAY);
    jobs::enqueue(tx, FINISH, id.as_str(), due_at, Some(&format!("{FINISH}:{id}")))
}

/// Adds this crate's jobs to the workers.
pub fn workers(app: &App, store: &Store, workers: Workers) -> Workers {
    let (db, store) = (app.db.clone(), store.clone());
    workers.with(FINISH, move |job: Job| {
        let (db, store) = (db.clone(), store.clone());
        async move {
            let id = AssetId::parse(&job.payload).map_err(Error::from)?;
            finish(&db, &store, &id).await?;
            db.write(move |tx| job.finish(tx)).await
        }
    })
}

/// Makes one size after the other. Each is noted when it is there, so a job that is cut goes on where it was.
pub(crate) async fn finish(db: &Db, store: &Store, id: &AssetId) -> Result<()> {
    let sandbox = Sandbox::new("picture").within(DEADLINE).idle().refusals(REFUSALS);
    let mut last = None;
    loop {
        let wanted = id.clone();
        let look = move |read: &mut base::Read| {
            let asset = Asset::by_id(read, &wanted)?;
            Ok((missing(read, &asset)?, asset))
        };
        let (Some((width, format)), asset) = db.read(look).await? else { return Ok(()) };
        // What was made and is missing still could not be kept.
        if last.replace((width, format)) == Some((width, format)) {
            return Err(Error::Unavailable { code: "disk_full", retry_after_s: 30 });
        }
        store.make(db, asset, vec![width], format, sandbox.clone()).await?;
    }
}

/// The next size to make: what every browser shows comes first.
fn missing(db: &mut dyn base::db::Query, asset: &Asset) -> Result<Option<(u32, &'static str)>> {
    for format in [JPEG, AVIF] {
        if let Some(width) = rendition::missing(db, asset, format)?.first() {
            return Ok(Some((*width, format)));
        }
    }
    Ok(None)
}
