//! The fields of the index, and what a word found in each is worth.

use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, NumericOptions, Schema, SchemaBuilder, TextFieldIndexing, TextOptions};

use crate::words::{COMPACT, WORDS};

/// A part of a document in which words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Area {
    /// Names, word by word.
    Names,
    /// Identifiers, word by word.
    Identifiers,
    /// Texts, word by word.
    Texts,
    /// Each identifier as one word.
    Compact,
}

/// What is known of an area.
pub(crate) struct Rule {
    /// Which area.
    pub(crate) area: Area,
    /// Its name in the index's files.
    pub(crate) name: &'static str,
    /// What the BM25 score of a word found here is multiplied by.
    pub(crate) weight: f32,
    /// Whether words are kept with their places and counts, and long areas count for less.
    pub(crate) worded: bool,
}

/// Number of areas.
pub(crate) const AREAS: usize = 4;

/// The table of weights, in the order of [`Area`].
pub(crate) const RULES: [Rule; AREAS] = [
    Rule { area: Area::Names, name: "names", weight: 3.0, worded: true },
    Rule { area: Area::Identifiers, name: "identifiers", weight: 2.0, worded: true },
    Rule { area: Area::Texts, name: "texts", weight: 1.0, worded: true },
    Rule { area: Area::Compact, name: "compact", weight: 2.0, worded: false },
];

/// Areas made of words.
pub(crate) const WORDED: [Area; 3] = [Area::Names, Area::Identifiers, Area::Texts];

impl Area {
    /// What is known of it.
    pub(crate) fn rule(self) -> &'static Rule {
        let [names, identifiers, texts, compact] = &RULES;
        match self {
            Self::Names => names,
            Self::Identifiers => identifiers,
            Self::Texts => texts,
            Self::Compact => compact,
        }
    }
}

/// Names of the columns.
pub(crate) const ENTITY: &str = "entity";
pub(crate) const MARKING: &str = "marking";
pub(crate) const ORDER: &str = "order";
pub(crate) const SCHEMA: &str = "schema";
pub(crate) const DATASETS: &str = "datasets";

/// Handles of all fields.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    pub(crate) entity: Field,
    pub(crate) marking: Field,
    pub(crate) order: Field,
    pub(crate) schema: Field,
    pub(crate) datasets: Field,
    areas: [Field; AREAS],
}

impl Fields {
    /// The fields of an index and their handles.
    pub(crate) fn build() -> (Schema, Self) {
        let mut builder = SchemaBuilder::default();
        let column: NumericOptions = FAST.into();
        let fields = Self {
            entity: builder.add_u64_field(ENTITY, FAST | INDEXED),
            marking: builder.add_u64_field(MARKING, column.clone()),
            order: builder.add_u64_field(ORDER, column.clone()),
            schema: builder.add_text_field(SCHEMA, TextOptions::default().set_fast("raw")),
            datasets: builder.add_u64_field(DATASETS, column),
            areas: RULES.map(|rule| builder.add_text_field(rule.name, options(&rule))),
        };
        (builder.build(), fields)
    }

    /// The field of an area.
    pub(crate) fn area(&self, area: Area) -> Field {
        let [names, identifiers, texts, compact] = self.areas;
        match area {
            Area::Names => names,
            Area::Identifiers => identifiers,
            Area::Texts => texts,
            Area::Compact => compact,
        }
    }
}

fn options(rule: &Rule) -> TextOptions {
    let indexing = TextFieldIndexing::default().set_fieldnorms(rule.worded);
    let indexing = if rule.worded {
        indexing.set_tokenizer(WORDS).set_index_option(IndexRecordOption::WithFreqsAndPositions)
    } else {
        indexing.set_tokenizer(COMPACT).set_index_option(IndexRecordOption::Basic)
    };
    TextOptions::default().set_indexing_options(indexing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_the_order_of_areas() {
        for rule in &RULES {
            assert_eq!(rule.area.rule().name, rule.name);
        }
    }
}
