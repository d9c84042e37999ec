//! What two records are compared by, one file for each field. Columns that tell of each other (forename and surname;
//! postcode, number, street and town) are one field, so that no evidence counts twice.
//!
//! A record has one or more variants of a field; a variant is a row of *atoms*: codes of the values and of keys made
//! from them (how a surname sounds, the district of a postcode). Equal atoms are what blocking goes by, and the first
//! thing a comparison looks at. A comparison finds, factor by factor, the step that two variants are on.

mod date;
mod location;
mod name;
mod organisation;
mod plain;
mod point;
mod variants;

use crate::{
    kind::Kind,
    table::{NONE, Table},
};
pub(crate) use variants::Variants;

/// A rule for how common what two variants share is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rate {
    /// The step says the same of all values.
    Any,
    /// As common as the value of this atom, which both share.
    Same(usize),
    /// As common as the more common of the two values of this atom.
    Greater(usize),
    /// As common as the less common of the two values of this atom, twice: either may be the other, written wrongly.
    Lesser(usize),
    /// Counted with the first factor.
    First,
}

/// One degree of agreement.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    pub(crate) says: &'static str,
    /// How often two records of one thing are on it, where nothing is learnt from the data; sums to one over a factor.
    pub(crate) m: f64,
    pub(crate) rate: Rate,
}

/// One thing that a comparison looks at. After its last step comes one for values that are missing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Factor {
    pub(crate) says: &'static str,
    /// Whether people of one household or family share it.
    pub(crate) shared: bool,
    /// Whether it depends on the step of the first factor even for records of different things.
    pub(crate) given_first: bool,
    pub(crate) steps: &'static [Step],
}

/// Steps of up to four factors; `u8::MAX` stands where a factor is missing in either.
pub(crate) type Steps = [u8; 4];
/// A value is missing in either.
pub(crate) const MISSING: u8 = u8::MAX;

/// A field's comparison.
pub(crate) trait Compare: Send + Sync + std::fmt::Debug {
    /// Names of its atoms.
    fn atoms(&self) -> &'static [&'static str];
    /// What it looks at.
    fn factors(&self) -> &'static [Factor];
    /// Sets of atoms that candidates may be found by.
    fn keys(&self) -> &'static [&'static [usize]];
    /// The variants of a new record's values, column by column of the field; what was never seen gets new codes. Only
    /// where the field was prepared for it (see [`fields_to_add_to`]) do codes mean the same as those of the table.
    fn encode(&mut self, values: &[Values<'_>]) -> Vec<Vec<u32>>;
    /// Keeps what was encoded since the last time, or forgets it.
    fn settle(&mut self, keep: bool);
    /// Compares two variants.
    fn steps(&self, left: &[u32], right: &[u32]) -> Steps;
    /// The atom that stands for the first two factors together where both are the same, if there is one: how common it is
    /// counts in place of the two rates.
    fn joint(&self) -> Option<Joint> {
        None
    }
}

/// What a new record has in a column: its kind and distinct values, none of them empty.
pub(crate) type Values<'v> = (Kind, Vec<&'v str>);

/// An atom that stands for two others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Joint {
    pub(crate) atom: usize,
    pub(crate) parts: [usize; 2],
}

/// A field of a table: its comparison and where its atoms are in a record's row.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// Which columns of the table it is made of.
    pub(crate) columns: Vec<usize>,
    pub(crate) compare: Box<dyn Compare>,
    pub(crate) first: usize,
    pub(crate) width: usize,
}

/// The fields of a table, and the variants of its records.
pub(crate) fn fields_of(table: &Table) -> Vec<(Field, Variants)> {
    fields(table, false)
}

/// The same fields with the same codes, able to [encode](Compare::encode) further records, which takes more room.
pub(crate) fn fields_to_add_to(table: &Table) -> Vec<Field> {
    fields(table, true).into_iter().map(|(field, _)| field).collect()
}

fn fields(table: &Table, keep: bool) -> Vec<(Field, Variants)> {
    let mut fields = Vec::new();
    let mut first = 0;
    let mut add = |name: String, kind: Kind, columns: Vec<usize>, (compare, variants): (Box<dyn Compare>, Variants)| {
        let width = compare.atoms().len();
        fields.push((Field { name, kind, columns, compare, first, width }, variants));
        first += width;
    };
    let of = |kinds: &[Kind]| -> Vec<usize> {
        table.columns.iter().enumerate().filter(|(_, column)| kinds.contains(&column.kind)).map(|(place, _)| place).collect()
    };
    let names = of(&[Kind::Forename, Kind::Surname, Kind::FullName]);
    if !names.is_empty() {
        add("name".to_owned(), Kind::FullName, names.clone(), name::prepare(table, &names, keep));
    }
    let location = of(&[Kind::Postcode, Kind::HouseNumber, Kind::Address, Kind::City]);
    if !location.is_empty() {
        add("location".to_owned(), Kind::Address, location.clone(), location::prepare(table, &location, keep));
    }
    for kind in [Kind::Organisation, Kind::Phone, Kind::Email] {
        let columns = of(&[kind]);
        if !columns.is_empty() {
            let name = crate::kind::KINDS.iter().find(|(_, known)| *known == kind).map_or("", |(word, _)| *word);
            add(name.to_owned(), kind, columns.clone(), of_kind(kind, table, &columns, keep));
        }
    }
    for (place, column) in table.columns.iter().enumerate() {
        if !matches!(
            column.kind,
            Kind::Forename
                | Kind::Surname
                | Kind::FullName
                | Kind::Postcode
                | Kind::HouseNumber
                | Kind::Address
                | Kind::City
                | Kind::Organisation
                | Kind::Phone
                | Kind::Email
        ) {
            add(column.name.clone(), column.kind, vec![place], of_kind(column.kind, table, &[place], keep));
        }
    }
    fields
}

fn of_kind(kind: Kind, table: &Table, columns: &[usize], keep: bool) -> (Box<dyn Compare>, Variants) {
    match kind {
        Kind::Organisation => organisation::prepare(table, columns, keep),
        Kind::Date => date::prepare(table, columns, keep),
        Kind::Latlon => point::prepare(table, columns, keep),
        _ => plain::prepare(kind, table, columns, keep),
    }
}

/// Whether both have the atom and it is the same.
#[inline]
pub(crate) fn same(left: &[u32], right: &[u32], atom: usize) -> bool {
    match (left.get(atom), right.get(atom)) {
        (Some(left), Some(right)) => left == right && *left != NONE,
        _ => false,
    }
}

/// The codes of an atom in both, where both have it.
#[inline]
pub(crate) fn both(left: &[u32], right: &[u32], atom: usize) -> Option<(u32, u32)> {
    match (left.get(atom), right.get(atom)) {
        (Some(left), Some(right)) if *left != NONE && *right != NONE => Some((*left, *right)),
        _ => None,
    }
}
