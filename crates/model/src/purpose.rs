//! Why somebody looks: the id of a purpose that the charter declares, a case reference and a reason.

/// The stated ground of one look or change.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Purpose {
    /// Id of a purpose that the charter declares.
    pub id: String,
    /// Reference of the case the look belongs to.
    pub case: Option<String>,
    /// Free text, where the purpose demands one.
    pub reason: Option<String>,
}

impl Purpose {
    /// A purpose with neither case nor reason.
    #[must_use]
    pub fn plain(id: &str) -> Self {
        Self { id: id.to_owned(), case: None, reason: None }
    }
}
