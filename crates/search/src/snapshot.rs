//! One state of the index, as a commit left it, with the columns of all its live documents in memory.
//!
//! About 32 bytes a document plus 4 for each dataset it names. A document is known here by its number over all segments,
//! which nothing outside may depend on.

use std::sync::Arc;

use candour_model::id::MarkingNo;
use rustc_hash::FxHashMap;
use tantivy::{
    IndexReader, InvertedIndexReader, SegmentReader,
    columnar::{Column, ColumnValues},
    fieldnorm::FieldNormReader,
};

use crate::fields::{AREAS, Area, DATASETS, ENTITY, Fields, MARKING, ORDER, RULES, SCHEMA};

/// Words and lengths of one area in one segment.
pub(crate) struct Lexicon {
    /// The dictionary and the postings.
    pub(crate) words: Arc<InvertedIndexReader>,
    /// Lengths of the area, in words; `None` where length does not matter.
    pub(crate) lengths: Option<FieldNormReader>,
    /// Number of documents, deleted ones included.
    pub(crate) documents: u32,
}

/// One segment.
pub(crate) struct Part {
    /// Number of its first document.
    pub(crate) base: u32,
    areas: [Lexicon; AREAS],
}

impl Part {
    /// Words and lengths of one area.
    pub(crate) fn area(&self, area: Area) -> &Lexicon {
        let [names, identifiers, texts, compact] = &self.areas;
        match area {
            Area::Names => names,
            Area::Identifiers => identifiers,
            Area::Texts => texts,
            Area::Compact => compact,
        }
    }
}

/// What relevance depends on, over the live documents of one marking.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Totals {
    /// Number of documents.
    pub(crate) documents: u64,
    /// Words in each area.
    pub(crate) words: [u64; AREAS],
}

/// Distinct values and the number each got here.
#[derive(Debug)]
pub(crate) struct Interned<T> {
    pub(crate) values: Vec<T>,
    numbers: FxHashMap<T, u32>,
}

impl<T> Default for Interned<T> {
    fn default() -> Self {
        Self { values: Vec::new(), numbers: FxHashMap::default() }
    }
}

impl<T: Clone + Eq + std::hash::Hash> Interned<T> {
    fn number(&mut self, value: T) -> u32 {
        let next = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        *self.numbers.entry(value.clone()).or_insert_with(|| {
            self.values.push(value);
            next
        })
    }
}

