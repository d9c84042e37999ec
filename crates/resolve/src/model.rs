//! The model of Fellegi and Sunter: what it is worth that two records are on a step, learnt from the data.

mod cells;
mod chance;
mod learn;
mod sample;

pub(crate) use cells::{Cells, Found, Rarities};
pub(crate) use chance::{Chances, estimate as estimate_chances};
pub(crate) use learn::{Learnt, learn, says};
pub(crate) use sample::{MOST_FIELDS, Patterns};

use serde::{Deserialize, Serialize};

/// Chances of everything that two records of one field may be found to be.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq)]
pub struct FieldModel {
    /// Its name.
    pub field: String,
    /// One for each combination of steps.
    pub cells: Vec<CellModel>,
}

/// One combination of steps.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq)]
pub struct CellModel {
    /// The steps in words.
    pub says: String,
    /// How often two records of one thing are found so, of those that have the same values missing.
    pub m: f64,
    /// How often two records of different things are, the rarity of what they share left out.
    pub u: f64,
    /// How often two records of one household are, in what its members share.
    pub kin: f64,
    /// Bits that it weighs, rarity left out.
    pub bits: f32,
}
