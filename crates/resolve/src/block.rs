//! Which pairs of records are compared: a union of rules; a rule takes pairs that share all its atoms.

mod choose;
mod groups;
mod pairs;
mod rule;

pub(crate) use choose::{RuleCost, choose};
pub(crate) use pairs::{MARKS as MOST_RULES, Plan, Skewed};
pub(crate) use rule::{Rule, rule_of};
