//! The person who asks, as the caller knows them.

use candour_model::marking::Classification;

/// A signed-in person with what they hold. Nothing here grants anything by itself; the policies decide what it is worth.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Actor {
    /// The id that the journal records.
    pub id: String,
    /// The name shown to people.
    pub name: String,
    /// Ids of roles; one that the charter does not declare is worth nothing.
    pub roles: Vec<String>,
    /// The highest classification they are cleared for.
    pub clearance: Classification,
    /// The compartments they are members of.
    pub compartments: Vec<String>,
}
