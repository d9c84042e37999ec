//! Reading tables: CSV and Parquet, record by record, into a table of codes.

mod columnar;
mod delimiter;
mod filling;
mod separated;
mod texts;

use std::{
    fs::File,
    io::{Read as _, Seek as _},
    path::Path,
};

use candour_resolve::TableBuilder;

pub(crate) use filling::Filling;

use crate::{
    error::LinkageError,
    spec::{Named, Side},
};

/// What a file of Parquet begins with.
const PARQUET: &[u8] = b"PAR1";

/// Reads a file into a table; gives its number of records.
pub(crate) fn read(path: &Path, named: &Named<'_>, side: Side, into: &mut TableBuilder) -> Result<u64, LinkageError> {
    let mut file = File::open(path).map_err(LinkageError::unreadable(path))?;
    let mut head = Vec::with_capacity(4);
    file.by_ref().take(4).read_to_end(&mut head).map_err(LinkageError::unreadable(path))?;
    file.rewind().map_err(LinkageError::unreadable(path))?;
    let filling = Filling::new(path, side, into);
    if head == PARQUET { columnar::read(path, file, named, filling) } else { separated::read(path, file, named, filling) }
}

/// The places of the columns that are wanted, the column of ids first.
fn places(path: &Path, there: &[String], named: &Named<'_>) -> Result<(usize, Vec<usize>), LinkageError> {
    let place = |name: &str| {
        let mut found = there.iter().enumerate().filter(|(_, column)| *column == name).map(|(place, _)| place);
        match (found.next(), found.next()) {
            (Some(place), None) => Ok(place),
            (Some(_), Some(_)) => Err(LinkageError::table(path, "", format!("has more than one column `{name}`"), "rename all but one of them")),
            (None, _) => {
                let known = there.iter().map(|column| format!("`{column}`")).collect::<Vec<_>>().join(", ");
                Err(LinkageError::table(path, "", format!("has no column `{name}`"), format!("its columns are {known}; name them so in the spec")))
            }
        }
    };
    let columns: Result<Vec<usize>, LinkageError> = named.columns.iter().map(|(name, _)| place(name)).collect();
    Ok((place(named.id)?, columns?))
}
