//! Brings pictures in and makes their sizes: the blobs, and the sandbox in which their bytes are decoded.

use crate::asset::{Asset, AssetDraft};
use crate::file::jpeg_size;
use crate::picture::{Facts, Order, REFUSALS};
use crate::rendition::{self, JPEG};
use crate::words::{Saying, Words};
use base::blobs::{Arrival, BlobKey, Blobs};
use base::sandbox::Sandbox;
use base::{Config, Db, Error, Result};
use lexicon::AssetId;
use std::collections::HashMap;
use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;

/// A picture must be read in this time.
const DEADLINE: Duration = Duration::from_secs(5);
/// So many pictures are decoded at once; each may take 256 MiB for a moment.
const AT_ONCE: usize = 2;

/// Where pictures are kept and developed. Cloning shares it.
#[derive(Clone)]
pub struct Store {
    pub(crate) blobs: Blobs,
    darkrooms: Arc<Semaphore>,
    /// Work for later does not wait until the processor is idle.
    brisk: bool,
    /// One size is made once, however many ask for it at the same time.
    under_way: Arc<Mutex<HashMap<AssetId, Arc<tokio::sync::Mutex<()>>>>>,
}

/// One size of a picture.
pub(crate) type Print = (u32, Vec<u8>);

impl Store {
    /// The store of this configuration. Errors: those of the disk.
    pub fn open(config: &Config) -> Result<Self> {
        Ok(Self::of(Blobs::open(config)?))
    }

    pub(crate) fn of(blobs: Blobs) -> Self {
        Self {
            blobs,
            darkrooms: Arc::new(Semaphore::new(AT_ONCE)),
            under_way: Arc::default(),
            brisk: false,
        }
    }

    /// For tests, on machines that are never idle: work for later is done like any other.
    #[doc(hidden)]
    #[must_use]
    pub fn brisk(mut self) -> Self {
        self.brisk = true;
        self
    }

    /// Takes in JPEG files that are part of this program (the sample), many at once: only their headers are read.
    /// Their sizes are made when they are asked for. What comes from anywhere else goes through the sandbox.
    pub fn own_originals(&self, files: &[(&str, &[u8])]) -> Result<Vec<AssetDraft>> {
        let bytes: Vec<&[u8]> = files.iter().map(|(_, bytes)| *bytes).collect();
        let keys = self.blobs.put_all(&bytes)?;
        let draft = |((name, bytes), blob): (&(&str, &[u8]), BlobKey)| {
            let (width, height) =
                jpeg_size(bytes).ok_or_else(|| Error::internal(format!("{name} is not a JPEG file")))?;
            Ok(AssetDraft {
                blob,
                media_type: "image/jpeg".to_owned(),
                width,
                height,
                renditions: Vec::new(),
                file_name: (*name).to_owned(),
                words: Words::default(),
                by: None,
            })
        };
        files.iter().zip(keys).map(draft).collect()
    }

    /// Looks at a file that came in and makes its sizes; keeps everything when it is a picture. Blocks the thread.
    /// Errors: one of `picture::REFUSALS`, those of the sandbox, those of the disk.
    pub(crate) fn take_in(&self, arrival: Arrival, file_name: &str, saying: Saying) -> Result<AssetDraft> {
        if cfg!(feature = "planted-decode-in-process") {
            let mut bytes = Vec::new();
            arrival.reader()?.read_to_end(&mut bytes)?;
            drop(image::load_from_memory(&bytes));
        }
        let order = Order {
            widths: None,
            format: JPEG.to_owned(),
            saying,
        };
        let (facts, prints) = develop(Box::new(arrival.reader()?), &order, &self.sandbox())?;
        let blob = arrival.keep()?;
        let bytes: Vec<&[u8]> = prints.iter().map(|(_, bytes)| bytes.as_slice()).collect();
        let keys = self.blobs.put_all(&bytes)?;
        let renditions = prints.iter().map(|(width, _)| *width).zip(keys).collect();
        let Facts {
            media_type,
            width,
            height,
            words,
        } = facts;
        let file_name = file_name.chars().filter(|c| !c.is_control()).take(255).collect();
        Ok(AssetDraft {
            blob,
            media_type,
            width,
            height,
            renditions,
            file_name,
            words,
            by: None,
        })
    }

