//! A case about a contract, from its registration to its watch: the states, and who may lead from which to which.
//!
//! [`TABLE`] is the machine; [`Case::step`] does nothing but look up a row and check what the row needs. Clocks are handed in:
//! a case knows no today. A machine may screen, release and watch; no row lets it hold.

mod case;
mod needs;
mod step;
mod table;

pub use case::{Case, Hold, Noted};
pub use needs::Refusal;
pub use step::{Actor, EvidenceItem, Outcome, Party, Step};
pub use table::{Row, TABLE};

use serde::{Deserialize, Serialize};

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Entered before the market is approached; also for every extension, change and free pilot.
    Registered,
    /// Looked at by the checks, which flag and never hold.
    Screened,
    /// Nothing stands against it.
    Cleared,
    /// A person has put it before the holder of the mandate, citing rule, lawful hook and evidence.
    Referred,
    /// Held by two persons until a day that is fixed.
    Held,
    /// The case and the evidence that can be disclosed are with supplier and buyer.
    Notice,
    /// Supplier or buyer has answered.
    Reply,
    /// Before the ethics panel.
    Panel,
    /// Decided with reasons.
    Decided,
    /// Between award notice and signature.
    Standstill,
    /// Before a court or reviewer; nothing moves.
    Review,
    /// Signed, or ended otherwise, and watched for changes.
    Watch,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Registered,
        Self::Screened,
        Self::Cleared,
        Self::Referred,
        Self::Held,
        Self::Notice,
        Self::Reply,
        Self::Panel,
        Self::Decided,
        Self::Standstill,
        Self::Review,
        Self::Watch,
    ];
}

/// In which capacity somebody acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The program itself.
    Machine,
    /// Who buys.
    CommercialLead,
    /// Who examines.
    CaseOfficer,
    /// Who answers for the mandate.
    MandateHolder,
    /// Who is to supply.
    Supplier,
    /// The body that buys.
    Buyer,
    /// A court or an independent reviewer.
    Reviewer,
}

/// What is done, without its particulars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Move {
    /// The checks run.
    Screen,
    /// Nothing stands against it.
    Clear,
    /// Puts it before the mandate holder.
    Refer,
    /// Holds the contract for a time.
    Hold,
    /// The hold has come to its end.
    Expire,
    /// Tells supplier and buyer.
    Notify,
    /// Supplier or buyer answers.
    Answer,
    /// Puts it before the ethics panel.
    Convene,
    /// Decides.
    Decide,
    /// Publishes the award notice.
    Announce,
    /// Signs.
    Sign,
    /// Takes it to a court or reviewer.
    Challenge,
    /// The court or reviewer gives it back.
    Resume,
    /// The decision ended the purchase.
    Close,
    /// Something has changed after signature.
    Change,
}

#[cfg(test)]
mod tests;
