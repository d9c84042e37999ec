//! Checks of retention groups and declared values.

use std::collections::BTreeSet;

use candour_model::marking::Marking;
use toml::Spanned;

use super::{Check, starts};
use crate::{
    declared::{Retention, Value},
    error::CharterError,
};

/// The longest span between reviews, or of a clear period, in years.
const LONGEST: u16 = 100;

impl Check<'_> {
    /// Each group once, and every group that a marking names.
    pub(crate) fn retention(&self, groups: &[Spanned<Retention>], markings: &[Spanned<Marking>]) -> Result<(), CharterError> {
        let mut seen = BTreeSet::new();
        for group in groups {
            let (offset, rule) = (group.span().start, group.get_ref());
            if !(1..=4).contains(&rule.group) {
                return self.fail(offset, format!("there is no retention group {}", rule.group), "use a review group from 1 to 4");
            }
            if !seen.insert(rule.group) {
                return self.fail(offset, format!("the retention group {} is declared twice", rule.group), "remove one of the two");
            }
            self.not_blank(offset, &format!("the label of the retention group {}", rule.group), &rule.label)?;
            self.not_blank(offset, &format!("the source of the retention group {}", rule.group), &rule.source)?;
            let spans = [Some(rule.review_years), rule.clear_years, rule.until_age.map(|age| age.min(LONGEST))];
            if let Some(years) = spans.into_iter().flatten().find(|years| !(1..=LONGEST).contains(years)) {
                return self.fail(offset, format!("the retention group {} counts with {years} years", rule.group), format!("use 1 to {LONGEST} years"));
            }
            if rule.until_age.is_some_and(|age| age > 150) {
                return self.fail(offset, format!("nobody reaches the age of the retention group {}", rule.group), "use an age of at most 150 years");
            }
        }
        match markings.iter().find(|marking| !seen.contains(&marking.get_ref().retention)) {
            None => Ok(()),
            Some(marking) => {
                let (offset, rule) = (marking.span().start, marking.get_ref());
                let what = format!("the marking `{}` has retention group {}, which is not declared", rule.id, rule.retention);
                self.fail(offset, what, "add a `[[retention]]` for it; the shipped charter has all four")
            }
        }
    }

    pub(crate) fn values(&self, values: &[Spanned<Value>]) -> Result<(), CharterError> {
        self.distinct("value", starts(values, |value| &value.id))?;
        for value in values {
            let (offset, rule) = (value.span().start, value.get_ref());
            self.not_blank(offset, &format!("the text of the value `{}`", rule.id), &rule.text)?;
            if let Some(hook) = &rule.hook {
                self.not_blank(offset, &format!("the law of the hook of the value `{}`", rule.id), &hook.law)?;
            }
            self.distinct("matter", rule.matters.iter().map(|matter| (offset, matter.as_str())))?;
        }
        Ok(())
    }
}
