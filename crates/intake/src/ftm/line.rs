//! One line of FollowTheMoney's JSON as it is written. What else a line may hold (`datasets`, `caption`, `first_seen`,
//! `referents`...) is derived from the entity or its delivery, and not taken.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{self, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

/// An entity. Texts are borrowed from the line where nothing in them is escaped.
#[derive(Deserialize)]
pub(super) struct EntityLine<'l> {
    #[serde(borrow)]
    pub(super) id: Cow<'l, str>,
    #[serde(borrow)]
    pub(super) schema: Cow<'l, str>,
    #[serde(borrow, default, deserialize_with = "properties")]
    pub(super) properties: Properties<'l>,
    /// Ours: id of the marking of all that the line says.
    #[serde(borrow, default)]
    pub(super) marking: Option<Cow<'l, str>>,
    /// Ours: 3x5x2 grade.
    #[serde(borrow, default)]
    pub(super) grade: Option<Cow<'l, str>>,
    /// Ours: `fact` or `assessment`.
    #[serde(borrow, default)]
    pub(super) kind: Option<Cow<'l, str>>,
    /// Ours: from when what the line says held.
    #[serde(borrow, default)]
    pub(super) valid_from: Option<Cow<'l, str>>,
    /// Ours: until when.
    #[serde(borrow, default)]
    pub(super) valid_to: Option<Cow<'l, str>>,
}

/// Names of properties and their values.
pub(super) type Properties<'l> = Vec<(Cow<'l, str>, Vec<Value<'l>>)>;

/// One value of a property.
pub(super) enum Value<'l> {
    Text(Cow<'l, str>),
    /// `null`, which says nothing.
    Nothing,
    /// A whole entity.
    Nested,
    /// Not a text: what it is.
    Wrong(&'static str),
}

impl Value<'_> {
    /// The text, if it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Nothing | Self::Nested | Self::Wrong(_) => None,
        }
    }
}

/// What is wrong with a line, with the place and the remedy.
pub(super) fn complaint(error: &serde_json::Error) -> String {
    let message = error.to_string();
    // The parser sees one line at a time, so its own line number would mislead.
    let what = message.split_once(" at line ").map_or(message.as_str(), |(what, _)| what);
    let hint = if error.is_eof() { "the line is cut short" } else { "it must be one JSON object with `id`, `schema` and `properties`" };
    format!("no FollowTheMoney entity: {what} (character {} of the line); {hint}", error.column())
}

fn properties<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Properties<'de>, D::Error> {
    deserializer.deserialize_map(PropertiesVisitor)
}

struct PropertiesVisitor;

impl<'de> Visitor<'de> for PropertiesVisitor {
    type Value = Properties<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of property names and lists of values")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut properties = Vec::with_capacity(map.size_hint().unwrap_or(8));
        while let Some(Borrowed(name)) = map.next_key()? {
            let Listed(values) = map.next_value()?;
            properties.push((name, values));
        }
        Ok(properties)
    }
}

/// A text borrowed where it can be.
#[derive(Deserialize)]
#[serde(transparent)]
struct Borrowed<'l>(#[serde(borrow)] Cow<'l, str>);

/// A list of values, or one value alone.
struct Listed<'l>(Vec<Value<'l>>);

impl<'de> Deserialize<'de> for Listed<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListedVisitor)
    }
}

impl<'de> Deserialize<'de> for Value<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Value::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Value::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Value::Text(Cow::Owned(number.to_string())))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Value::Text(Cow::Owned(number.to_string())))
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Self::Value, E> {
        // Its digits may not be the source's any more.
        Ok(Value::Wrong("a decimal number"))
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Value::Wrong("`true` or `false`"))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Nested)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Self::Value, A::Error> {
        while sequence.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Wrong("a list inside a list"))
    }
}

/// Takes a list for what it is and hands everything else to [`ValueVisitor`].
struct ListedVisitor;

impl<'de> Visitor<'de> for ListedVisitor {
    type Value = Listed<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a list of texts")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Listed(vec![ValueVisitor.visit_borrowed_str(text)?]))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Listed(vec![ValueVisitor.visit_str(text)?]))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Listed(vec![ValueVisitor.visit_i64(number)?]))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Listed(vec![ValueVisitor.visit_u64(number)?]))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Listed(vec![ValueVisitor.visit_f64(number)?]))
    }

    fn visit_bool<E: de::Error>(self, truth: bool) -> Result<Self::Value, E> {
        Ok(Listed(vec![ValueVisitor.visit_bool(truth)?]))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Listed(Vec::new()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        Ok(Listed(vec![ValueVisitor.visit_map(map)?]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Self::Value, A::Error> {
        let mut values = Vec::with_capacity(sequence.size_hint().unwrap_or(1));
        while let Some(value) = sequence.next_element()? {
            values.push(value);
        }
        Ok(Listed(values))
    }
}
