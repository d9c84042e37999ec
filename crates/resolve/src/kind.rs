//! What a column means. From it follow how values are cleaned, compared and blocked on.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::ResolveError;

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A person's given names.
    Forename,
    /// A person's family name.
    Surname,
    /// A person's whole name in one cell.
    FullName,
    /// The name of a company, an authority, a charity.
    Organisation,
    /// A day: of birth, of foundation.
    Date,
    /// A year.
    Year,
    /// A postcode.
    Postcode,
    /// The number or name of a house within its street.
    HouseNumber,
    /// A street, or a whole address in one cell.
    Address,
    /// A town.
    City,
    /// A place that is not part of an address, such as that of birth.
    Place,
    /// A country.
    Country,
    /// Latitude and longitude, in degrees, with a comma or space between.
    Latlon,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A number that somebody issued to one bearer.
    Identifier,
    /// A vehicle's registration mark.
    VehicleMark,
    /// One of a few words: sex, occupation, region.
    Category,
    /// A number.
    Number,
}

/// The kinds and the words that stand for them in a spec.
pub const KINDS: &[(&str, Kind)] = &[
    ("forename", Kind::Forename),
    ("surname", Kind::Surname),
    ("full_name", Kind::FullName),
    ("organisation", Kind::Organisation),
    ("date", Kind::Date),
    ("year", Kind::Year),
    ("postcode", Kind::Postcode),
    ("house_number", Kind::HouseNumber),
    ("address", Kind::Address),
    ("city", Kind::City),
    ("place", Kind::Place),
    ("country", Kind::Country),
    ("latlon", Kind::Latlon),
    ("phone", Kind::Phone),
    ("email", Kind::Email),
    ("identifier", Kind::Identifier),
    ("vehicle_mark", Kind::VehicleMark),
    ("category", Kind::Category),
    ("number", Kind::Number),
];

impl FromStr for Kind {
    type Err = ResolveError;

    fn from_str(text: &str) -> Result<Self, ResolveError> {
        KINDS
            .iter()
            .find(|(word, _)| *word == text)
            .map(|(_, kind)| *kind)
            .ok_or_else(|| ResolveError::UnknownKind { kind: text.to_owned(), known: KINDS.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ") })
    }
}
