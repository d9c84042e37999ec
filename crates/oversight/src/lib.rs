//! Which looks at the evidence nothing explains, and how the system is used: computed from lines of the journal.
//!
//! It holds no evidence and knows no store; what it is handed it has read from the journal and from the links between records.
