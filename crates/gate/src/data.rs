//! Thresholds, rules, matters and grounds: data with source and date, read from text.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer};

use crate::{
    checks::RULES,
    error::GateError,
    hook::{Ground, Hook, Matter},
    rule::Severity,
};

const THRESHOLDS: &str = include_str!("../data/thresholds.toml");
const RULES_TEXT: &str = include_str!("../data/rules.toml");
const MATTERS: &str = include_str!("../data/matters.toml");

/// Everything that checks and lint compare with.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub(crate) numbers: Numbers,
    pub(crate) rules: Vec<RuleText>,
    pub(crate) matters: Vec<Matter>,
    pub(crate) grounds: Vec<Ground>,
}

/// `thresholds.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Numbers {
    pub(crate) thresholds: Vec<Threshold>,
    pub(crate) just_under: Share,
    pub(crate) short_period: Days,
    pub(crate) grown: Grown,
    pub(crate) rationale: Rationale,
}

/// A value from which a rule of law applies.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Threshold {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) amount: f64,
    pub(crate) currency: String,
    pub(crate) categories: Vec<String>,
    #[serde(deserialize_with = "day")]
    pub(crate) from: Date,
    #[serde(default, deserialize_with = "some_day")]
    pub(crate) until: Option<Date>,
    #[serde(flatten)]
    pub(crate) origin: Origin,
}

/// Where an entry is from, when it was written down, and whether anybody verified it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Origin {
    pub(crate) source: String,
    #[serde(deserialize_with = "day")]
    pub(crate) noted: Date,
    pub(crate) status: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Share {
    pub(crate) share: f64,
    #[serde(flatten)]
    pub(crate) origin: Origin,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Days {
    pub(crate) days: i64,
    #[serde(flatten)]
    pub(crate) origin: Origin,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Grown {
    pub(crate) goods: f64,
    pub(crate) services: f64,
    pub(crate) works: f64,
    pub(crate) serious: f64,
    #[serde(flatten)]
    pub(crate) origin: Origin,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Rationale {
    pub(crate) procedures: Vec<String>,
    #[serde(flatten)]
    pub(crate) origin: Origin,
}

/// What `rules.toml` says of one check.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct RuleText {
    pub(crate) id: String,
    pub(crate) code: String,
    pub(crate) label: String,
    pub(crate) severity: Severity,
    pub(crate) hook: Option<Hook>,
    #[serde(flatten)]
    pub(crate) origin: Origin,
}

#[derive(Deserialize)]
struct RulesFile {
    rules: Vec<RuleText>,
}

#[derive(Deserialize)]
struct MattersFile {
    matters: Vec<Matter>,
    grounds: Vec<Ground>,
}

impl Sheet {
    /// The texts that are shipped.
    ///
    /// # Errors
    /// None, unless the shipped texts are out of order, which a test rules out.
    pub fn builtin() -> Result<Self, GateError> {
        Self::parse(THRESHOLDS)
    }

    /// With thresholds of one's own, in the form of `data/thresholds.toml`.
    ///
    /// # Errors
    /// If the text is not in that form, with the place.
    pub fn parse(thresholds: &str) -> Result<Self, GateError> {
        let numbers: Numbers = read("thresholds.toml", thresholds)?;
        let rules: RulesFile = read("rules.toml", RULES_TEXT)?;
        let matters: MattersFile = read("matters.toml", MATTERS)?;
        for rule in RULES {
            if !rules.rules.iter().any(|text| text.id == rule.id) {
                return Err(GateError::Sheet { file: "rules.toml", what: format!("it does not describe the rule `{}`", rule.id) });
            }
        }
        Ok(Self { numbers, rules: rules.rules, matters: matters.matters, grounds: matters.grounds })
    }

    /// What is said of a rule.
    pub(crate) fn rule(&self, id: &str) -> Option<&RuleText> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// Entries that nobody has verified against their source, for whoever answers for the charter.
    #[must_use]
    pub fn unverified(&self) -> Vec<String> {
        let numbers = &self.numbers;
        let origins = numbers
            .thresholds
            .iter()
            .map(|threshold| (threshold.id.as_str(), &threshold.origin))
            .chain([("just_under", &numbers.just_under.origin), ("short_period", &numbers.short_period.origin)])
            .chain([("grown", &numbers.grown.origin), ("rationale", &numbers.rationale.origin)])
            .chain(self.rules.iter().map(|rule| (rule.id.as_str(), &rule.origin)));
        origins
            .filter(|(_, origin)| origin.status.contains("verify"))
            .map(|(id, origin)| format!("{id}: {} ({}, {})", origin.source, origin.status, origin.noted))
            .collect()
    }
}

pub(crate) fn read<T: for<'de> Deserialize<'de>>(file: &'static str, text: &str) -> Result<T, GateError> {
    toml::from_str(text).map_err(|error| GateError::Sheet { file, what: error.to_string().trim().replace('\n', " ") })
}

/// A day in TOML's own form.
pub(crate) fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let written = toml::value::Datetime::deserialize(deserializer)?;
    written.to_string().parse().map_err(serde::de::Error::custom)
}

fn some_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    day(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_texts_are_in_order() {
        let sheet = Sheet::builtin().expect("the shipped texts");
        assert_eq!(sheet.rules.len(), RULES.len(), "every rule is described and every description has its rule");
        assert!(sheet.rules.iter().all(|rule| rule.hook.as_ref().is_some_and(|hook| !hook.law.is_empty()) && !rule.label.is_empty()));
        assert!(sheet.unverified().len() > 8);
        assert!(sheet.matters.len() >= 7 && sheet.grounds.len() >= 17);
    }

    #[test]
    fn a_sheet_out_of_order_says_where() {
        let error = Sheet::parse(&THRESHOLDS.replace("amount = 30000", "amount = \"a lot\"")).expect_err("no number");
        assert!(error.to_string().starts_with("`thresholds.toml` is not in order"), "{error}");
        assert!(Sheet::parse("").is_err());
    }
}
