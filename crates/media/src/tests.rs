use super::*;
use crate::rendition::{JPEG, ladder};
use base::blobs::BlobKey;
use base::db::scratch::{Scratch, prepare_all};
use base::{Db, Result};
use lexicon::{AssetId, StoryId};

fn each() -> Vec<Scratch> {
    Scratch::on_each_engine(&[&base::migrations(), MIGRATIONS])
}

fn draft(width: u32, height: u32) -> AssetDraft {
    AssetDraft {
        blob: BlobKey::parse(&"ab".repeat(32)).unwrap(),
        media_type: "image/jpeg".to_owned(),
        width,
        height,
        renditions: vec![(320, BlobKey::parse(&"cd".repeat(32)).unwrap())],
        file_name: "bridge.jpg".to_owned(),
        words: Words {
            alt: "A bridge".to_owned(),
            credit: "M. Ellin".to_owned(),
            ..Words::default()
        },
        by: None,
    }
}

fn added(db: &Db) -> AssetId {
    db.write_blocking(|tx| Asset::add(tx, &draft(1400, 934))).unwrap()
}

fn story(letter: char) -> StoryId {
    StoryId::parse(&letter.to_string().repeat(12)).unwrap()
}

fn publish(db: &Db, by: &StoryId, assets: &[&AssetId]) {
    let (by, assets): (_, Vec<AssetId>) = (by.clone(), assets.iter().map(|id| (*id).clone()).collect());
    db.write_blocking(move |tx| Asset::publish(tx, &by, &assets))
        .unwrap();
}

/// As the public side sees it, with whether its size 320 may be fetched.
fn shown(db: &Db, id: &AssetId) -> Option<(PublicMedia, bool)> {
    let id = id.clone();
    let look = move |read: &mut base::Read| {
        let Some(media) = PublicMedia::by_id(read, &id)? else {
            return Ok(None);
        };
        let print = media.rendition(read, 320, JPEG)?.is_some();
        Ok(Some((media, print)))
    };
    db.public().read_blocking(look).unwrap()
}

fn by_key(db: &Db, key: &str) -> Option<PublicMedia> {
    let key = key.to_owned();
    db.public()
        .read_blocking(move |read| PublicMedia::by_key(read, &key))
        .unwrap()
}

#[test]
fn every_statement_is_sql_on_each_engine() {
    for scratch in each() {
        prepare_all(&scratch, &statements());
    }
}

#[test]
fn an_asset_is_public_as_long_as_a_story_shows_it() {
    for scratch in each() {
        let db = scratch.db();
        let (bridge, dam) = (added(db), added(db));
        assert!(shown(db, &bridge).is_none(), "nobody shows it yet");
        publish(db, &story('a'), &[&bridge]);
        publish(db, &story('b'), &[&bridge, &dam]);
        publish(db, &story('b'), &[&bridge, &dam]);
        assert!(shown(db, &bridge).unwrap().1, "its sizes come with it");
        let withdraw = |story: StoryId| db.write_blocking(move |tx| Asset::withdraw(tx, &story)).unwrap();
        withdraw(story('a'));
        assert!(shown(db, &bridge).is_some(), "another story still shows it");
        publish(db, &story('b'), &[&dam]);
        assert!(shown(db, &bridge).is_none(), "an update took it out");
        assert!(shown(db, &dam).is_some());
        withdraw(story('b'));
        assert!(shown(db, &dam).is_none());
    }
}

#[test]
fn a_withdrawn_picture_has_no_address_and_no_sizes() {
    for scratch in each() {
        let db = scratch.db();
        let bridge = added(db);
        let unpublished = db
            .read_blocking({
                let id = bridge.clone();
                move |read| Asset::by_id(read, &id)
            })
            .unwrap();
        assert!(by_key(db, &unpublished.public_key).is_none());
        publish(db, &story('a'), &[&bridge]);
        let (media, _) = shown(db, &bridge).unwrap();
        assert_eq!(by_key(db, &media.key).unwrap().asset, bridge);
        assert_ne!(media.key, bridge.as_str(), "the desk's id is not the address");
        publish(db, &story('a'), &[]);
        assert!(by_key(db, &media.key).is_none());
        let left = db
            .public()
            .read_blocking(move |read| media.rendition(read, 320, JPEG))
            .unwrap();
        assert!(left.is_none(), "the size of a withdrawn picture");
    }
}

