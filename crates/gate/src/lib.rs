//! Public contracts: one file per procurement check, the case's state machine, and the lint of lawful hooks.
//!
//! [`screen()`] reads Open Contracting releases, records and packages and says of each process what it flags, through which
//! lawful hook, on which evidence, how sure it is, and what it could not look at. A missing field is counted, never taken
//! for innocence. A machine flags; it never holds: [`states`] knows no such step.
//!
//! It is not a court: nothing here is legal advice. It holds no text of a charter and no evidence: thresholds, grounds and
//! hooks are data under `data/`, with source, date and whether anybody verified them.

mod checks;
mod data;
mod error;
pub mod hook;
mod process;
mod reader;
mod release;
mod rule;
mod screen;
pub mod states;
mod when;
mod working_days;

pub use data::Sheet;
pub use error::GateError;
pub use reader::Problem;
pub use rule::{Evidence, Flag, Severity, Sure, Untested};
pub use screen::{RuleCount, Screened, Summary, screen};
pub use working_days::Calendar;
