//! The vocabulary of the house: ids, the ontology, statements, grades, markings, judgements and visibility.
//!
//! It is not a place for input or output: no file, clock, database or random number is touched here, and it knows
//! nothing of the ledger. Everything else in the house speaks in these types.

pub mod entity;
pub mod grade;
pub mod id;
pub mod judgement;
pub mod marking;
pub mod ontology;
pub mod purpose;
pub mod source;
pub mod statement;
pub mod types;
pub mod validity;
pub mod visible;
