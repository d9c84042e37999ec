//! What is resolved: one file, or two against each other.

use std::path::{Path, PathBuf};

use candour_resolve::{Kind, Table, TableBuilder};

use crate::{
    error::LinkageError,
    spec::{Side, Spec},
    tables,
};

/// The records of one file or two.
#[derive(Debug)]
pub struct Input {
    /// The records.
    pub table: Table,
    /// Where they come from.
    pub sides: Sides,
    /// Whether some id is in both files.
    shared_ids: bool,
}

/// The files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sides {
    /// Records of one file, compared with each other.
    One(PathBuf),
    /// Records of two files, compared across.
    Two(PathBuf, PathBuf),
}

impl Input {
    /// Reads the file or files.
    ///
    /// # Errors
    /// If a file cannot be read or is no table, lacks a column of the spec, or has two records under one id.
    pub fn read(spec: &Spec, sides: Sides) -> Result<Self, LinkageError> {
        let columns: Vec<(&str, Kind)> = spec.columns().iter().map(|column| (column.name.as_str(), column.kind)).collect();
        let mut builder = TableBuilder::new(&columns);
        let mut take = |path: &Path, side: Side| -> Result<(), LinkageError> {
            let rows = tables::read(path, &spec.named(side)?, side, &mut builder)?;
            if rows == 0 {
                return Err(LinkageError::table(path, "", "has no records", "there is nothing to resolve"));
            }
            Ok(())
        };
        match &sides {
            Sides::One(path) => take(path, Side::Only)?,
            Sides::Two(left, right) => {
                take(left, Side::Left)?;
                take(right, Side::Right)?;
            }
        }
        let table = builder.build();
        let mut input = Self { table, sides, shared_ids: false };
        if input.is_link() {
            input.shared_ids = input.records().filter(|row| !input.is_right(*row)).any(|row| input.row(Side::Right, input.id(row)).is_some());
        }
        Ok(input)
    }

    /// Whether records of two files are compared.
    #[must_use]
    pub fn is_link(&self) -> bool {
        matches!(self.sides, Sides::Two(..))
    }

    /// The id of a record, as its file has it.
    #[must_use]
    pub fn id(&self, row: u32) -> &str {
        self.own(self.table.id(row))
    }

    /// An id without what was put before it to tell the files apart.
    pub(crate) fn own<'i>(&self, id: &'i str) -> &'i str {
        if self.is_link() { id.get(1..).unwrap_or_default() } else { id }
    }

    /// All records, in the order of the table.
    pub(crate) fn records(&self) -> impl Iterator<Item = u32> + use<> {
        0..u32::try_from(self.table.rows()).unwrap_or(u32::MAX)
    }

    /// The two in the order of their ids, a record of the left file before one of the right.
    pub(crate) fn in_order(&self, one: u32, other: u32) -> (u32, u32) {
        if self.table.id(one) <= self.table.id(other) { (one, other) } else { (other, one) }
    }

    pub(crate) fn is_right(&self, row: u32) -> bool {
        self.is_link() && self.table.id(row).starts_with('r')
    }

    /// The record with an id.
    pub(crate) fn row(&self, side: Side, id: &str) -> Option<u32> {
        match side {
            Side::Only => self.table.row(id),
            Side::Left => self.table.row(&format!("l{id}")),
            Side::Right => self.table.row(&format!("r{id}")),
        }
    }

    /// Whether ids alone do not tell records apart.
    pub(crate) fn has_shared_ids(&self) -> bool {
        self.shared_ids
    }
}
