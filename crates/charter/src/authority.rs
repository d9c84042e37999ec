//! What a question is decided under beside person, action and purpose: a mandate, break-glass access, and the time.

use crate::mandate::Mandate;

/// Break-glass access that a second person approved and that has not run out. The caller vouches for both.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Glass {
    /// Its id, for the journal.
    pub id: String,
    /// The compartments that it opens.
    pub opens: Vec<String>,
}

/// The authority under which somebody asks. It lifts what a rule demands; it never grants what no policy permits.
#[derive(Debug, Clone, Copy)]
pub struct Authority<'a> {
    /// A mandate whose standing was found to be in force. It counts where the purpose states its id, at a time within its
    /// own, for the purpose that it names, and for those who hold the role that it names.
    pub mandate: Option<&'a Mandate>,
    /// Break-glass access of the person who asks: it opens its compartments, and stands in for a mandate where a purpose
    /// needs one. Special categories and clearance are beyond it.
    pub glass: Option<&'a Glass>,
    /// Milliseconds since 1970.
    pub now: i64,
}

impl Authority<'_> {
    /// Neither mandate nor break-glass access, at a time in milliseconds since 1970.
    #[must_use]
    pub fn none(now: i64) -> Self {
        Self { mandate: None, glass: None, now }
    }
}
