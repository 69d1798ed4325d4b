//! Bodies that are asked for often, as files in memory: the kernel sends their pages as they are.
//!
//! Copying 30 KB into a socket costs as much as all the rest of an answer. `sendfile` from an anonymous file
//! copies nothing. The file never changes and stays alive while packets of it are under way.

use std::fs::File;
use std::io::Write;
use std::os::fd::FromRawFd;
use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

/// Below this a copy is cheaper than the second call.
const SMALLEST_BYTES: usize = 12 * 1024;
/// A body is sealed when it has been sent so often.
const AFTER_SENDS: u32 = 64;
/// Files the store may have open; they are among [`crate::web::limits::RESERVED_FILES`].
const MOST_FILES: usize = 128;

/// Counts the files that a store has open.
#[derive(Clone, Default)]
pub(crate) struct Sealing(Arc<AtomicUsize>);

/// A body that may become a file.
#[derive(Default)]
pub(crate) struct Seal {
    sends: AtomicU32,
    file: OnceLock<Option<Sealed>>,
}

/// A body as a file in memory.
pub(crate) struct Sealed {
    pub(crate) file: File,
    _place: Place,
}

struct Place(Sealing);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Sealing {
    fn place(&self) -> Option<Place> {
        let before = self.0.fetch_add(1, Ordering::Relaxed);
        // Made at once, so that a place not to be had is given back like any other.
        let place = Place(self.clone());
        (before < MOST_FILES).then_some(place)
    }
}

impl Seal {
    /// The body's file, if it is worth one.
    pub(crate) fn file(&self, body: &[u8], sealing: &Sealing) -> Option<&File> {
        if body.len() < SMALLEST_BYTES {
            return None;
        }
        if let Some(sealed) = self.file.get() {
            return sealed.as_ref().map(|sealed| &sealed.file);
        }
        if self.sends.fetch_add(1, Ordering::Relaxed) < AFTER_SENDS {
            return None;
        }
        self.file
            .get_or_init(|| seal(body, sealing))
            .as_ref()
            .map(|sealed| &sealed.file)
    }
}

fn seal(body: &[u8], sealing: &Sealing) -> Option<Sealed> {
    let place = sealing.place()?;
    // SAFETY: the name is a C string that outlives the call.
    let descriptor = unsafe { libc::memfd_create(c"page".as_ptr(), libc::MFD_CLOEXEC) };
    if descriptor < 0 {
        return None;
    }
    // SAFETY: the descriptor is new and nobody else's.
    let mut file = unsafe { File::from_raw_fd(descriptor) };
    file.write_all(body).ok()?;
    Some(Sealed { file, _place: place })
}