#[test]
fn new_words_are_shown_at_once_and_sizes_are_made_anew() {
    for scratch in each() {
        let db = scratch.db();
        let bridge = added(db);
        publish(db, &story('a'), &[&bridge]);
        let id = bridge.clone();
        let save = move |tx: &mut base::Tx| {
            let words = Words {
                caption: "The Old Bridge".to_owned(),
                ..Asset::by_id(tx, &id)?.words
            };
            Asset::save(tx, &id, &words, (0.25, 1.0))
        };
        let asset = db.write_blocking(save).unwrap();
        assert_eq!((asset.version, asset.words.alt.as_str()), (2, "A bridge"));
        let (media, print) = shown(db, &bridge).unwrap();
        assert_eq!(
            (media.caption.as_str(), media.focal_x, media.focal_y),
            ("The Old Bridge", 0.25, 1.0)
        );
        assert!(!print, "the size with the old words is forgotten");
        let refused = db.write_blocking(move |tx| Asset::save(tx, &bridge, &Words::default(), (1.5, 0.0)));
        assert_eq!(refused.unwrap_err().code(), "media.focal");
    }
}

#[test]
fn words_that_are_too_long_are_refused_by_name() {
    let long = Words {
        credit: "ж".repeat(4_001),
        ..Words::default()
    };
    let refusal = long.check().unwrap_err();
    assert!(refusal.to_string().starts_with("credit:"), "{refusal}");
    assert!(long.cut().check().is_ok());
    let many = Words {
        keywords: vec![String::new(); 201],
        ..Words::default()
    };
    assert_eq!(many.check().unwrap_err().code(), "media.words");
    assert!(many.cut().check().is_ok());
}

#[test]
fn the_ladder_never_goes_above_the_original() {
    assert_eq!(ladder(1400), [320, 480, 640, 960, 1280, 1400]);
    assert_eq!(ladder(1920), [320, 480, 640, 960, 1280, 1920]);
    assert_eq!(ladder(9000), ladder(1920));
    assert_eq!(ladder(320), [320]);
    assert_eq!(ladder(17), [17]);
}

#[test]
fn every_address_of_a_srcset_is_on_the_ladder() {
    let media = |width: u32| PublicMedia {
        asset: AssetId::parse(&"a".repeat(26)).unwrap(),
        key: "k".repeat(26),
        width,
        height: 10,
        alt: String::new(),
        caption: String::new(),
        credit: String::new(),
        focal_x: 0.5,
        focal_y: 0.5,
    };
    let key = "k".repeat(26);
    let set = srcset(&media(1000));
    assert_eq!(set.src, format!("/media/{key}/960.jpg"));
    let expected = ["320", "480", "640", "960", "1000"]
        .map(|width| format!("/media/{key}/{width}.jpg {width}w"))
        .join(", ");
    assert_eq!(set.srcset, Some(expected));
    assert_eq!((set.width, set.height), (1000, 10));
    assert_eq!(srcset(&media(200)).src, format!("/media/{key}/200.jpg"));
    assert_eq!(srcset(&media(200)).srcset, None);
}

#[test]
fn the_size_of_a_jpeg_is_in_its_header() {
    let jpeg = |segments: &[&[u8]]| [&[0xFF, 0xD8][..], &segments.concat()].concat();
    let app = [0xFF, 0xE1, 0, 4, 9, 9];
    let frame = [0xFF, 0xC2, 0, 17, 8, 0x03, 0xA6, 0x05, 0x78, 3];
    let tables = [0xFF, 0xC4, 0, 4, 0, 0];
    let size = crate::file::jpeg_size;
    assert_eq!(size(&jpeg(&[&app, &[0xFF], &tables, &frame])), Some((1400, 934)));
    let whole = jpeg(&[&app, &frame]);
    for end in 0..whole.len() - 1 {
        assert_eq!(size(&whole[..end]), None, "cut at {end}");
    }
    assert_eq!(size(b"\x89PNG\r\n\x1a\n"), None);
    assert_eq!(size(&jpeg(&[&[0xFF, 0xDA, 0, 4, 0, 0], &frame])), None);
    assert_eq!(size(&jpeg(&[&[0xFF, 0xE0, 0, 0], &frame])), None);
}

#[test]
fn our_own_pictures_are_taken_in_by_their_headers() -> Result<()> {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::of(base::blobs::Blobs::at(folder.path())?);
    let picture = include_bytes!("../../../sample/pictures/kolvane-bridge.jpg");
    let drafts = store.own_originals(&[("bridge.jpg", picture.as_slice())])?;
    assert_eq!(
        (drafts[0].width, drafts[0].height),
        crate::file::jpeg_size(picture).unwrap()
    );
    assert_eq!(store.blobs.read(&drafts[0].blob)?, picture);
    assert!(store.own_originals(&[("no.jpg", b"GIF89a".as_slice())]).is_err());
    Ok(())
}
