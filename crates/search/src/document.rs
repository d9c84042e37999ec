//! What is indexed: everything said of one entity under one marking.

use candour_model::id::{EntityNo, MarkingNo};

/// Everything said of one entity under one marking. An entity has at most one document for each marking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Whom it is about.
    pub entity: EntityNo,
    /// The marking of every statement that went into it.
    pub marking: MarkingNo,
    /// [`candour_model::id::order_key`] of the entity's public id; the same in all documents of an entity.
    pub order: u64,
    /// Name of the entity's schema, as these statements give it.
    pub schema: String,
    /// Numbers of the datasets these statements come from.
    pub datasets: Vec<u32>,
    /// Names, each a value of its own.
    pub names: Vec<String>,
    /// Numbers, plates, addresses of mail and the like: found as words and also written as one, without gaps.
    pub identifiers: Vec<String>,
    /// Everything else that is worth finding.
    pub texts: Vec<String>,
}
