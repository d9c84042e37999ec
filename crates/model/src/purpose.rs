//! Why somebody looks: the id of a purpose that the charter declares, a case reference, a reason and a
//! mandate.

/// The stated ground of one look or change.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Purpose {
    /// Id of a purpose that the charter declares.
    pub id: String,
    /// Reference of the case the look belongs to.
    pub case: Option<String>,
    /// Free text, where the purpose demands one.
    pub reason: Option<String>,
    /// Id of the mandate under which it is asked, where one is stated.
    pub mandate: Option<String>,
}

impl Purpose {
    /// A purpose without case, reason or mandate.
    #[must_use]
    pub fn plain(id: &str) -> Self {
        Self { id: id.to_owned(), case: None, reason: None, mandate: None }
    }
}
