//! Entity resolution from file to file: a spec and tables come in; pairs, clusters, the model and a report go out.
//!
//! A spec says what the columns of a table mean ([`Spec`]); a table is CSV or Parquet ([`Input`]); `candour-resolve`
//! compares, learns and clusters; what comes out is four files of which each is the same to the byte whenever the records
//! are, in whatever order they and their columns stand ([`Outputs`]).
//!
//! It needs no home and keeps nothing. For that reason it never compares special categories of data: what allows that
//! is a mandate in force, and a mandate is in force in a home alone.

mod characters;
mod error;
mod explained;
mod input;
mod outputs;
mod peak;
mod report;
mod resolved;
mod spec;
mod special;
mod tables;

pub use error::LinkageError;
pub use explained::explain;
pub use input::{Input, Sides};
pub use outputs::{Outputs, Written};
pub use peak::peak_mib;
pub use resolved::resolve;
pub use spec::{ColumnSpec, Spec};
