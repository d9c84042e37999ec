//! Purposes, roles, markings and Cedar policies; decides, with reasons; holds no data.
//!
//! A [`Charter`] is text: `charter.toml` declares the words, `policies/*.cedar` the rules, `schema.cedarschema` what rules
//! may speak of. All of it is parsed, checked and validated when it is loaded, so that no decision meets a broken rule.
//! Three things the program holds to by itself, whatever the text says: nothing that touches evidence works without a
//! declared and complete purpose, nobody acts without a declared role, and special-category markings are seen by nobody.
//!
//! It is not a place for evidence, accounts or sessions: the caller says who asks ([`Actor`]) and hands in the markings.

mod actor;
mod charter;
mod decision;
mod error;
mod explain;
mod files;
mod matrix;
mod nesting;
mod place;
mod policies;
mod rules;
mod sight;
mod world;

pub use actor::Actor;
pub use charter::Charter;
pub use decision::Decision;
pub use error::CharterError;
pub use files::{DEFAULT, shipped_for};
pub use matrix::{Cell, Matrix, Sight};
pub use rules::{PurposeRule, Role};
