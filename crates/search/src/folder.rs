//! The index's folder: small files stay in memory until there is time to write them.
//!
//! Each commit of a single story makes a dozen tiny files that the next merge deletes again; making and deleting them is most
//! of what such a commit costs. So files are young first, in memory, and reach the disk when they are large or when `settle`
//! is called. The index is a follower: a killed process goes on from the position of the last `settle`, and nothing waits for
//! the disk itself (after a power cut every file is checked, and the index is filled anew when one is not what was written).

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, OwnedBytes, TerminatingWrite,
    WatchCallback, WatchHandle, WritePtr,
};

/// A file that grows beyond this goes to the disk while it is written.
const SMALL_BYTES: usize = 256 << 10;
/// Young files together; with more, it is time to settle.
const YOUNG_BYTES: usize = 4 << 20;
/// The list of segments: written after everything it names.
const META: &str = "meta.json";
/// The list of all files there are.
const ALL: &str = ".managed.json";

/// A folder whose files are young, or read through memory maps. Cloning shares it.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    mapped: MmapDirectory,
    state: Arc<Mutex<State>>,
}

/// What is not on the disk as it should be.
#[derive(Debug, Default)]
struct State {
    young: BTreeMap<PathBuf, OwnedBytes>,
    /// Deleted for everybody, on the disk until the list there names them no more.
    doomed: BTreeSet<PathBuf>,
}

/// A file that is being written.
struct Growing {
    folder: Folder,
    name: PathBuf,
    young: Vec<u8>,
    grown: Option<File>,
}

impl Folder {
    pub fn open(path: &Path) -> Result<Self, OpenDirectoryError> {
        let (path, mapped) = (path.to_owned(), MmapDirectory::open(path)?);
        let state = Arc::default();
        let folder = Self { path, mapped, state };
        folder.sweep();
        Ok(folder)
    }

    /// Deletes what a killed process had begun to write: files that the list of all files does not name.
    fn sweep(&self) {
        let list = std::fs::read(self.path.join(ALL)).unwrap_or_default();
        let Ok(known) = serde_json::from_slice::<BTreeSet<PathBuf>>(&list) else {
            return;
        };
        for file in std::fs::read_dir(&self.path).into_iter().flatten().flatten() {
            let name = PathBuf::from(file.file_name());
            let kept = name.to_string_lossy().starts_with('.') || name == Path::new(META);
            if !kept && !known.contains(&name) {
                let _ = std::fs::remove_file(file.path());
            }
        }
    }

    /// Whether there is more in memory than should be.
    pub fn is_full(&self) -> bool {
        self.state()
            .young
            .values()
            .map(|bytes| bytes.len())
            .sum::<usize>()
            > YOUNG_BYTES
    }

    /// Writes what is young to the disk, the list of segments last, and then deletes what that list names no more.
    pub fn settle(&self) -> io::Result<()> {
        let mut state = self.state();
        let (lists, files): (Vec<_>, Vec<_>) =
            state.young.iter().partition(|(name, _)| *name == Path::new(META));
        let files = files
            .into_iter()
            .filter(|_| !cfg!(feature = "planted-list-alone"));
        for (name, bytes) in files.chain(lists) {
            let target = self.path.join(name);
            let beside = target.with_extension("new");
            std::fs::write(&beside, bytes.as_slice())?;
            std::fs::rename(beside, target)?;
        }
        state.young.clear();
        for name in std::mem::take(&mut state.doomed) {
            // A file that is not there is as deleted as can be.
            let _ = std::fs::remove_file(self.path.join(name));
        }
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_on_disk(&self, name: &Path) -> bool {
        !self.state().doomed.contains(name) && self.path.join(name).exists()
    }
}

impl Directory for Folder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let young = self.state().young.get(path).cloned();
        match young {
            Some(bytes) => Ok(Arc::new(bytes)),
            None => self.mapped.get_file_handle(path),
        }
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        let mut state = self.state();
        if state.young.remove(path).is_some() {
            return Ok(());
        }
        if !self.path.join(path).exists() || !state.doomed.insert(path.to_owned()) {
            return Err(DeleteError::FileDoesNotExist(path.to_owned()));
        }
        Ok(())
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        let young = self.state().young.contains_key(path);
        Ok(young || self.is_on_disk(path))
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        if self.state().young.contains_key(path) || self.path.join(path).exists() {
            return Err(OpenWriteError::FileAlreadyExists(path.to_owned()));
        }
        Ok(WritePtr::new(Box::new(Growing {
            folder: self.clone(),
            name: path.to_owned(),
            young: Vec::new(),
            grown: None,
        })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let young = self.state().young.get(path).cloned();
        match young {
            Some(bytes) => Ok(bytes.to_vec()),
            None => self.mapped.atomic_read(path),
        }
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let bytes = OwnedBytes::new(data.to_vec());
        self.state().young.insert(path.to_owned(), bytes);
        Ok(())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.mapped.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.mapped.watch(callback)
    }
}

impl Write for Growing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(file) = &mut self.grown {
            return file.write(bytes);
        }
        self.young.extend_from_slice(bytes);
        if self.young.len() > SMALL_BYTES {
            let mut file = File::options()
                .write(true)
                .create_new(true)
                .open(self.folder.path.join(&self.name))?;
            file.write_all(&std::mem::take(&mut self.young))?;
            self.grown = Some(file);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl TerminatingWrite for Growing {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        if self.grown.is_none() {
            let bytes = OwnedBytes::new(std::mem::take(&mut self.young));
            self.folder.state().young.insert(self.name.clone(), bytes);
        }
        Ok(())
    }
}
