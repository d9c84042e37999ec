//! The parts of the Open Contracting Data Standard 1.1 that checks look at, read leniently: numbers are taken for ids, null
//! for nothing, and what is not named here is passed over.
//! Source: <https://standard.open-contracting.org/1.1/en/schema/>.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{Error, Visitor},
};

/// A release, a record or a package: which of them it is shows by what is in it.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, bound(deserialize = "'de: 'a"))]
pub(crate) struct Document<'a> {
    pub(crate) ocid: Option<Text<'a>>,
    pub(crate) id: Option<Text<'a>>,
    pub(crate) date: Option<Text<'a>>,
    #[serde(deserialize_with = "list")]
    pub(crate) tag: Vec<Text<'a>>,
    #[serde(deserialize_with = "list")]
    pub(crate) parties: Vec<Organisation<'a>>,
    pub(crate) buyer: Option<Organisation<'a>>,
    pub(crate) tender: Option<Tender<'a>>,
    pub(crate) bids: Option<Bids<'a>>,
    #[serde(deserialize_with = "list")]
    pub(crate) awards: Vec<Award<'a>>,
    #[serde(deserialize_with = "list")]
    pub(crate) contracts: Vec<Contract<'a>>,
    #[serde(deserialize_with = "list")]
    pub(crate) related_processes: Vec<Related<'a>>,
    /// Of a record.
    pub(crate) compiled_release: Option<Box<Document<'a>>>,
    /// Of a record, and of a release package.
    #[serde(deserialize_with = "list")]
    pub(crate) releases: Vec<Document<'a>>,
    /// Of a record package.
    #[serde(deserialize_with = "list")]
    pub(crate) records: Vec<Document<'a>>,
}

/// A party, or a reference to one.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, bound(deserialize = "'de: 'a"))]
pub(crate) struct Organisation<'a> {
    pub(crate) id: Option<Text<'a>>,
    pub(crate) name: Option<Text<'a>>,
    pub(crate) identifier: Option<Identifier<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct Identifier<'a> {
    pub(crate) scheme: Option<Text<'a>>,
    pub(crate) id: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, bound(deserialize = "'de: 'a"))]
pub(crate) struct Tender<'a> {
    pub(crate) procurement_method: Option<Text<'a>>,
    pub(crate) procurement_method_details: Option<Text<'a>>,
    pub(crate) procurement_method_rationale: Option<Text<'a>>,
    pub(crate) main_procurement_category: Option<Text<'a>>,
    pub(crate) value: Option<Money<'a>>,
    pub(crate) tender_period: Option<Period<'a>>,
    pub(crate) number_of_tenderers: Option<f64>,
    #[serde(deserialize_with = "list")]
    pub(crate) tenderers: Vec<Organisation<'a>>,
    /// Extension of European notices.
    pub(crate) procedure: Option<Procedure<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, bound(deserialize = "'de: 'a"))]
pub(crate) struct Procedure<'a> {
    pub(crate) is_accelerated: Option<bool>,
    pub(crate) accelerated_rationale: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct Money<'a> {
    pub(crate) amount: Option<f64>,
    pub(crate) currency: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, bound(deserialize = "'de: 'a"))]
pub(crate) struct Period<'a> {
    pub(crate) start_date: Option<Text<'a>>,
    pub(crate) end_date: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct Bids<'a> {
    #[serde(deserialize_with = "list")]
    pub(crate) details: Vec<Bid<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct Bid<'a> {
    pub(crate) status: Option<Text<'a>>,
    #[serde(deserialize_with = "list")]
    pub(crate) tenderers: Vec<Organisation<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct Award<'a> {
    pub(crate) id: Option<Text<'a>>,
    pub(crate) status: Option<Text<'a>>,
    pub(crate) date: Option<Text<'a>>,
    pub(crate) value: Option<Money<'a>>,
    #[serde(deserialize_with = "list")]
    pub(crate) suppliers: Vec<Organisation<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, bound(deserialize = "'de: 'a"))]
pub(crate) struct Contract<'a> {
    pub(crate) id: Option<Text<'a>>,
    #[serde(rename = "awardID")]
    pub(crate) award_id: Option<Text<'a>>,
    pub(crate) status: Option<Text<'a>>,
    pub(crate) date_signed: Option<Text<'a>>,
    pub(crate) value: Option<Money<'a>>,
    #[serde(deserialize_with = "list")]
    pub(crate) amendments: Vec<Amendment>,
}

/// Only that there is one.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Amendment {}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct Related<'a> {
    #[serde(deserialize_with = "list")]
    pub(crate) relationship: Vec<Text<'a>>,
}

/// Text, borrowed from the line where it has no escapes. A number or truth value is taken as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Text<'a>(Cow<'a, str>);

impl Text<'_> {
    /// The text without spaces around it.
    pub(crate) fn as_str(&self) -> &str {
        self.0.trim()
    }
}

/// The text, if there is any beyond spaces.
pub(crate) fn said<'t>(text: Option<&'t Text<'_>>) -> Option<&'t str> {
    text.map(Text::as_str).filter(|text| !text.is_empty())
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Text<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }
            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
            fn visit_string<E: Error>(self, text: String) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text)))
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(number.to_string())))
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(number.to_string())))
            }
            fn visit_f64<E: Error>(self, number: f64) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(number.to_string())))
            }
            fn visit_bool<E: Error>(self, truth: bool) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(truth.to_string())))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

/// A list; null is an empty one.
fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::<Vec<T>>::deserialize(deserializer)?.unwrap_or_default())
}
