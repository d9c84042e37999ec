//! Writing to the index.

use std::sync::Arc;

use candour_model::id::EntityNo;
use tantivy::{
    SegmentMeta, TantivyDocument, Term,
    indexer::{IndexWriterOptions, UserOperation},
    merge_policy::{LogMergePolicy, NoMergePolicy},
};

use crate::{
    document::Document,
    error::SearchError,
    fields::{Area, Fields},
    index::Shared,
};

/// Documents are collected in memory up to this many bytes on each of two threads before they are written out.
const HEAP: usize = 64 << 20;
const THREADS: usize = 2;
/// How often purging looks again where a search or a merge is in its way.
const ROUNDS: usize = 10_000;

/// Writes to an index; there is one at a time. What was not committed is lost when it is dropped, or when the process
/// ends however suddenly; what was committed stays. End with [`IndexWriter::settle`]. After an error drop it, make another
/// and write again what was not committed.
pub struct IndexWriter {
    shared: Arc<Shared>,
    inner: tantivy::IndexWriter,
}

impl IndexWriter {
    pub(crate) fn new(shared: Arc<Shared>) -> Result<Self, SearchError> {
        let options = IndexWriterOptions::builder().memory_budget_per_thread(HEAP).num_worker_threads(THREADS).num_merge_threads(1).build();
        let inner = shared.engine.writer_with_options(options).map_err(|error| shared.error(error))?;
        let mut policy = LogMergePolicy::default();
        policy.set_min_num_segments(4);
        policy.set_del_docs_ratio_before_merge(0.25);
        inner.set_merge_policy(Box::new(policy));
        // The engine numbers what a writer does from the number of the last commit on. A merge of committed files takes a
        // first delete of that number for part of the commit, yet may not apply it to every file: a document that was
        // replaced would live on. An operation that does nothing uses the number up.
        inner.run(Vec::new()).map_err(|error| shared.error(error))?;
        Ok(Self { shared, inner })
    }

    /// Puts these documents in the place of all documents of an entity, which no one sees before the next commit. With
    /// `is_new` the index must hold no document of the entity, and none is looked for, which is faster.
    pub fn replace(&mut self, entity: EntityNo, documents: &[Document], is_new: bool) -> Result<(), SearchError> {
        let fields = &self.shared.fields;
        let delete = (!is_new).then(|| UserOperation::Delete(Term::from_field_u64(fields.entity, entity.0.into())));
        let add = documents.iter().map(|document| UserOperation::Add(engine_document(fields, entity, document)));
        let operations: Vec<_> = delete.into_iter().chain(add).collect();
        self.inner.run(operations).map(|_| ()).map_err(|error| self.shared.error(error))
    }

    /// Makes everything written so far durable, and visible to every search that begins afterwards.
    pub fn commit(&mut self) -> Result<(), SearchError> {
        self.inner.commit().map_err(|error| self.shared.error(error))?;
        self.shared.reload()
    }

    /// The same, and keeps a note with it, for [`crate::Index::note`] to return: how far the index has got.
    pub fn commit_with_note(&mut self, note: &str) -> Result<(), SearchError> {
        let mut prepared = self.inner.prepare_commit().map_err(|error| self.shared.error(error))?;
        prepared.set_payload(note);
        prepared.commit().map_err(|error| self.shared.error(error))?;
        self.shared.reload()
    }

    /// After a last commit, gets everything that was replaced out of the files: a file with replaced documents in it is
    /// written anew without them, and the old one removed. What a search that is still going on reads stays until it ends.
    ///
    /// # Errors
    ///
    /// [`SearchError::Files`] if a search holds the old files for too long; call it again.
    pub fn purge(self) -> Result<(), SearchError> {
        let Self { shared, mut inner } = self;
        let failed = |error| shared.error(error);
        inner.set_merge_policy(Box::new(NoMergePolicy));
        for _ in 0..ROUNDS {
            let metas = shared.engine.searchable_segment_metas().map_err(failed)?;
            for meta in metas.iter().filter(|meta| meta.has_deletes()) {
                // One that merging has taken meanwhile is looked at again in the next round.
                let _ = inner.merge(&[meta.id()]).wait();
            }
            drop(metas);
            shared.reload()?;
            inner.garbage_collect_files().wait().map_err(failed)?;
            let metas = shared.engine.searchable_segment_metas().map_err(failed)?;
            let kept: Vec<String> = metas.iter().map(|meta| meta.id().uuid_string()).collect();
            if !metas.iter().any(SegmentMeta::has_deletes) && shared.has_only(&kept)? {
                return inner.wait_merging_threads().map_err(failed).and_then(|()| shared.reload());
            }
            std::thread::yield_now();
        }
        Err(shared.in_use())
    }

    /// After a last commit, waits until the files have been merged into few. A writer that is merely dropped breaks off
    /// what merging is under way; where that is all that ever happens, files become many and searches slow.
    pub fn settle(self) -> Result<(), SearchError> {
        let Self { shared, inner } = self;
        inner.wait_merging_threads().map_err(|error| shared.error(error))?;
        shared.reload()
    }
}

fn engine_document(fields: &Fields, entity: EntityNo, document: &Document) -> TantivyDocument {
    let mut made = TantivyDocument::default();
    made.add_u64(fields.entity, entity.0.into());
    made.add_u64(fields.marking, document.marking.0.into());
    made.add_u64(fields.order, document.order);
    made.add_text(fields.schema, &document.schema);
    document.datasets.iter().for_each(|dataset| made.add_u64(fields.datasets, (*dataset).into()));
    for (area, values) in
        [(Area::Names, &document.names), (Area::Identifiers, &document.identifiers), (Area::Texts, &document.texts), (Area::Compact, &document.identifiers)]
    {
        values.iter().for_each(|value| made.add_text(fields.area(area), value));
    }
    made
}