/// Lists of numbers, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    /// The list at this place; empty if there is none.
    #[inline]
    pub(crate) fn get(&self, at: u32) -> &[u32] {
        let at = at as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(from), Some(to)) => self.items.get(*from as usize..*to as usize).unwrap_or_default(),
            _ => &[],
        }
    }

    /// How many lists there are.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.starts.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// Sorts the places `0..keys.len()` into one list for each key, leaving out those for which `keep` is false.
    fn by_key(keys: &[u32], keep: impl Fn(usize) -> bool) -> Self {
        let lists = keys.iter().max().map_or(0, |max| *max as usize + 1);
        let mut starts = vec![0_u32; lists + 1];
        let kept = || keys.iter().zip(0_u32..).filter(|(_, place)| keep(*place as usize));
        for (key, _) in kept() {
            if let Some(count) = starts.get_mut(*key as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut free = starts.clone();
        let mut items = vec![0; sum as usize];
        for (key, place) in kept() {
            if let Some(next) = free.get_mut(*key as usize) {
                if let Some(item) = items.get_mut(*next as usize) {
                    *item = place;
                }
                *next += 1;
            }
        }
        Self { starts, items }
    }
}

/// One state of the index.
#[derive(Default)]
pub(crate) struct Snapshot {
    /// Its segments.
    pub(crate) parts: Vec<Part>,
    /// Markings, by the number they have here less one.
    pub(crate) markings: Vec<MarkingNo>,
    /// For each marking, by the number it has here: number 0 stands for deleted documents.
    pub(crate) totals: Vec<Totals>,
    /// For each document the number of its marking here, 0 for a deleted one.
    pub(crate) marks: Vec<u32>,
    /// For each document the entity.
    pub(crate) entities: Vec<u32>,
    /// For each document the entity's order key.
    pub(crate) orders: Vec<u64>,
    /// For each document the number of its schema here.
    pub(crate) schema_of: Vec<u32>,
    /// Names of schemata.
    pub(crate) schemas: Vec<String>,
    /// For each document the numbers of its datasets here.
    pub(crate) dataset_of: Lists,
    /// Numbers of datasets as the store counts them.
    pub(crate) datasets: Vec<u32>,
    /// For each entity its live documents.
    pub(crate) documents_of: Lists,
}

impl Snapshot {
    /// Reads the newest committed state.
    pub(crate) fn read(reader: &IndexReader, fields: &Fields) -> Result<Self, tantivy::TantivyError> {
        let searcher = reader.searcher();
        let mut loading = Loading::default();
        for segment in searcher.segment_readers() {
            loading.segment(segment, fields)?;
        }
        Ok(loading.finish())
    }
}

/// A snapshot on its way.
#[derive(Default)]
struct Loading {
    snapshot: Snapshot,
    markings: Interned<MarkingNo>,
    schemas: Interned<String>,
    datasets: Interned<u32>,
}

impl Loading {
    fn segment(&mut self, segment: &SegmentReader, fields: &Fields) -> tantivy::Result<()> {
        let base = u32::try_from(self.snapshot.marks.len()).map_err(|_| damaged("more than 4 billion documents"))?;
        let length = segment.max_doc();
        let columns = segment.fast_fields();
        let mut lexicons = Vec::with_capacity(AREAS);
        for rule in &RULES {
            let field = fields.area(rule.area);
            let lengths = if rule.worded { Some(segment.get_fieldnorms_reader(field)?) } else { None };
            lexicons.push(Lexicon { words: segment.inverted_index(field)?, lengths, documents: length });
        }
        let areas = <[Lexicon; AREAS]>::try_from(lexicons).map_err(|_| damaged("an area is missing"))?;

        for entity in values(&columns.u64(ENTITY)?, length) {
            self.snapshot.entities.push(u32::try_from(entity).map_err(|_| damaged("an entity's number is too large"))?);
        }
        self.snapshot.orders.extend(values(&columns.u64(ORDER)?, length));
        self.marks(segment, &values(&columns.u64(MARKING)?, length), &areas)?;
        self.schemata(segment, length)?;
        let datasets = columns.column_opt::<u64>(DATASETS)?;
        for document in 0..length {
            let from = u32::try_from(self.snapshot.dataset_of.items.len()).map_err(|_| damaged("more than 4 billion mentions of datasets"))?;
            self.snapshot.dataset_of.starts.push(from);
            for dataset in datasets.iter().flat_map(|column| column.values_for_doc(document)) {
                let dataset = u32::try_from(dataset).map_err(|_| damaged("a dataset's number is too large"))?;
                self.snapshot.dataset_of.items.push(self.datasets.number(dataset));
            }
        }
        self.snapshot.parts.push(Part { base, areas });
        Ok(())
    }

    fn marks(&mut self, segment: &SegmentReader, markings: &[u64], areas: &[Lexicon; AREAS]) -> tantivy::Result<()> {
        let alive = segment.alive_bitset();
        for (document, marking) in (0_u32..).zip(markings) {
            if alive.is_some_and(|alive| alive.is_deleted(document)) {
                self.snapshot.marks.push(0);
                continue;
            }
            let marking = u16::try_from(*marking).map_err(|_| damaged("a marking's number is too large"))?;
            let mark = self.markings.number(MarkingNo(marking)) + 1;
            self.snapshot.marks.push(mark);
            let mark = mark as usize;
            if self.snapshot.totals.len() <= mark {
                self.snapshot.totals.resize(mark + 1, Totals::default());
            }
            if let Some(totals) = self.snapshot.totals.get_mut(mark) {
                totals.documents += 1;
                for (sum, area) in totals.words.iter_mut().zip(areas) {
                    *sum += area.lengths.as_ref().map_or(0, |lengths| u64::from(lengths.fieldnorm(document)));
                }
            }
        }
        Ok(())
    }

    fn schemata(&mut self, segment: &SegmentReader, length: u32) -> tantivy::Result<()> {
        let column = segment.fast_fields().str(SCHEMA)?.ok_or_else(|| damaged("the column of schemata is missing"))?;
        let mut numbers = Vec::new();
        for ordinal in 0..column.num_terms() as u64 {
            let mut name = String::new();
            column.ord_to_str(ordinal, &mut name)?;
            numbers.push(self.schemas.number(name));
        }
        let nameless = numbers.len();
        for ordinal in values(column.ords(), length) {
            let ordinal = usize::try_from(ordinal).unwrap_or(nameless);
            self.snapshot.schema_of.push(*numbers.get(ordinal).ok_or_else(|| damaged("a document has no schema"))?);
        }
        Ok(())
    }

    fn finish(self) -> Snapshot {
        let Self { mut snapshot, markings, schemas, datasets } = self;
        let ends = u32::try_from(snapshot.dataset_of.items.len()).unwrap_or(u32::MAX);
        snapshot.dataset_of.starts.push(ends);
        snapshot.documents_of = Lists::by_key(&snapshot.entities, |document| snapshot.marks.get(document).is_some_and(|mark| *mark != 0));
        snapshot.markings = markings.values;
        snapshot.schemas = schemas.values;
        snapshot.datasets = datasets.values;
        snapshot
    }
}

/// The first value of each document.
fn values(column: &Column<u64>, length: u32) -> Vec<u64> {
    let mut values = vec![0; length as usize];
    column.clone().first_or_default_col(0).get_range(0, &mut values);
    values
}

fn damaged(what: &str) -> tantivy::TantivyError {
    tantivy::error::DataCorruption::comment_only(what).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_hold_the_places_of_each_key_in_order() {
        let lists = Lists::by_key(&[2, 0, 2, 5, 0], |place| place != 3);
        let all: Vec<&[u32]> = (0..8).map(|at| lists.get(at)).collect();
        assert_eq!(all, [&[1, 4][..], &[], &[0, 2], &[], &[], &[], &[], &[]]);
        assert_eq!(Lists::default().get(0), &[] as &[u32]);
    }
}
