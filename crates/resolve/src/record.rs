//! Records as they come in.

/// What a value is. There is no field for special categories of data, and gender is not one either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Given names.
    Forename,
    /// Family name.
    Surname,
    /// A person's whole name: `forenames surname` or `surname, forenames`.
    FullName,
    /// Name of a company or other body.
    Organisation,
    /// Date of birth or foundation, ISO 8601 or a prefix of it, or eight digits.
    Date,
    /// Telephone number.
    Phone,
    /// E-mail address.
    Email,
    /// Number or code that somebody issued.
    Identifier,
    /// Address in one line, with or without its postcode.
    Address,
    /// Postcode.
    Postcode,
    /// Country code.
    Country,
}

/// What one source says of one thing. A field may come several times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The caller's number for it; answers are in order of it.
    pub key: u32,
    /// Name of its schema. Only records of one schema, or of two of which one extends the other, are compared.
    pub schema: String,
    /// Its values.
    pub fields: Vec<(Field, String)>,
}
