//! Takes in records one by one.

use rayon::prelude::*;

use crate::{
    error::ResolveError,
    kind::Kind,
    table::{Column, Dictionary, NONE, Table},
};

/// Takes in records: [`record`](Self::record) begins one, [`value`](Self::value) adds to it.
#[derive(Debug, Default)]
pub struct TableBuilder {
    ids: Dictionary,
    sources: Vec<u8>,
    columns: Vec<Column>,
}

impl TableBuilder {
    /// With these columns.
    #[must_use]
    pub fn new(columns: &[(&str, Kind)]) -> Self {
        let columns = columns.iter().map(|(name, kind)| Column {
            name: (*name).to_owned(),
            kind: *kind,
            dictionary: Dictionary::default(),
            first: Vec::new(),
            more: Vec::new(),
        });
        Self { columns: columns.collect(), ..Self::default() }
    }

    /// Begins a record from a source (0 where there is one source only).
    ///
    /// # Errors
    /// When there is one under this id already, or there are more than four thousand million.
    pub fn record(&mut self, id: &str, source: u8) -> Result<(), ResolveError> {
        let row = u32::try_from(self.ids.len()).ok().filter(|row| *row < NONE).ok_or(ResolveError::TooManyRecords)?;
        if self.ids.intern(id) != row {
            return Err(ResolveError::DuplicateId(id.to_owned()));
        }
        self.sources.push(source);
        for column in &mut self.columns {
            column.first.push(NONE);
        }
        Ok(())
    }

    /// Adds a value to the record begun last. Blanks around it go; an empty one is none.
    pub fn value(&mut self, column: usize, value: &str) {
        let value = value.trim();
        let Some(column) = self.columns.get_mut(column).filter(|_| !value.is_empty()) else { return };
        let code = column.dictionary.intern(value);
        let row = u32::try_from(column.first.len().saturating_sub(1)).unwrap_or(NONE);
        match column.first.last_mut() {
            Some(first) if *first == NONE => *first = code,
            Some(first) if *first != code && !column.more.iter().rev().take_while(|(of, _)| *of == row).any(|(_, known)| *known == code) => {
                column.more.push((row, code));
            }
            _ => {}
        }
    }

    /// The table. Records, columns and codes come in an order that their contents make, so nothing that is made of it
    /// depends on the order in which anything came in. Records of one name stand beside each other, for those are compared
    /// most.
    #[must_use]
    pub fn build(self) -> Table {
        let mut keyed: Vec<(u64, u32)> = self.places().into_iter().zip(0_u32..).collect();
        keyed.par_sort_unstable_by(|(one, a), (other, b)| one.cmp(other).then_with(|| self.ids.text(*a).cmp(self.ids.text(*b))));
        let order: Vec<u32> = keyed.into_iter().map(|(_, row)| row).collect();
        let sorted = order.is_sorted();
        let mut place = vec![0_u32; order.len()];
        for (new, old) in order.iter().enumerate() {
            if let Some(place) = place.get_mut(*old as usize) {
                *place = u32::try_from(new).unwrap_or(NONE);
            }
        }
        let mut ids = if sorted { self.ids } else { self.ids.reordered(&order) };
        if !sorted {
            ids.find_by_hash();
        }
        let sources = order.iter().map(|old| self.sources.get(*old as usize).copied().unwrap_or_default()).collect();
        let mut columns: Vec<Column> = self.columns.into_iter().map(|column| column.reordered(&order, &place)).collect();
        columns.sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
        Table { ids, sources, columns }
    }
}

impl TableBuilder {
    /// What records are put in order by: the ranks of their values in the two columns that tell most of a name.
    fn places(&self) -> Vec<u64> {
        let mut telling: Vec<&Column> = NAMES.iter().flat_map(|kind| self.columns.iter().filter(move |column| column.kind == *kind)).collect();
        telling.sort_by_key(|column| (NAMES.iter().position(|kind| *kind == column.kind), &column.name));
        let mut places = vec![0_u64; self.ids.len()];
        for column in telling.into_iter().take(2) {
            let ranks = column.dictionary.ranks();
            for (place, code) in places.iter_mut().zip(&column.first) {
                *place = *place << 32 | u64::from(ranks.get(*code as usize).copied().unwrap_or(NONE));
            }
        }
        places
    }
}

/// Kinds of columns that tell of a name, those that tell most first.
const NAMES: [Kind; 5] = [Kind::Surname, Kind::FullName, Kind::Organisation, Kind::Forename, Kind::Date];

impl Column {
    fn reordered(self, order: &[u32], place: &[u32]) -> Self {
        let mut more: Vec<(u32, u32)> = self.more.iter().map(|(row, code)| (place.get(*row as usize).copied().unwrap_or(NONE), *code)).collect();
        more.sort_by_key(|(row, _)| *row);
        let mut codes = Renumbered { new: vec![NONE; self.dictionary.len()], met: Vec::with_capacity(self.dictionary.len()) };
        let first = order.iter().map(|old| codes.of(self.first.get(*old as usize).copied().unwrap_or(NONE))).collect();
        for (_, code) in &mut more {
            *code = codes.of(*code);
        }
        let mut dictionary = self.dictionary.reordered(&codes.met);
        dictionary.seal();
        Self { name: self.name, kind: self.kind, dictionary, first, more }
    }
}

/// New codes in the order in which they are asked for.
struct Renumbered {
    new: Vec<u32>,
    met: Vec<u32>,
}

impl Renumbered {
    fn of(&mut self, old: u32) -> u32 {
        let next = u32::try_from(self.met.len()).unwrap_or(NONE);
        match self.new.get_mut(old as usize) {
            Some(new) if *new == NONE => {
                self.met.push(old);
                *new = next;
                next
            }
            Some(new) => *new,
            None => NONE,
        }
    }
}
