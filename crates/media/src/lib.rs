//! media (the lead's temporary sketch of what others call; replaced by its helper)
use base::Result;
use base::db::{Migration, Query, Sql, Tx};
use lexicon::AssetId;
pub const MIGRATIONS: &[Migration] = &[];
pub fn statements() -> Vec<Sql> {
    Vec::new()
}
pub struct Asset;
impl Asset {
    pub fn publish(_tx: &mut Tx, _id: &AssetId) -> Result<()> {
        Ok(())
    }
    pub fn withdraw(_tx: &mut Tx, _id: &AssetId) -> Result<()> {
        Ok(())
    }
}
pub struct PublicMedia {
    pub alt: String,
    pub caption: String,
    pub credit: String,
    pub focal_x: f64,
    pub focal_y: f64,
}
impl PublicMedia {
    pub fn by_id(_db: &mut dyn Query, _id: &AssetId) -> Result<Option<Self>> {
        Ok(None)
    }
}
pub struct SrcSet {
    pub src: String,
    pub srcset: Option<String>,
    pub width: u32,
    pub height: u32,
}
pub fn srcset(_media: &PublicMedia) -> SrcSet {
    SrcSet {
        src: String::new(),
        srcset: None,
        width: 1,
        height: 1,
    }
}
pub const TASKS: &[(&str, base::sandbox::Task)] = &[];
pub struct Store;
pub struct AssetDraft {
    pub alt: String,
    pub caption: String,
    pub credit: String,
    pub creator: String,
}
impl Store {
    pub fn open(_: &base::Config) -> Result<Self> {
        Ok(Self)
    }
    pub fn original(&self, _bytes: &[u8], _name: &str) -> Result<AssetDraft> {
        Ok(AssetDraft {
            alt: String::new(),
            caption: String::new(),
            credit: String::new(),
            creator: String::new(),
        })
    }
}
impl Asset {
    pub fn add(_tx: &mut Tx, _draft: &AssetDraft) -> Result<AssetId> {
        Ok(base::clock::asset_id())
    }
}
pub fn routes(_: &base::App) -> Vec<base::web::Route> {
    Vec::new()
}
pub fn workers(_: &base::App, workers: base::jobs::Workers) -> base::jobs::Workers {
    workers
}
