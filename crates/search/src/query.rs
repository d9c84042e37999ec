//! What is asked of the index.

/// A question to the index.
///
/// `text` is read as follows. Every word must be found somewhere in the visible documents of an entity, not necessarily
/// in the same one. `word*` finds all words that begin so, `"two words"` finds them side by side, `-word`, `-word*` and
/// `-"two words"` leave out entities in which they are found. Case and accents make no difference. An identifier is also
/// found written as one (`ry52apf` for `RY52 APF`), or in other groups than the source wrote it in (`07009 33322`).
/// Nothing, or `*`, lists every visible entity.
///
/// Only what was indexed as an identifier is found in other groups than it was written in; a number inside a text is
/// found as the text has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// What the person typed.
    pub text: String,
    /// Names of the schemata to keep; empty keeps all. An entity has the one schema [`crate::Identity::schema`] gives it.
    pub schemas: Vec<String>,
    /// Numbers of the datasets to keep: an entity stays if any visible document of it comes from one of them. Empty
    /// keeps all.
    pub datasets: Vec<u32>,
    /// How many hits to return at most. The total and the facets count all matches, whatever this is.
    pub limit: usize,
    /// How many of the best hits to pass over.
    pub offset: usize,
}

impl Query {
    /// A question for the first twenty hits, without filters.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), schemas: Vec::new(), datasets: Vec::new(), limit: 20, offset: 0 }
    }
}
