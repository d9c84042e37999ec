//! The index: opening it, asking it, wiping it.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use candour_model::{id::EntityNo, visible::Visible};
use tantivy::{IndexReader, IndexSettings, ReloadPolicy, TantivyError, directory::MmapDirectory, store::Compressor};

use crate::{
    error::SearchError,
    facets::Facets,
    fields::Fields,
    found::{Found, Hit},
    identity::Identity,
    matches,
    plan::Plan,
    query::Query,
    rank,
    snapshot::Snapshot,
    suggest,
    syntax::Syntax,
    view::View,
    words::{COMPACT, WORDS, whole, words},
    writer::IndexWriter,
};

/// The full-text index in one directory. Clones share it; it can be asked from many threads at once, also while it is
/// being written to.
#[derive(Clone)]
pub struct Index {
    shared: Arc<Shared>,
}

/// What an index and its writer have in common.
pub(crate) struct Shared {
    dir: PathBuf,
    pub(crate) engine: tantivy::Index,
    reader: IndexReader,
    pub(crate) fields: Fields,
    newest: RwLock<Arc<Snapshot>>,
}

impl Index {
    /// Opens the index in a directory, making both where they do not exist.
    ///
    /// # Errors
    ///
    /// [`SearchError::Rebuild`] if the files are damaged, incomplete or of another version: [`Index::wipe`] the
    /// directory, open it again and index everything. Every file is checked against its checksum.
    pub fn open(dir: &Path) -> Result<Self, SearchError> {
        let (schema, fields) = Fields::build();
        let (engine, reader) = open(dir, &schema).map_err(|error| SearchError::at(dir, error))?;
        if engine.schema() != schema {
            return Err(SearchError::Rebuild { dir: dir.to_owned(), reason: "it was made by another version of the program".to_owned() });
        }
        let snapshot = Snapshot::read(&reader, &fields).map_err(|error| SearchError::at(dir, error))?;
        Ok(Self { shared: Arc::new(Shared { dir: dir.to_owned(), engine, reader, fields, newest: RwLock::new(Arc::new(snapshot)) }) })
    }

    /// Removes the files of an index from a directory, and no others. No index may be open there.
    pub fn wipe(dir: &Path) -> Result<(), SearchError> {
        let failed = |error: io::Error| SearchError::Files { dir: dir.to_owned(), reason: error.to_string() };
        for path in own_files(dir).map_err(failed)? {
            fs::remove_file(path).map_err(failed)?;
        }
        Ok(())
    }

    /// A writer to this index.
    ///
    /// # Errors
    ///
    /// [`SearchError::Busy`] while there is another. A writer that ended with its process, however suddenly, is none.
    pub fn writer(&self) -> Result<IndexWriter, SearchError> {
        IndexWriter::new(Arc::clone(&self.shared))
    }

    /// The note of the last commit that had one: `None` if the last commit had none.
    pub fn note(&self) -> Result<Option<String>, SearchError> {
        self.shared.engine.load_metas().map(|metas| metas.payload).map_err(|error| self.shared.error(error))
    }

    /// How many documents the newest commit holds, under whatever marking; for the operator, never for an asker.
    #[must_use]
    pub fn documents(&self) -> u64 {
        self.shared.newest().totals.iter().map(|totals| totals.documents).sum()
    }

    /// How many files-on-disk segments the newest commit has; for the operator.
    #[must_use]
    pub fn segments(&self) -> usize {
        self.shared.newest().parts.len()
    }

    /// Answers a question for one who sees these markings and holds these entities to be the same.
    ///
    /// # Errors
    ///
    /// Those for which [`SearchError::is_question`] holds, and [`SearchError::Engine`].
    pub fn search(&self, query: &Query, visible: &Visible, identity: &(impl Identity + ?Sized)) -> Result<Found, SearchError> {
        let plan = Plan::new(&Syntax::parse(&query.text)?);
        let (snapshot, identity) = (self.shared.newest(), Borrowed(identity));
        let view = View::new(&snapshot, visible);
        let matches = matches::find(&view, &plan, &identity)?;
        let Facets { kept, schemas, datasets } = Facets::new(&view, &identity, &matches, query);
        let total = kept.len() as u64;
        let hits =
            rank::page(kept, &identity, query.offset, query.limit).into_iter().map(|ranked| Hit { entity: EntityNo(ranked.entity), score: ranked.score });
        Ok(Found { total, hits: hits.collect(), schemas, datasets })
    }

