//! The small tables that statements refer to by number, held in memory and written through.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use candour_model::{
    grade::Grade,
    id::{DatasetNo, MarkingNo},
    marking::Marking,
    source::Source,
    statement::{Kind, Status},
};
use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;

use crate::error::StoreError;

/// Number of a schema or property name inside one store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SymbolNo(pub u32);

/// Number of a source document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceNo(pub u32);

/// Number of a provenance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProvenanceNo(pub u32);

/// Everything that many statements of one import share.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Provenance {
    /// The document.
    pub source: SourceNo,
    /// Who may see it.
    pub marking: MarkingNo,
    /// 3x5x2 grade.
    pub grade: Grade,
    /// Fact or assessment.
    pub kind: Kind,
    /// Where it stands.
    pub status: Status,
    /// How it came to be.
    pub method: String,
    /// Who brought it in.
    pub actor: String,
    /// Lawful basis given at the import; empty where none was.
    pub lawful_basis: String,
}

/// All names of a store. Cheap to clone: readers take a snapshot.
#[derive(Debug, Clone, Default)]
pub struct Names {
    symbols: Interned<str>,
    datasets: Interned<str>,
    markings: Interned<str>,
    marking_bodies: Vec<Arc<Marking>>,
    sources: Vec<Arc<(DatasetNo, Source)>>,
    source_numbers: FxHashMap<(u32, String, String), u32>,
    provenances: Interned<Provenance>,
    claims_alike: Vec<ProvenanceNo>,
    /// Differs between any two readings of all names, since an erasure changes names and not their number.
    reading: u64,
}

/// Readings of all names so far, in this process.
static READINGS: AtomicU64 = AtomicU64::new(1);

/// Values numbered in order of first appearance.
#[derive(Debug)]
struct Interned<T: ?Sized> {
    values: Vec<Arc<T>>,
    numbers: FxHashMap<Arc<T>, u32>,
}

impl<T: ?Sized> Default for Interned<T> {
    fn default() -> Self {
        Self { values: Vec::new(), numbers: FxHashMap::default() }
    }
}

impl<T: ?Sized> Clone for Interned<T> {
    fn clone(&self) -> Self {
        Self { values: self.values.clone(), numbers: self.numbers.clone() }
    }
}

impl<T: Eq + std::hash::Hash + ?Sized> Interned<T> {
    fn get(&self, no: u32) -> Option<&T> {
        self.values.get(usize::try_from(no).ok()?).map(AsRef::as_ref)
    }

    fn push(&mut self, value: impl Into<Arc<T>>) -> Result<u32, StoreError> {
        let no = u32::try_from(self.values.len()).map_err(|_| StoreError::Limit("distinct names"))?;
        let value = value.into();
        self.values.push(Arc::clone(&value));
        self.numbers.insert(value, no);
        Ok(no)
    }
}

