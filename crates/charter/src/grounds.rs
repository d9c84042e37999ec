//! What a mandate and break-glass access come to for one person and purpose, by the program's own rules.

use candour_model::{
    marking::{Classification, Marking, SpecialCategory},
    purpose::Purpose,
};

use crate::{
    actor::Actor,
    authority::{Authority, Glass},
    charter::Charter,
    decision::Bar,
    mandate::Mandate,
    rules::PurposeRule,
};

/// The mandate and the break-glass access that count for a question.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Grounds<'a> {
    pub(crate) mandate: Option<Reach<'a>>,
    pub(crate) glass: Option<&'a Glass>,
}

/// What of a mandate matters once it was found to count.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reach<'a> {
    pub(crate) id: &'a str,
    pub(crate) classes: &'a [SpecialCategory],
    pub(crate) highest: Classification,
}

impl<'a> Grounds<'a> {
    /// Under a mandate that names whatever one for this purpose may name, and no break-glass access.
    pub(crate) fn fullest(rule: &'a PurposeRule) -> Self {
        let reach = Reach { id: "example", classes: &rule.data_classes, highest: Classification::TopSecret };
        Self { mandate: rule.takes_mandates().then_some(reach), glass: None }
    }

    /// Whether the program itself hides a marking for a purpose, before any policy is asked.
    pub(crate) fn hides(&self, rule: &PurposeRule, marking: &Marking) -> bool {
        let reaches = self.mandate.is_some_and(|mandate| marking.classification <= mandate.highest);
        let names_all = self.mandate.is_some_and(|mandate| marking.special.iter().all(|category| mandate.classes.contains(category)));
        let special = !marking.special.is_empty() && (!names_all || !reaches);
        let unmandated = rule.needs_mandate && self.glass.is_none() && !reaches;
        let restricted = marking.restricted && !rule.reads_restricted;
        special || unmandated || restricted
    }
}

impl Charter {
    /// What counts of the authority handed in. A mandate that is stated and does not count is a fault and never passed over:
    /// the person would believe that they act under it.
    pub(crate) fn grounds<'a>(&self, actor: &Actor, purpose: &Purpose, authority: &Authority<'a>) -> Result<Grounds<'a>, Bar> {
        let mandate = match (&purpose.mandate, authority.mandate) {
            (None, _) => None,
            (Some(id), Some(mandate)) if mandate.id == *id && (mandate.not_before..mandate.not_after).contains(&authority.now) => Some(mandate),
            (Some(_), _) => return Err(Bar::MandateNotInForce),
        };
        if mandate.is_some_and(|mandate| mandate.purpose != purpose.id) {
            return Err(Bar::MandateOfOtherPurpose);
        }
        if mandate.is_some_and(|mandate| !self.holds(actor, &mandate.group)) {
            return Err(Bar::MandateOfOtherGroup);
        }
        Ok(Grounds { mandate: mandate.map(reach), glass: authority.glass })
    }

    /// Whether somebody holds a role, directly or by one that includes it.
    fn holds(&self, actor: &Actor, wanted: &str) -> bool {
        let mut open: Vec<&str> = actor.roles.iter().map(String::as_str).collect();
        // Roles do not include themselves, by way of others either: loading sees to it, so this ends.
        while let Some(next) = open.pop() {
            if let Some(role) = self.roles().iter().find(|role| role.id == next) {
                if role.id == wanted {
                    return true;
                }
                open.extend(role.includes.iter().map(String::as_str));
            }
        }
        false
    }
}

fn reach(mandate: &Mandate) -> Reach<'_> {
    Reach { id: &mandate.id, classes: &mandate.classes, highest: mandate.highest }
}
