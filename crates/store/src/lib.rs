//! The evidence store: append-only statements with their sources, judgements on pairs, and the journal.
//!
//! It is the only room that names a database (SQLite). It is not a place for rules: who may see what arrives as a
//! [`candour_model::visible::Visible`], and every read honours it.

mod disclosure;
mod erase;
mod error;
mod event;
mod held;
mod ingest;
mod journal;
mod keystore;
mod layout;
mod lock;
mod names;
mod outside;
mod pairs;
mod past;
mod progress;
mod reader;
mod remark;
mod row;
mod store;
mod transaction;
mod writer;

pub use candour_ledger::{Receipt, ReceiptField};
pub use disclosure::Disclosure;
pub use erase::{Erased, Mentions, Withheld};
pub use error::StoreError;
pub use event::Event;
pub use ingest::{Ingested, Origin};
pub use journal::{EntryFields, JournalEntry, LogStatus, journal_at_rest};
pub use names::{Names, Provenance, ProvenanceNo, SourceNo, SymbolNo};
pub use outside::{Clock, FaultPoint, Faults, Outside, Random};
pub use pairs::{Judged, PairOrigin};
pub use past::Past;
pub use progress::Progress;
pub use reader::Reader;
pub use remark::Remarked;
pub use row::Row;
pub use store::{LogIdentity, Scrubbed, Store};
pub use transaction::Transaction;
