//! The index on disk: which words stand in which story.

use crate::analysis;
use crate::folder::Folder;
use base::{Error, Result};
use lexicon::{At, EditionCode, Slug, StoryId};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tantivy::indexer::{LogMergePolicy, MergePolicy, NoMergePolicy};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, Term};
use tokio::sync::{Notify, watch};

/// One thread's least; more would only make idle memory larger.
const WRITER_BYTES: usize = 15_000_000;
/// Counts the ways in which texts were ever turned into words; an index of another make is filled anew.
const MAKE: u32 = 2;
/// A search waits no longer than this for what was published before it began.
const PATIENCE: Duration = Duration::from_millis(500);

/// The search index of this node. Cloning shares it.
#[derive(Clone)]
pub struct Index(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub index: tantivy::Index,
    pub reader: IndexReader,
    pub fields: Fields,
    folder: Folder,
    /// Opened with the first change and let go when there is nothing to write.
    writer: Mutex<Option<IndexWriter>>,
    /// Up to which number of the `public` stream searches see; none while nobody follows or the index is being filled.
    reached: watch::Sender<Option<i64>>,
    /// Rung by a search that waits for what is not committed yet.
    asked: Notify,
    patience: Duration,
}

/// Says that somebody follows, for as long as it lives.
pub(crate) struct Following(Index);

pub(crate) struct Fields {
    pub id: Field,
    pub edition: Field,
    pub section: Field,
    pub published_at: Field,
    /// Per analysis: headline and text.
    pub texts: BTreeMap<&'static str, (Field, Field)>,
}

/// A story as the index takes it.
#[derive(Clone, Debug)]
pub struct Passage {
    pub id: StoryId,
    pub edition: EditionCode,
    pub section: Slug,
    pub language: String,
    pub published_at: At,
    pub headline: String,
    pub text: String,
}

/// What to do with a story.
pub(crate) enum Change {
    Put(Box<Passage>),
    Remove(StoryId),
}

/// How changes come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    /// As they happen; the index is kept tidy on the way.
    Single,
    /// Many at once; it is tidied up when they are over.
    Crowd,
}

impl Pace {
    fn merging(self) -> Box<dyn MergePolicy> {
        match self {
            Self::Single => Box::new(LogMergePolicy::default()),
            Self::Crowd => Box::new(NoMergePolicy),
        }
    }
}

impl Index {
    /// Opens the index in a folder, and makes it (or, when it is of another make or broken, makes it anew).
    pub fn open(folder: &Path) -> Result<Self> {
        match Self::try_open(folder) {
            Ok(index) => Ok(index),
            Err(error) => {
                tracing::warn!(target: "search", cause = %error, "the index is not usable; it is rebuilt");
                match folder.is_dir() {
                    true => std::fs::remove_dir_all(folder)?,
                    false => std::fs::remove_file(folder)?,
                }
                Self::try_open(folder).map_err(Error::internal)
            }
        }
    }

