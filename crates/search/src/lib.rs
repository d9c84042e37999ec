//! The full-text index and its query language.
//!
//! It holds one [`Document`] for each entity and marking, and answers for the markings it is handed and no others: hits,
//! order, scores, totals, facets, suggestions and pages are bit for bit those of an index that never held a document
//! under another marking. It decides nothing about who may see what, reads no statements, and knows entities only by
//! number; whoever asks makes captions, labels and highlights from what the asker may see.
//!
//! What is left open: how long an answer takes does depend on what else the index holds.

mod bm25;
mod document;
mod error;
mod evidence;
mod facets;
mod fields;
mod found;
mod highlight;
mod identity;
mod index;
mod lookup;
mod matches;
mod phrase;
mod plan;
mod query;
mod rank;
mod snapshot;
mod suggest;
mod syntax;
mod tally;
mod view;
mod words;
mod writer;

pub use document::Document;
pub use error::SearchError;
pub use found::{Found, Hit};
pub use highlight::Highlighter;
pub use identity::{Apart, Identity};
pub use index::Index;
pub use query::Query;
pub use writer::IndexWriter;
