//! A seeded, wholly invented town, Tallowhythe, whose records fill the demonstration home.
//!
//! It makes people, households, addresses, telephones, vehicles, companies, offences, calls, intelligence reports and
//! public contracts, describes the same people differently in several datasets, hides an organised group among them,
//! and writes it all as files that an import reads. The same seed and size give the same bytes.
//!
//! It is not a model of any real place or person, and it knows nothing of the other rooms: it writes files and no more.

mod addresses;
mod calls;
mod companies;
mod contracts;
mod custody;
mod dice;
mod distort;
mod error;
mod fictitious;
mod group;
mod households;
mod lists;
mod ocds;
mod offences;
mod people;
mod records;
mod reports;
mod sightings;
mod size;
mod tables;
mod town;
mod truth;
mod vehicles;
mod write;

pub use error::TownError;
pub use size::Size;
pub use town::{NAME, Town};
pub use write::{Counts, Form, Import, Written};
