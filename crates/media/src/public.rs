//! What the public may fetch: a picture is here only while some publication shows it.

use crate::asset::pixels;
use base::blobs::BlobKey;
use base::db::{Query, Row};
use base::{Result, values};
use lexicon::AssetId;

base::sql! {
    BY_ID = "SELECT asset, public_key, width, height, alt, caption, credit, focal_x, focal_y
        FROM public_media WHERE asset = $1";
    BY_KEY = "SELECT asset, public_key, width, height, alt, caption, credit, focal_x, focal_y
        FROM public_media WHERE public_key = $1";
    RENDITION = "SELECT blob FROM public_media_rendition WHERE asset = $1 AND width = $2 AND format = $3";
}

/// A published picture.
#[derive(Clone, Debug)]
pub struct PublicMedia {
    pub(crate) asset: AssetId,
    pub(crate) key: String,
    pub width: u32,
    pub height: u32,
    pub alt: String,
    pub caption: String,
    pub credit: String,
    pub focal_x: f64,
    pub focal_y: f64,
}

impl PublicMedia {
    /// The picture, if a publication shows it.
    pub fn by_id(db: &mut dyn Query, id: &AssetId) -> Result<Option<Self>> {
        db.one(BY_ID, values![id])?.map(Self::from_row).transpose()
    }

    /// The picture at `/media/{key}/…`, if a publication shows it.
    pub(crate) fn by_key(db: &mut dyn Query, key: &str) -> Result<Option<Self>> {
        db.one(BY_KEY, values![key])?.map(Self::from_row).transpose()
    }

    /// The blob of one of its sizes, if it has been made.
    pub(crate) fn rendition(&self, db: &mut dyn Query, width: u32, format: &str) -> Result<Option<BlobKey>> {
        let row = db.one(RENDITION, values![&self.asset, i64::from(width), format])?;
        let blob: Option<String> = row.map(Row::only).transpose()?;
        Ok(blob.and_then(|blob| BlobKey::parse(&blob)))
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            asset: columns.next()?,
            key: columns.next()?,
            width: pixels(columns.next()?)?,
            height: pixels(columns.next()?)?,
            alt: columns.next()?,
            caption: columns.next()?,
            credit: columns.next()?,
            focal_x: columns.next()?,
            focal_y: columns.next()?,
        })
    }
}
