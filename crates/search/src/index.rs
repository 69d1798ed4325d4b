//! The index on disk: which words stand in which story.

use crate::analysis;
use base::{Error, Result};
use lexicon::{At, EditionCode, Slug, StoryId};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, Term};

/// One thread's least; more would only make idle memory larger.
const WRITER_BYTES: usize = 15_000_000;

/// The search index of this node. Cloning shares it.
#[derive(Clone)]
pub struct Index(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub index: tantivy::Index,
    pub reader: IndexReader,
    pub fields: Fields,
    /// Opened with the first change and let go when there is nothing to write.
    writer: Mutex<Option<IndexWriter>>,
}

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

impl Index {
    /// Opens the index in a folder, and makes it (or, when it is of another make or broken, makes it anew).
    pub fn open(folder: &Path) -> Result<Self> {
        match Self::try_open(folder) {
            Ok(index) => Ok(index),
            Err(error) => {
                tracing::warn!(target: "search", cause = %error, "the index is not usable; it is rebuilt");
                std::fs::remove_dir_all(folder)?;
                Self::try_open(folder).map_err(Error::internal)
            }
        }
    }

    fn try_open(folder: &Path) -> tantivy::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let (schema, fields) = schema();
        let directory = tantivy::directory::MmapDirectory::open(folder)?;
        let index = tantivy::Index::open_or_create(directory, schema)?;
        analysis::register(&index);
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        Ok(Self(Arc::new(Inner {
            index,
            reader,
            fields,
            writer: Mutex::new(None),
        })))
    }

    /// The epoch and number up to which it has followed the `public` stream.
    pub fn position(&self) -> Option<(String, i64)> {
        let metas = self.0.index.load_metas().ok()?;
        let (epoch, seq) = metas.payload.as_deref()?.split_once('.')?;
        Some((epoch.to_owned(), seq.parse().ok()?))
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
        self.commit(epoch, seq, |writer, fields| {
            for change in changes {
                match change {
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

    /// Forgets everything, to be filled anew.
    pub(crate) fn empty(&self, epoch: &str) -> Result<()> {
        self.commit(epoch, 0, |writer, _| writer.delete_all_documents().map(|_| ()))
    }

    fn commit(
        &self,
        epoch: &str,
        seq: i64,
        work: impl FnOnce(&mut IndexWriter, &Fields) -> tantivy::Result<()>,
    ) -> Result<()> {
        let mut slot = self.0.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let outcome = (|| {
            let writer = match slot.as_mut() {
                Some(writer) => writer,
                None => slot.insert(self.0.index.writer_with_num_threads(1, WRITER_BYTES)?),
            };
            work(writer, &self.0.fields)?;
            let mut prepared = writer.prepare_commit()?;
            prepared.set_payload(&format!("{epoch}.{seq}"));
            prepared.commit()?;
            self.0.reader.reload()
        })();
        if outcome.is_err() {
            // A writer that failed (disk full) is in no state to go on; the next change opens another.
            *slot = None;
        }
        outcome.map_err(Error::internal)
    }

    /// Lets the writer go, and its memory.
    pub(crate) fn rest(&self) {
        *self.0.writer.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Fields {
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
