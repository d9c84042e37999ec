//! Intake: bytes come in, drafts of entities go out. One file per format.
//!
//! It is not a place for meaning beyond what a mapping says, nor for storage: it never sees a database, and whatever
//! it cannot take it hands back with file, line, column and reason.

mod batch;
mod bytes;
mod cell;
mod delimiter;
mod error;
mod files;
mod ftm;
mod mapping;
mod plan;
mod reject;
mod signature;
mod step;
mod table;
mod text;
mod validity;

pub use batch::Batch;
pub use error::IntakeError;
pub use mapping::Mapping;
pub use plan::{Defaults, Plan};
pub use reject::{Reject, RejectsFile};
pub use signature::{Encoding, Signature};
pub use step::{Step, StepReader};
