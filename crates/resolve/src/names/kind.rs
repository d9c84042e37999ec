//! What kind of thing bears a name, which decides how the name is read.

use serde::Serialize;

/// How a name is read and weighed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A human being: titles, initials, patronymics, short forms of forenames.
    Person,
    /// A company, an authority, a group: legal forms, general words, numbers.
    Organisation,
    /// Anything else that bears a name: vessels, vehicles, aeroplanes, places.
    Other,
}

impl Kind {
    /// The kinds that a FollowTheMoney schema leaves open: one for most, people and organisations for `LegalEntity`, none (which
    /// means any) for schemata that say nothing of it, such as `Thing`, and for an empty one.
    pub fn possible(schema: &str) -> &'static [Self] {
        match Self::from_schema(schema) {
            Self::Person => &[Self::Person],
            Self::Other => &[Self::Other],
            Self::Organisation => match schema.trim().to_ascii_lowercase().as_str() {
                "company" | "organization" | "publicbody" => &[Self::Organisation],
                "legalentity" => &[Self::Person, Self::Organisation],
                _ => &[],
            },
        }
    }

    /// The kind that a FollowTheMoney schema means, whatever its case; a schema that is not known, and none, are read as
    /// an organisation, whose reading presumes least.
    pub fn from_schema(schema: &str) -> Self {
        let is = |name: &str| schema.trim().eq_ignore_ascii_case(name);
        if is("Person") {
            Self::Person
        } else if ["Vessel", "Airplane", "Vehicle", "Asset", "Address", "RealEstate"].into_iter().any(is) {
            Self::Other
        } else {
            Self::Organisation
        }
    }
}
