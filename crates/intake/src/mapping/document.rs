//! A mapping as people write it: FollowTheMoney's YAML form with the house's extensions. Parsed here, understood in
//! [`super::compile`].

use std::{collections::BTreeMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{self, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

/// Dataset name to what is mapped into it.
pub(crate) type MappingDoc = BTreeMap<String, DatasetDoc>;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DatasetDoc {
    /// For people; not used, like the next four.
    #[serde(default, rename = "label", alias = "title")]
    pub(crate) _label: Option<IgnoredAny>,
    #[serde(default, rename = "summary", alias = "description")]
    pub(crate) _summary: Option<IgnoredAny>,
    #[serde(default, rename = "info_url")]
    pub(crate) _info_url: Option<IgnoredAny>,
    #[serde(default, rename = "category")]
    pub(crate) _category: Option<IgnoredAny>,
    #[serde(default, rename = "languages")]
    pub(crate) _languages: Option<IgnoredAny>,
    #[serde(default)]
    pub(crate) key_prefix: Option<String>,
    #[serde(default)]
    pub(crate) sign: bool,
    #[serde(default)]
    pub(crate) marking: Option<Setting>,
    #[serde(default)]
    pub(crate) grade: Option<Setting>,
    #[serde(default)]
    pub(crate) kind: Option<Setting>,
    #[serde(default)]
    pub(crate) valid_from: Option<Setting>,
    #[serde(default)]
    pub(crate) valid_to: Option<Setting>,
    #[serde(default)]
    pub(crate) query: Option<QueryDoc>,
    #[serde(default)]
    pub(crate) queries: Vec<QueryDoc>,
}

/// What a dataset, a query or an entity may say about all statements below it.
#[derive(Debug, Clone, Default)]
pub(crate) struct SettingsDoc {
    pub(crate) marking: Option<Setting>,
    pub(crate) grade: Option<Setting>,
    pub(crate) kind: Option<Setting>,
    pub(crate) valid_from: Option<Setting>,
    pub(crate) valid_to: Option<Setting>,
}

/// A literal, or the column to read it from.
#[derive(Debug, Clone)]
pub(crate) enum Setting {
    Literal(String),
    Column(ColumnDoc),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ColumnDoc {
    pub(crate) column: String,
    /// Form of the dates in it; only where the setting is a date.
    #[serde(default)]
    pub(crate) format: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct QueryDoc {
    #[serde(default)]
    csv: Strings,
    #[serde(default)]
    csv_url: Strings,
    #[serde(default)]
    csv_urls: Strings,
    /// Refused with a word of its own: database sources are not built.
    #[serde(default)]
    pub(crate) database: Option<IgnoredAny>,
    #[serde(default)]
    pub(crate) delimiter: Option<char>,
    #[serde(default)]
    pub(crate) encoding: Option<String>,
    #[serde(default)]
    pub(crate) filters: BTreeMap<String, Strings>,
    #[serde(default)]
    pub(crate) filters_not: BTreeMap<String, Strings>,
    #[serde(default)]
    pub(crate) marking: Option<Setting>,
    #[serde(default)]
    pub(crate) grade: Option<Setting>,
    #[serde(default)]
    pub(crate) kind: Option<Setting>,
    #[serde(default)]
    pub(crate) valid_from: Option<Setting>,
    #[serde(default)]
    pub(crate) valid_to: Option<Setting>,
    #[serde(default)]
    pub(crate) entities: BTreeMap<String, EntityDoc>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EntityDoc {
    pub(crate) schema: String,
    #[serde(default)]
    key: Strings,
    #[serde(default)]
    keys: Strings,
    #[serde(default)]
    pub(crate) key_literal: Option<String>,
    #[serde(default)]
    pub(crate) id_column: Option<String>,
    #[serde(default)]
    pub(crate) id_template: Option<String>,
    #[serde(default)]
    pub(crate) marking: Option<Setting>,
    #[serde(default)]
    pub(crate) grade: Option<Setting>,
    #[serde(default)]
    pub(crate) kind: Option<Setting>,
    #[serde(default)]
    pub(crate) valid_from: Option<Setting>,
    #[serde(default)]
    pub(crate) valid_to: Option<Setting>,
    #[serde(default)]
    pub(crate) properties: BTreeMap<String, PropertyDoc>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PropertyDoc {
    #[serde(default)]
    column: Strings,
    #[serde(default)]
    columns: Strings,
    #[serde(default)]
    literal: Strings,
    #[serde(default)]
    literals: Strings,
    #[serde(default)]
    pub(crate) join: Option<String>,
    #[serde(default)]
    pub(crate) split: Option<String>,
    #[serde(default)]
    pub(crate) template: Option<String>,
    #[serde(default)]
    pub(crate) entity: Option<String>,
    #[serde(default)]
    pub(crate) format: Option<String>,
    /// Accepted for compatibility; cleaning never guesses.
    #[serde(default, rename = "fuzzy")]
    pub(crate) _fuzzy: Option<IgnoredAny>,
    #[serde(default)]
    pub(crate) required: bool,
    #[serde(default)]
    pub(crate) lang: Option<String>,
    #[serde(default)]
    pub(crate) map: BTreeMap<String, String>,
}

impl QueryDoc {
    /// File patterns, under whichever name they were given.
    pub(crate) fn files(&self) -> Vec<String> {
        [&self.csv, &self.csv_url, &self.csv_urls].into_iter().flat_map(|list| list.0.iter().cloned()).collect()
    }
}

impl EntityDoc {
    /// Key columns.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &String> {
        self.key.0.iter().chain(&self.keys.0)
    }
}

impl PropertyDoc {
    /// Source columns.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &String> {
        self.column.0.iter().chain(&self.columns.0)
    }

    /// Values that stand in the mapping itself.
    pub(crate) fn literals(&self) -> impl Iterator<Item = &String> {
        self.literal.0.iter().chain(&self.literals.0)
    }
}

macro_rules! has_settings {
    ($($doc:ty),*) => {$(
        impl $doc {
            /// What it says about all statements below it.
            pub(crate) fn settings(&self) -> SettingsDoc {
                SettingsDoc {
                    marking: self.marking.clone(),
                    grade: self.grade.clone(),
                    kind: self.kind.clone(),
                    valid_from: self.valid_from.clone(),
                    valid_to: self.valid_to.clone(),
                }
            }
        }
    )*};
}

has_settings!(DatasetDoc, QueryDoc, EntityDoc);

impl<'de> Deserialize<'de> for Setting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SettingVisitor)
    }
}

struct SettingVisitor;

impl<'de> Visitor<'de> for SettingVisitor {
    type Value = Setting;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, or the column to read it from: `{column: NAME}`")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Setting, E> {
        Ok(Setting::Literal(text.to_owned()))
    }

    /// A year is a number to YAML.
    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Setting, E> {
        Ok(Setting::Literal(number.to_string()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Setting, E> {
        Ok(Setting::Literal(number.to_string()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Setting, A::Error> {
        ColumnDoc::deserialize(de::value::MapAccessDeserializer::new(map)).map(Setting::Column)
    }
}

/// One text or a list of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Strings(pub(crate) Vec<String>);

impl<'de> Deserialize<'de> for Strings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StringsVisitor)
    }
}

struct StringsVisitor;

impl<'de> Visitor<'de> for StringsVisitor {
    type Value = Strings;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a list of texts")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Strings, E> {
        Ok(Strings(vec![text.to_owned()]))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Strings, E> {
        Ok(Strings(vec![number.to_string()]))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Strings, E> {
        Ok(Strings(vec![number.to_string()]))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Strings, E> {
        // Its digits may not be those that were written.
        Err(E::custom(format_args!("{number} is a decimal number where a text is wanted; put it in quotes")))
    }

    fn visit_bool<E: de::Error>(self, truth: bool) -> Result<Strings, E> {
        Ok(Strings(vec![truth.to_string()]))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Strings, E> {
        Ok(Strings::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Strings, A::Error> {
        let mut texts = Vec::new();
        while let Some(text) = sequence.next_element::<String>()? {
            texts.push(text);
        }
        Ok(Strings(texts))
    }
}