impl Names {
    /// Reads all names.
    pub(crate) fn load(connection: &Connection) -> Result<Self, StoreError> {
        let mut names = Self { reading: READINGS.fetch_add(1, Ordering::Relaxed), ..Self::default() };
        let mut rows = connection.prepare("SELECT name FROM symbol ORDER BY no")?;
        for name in rows.query_map([], |row| row.get::<_, String>(0))? {
            names.symbols.push(name?)?;
        }
        let mut rows = connection.prepare("SELECT name FROM dataset ORDER BY no")?;
        for name in rows.query_map([], |row| row.get::<_, String>(0))? {
            names.datasets.push(name?)?;
        }
        let mut rows = connection.prepare("SELECT id, body FROM marking ORDER BY no")?;
        for row in rows.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))? {
            let (id, body) = row?;
            let marking = serde_json::from_str(&body).map_err(|error| StoreError::Damaged(format!("marking `{id}`: {error}")))?;
            names.markings.push(id)?;
            names.marking_bodies.push(Arc::new(marking));
        }
        names.load_sources(connection)?;
        names.load_provenances(connection)?;
        Ok(names)
    }

    fn load_sources(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let mut rows = connection.prepare("SELECT dataset, path, sha256, size FROM source ORDER BY no")?;
        let rows = rows.query_map([], |row| Ok((row.get::<_, u32>(0)?, row.get(1)?, row.get(2)?, row.get::<_, i64>(3)?)))?;
        for row in rows {
            let (dataset, path, sha256, size) = row?;
            self.remember_source(DatasetNo(dataset), path, sha256, u64::try_from(size).unwrap_or_default())?;
        }
        Ok(())
    }

    fn load_provenances(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let mut rows = connection.prepare("SELECT source, marking, grade, kind, status, method, actor, lawful_basis FROM provenance ORDER BY no")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let damaged = |what: &str, text: &str| StoreError::Damaged(format!("provenance with {what} `{text}`"));
            let (grade, kind, status): (String, String, String) = (row.get(2)?, row.get(3)?, row.get(4)?);
            self.remember_provenance(Provenance {
                source: SourceNo(row.get(0)?),
                marking: MarkingNo(row.get(1)?),
                grade: grade.parse().map_err(|_| damaged("grade", &grade))?,
                kind: [Kind::Fact, Kind::Assessment].into_iter().find(|known| known.word() == kind).ok_or_else(|| damaged("kind", &kind))?,
                status: STATUSES.into_iter().find(|known| known.word() == status).ok_or_else(|| damaged("status", &status))?,
                method: row.get(5)?,
                actor: row.get(6)?,
                lawful_basis: row.get(7)?,
            })?;
        }
        Ok(())
    }

    /// Whether these names come from one reading of the database, with others added at most.
    pub(crate) fn continues(&self, other: &Self) -> bool {
        self.reading == other.reading
    }

    /// Name of a schema or property.
    #[must_use]
    pub fn symbol(&self, no: SymbolNo) -> Option<&str> {
        self.symbols.get(no.0)
    }

    /// Number of a schema or property name, where any statement uses it.
    #[must_use]
    pub fn symbol_no(&self, name: &str) -> Option<SymbolNo> {
        self.symbols.numbers.get(name).map(|no| SymbolNo(*no))
    }

    /// How many schema and property names are known; numbers run from 0.
    #[must_use]
    pub fn symbol_count(&self) -> usize {
        self.symbols.values.len()
    }

    /// Name of a dataset.
    #[must_use]
    pub fn dataset(&self, no: DatasetNo) -> Option<&str> {
        self.datasets.get(no.0)
    }

    /// Number of a dataset.
    #[must_use]
    pub fn dataset_no(&self, name: &str) -> Option<DatasetNo> {
        self.datasets.numbers.get(name).map(|no| DatasetNo(*no))
    }

    /// All datasets with their numbers.
    pub fn datasets(&self) -> impl Iterator<Item = (DatasetNo, &str)> {
        (0_u32..).map(DatasetNo).zip(self.datasets.values.iter().map(AsRef::as_ref))
    }

    /// The marking with a number.
    #[must_use]
    pub fn marking(&self, no: MarkingNo) -> Option<&Marking> {
        self.marking_bodies.get(usize::from(no.0)).map(AsRef::as_ref)
    }

    /// All markings with their numbers.
    pub fn markings(&self) -> impl Iterator<Item = (MarkingNo, &Marking)> {
        (0_u16..).map(MarkingNo).zip(self.marking_bodies.iter().map(AsRef::as_ref))
    }

    /// A source and the dataset it belongs to.
    #[must_use]
    pub fn source(&self, no: SourceNo) -> Option<(DatasetNo, &Source)> {
        self.sources.get(usize::try_from(no.0).ok()?).map(|both| (both.0, &both.1))
    }

    /// A provenance.
    #[must_use]
    pub fn provenance(&self, no: ProvenanceNo) -> Option<&Provenance> {
        self.provenances.get(no.0)
    }

    /// How many provenances are known; numbers run from 0.
    #[must_use]
    pub fn provenance_count(&self) -> usize {
        self.provenances.values.len()
    }

    /// Number of a name, given one if it is new.
    pub(crate) fn intern_symbol(&mut self, connection: &Connection, name: &str) -> Result<SymbolNo, StoreError> {
        if let Some(no) = self.symbol_no(name) {
            return Ok(no);
        }
        let no = self.symbols.push(name)?;
        connection.execute("INSERT INTO symbol VALUES (?, ?)", params![no, name])?;
        Ok(SymbolNo(no))
    }

    /// Number of a dataset, given one if it is new.
    pub(crate) fn intern_dataset(&mut self, connection: &Connection, name: &str) -> Result<DatasetNo, StoreError> {
        if let Some(no) = self.dataset_no(name) {
            return Ok(no);
        }
        let no = self.datasets.push(name)?;
        connection.execute("INSERT INTO dataset VALUES (?, ?)", params![no, name])?;
        Ok(DatasetNo(no))
    }

    /// Number of a marking, given one if it is new. A marking that keeps its id but changes its meaning is refused:
    /// statements stored under it would silently change hands.
    pub(crate) fn intern_marking(&mut self, connection: &Connection, marking: &Marking) -> Result<MarkingNo, StoreError> {
        if let Some(no) = self.markings.numbers.get(marking.id.as_str()) {
            let no = u16::try_from(*no).map(MarkingNo).map_err(|_| StoreError::Limit("65,536 markings"))?;
            if self.marking(no) != Some(marking) {
                return Err(StoreError::Refused(format!("marking `{}` has another meaning in this store; give the new meaning a new id", marking.id)));
            }
            return Ok(no);
        }
        let no = u16::try_from(self.markings.values.len()).map_err(|_| StoreError::Limit("65,536 markings"))?;
        let body = serde_json::to_string(marking).map_err(|error| StoreError::Damaged(error.to_string()))?;
        connection.execute("INSERT INTO marking VALUES (?, ?, ?)", params![no, marking.id, body])?;
        self.markings.push(marking.id.as_str())?;
        self.marking_bodies.push(Arc::new(marking.clone()));
        Ok(MarkingNo(no))
    }

    /// Number of a source, given one if it is new.
    pub(crate) fn intern_source(&mut self, connection: &Connection, source: &Source) -> Result<SourceNo, StoreError> {
        let dataset = self.intern_dataset(connection, &source.dataset)?;
        let key = (dataset.0, source.sha256.clone(), source.path.clone());
        if let Some(no) = self.source_numbers.get(&key) {
            return Ok(SourceNo(*no));
        }
        let no = self.remember_source(dataset, source.path.clone(), source.sha256.clone(), source.size)?;
        let size = i64::try_from(source.size).map_err(|_| StoreError::Limit("source size"))?;
        connection.execute("INSERT INTO source VALUES (?, ?, ?, ?, ?)", params![no.0, dataset.0, source.path, source.sha256, size])?;
        Ok(no)
    }

    /// Number of a provenance, given one if it is new.
    pub(crate) fn intern_provenance(&mut self, connection: &Connection, provenance: &Provenance) -> Result<ProvenanceNo, StoreError> {
        if let Some(no) = self.provenances.numbers.get(provenance) {
            return Ok(ProvenanceNo(*no));
        }
        let no = self.remember_provenance(provenance.clone())?;
        connection.execute(
            "INSERT INTO provenance VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                no,
                provenance.source.0,
                provenance.marking.0,
                provenance.grade.to_string(),
                provenance.kind.word(),
                provenance.status.word(),
                provenance.method,
                provenance.actor,
                provenance.lawful_basis
            ],
        )?;
        Ok(ProvenanceNo(no))
    }

    /// The first provenance that differs at most in who brought it in, how and on what basis: a value that two people
    /// import from one document is still stated once.
    pub(crate) fn alike(&self, no: ProvenanceNo) -> ProvenanceNo {
        usize::try_from(no.0).ok().and_then(|index| self.claims_alike.get(index)).copied().unwrap_or(no)
    }

    fn remember_provenance(&mut self, provenance: Provenance) -> Result<u32, StoreError> {
        let stance = |p: &Provenance| (p.source, p.marking, p.grade, p.kind, p.status);
        let first = self.provenances.values.iter().position(|known| stance(known) == stance(&provenance));
        let no = self.provenances.push(provenance)?;
        let first = first.and_then(|index| u32::try_from(index).ok()).unwrap_or(no);
        self.claims_alike.push(ProvenanceNo(first));
        Ok(no)
    }

    fn remember_source(&mut self, dataset: DatasetNo, path: String, sha256: String, size: u64) -> Result<SourceNo, StoreError> {
        let no = u32::try_from(self.sources.len()).map_err(|_| StoreError::Limit("sources"))?;
        let name = self.dataset(dataset).ok_or_else(|| StoreError::Damaged(format!("source `{path}` of an unknown dataset")))?.to_owned();
        self.source_numbers.insert((dataset.0, sha256.clone(), path.clone()), no);
        self.sources.push(Arc::new((dataset, Source { dataset: name, path, sha256, size })));
        Ok(SourceNo(no))
    }
}

const STATUSES: [Status; 5] = [Status::Proposed, Status::Asserted, Status::Affirmed, Status::Disputed, Status::Retracted];

impl fmt::Display for SourceNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
