//! A home for a test: a clock that ticks, randomness that repeats, and short ways to make drafts.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use candour_ledger::{Receipt, Request, SigningKey, Source, Verified, VerifierKey, verify};
use candour_model::{
    entity::{Claim, Draft},
    grade::Grade,
    id::MarkingNo,
    marking::{Classification, Handling, Marking},
    ontology::Ontology,
    source::Locator,
    statement::{Kind, Status},
    visible::Visible,
};
use candour_store::{EntryFields, LogIdentity, Origin, Outside, Store, StoreError, Transaction};
use tempfile::TempDir;

/// The first instant of a test's clock, which ticks a millisecond per look.
pub(crate) const START: i64 = 1_767_225_600_000;

/// A store in a folder that goes when the test ends.
pub(crate) struct World {
    pub(crate) store: Store,
    pub(crate) folder: TempDir,
}

impl World {
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        Self { store: Store::create(folder.path(), identity(), outside()).unwrap(), folder }
    }

    /// Another connection to the database.
    pub(crate) fn database(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.folder.path().join("candour.db")).unwrap()
    }

    /// Closes the store and opens it again.
    pub(crate) fn reopened(self) -> Self {
        let Self { store, folder } = self;
        drop(store);
        Self { store: open(folder.path()).unwrap(), folder }
    }
}

pub(crate) fn open(home: &Path) -> Result<Store, StoreError> {
    Store::open(home, identity(), outside())
}

pub(crate) fn identity() -> LogIdentity {
    LogIdentity { origin: "log.example/journal".to_owned(), key: SigningKey::generate("log.example/journal", [5; 32]).unwrap() }
}

pub(crate) fn log_key() -> VerifierKey {
    identity().key.verifier().clone()
}

pub(crate) fn outside() -> Outside {
    let (clock, drawn) = (Arc::new(AtomicI64::new(START)), Arc::new(AtomicU64::new(1)));
    Outside::new(
        move || clock.fetch_add(1, Ordering::Relaxed),
        move |bytes| {
            // Distinct on every call, which is all that a test needs.
            let number = drawn.fetch_add(1, Ordering::Relaxed);
            bytes.iter_mut().zip(number.to_be_bytes().iter().cycle()).for_each(|(to, from)| *to = *from);
        },
    )
}

/// The fields of some entry.
pub(crate) fn look(actor: &str) -> EntryFields {
    EntryFields::new().with("actor", actor).with("action", "search").with("purpose", "demo").with("query", "\"Müller\" 0161*").with("results", "a\nb")
}

pub(crate) fn marking(id: &str) -> Marking {
    Marking {
        id: id.to_owned(),
        classification: Classification::Official,
        handling: Handling::P,
        conditions: None,
        compartment: None,
        special: vec![],
        retention: 4,
        restricted: false,
    }
}

/// A person with these values, all of the property `prop`.
pub(crate) fn person(id: &str, prop: &str, values: &[&str]) -> Draft {
    let schema = Ontology::builtin().schema("Person").unwrap();
    let prop = schema.prop(prop).unwrap();
    let claims = (1..).zip(values).map(|(row, value)| Claim {
        prop: prop.no,
        value: (*value).to_owned(),
        original: None,
        lang: None,
        locator: Locator::Cell { row, column: 2 },
    });
    Draft { id: id.to_owned(), schema: schema.no, claims: claims.collect(), marking: None, grade: None, kind: Kind::Fact, valid_from: None, valid_to: None }
}

/// The same under a marking of its own.
pub(crate) fn marked(mut draft: Draft, marking: &str) -> Draft {
    draft.marking = Some(marking.to_owned());
    draft
}

/// An origin in a transaction: a document of data set `people`, with the markings `open` and `secret` declared and `open`
/// as the one that drafts get.
pub(crate) fn origin(transaction: &mut Transaction<'_>, path: &str, actor: &str) -> Result<Origin, StoreError> {
    let source = candour_model::source::Source { dataset: "people".to_owned(), path: path.to_owned(), sha256: "0".repeat(64), size: 10 };
    let markings = ["open", "secret"].map(|id| Ok((id.to_owned(), transaction.marking(&marking(id))?)));
    let markings = markings.into_iter().collect::<Result<rustc_hash::FxHashMap<_, _>, StoreError>>()?;
    Ok(Origin {
        source: transaction.source(&source)?,
        marking: markings["open"],
        markings,
        grade: Grade::default(),
        status: Status::Asserted,
        method: "import".to_owned(),
        actor: actor.to_owned(),
        lawful_basis: "common law".to_owned(),
        recorded_at: transaction.now(),
    })
}

/// Stores drafts from one document.
pub(crate) fn ingest(store: &Store, path: &str, drafts: Vec<Draft>) -> candour_store::Ingested {
    let path = path.to_owned();
    store
        .commit(move |transaction| {
            let origin = origin(transaction, &path, "ana")?;
            transaction.ingest(&drafts, &origin)
        })
        .unwrap()
        .0
}

/// Sees the markings with these ids.
pub(crate) fn seeing(store: &Store, ids: &[&str]) -> Visible {
    store.names().markings().filter(|(_, marking)| ids.contains(&marking.id.as_str())).map(|(no, _)| no).collect::<Vec<MarkingNo>>().into_iter().collect()
}

/// The published files of a store's log, in the order in which they were handed out.
#[derive(Default, Clone)]
pub(crate) struct Files {
    pub(crate) order: Vec<String>,
    pub(crate) bytes: BTreeMap<String, Vec<u8>>,
}

impl Files {
    pub(crate) fn of(store: &Store) -> Self {
        let mut files = Self::default();
        store
            .publish_log(|path, bytes| {
                files.order.push(path.to_owned());
                files.bytes.insert(path.to_owned(), bytes.to_vec());
                Ok(())
            })
            .unwrap();
        files
    }
}

impl Source for Files {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        Ok(self.bytes.get(path).cloned())
    }
}

/// Checks a source and receipts as an outsider would.
pub(crate) fn check(source: &dyn Source, receipts: &[Receipt], since: Option<&[u8]>) -> Verified {
    let named: Vec<(&str, &Receipt)> = receipts.iter().map(|receipt| ("receipt", receipt)).collect();
    verify(source, &Request { key: &log_key(), witnesses: &[], since, receipts: &named })
}

pub(crate) fn problems(verified: &Verified) -> Vec<String> {
    verified.problems.iter().map(ToString::to_string).collect()
}
