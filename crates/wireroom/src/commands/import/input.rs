//! The export's bytes, gzip undone, and a gzip bomb defused.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Text shrinks to a tenth, repeated text to a fiftieth; what grows by more than this, and to so much, is a bomb.
const MOST_GROWTH: u64 = 200;
const HARMLESS_BYTES: u64 = 64 << 20;

/// Opens an export; gzip is read as it is.
pub fn open(path: &Path) -> io::Result<Box<dyn Read + Send>> {
    if path.is_dir() {
        return Err(io::Error::new(
            io::ErrorKind::IsADirectory,
            "a folder, not an export file",
        ));
    }
    let mut file = File::open(path)?;
    // A pipe cannot be wound back, so what was looked at is put before the rest.
    let mut magic = Vec::with_capacity(2);
    file.by_ref().take(2).read_to_end(&mut magic)?;
    let compressed = magic == [0x1F, 0x8B];
    let taken = Arc::new(AtomicU64::new(0));
    let whole = Cursor::new(magic).chain(Counted(file, taken.clone()));
    let file = BufReader::with_capacity(256 << 10, whole);
    if !compressed {
        return Ok(Box::new(file));
    }
    Ok(Box::new(Grown {
        inner: flate2::read::MultiGzDecoder::new(file),
        taken,
        given: 0,
    }))
}

/// Counts what is read of the file.
struct Counted(File, Arc<AtomicU64>);

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(buffer)?;
        self.1.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// Ends when more comes out than an export could hold.
struct Grown<R> {
    inner: R,
    taken: Arc<AtomicU64>,
    given: u64,
}

impl<R: Read> Read for Grown<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.given += count as u64;
        let taken = self.taken.load(Ordering::Relaxed).max(1);
        if self.given > HARMLESS_BYTES && self.given / taken > MOST_GROWTH {
            let why = format!("the gzip file grows to more than {MOST_GROWTH} times its size");
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        Ok(count)
    }
}
