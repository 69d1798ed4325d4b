//! The sizes of a picture: a fixed ladder of widths, so that nobody can ask for work that was not meant.

use crate::asset::Asset;
use crate::public::PublicMedia;
use base::blobs::BlobKey;
use base::db::{Query, Row, Tx};
use base::{Result, values};
use lexicon::AssetId;

base::sql! {
    ADD = "INSERT INTO media_rendition (asset, width, format, blob) VALUES ($1, $2, $3, $4)
        ON CONFLICT (asset, width, format) DO UPDATE SET blob = excluded.blob";
    SHOW = "INSERT INTO public_media_rendition (asset, width, format, blob) VALUES ($1, $2, $3, $4)
        ON CONFLICT (asset, width, format) DO UPDATE SET blob = excluded.blob";
    MADE = "SELECT width, format FROM media_rendition WHERE asset = $1 ORDER BY width, format";
    ONE = "SELECT blob FROM media_rendition WHERE asset = $1 AND width = $2 AND format = $3";
    FORGET = "DELETE FROM media_rendition WHERE asset = $1";
    FORGET_PUBLIC = "DELETE FROM public_media_rendition WHERE asset = $1";
}

/// What every browser shows.
pub(crate) const JPEG: &str = "jpg";
/// Smaller, for those that know it; made when there is time.
pub(crate) const AVIF: &str = "avif";

/// The steps, in pixels.
const LADDER: [u32; 6] = [320, 480, 640, 960, 1280, 1920];
/// A page that knows no better gets the step at or below this width.
const USUAL: u32 = 960;

/// The widths there are of a picture: the steps below its own, and its own, up to the highest step.
pub(crate) fn ladder(width: u32) -> Vec<u32> {
    let top = width.min(LADDER[LADDER.len() - 1]).max(1);
    LADDER
        .into_iter()
        .filter(|step| *step < top)
        .chain([top])
        .collect()
}

/// What a template needs for an `<img>`. Browsers that know AVIF get it at the same addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SrcSet {
    pub src: String,
    /// None when there is only one size.
    pub srcset: Option<String>,
    pub width: u32,
    pub height: u32,
}

/// The addresses of a published picture. Each of them answers: a size that is not made yet is made when it is asked for.
pub fn srcset(media: &PublicMedia) -> SrcSet {
    let widths = ladder(media.width);
    let address = |width: u32| format!("/media/{}/{width}.{JPEG}", media.key);
    let set = || {
        let entry = |width: &u32| format!("{} {width}w", address(*width));
        widths.iter().map(entry).collect::<Vec<_>>().join(", ")
    };
    let usual = widths
        .iter()
        .rev()
        .find(|width| **width <= USUAL)
        .or(widths.first());
    SrcSet {
        src: address(usual.copied().unwrap_or(USUAL)),
        srcset: (widths.len() > 1).then(set),
        width: media.width,
        height: media.height,
    }
}

/// Notes a size that has been made; readers may fetch it if they may fetch the picture.
pub(crate) fn add(tx: &mut Tx, asset: &AssetId, width: u32, format: &str, blob: &BlobKey) -> Result<()> {
    let row = values![asset, i64::from(width), format, blob.as_str()];
    tx.execute(ADD, row)?;
    if Asset::is_shown(tx, asset)? {
        tx.execute(SHOW, row)?;
    }
    Ok(())
}

/// The blob of one size, if it has been made.
pub(crate) fn made(db: &mut dyn Query, asset: &AssetId, width: u32, format: &str) -> Result<Option<BlobKey>> {
    let row = db.one(ONE, values![asset, i64::from(width), format])?;
    let blob: Option<String> = row.map(Row::only).transpose()?;
    Ok(blob.and_then(|blob| BlobKey::parse(&blob)))
}

/// The sizes that are not made yet.
pub(crate) fn missing(db: &mut dyn Query, asset: &Asset, format: &str) -> Result<Vec<u32>> {
    let mut widths = ladder(asset.width);
    for row in db.query(MADE, values![&asset.id])? {
        let (width, made) = width_and_format(row)?;
        widths.retain(|step| i64::from(*step) != width || made != format);
    }
    Ok(widths)
}

/// Forgets the sizes, which say what is not true any more; they are made anew when they are asked for.
pub(crate) fn forget(tx: &mut Tx, asset: &AssetId) -> Result<()> {
    tx.execute(FORGET, values![asset])?;
    tx.execute(FORGET_PUBLIC, values![asset])?;
    Ok(())
}

fn width_and_format(row: Row) -> Result<(i64, String)> {
    let mut columns = row.columns();
    Ok((columns.next()?, columns.next()?))
}
