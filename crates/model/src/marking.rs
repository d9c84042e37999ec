//! Markings: who may see a statement, decided once per distinct marking and never per row.

use serde::{Deserialize, Serialize};

/// Government security classification; the order is the order of protection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Classification {
    /// Published or meant to be.
    Open,
    /// OFFICIAL.
    Official,
    /// OFFICIAL with the SENSITIVE handling caveat.
    OfficialSensitive,
    /// SECRET.
    Secret,
    /// TOP SECRET.
    TopSecret,
}

/// Handling code of a 3x5x2 report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Handling {
    /// `P`: lawful sharing permitted.
    P,
    /// `C`: lawful sharing permitted with conditions.
    C,
}

/// A kind of sensitive processing (Data Protection Act 2018 s.35(8)), which needs a mandate that names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpecialCategory {
    /// Racial or ethnic origin.
    Ethnicity,
    /// Political opinions.
    Politics,
    /// Religious or philosophical beliefs.
    Belief,
    /// Trade union membership.
    TradeUnion,
    /// Genetic data.
    Genetic,
    /// Biometric data for identification.
    Biometric,
    /// Health.
    Health,
    /// Sex life or sexual orientation.
    SexLife,
}

/// A distinct marking, declared in the charter under an id and interned by the store to a small number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Marking {
    /// The id that people write, such as `official`.
    pub id: String,
    /// How high it is classified.
    pub classification: Classification,
    /// Handling code.
    #[serde(default = "Marking::default_handling")]
    pub handling: Handling,
    /// Conditions of handling; required where the code is `C`.
    #[serde(default)]
    pub conditions: Option<String>,
    /// The operation or dataset whose members alone may see it.
    #[serde(default)]
    pub compartment: Option<String>,
    /// Sensitive-processing categories contained.
    #[serde(default)]
    pub special: Vec<SpecialCategory>,
    /// Retention review group, 1 to 4 (Management of Police Information).
    #[serde(default = "Marking::default_retention")]
    pub retention: u8,
    /// Restricted instead of erased (Data Protection Act 2018 s.47): kept as evidence, seen only for purposes that read what
    /// is restricted. Never declared; a marking gets it when somebody restricts what carries it.
    #[serde(default)]
    pub restricted: bool,
}

impl Marking {
    fn default_handling() -> Handling {
        Handling::P
    }

    fn default_retention() -> u8 {
        4
    }
}