    /// One size of a picture, made now unless another request has just made it.
    pub(crate) async fn print(&self, db: &Db, id: &AssetId, width: u32) -> Result<Vec<u8>> {
        let turn = self.turn(id);
        let _mine = turn.lock().await;
        let (asset, made) = self.look(db, id, width).await?;
        let blobs = self.blobs.clone();
        let print = match made {
            Some(blob) => blocking(move || blobs.read(&blob)).await,
            None => self
                .make(db, asset, vec![width], JPEG, self.sandbox())
                .await
                .and_then(|mut prints| {
                    prints
                        .pop()
                        .map(|(_, bytes)| bytes)
                        .ok_or_else(|| Error::internal("no print was made"))
                }),
        };
        drop(_mine);
        self.done(id, &turn);
        print
    }

    /// Makes sizes and notes them. When they cannot be kept because the disk is full, they are made all the same.
    pub(crate) async fn make(
        &self,
        db: &Db,
        asset: Asset,
        widths: Vec<u32>,
        format: &'static str,
        sandbox: Sandbox,
    ) -> Result<Vec<Print>> {
        let _room = self.darkrooms.acquire().await.map_err(Error::internal)?;
        let (blobs, id) = (self.blobs.clone(), asset.id.clone());
        let order = Order {
            widths: Some(widths),
            format: format.to_owned(),
            saying: asset.words.clone().into(),
        };
        let (prints, keys) = blocking(move || {
            let (_, prints) = develop(blobs.stream(&asset.blob)?, &order, &sandbox)?;
            let bytes: Vec<&[u8]> = prints.iter().map(|(_, bytes)| bytes.as_slice()).collect();
            let keys = blobs.put_all(&bytes);
            Ok((prints, keys))
        })
        .await?;
        let noted = match keys {
            Ok(keys) => {
                let made: Vec<(u32, BlobKey)> = prints.iter().map(|(width, _)| *width).zip(keys).collect();
                let note = move |tx: &mut base::Tx| {
                    made.iter()
                        .try_for_each(|(width, blob)| rendition::add(tx, &id, *width, format, blob))
                };
                db.write(note).await
            }
            Err(error) => Err(error),
        };
        match noted {
            Ok(()) | Err(Error::Unavailable { .. }) => Ok(prints),
            Err(error) => Err(error),
        }
    }

    pub(crate) async fn room(&self) -> Result<tokio::sync::OwnedSemaphorePermit> {
        self.darkrooms
            .clone()
            .acquire_owned()
            .await
            .map_err(Error::internal)
    }

    /// The sandbox for work for later: it takes what nobody else wants of the processor.
    pub(crate) fn unhurried(&self, deadline: Duration) -> Sandbox {
        let sandbox = self.sandbox().within(deadline);
        if self.brisk { sandbox } else { sandbox.idle() }
    }

    fn sandbox(&self) -> Sandbox {
        Sandbox::new("picture").within(DEADLINE).refusals(REFUSALS)
    }

    async fn look(&self, db: &Db, id: &AssetId, width: u32) -> Result<(Asset, Option<BlobKey>)> {
        let id = id.clone();
        db.read(move |read| Ok((Asset::by_id(read, &id)?, rendition::made(read, &id, width, JPEG)?)))
            .await
    }

    fn turn(&self, id: &AssetId) -> Arc<tokio::sync::Mutex<()>> {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        under_way.entry(id.clone()).or_default().clone()
    }

    /// The last who leaves forgets the turn.
    fn done(&self, id: &AssetId, turn: &Arc<tokio::sync::Mutex<()>>) {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if Arc::strong_count(turn) == 2 {
            under_way.remove(id);
        }
    }
}

/// Runs work that blocks, off the runtime's threads.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
}

/// Has the sandbox develop a picture.
pub(crate) fn develop(
    input: Box<dyn Read + Send>,
    order: &Order,
    sandbox: &Sandbox,
) -> Result<(Facts, Vec<Print>)> {
    let (mut facts, mut prints) = (None, Vec::new());
    let garbled = || Error::invalid("file", "sandbox.garbled", "its reader answered nonsense");
    sandbox.run(&serde_json::to_value(order)?, input, |frame| {
        if facts.is_none() {
            facts = Some(serde_json::from_slice::<Facts>(&frame).map_err(|_| garbled())?);
            return Ok(());
        }
        let (width, bytes) = frame.split_first_chunk().ok_or_else(garbled)?;
        prints.push((u32::from_le_bytes(*width), bytes.to_vec()));
        Ok(())
    })?;
    Ok((facts.ok_or_else(garbled)?, prints))
}
