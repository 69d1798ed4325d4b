//! Which published stories show which pictures: a picture is public for as long as one of them does.

use crate::draft::Draft;
use base::db::{Query, Row, Tx};
use base::{Result, values};
use lexicon::{AssetId, StoryId};
use std::collections::BTreeSet;

base::sql! {
    OF_STORY = "SELECT asset FROM story_asset WHERE story = $1";
    TAKE = "INSERT INTO story_asset (asset, story) VALUES ($1, $2) ON CONFLICT (asset, story) DO NOTHING";
    LEAVE = "DELETE FROM story_asset WHERE asset = $1 AND story = $2";
    ELSEWHERE = "SELECT story FROM story_asset WHERE asset = $1 LIMIT 1";
}

/// What a change of a story's pictures means for the pictures.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Turned {
    /// The story shows them from now on.
    pub shown: Vec<AssetId>,
    /// No published story shows them any more.
    pub hidden: Vec<AssetId>,
}

/// Notes that a published story shows exactly these pictures now.
pub(crate) fn turn(tx: &mut Tx, story: &StoryId, now: &BTreeSet<AssetId>) -> Result<Turned> {
    let rows = tx.query(OF_STORY, values![story])?;
    let before: BTreeSet<AssetId> = rows.into_iter().map(Row::only).collect::<Result<_>>()?;
    let mut turned = Turned::default();
    for asset in now.difference(&before) {
        tx.execute(TAKE, values![asset, story])?;
        turned.shown.push(asset.clone());
    }
    for asset in before.difference(now) {
        tx.execute(LEAVE, values![asset, story])?;
        let used = tx.one(ELSEWHERE, values![asset])?.is_some();
        if !used || cfg!(feature = "planted-picture-of-another") {
            turned.hidden.push(asset.clone());
        }
    }
    Ok(turned)
}

/// The lead picture and those in the body.
pub(crate) fn of(draft: &Draft) -> BTreeSet<AssetId> {
    let lead = draft.picture.iter().map(|picture| picture.asset.clone());
    let inner = draft.body.assets().into_iter();
    lead.chain(inner.filter_map(|id| AssetId::parse(&id).ok()))
        .collect()
}
