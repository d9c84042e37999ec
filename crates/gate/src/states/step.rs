//! What is done to a case, with its particulars.

use candour_model::grade::Grade;
use jiff::civil::Date;

use super::{Move, Role};
use crate::hook::Lint;

/// Somebody in a capacity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Who; empty for the machine.
    pub person: String,
    /// In which capacity.
    pub role: Role,
}

/// Who answers a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Party {
    /// The supplier.
    Supplier,
    /// The buyer.
    Buyer,
}

/// A piece of evidence, as far as the standard of evidence asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceItem {
    /// Its id.
    pub id: String,
    /// Its grade.
    pub grade: Grade,
    /// Whom it is from; two items of one source are no two sources.
    pub source: String,
    /// Whether it is a ruling that can no longer be appealed.
    pub final_ruling: bool,
}

/// How a case is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing stands against the contract.
    Clear,
    /// The contract may be awarded under conditions.
    Conditions,
    /// The supplier is excluded.
    Exclude,
    /// The purchase begins anew.
    Reprocure,
}

impl Outcome {
    /// Whether the contract can be awarded.
    #[must_use]
    pub fn permits_award(self) -> bool {
        matches!(self, Self::Clear | Self::Conditions)
    }
}

/// A step with what it brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The checks run.
    Screen,
    /// Nothing stands against it.
    Clear {
        /// Why.
        reasons: String,
    },
    /// Puts it before the mandate holder.
    Refer {
        /// The charter's rule.
        rule: String,
        /// What the lint says of that rule.
        lint: Lint,
        /// On what it rests.
        evidence: Vec<EvidenceItem>,
    },
    /// Holds the contract.
    Hold {
        /// Who signs beside the mandate holder.
        countersigner: String,
        /// The last day of the hold; without one there is none.
        until: Option<Date>,
    },
    /// The hold has come to its end.
    Expire,
    /// Tells supplier and buyer.
    Notify {
        /// Ids of the evidence that is disclosed.
        disclosed: Vec<String>,
    },
    /// Supplier or buyer answers.
    Answer {
        /// Who of them.
        party: Party,
        /// The representations.
        text: String,
    },
    /// Puts it before the panel.
    Convene,
    /// Decides.
    Decide {
        /// What the panel recommended.
        recommendation: String,
        /// How.
        outcome: Outcome,
        /// Why.
        reasons: String,
    },
    /// Publishes the award notice.
    Announce,
    /// The purchase has ended.
    Close,
    /// Signs.
    Sign,
    /// Takes it to a court or reviewer.
    Challenge,
    /// Gives it back.
    Resume {
        /// Why.
        reasons: String,
    },
    /// Something has changed.
    Change {
        /// What.
        what: String,
    },
}

impl Step {
    /// Which kind of step it is.
    #[must_use]
    pub fn kind(&self) -> Move {
        match self {
            Self::Screen => Move::Screen,
            Self::Clear { .. } => Move::Clear,
            Self::Refer { .. } => Move::Refer,
            Self::Hold { .. } => Move::Hold,
            Self::Expire => Move::Expire,
            Self::Notify { .. } => Move::Notify,
            Self::Answer { .. } => Move::Answer,
            Self::Convene => Move::Convene,
            Self::Decide { .. } => Move::Decide,
            Self::Announce => Move::Announce,
            Self::Close => Move::Close,
            Self::Sign => Move::Sign,
            Self::Challenge => Move::Challenge,
            Self::Resume { .. } => Move::Resume,
            Self::Change { .. } => Move::Change,
        }
    }
}
