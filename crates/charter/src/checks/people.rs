//! Checks of purposes, roles and markings.

use std::collections::BTreeSet;

use candour_model::marking::{Handling, Marking};
use toml::Spanned;

use super::{Check, quoted, starts};
use crate::{
    error::CharterError,
    rules::{PurposeRule, Role, Written},
    words::category_word,
};

impl Check<'_> {
    /// It stands on a line of the statement that is signed, so it must fit into one.
    pub(crate) fn organisation(&self, organisation: &Spanned<String>) -> Result<(), CharterError> {
        let (offset, name) = (organisation.span().start, organisation.get_ref());
        self.not_blank(offset, "the organisation", name)?;
        if name.chars().any(char::is_control) {
            return self.fail(offset, "the organisation's name holds a line break or another control character", "write it on one line");
        }
        Ok(())
    }

    pub(crate) fn purposes(&self, purposes: &[Spanned<PurposeRule>]) -> Result<(), CharterError> {
        self.ids("purpose", starts(purposes, |purpose| &purpose.id))?;
        for purpose in purposes {
            let (offset, rule) = (purpose.span().start, purpose.get_ref());
            self.not_blank(offset, &format!("the label of the purpose `{}`", rule.id), &rule.label)?;
            self.not_blank(offset, &format!("the lawful basis of the purpose `{}`", rule.id), &rule.lawful_basis)?;
            let mut seen = BTreeSet::new();
            if let Some(twice) = rule.data_classes.iter().find(|category| !seen.insert(**category)) {
                return self.fail(offset, format!("the purpose `{}` names the data class `{}` twice", rule.id, category_word(*twice)), "name it once");
            }
        }
        Ok(())
    }

    pub(crate) fn roles(&self, roles: &[Spanned<Role>]) -> Result<(), CharterError> {
        let ids = self.ids("role", starts(roles, |role| &role.id))?;
        for role in roles {
            let (offset, rule) = (role.span().start, role.get_ref());
            self.not_blank(offset, &format!("the label of the role `{}`", rule.id), &rule.label)?;
            if let Some(unknown) = rule.includes.iter().find(|id| !ids.contains(id.as_str())) {
                return self.fail(
                    offset,
                    format!("the role `{}` includes `{unknown}`, which is not declared", rule.id),
                    format!("declare it or include one of {}", quoted(&ids)),
                );
            }
            if includes_itself(&rule.id, roles) {
                return self.fail(offset, format!("the role `{}` includes itself, directly or by way of others", rule.id), "break the circle");
            }
        }
        Ok(())
    }

    pub(crate) fn markings(&self, markings: &[Spanned<Marking>]) -> Result<(), CharterError> {
        self.ids("marking", starts(markings, |marking| &marking.id))?;
        for marking in markings {
            let (offset, rule) = (marking.span().start, marking.get_ref());
            self.handling(offset, rule)?;
            if let Some(compartment) = &rule.compartment {
                self.id(offset, "compartment", compartment)?;
            }
            if !(1..=4).contains(&rule.retention) {
                return self.fail(offset, format!("the marking `{}` has retention group {}", rule.id, rule.retention), "use a review group from 1 to 4");
            }
            if rule.restricted {
                return self.fail(
                    offset,
                    format!("the marking `{}` is declared as restricted", rule.id),
                    "remove `restricted`; what carries a marking is restricted by the action `restrict`, piece by piece",
                );
            }
        }
        Ok(())
    }

    fn handling(&self, offset: usize, rule: &Marking) -> Result<(), CharterError> {
        let conditions = rule.conditions.as_deref().unwrap_or_default().trim();
        match rule.handling {
            Handling::C if conditions.is_empty() => self.fail(
                offset,
                format!("the marking `{}` has handling code C without conditions", rule.id),
                "write the conditions down or use handling code P",
            ),
            Handling::P if rule.conditions.is_some() => {
                self.fail(offset, format!("the marking `{}` has conditions but handling code P", rule.id), "use `handling = \"C\"` or remove the conditions")
            }
            Handling::C | Handling::P => Ok(()),
        }
    }

    pub(crate) fn default_marking(&self, written: &Written) -> Result<(), CharterError> {
        let (offset, id) = (written.default_marking.span().start, written.default_marking.get_ref());
        let Some(marking) = written.markings.iter().map(Spanned::get_ref).find(|marking| marking.id == *id) else {
            let ids = written.markings.iter().map(|marking| marking.get_ref().id.as_str()).collect();
            return self.fail(offset, format!("the default marking `{id}` is not declared"), format!("use one of {}", quoted(&ids)));
        };
        if !marking.special.is_empty() {
            return self.fail(
                offset,
                format!("the default marking `{id}` is of a special category, which nobody sees without a mandate"),
                "choose one without `special`",
            );
        }
        Ok(())
    }
}

/// Whether the roles that one includes lead back to it.
fn includes_itself(id: &str, roles: &[Spanned<Role>]) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![id];
    while let Some(next) = open.pop() {
        let Some(role) = roles.iter().map(Spanned::get_ref).find(|role| role.id == next) else { continue };
        for included in &role.includes {
            if included == id {
                return true;
            }
            if seen.insert(included.as_str()) {
                open.push(included);
            }
        }
    }
    false
}