    fn try_open(folder: &Path) -> tantivy::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let (schema, fields) = schema();
        let folder = Folder::open(folder)?;
        let index = tantivy::Index::open_or_create(folder.clone(), schema)?;
        analysis::register(&index);
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        Ok(Self(Arc::new(Inner {
            index,
            reader,
            fields,
            folder,
            writer: Mutex::new(None),
            reached: watch::Sender::new(None),
            asked: Notify::new(),
            patience: PATIENCE,
        })))
    }

    /// Waits as long as a machine that is building something else may take.
    #[cfg(test)]
    pub(crate) fn patient(mut self) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            inner.patience = Duration::from_secs(30);
        }
        self
    }

    #[cfg(test)]
    pub(crate) fn is_followed(&self) -> bool {
        self.0.reached.borrow().is_some()
    }

    /// Whether a file of it is not what was written. Reads all of it.
    pub(crate) fn is_damaged(&self) -> bool {
        let damaged = self.0.index.validate_checksum();
        damaged.map_or(true, |files| !files.is_empty())
    }

    /// From now on somebody follows, and searches see everything up to `seq`.
    pub(crate) fn followed_from(&self, seq: i64) -> Following {
        self.0.reached.send_replace(Some(seq));
        Following(self.clone())
    }

    /// Waits until searches see all up to a number, for half a second at most. While the index is being filled a search
    /// is answered from what is in it already.
    pub(crate) async fn caught_up(&self, head: i64) {
        if cfg!(feature = "planted-impatient-search") {
            return;
        }
        let mut reached = self.0.reached.subscribe();
        let there = |reached: &Option<i64>| reached.is_none_or(|seq| seq >= head);
        if !there(&reached.borrow_and_update()) {
            self.0.asked.notify_one();
        }
        // Too late is no error: the answer is then as old as the index.
        let _ = tokio::time::timeout(self.0.patience, reached.wait_for(there)).await;
    }

    /// Waits until a search wants what is not committed yet.
    pub(crate) async fn asked(&self) {
        self.0.asked.notified().await;
    }

    /// The epoch and number up to which it has followed the `public` stream; none when it must be filled first.
    pub fn position(&self) -> Option<(String, i64)> {
        let metas = self.0.index.load_metas().ok()?;
        let (make, place) = metas.payload.as_deref()?.split_once('.')?;
        let (epoch, seq) = place.rsplit_once('.')?;
        let seq = seq.parse().ok().filter(|seq| *seq > 0)?;
        (make == MAKE.to_string()).then(|| (epoch.to_owned(), seq))
    }

    /// How many stories it holds.
    pub fn len(&self) -> u64 {
        self.0.reader.searcher().num_docs()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Applies changes and remembers the position with them, in one commit; searches that begin later see it.
    pub(crate) fn apply(&self, changes: Vec<Change>, epoch: &str, seq: i64) -> Result<()> {
        self.stage(changes, Pace::Single)?;
        self.reach(epoch, seq)
    }

    /// Takes changes in without committing them: part of a crowd, which `reach` ends.
    pub(crate) fn stage(&self, changes: Vec<Change>, pace: Pace) -> Result<()> {
        self.write(|writer, fields| {
            writer.set_merge_policy(pace.merging());
            for change in changes {
                match change {
                    Change::Remove(id) if cfg!(feature = "planted-found-after-kill") => drop(id),
                    Change::Remove(id) => {
                        writer.delete_term(Term::from_field_text(fields.id, id.as_str()));
                    }
                    Change::Put(passage) => {
                        writer.delete_term(Term::from_field_text(fields.id, passage.id.as_str()));
                        writer.add_document(fields.document(*passage))?;
                    }
                }
            }
            Ok(())
        })
    }

    /// Commits what was staged, with the position that it reaches.
    pub(crate) fn reach(&self, epoch: &str, seq: i64) -> Result<()> {
        self.commit(epoch, seq, |_| Ok(()))?;
        self.0.reached.send_if_modified(|reached| {
            let follows = reached.is_some();
            *reached = reached.map(|known| known.max(seq));
            follows
        });
        Ok(())
    }

    /// Forgets everything, to be filled anew.
    pub(crate) fn empty(&self, epoch: &str) -> Result<()> {
        self.commit(epoch, 0, |writer| writer.delete_all_documents().map(|_| ()))
    }

    fn commit(
        &self,
        epoch: &str,
        seq: i64,
        before: impl FnOnce(&mut IndexWriter) -> tantivy::Result<()>,
    ) -> Result<()> {
        self.write(|writer, _| {
            before(writer)?;
            let mut prepared = writer.prepare_commit()?;
            prepared.set_payload(&format!("{MAKE}.{epoch}.{seq}"));
            prepared.commit()?;
            self.0.reader.reload()?;
            match self.0.folder.is_full() {
                true => Ok(self.0.folder.settle()?),
                false => Ok(()),
            }
        })
    }

    /// Works with the writer, which is opened when there is none.
    fn write(&self, work: impl FnOnce(&mut IndexWriter, &Fields) -> tantivy::Result<()>) -> Result<()> {
        let mut slot = self.0.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let outcome = (|| {
            let writer = match slot.as_mut() {
                Some(writer) => writer,
                None => slot.insert(self.0.index.writer_with_num_threads(1, WRITER_BYTES)?),
            };
            work(writer, &self.0.fields)
        })();
        if outcome.is_err() {
            // A writer that failed (disk full) is in no state to go on; the next change opens another.
            *slot = None;
        }
        outcome.map_err(Error::internal)
    }

    /// Lets the writer go, and its memory; what it left there is written to the disk.
    pub(crate) fn rest(&self) {
        *self.0.writer.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.0.settle();
    }
}

impl Inner {
    fn settle(&self) {
        if let Err(error) = self.folder.settle() {
            tracing::warn!(target: "search", cause = %error, "the index could not be written to the disk");
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        // Merges that are under way would go on writing.
        *self.writer.get_mut().unwrap_or_else(PoisonError::into_inner) = None;
        self.settle();
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        self.0.0.reached.send_replace(None);
    }
}

impl Fields {
    /// Headline and text of the analyses that any story was indexed with.
    pub(crate) fn in_use(&self, searcher: &tantivy::Searcher) -> Vec<(Field, Field)> {
        let has_words = |field: Field| {
            let of_segment = |segment: &tantivy::SegmentReader| segment.inverted_index(field).ok();
            let mut readers = searcher.segment_readers().iter().filter_map(of_segment);
            readers.any(|words| words.terms().num_terms() > 0)
        };
        let texts = self.texts.values().copied();
        texts
            .filter(|(headline, text)| has_words(*headline) || has_words(*text))
            .collect()
    }

    fn document(&self, passage: Passage) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_text(self.id, passage.id.as_str());
        document.add_text(self.edition, passage.edition.as_str());
        document.add_text(self.section, format!("{}/{}", passage.edition, passage.section));
        document.add_i64(self.published_at, passage.published_at.0);
        if let Some((headline, text)) = self.texts.get(analysis::of_language(&passage.language)) {
            document.add_text(*headline, &passage.headline);
            document.add_text(*text, &passage.text);
        }
        document
    }
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let id = builder.add_text_field("id", STRING | STORED);
    let edition = builder.add_text_field("edition", STRING);
    let section = builder.add_text_field("section", STRING);
    let published_at = builder.add_i64_field("published_at", INDEXED | FAST);
    let mut texts = BTreeMap::new();
    for name in analysis::names() {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(name)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let options = TextOptions::default().set_indexing_options(indexing);
        let headline = builder.add_text_field(&format!("headline_{name}"), options.clone());
        let text = builder.add_text_field(&format!("text_{name}"), options);
        texts.insert(name, (headline, text));
    }
    (
        builder.build(),
        Fields {
            id,
            edition,
            section,
            published_at,
            texts,
        },
    )
}