    /// Entities whose names or identifiers go on from what was typed, best first. The last word may be unfinished unless
    /// a space follows it. No operators: every punctuation is just that.
    pub fn suggest(&self, typed: &str, visible: &Visible, limit: usize, identity: &(impl Identity + ?Sized)) -> Result<Vec<EntityNo>, SearchError> {
        let snapshot = self.shared.newest();
        suggest::suggest(&View::new(&snapshot, visible), typed, limit, &Borrowed(identity))
    }
}

impl Shared {
    pub(crate) fn error(&self, error: TantivyError) -> SearchError {
        SearchError::at(&self.dir, error)
    }

    /// Lets searches see the newest commit.
    pub(crate) fn reload(&self) -> Result<(), SearchError> {
        self.reader.reload().map_err(|error| self.error(error))?;
        let snapshot = Arc::new(Snapshot::read(&self.reader, &self.fields).map_err(|error| self.error(error))?);
        *self.newest.write().unwrap_or_else(PoisonError::into_inner) = snapshot;
        Ok(())
    }

    /// Whether the directory holds files of these segments alone.
    pub(crate) fn has_only(&self, segments: &[String]) -> Result<bool, SearchError> {
        let files = own_files(&self.dir).map_err(|error| SearchError::Files { dir: self.dir.clone(), reason: error.to_string() })?;
        let name = |path: &PathBuf| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(files.iter().filter(|path| is_segment(path)).all(|path| segments.iter().any(|segment| name(path).starts_with(segment.as_str()))))
    }

    /// Replaced documents cannot be removed from the files yet.
    pub(crate) fn in_use(&self) -> SearchError {
        SearchError::Files { dir: self.dir.clone(), reason: "searches under way still read what is to be removed; try again".to_owned() }
    }

    fn newest(&self) -> Arc<Snapshot> {
        Arc::clone(&self.newest.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Lets an identity of any size stand behind a plain reference.
struct Borrowed<'a, I: ?Sized>(&'a I);

impl<I: Identity + ?Sized> Identity for Borrowed<'_, I> {
    fn representative(&self, entity: EntityNo) -> EntityNo {
        self.0.representative(entity)
    }

    fn members(&self, representative: EntityNo, each: &mut dyn FnMut(EntityNo)) -> bool {
        self.0.members(representative, each)
    }

    fn schema(&self, candidates: &[&str]) -> usize {
        self.0.schema(candidates)
    }

    fn tie(&self, a: EntityNo, b: EntityNo) -> std::cmp::Ordering {
        self.0.tie(a, b)
    }
}

const META: &str = "meta.json";
const MANAGED: &str = ".managed.json";

fn open(dir: &Path, schema: &tantivy::schema::Schema) -> Result<(tantivy::Index, IndexReader), TantivyError> {
    fs::create_dir_all(dir)?;
    let directory = MmapDirectory::open(dir)?;
    let mut engine = if dir.join(META).exists() {
        tantivy::Index::open(directory)?
    } else if own_files(dir)?.iter().any(|path| is_segment(path)) {
        return Err(tantivy::error::DataCorruption::comment_only(format!("`{META}` is missing")).into());
    } else {
        let settings = IndexSettings { docstore_compression: Compressor::None, docstore_compress_dedicated_thread: false, ..IndexSettings::default() };
        tantivy::Index::create(directory, schema.clone(), settings)?
    };
    let damaged = engine.validate_checksum()?;
    if !damaged.is_empty() {
        return Err(tantivy::error::DataCorruption::comment_only(format!("{} files have wrong checksums", damaged.len())).into());
    }
    engine.tokenizers().register(WORDS, words());
    engine.tokenizers().register(COMPACT, whole());
    engine.set_executor(tantivy::Executor::single_thread());
    let reader = engine.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    Ok((engine, reader))
}

/// The files in a directory that the engine made.
fn own_files(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_own = name == META || name == MANAGED || (name.starts_with(".tantivy-") && name.ends_with(".lock")) || is_segment(Path::new(&*name));
        if is_own && entry.file_type()?.is_file() {
            files.push(entry.path());
        }
    }
    Ok(files)
}

/// Segments are named by 32 hexadecimal digits, then perhaps a number, and what they hold.
fn is_segment(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    name.split_once('.').is_some_and(|(id, _)| id.len() == 32 && id.chars().all(|c| c.is_ascii_hexdigit()))
}
