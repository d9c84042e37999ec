//! Purposes, roles, markings and Cedar policies; decides, with reasons; holds no data.
//!
//! A [`Charter`] is text: `charter.toml` declares the words, `policies/*.cedar` the rules, `schema.cedarschema` what rules
//! may speak of. All of it is parsed, checked and validated when it is loaded, so that no decision meets a broken rule.
//! The program holds to some things by itself, whatever the text says: nothing that touches evidence works without a declared
//! and complete purpose, or under a charter that has expired; nobody acts without a declared role; a purpose that needs a
//! mandate opens nothing without one; and a special category is seen only under a [`Mandate`] that names it.
//!
//! It is not a place for evidence, accounts or sessions: the caller says who asks ([`Actor`]) and hands in the markings.

mod actor;
mod adoption;
mod authority;
mod charter;
mod checks;
mod decision;
mod declared;
mod diff;
mod domain;
mod error;
mod explain;
mod files;
mod findings;
mod fit;
mod grounds;
mod mandate;
mod matrix;
mod needs;
mod nesting;
mod place;
mod policies;
mod rules;
mod sight;
mod standing;
mod words;
mod world;

pub use actor::Actor;
pub use adoption::{AdoptError, SignedCharter};
pub use authority::{Authority, Glass};
pub use charter::Charter;
pub use decision::Decision;
pub use declared::{AuthorityRule, Confidence, Hook, HookKind, LedgerRule, Retention, Sessions, Thresholds, Value, WitnessRule};
pub use error::CharterError;
pub use files::{DEFAULT, shipped_for};
pub use findings::{Finding, Severity};
pub use mandate::Mandate;
pub use matrix::{Cell, Matrix, Sight};
pub use rules::{PurposeRule, Role};
pub use standing::Standing;
