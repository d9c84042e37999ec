//! `charter.toml`: the words of a charter, parsed and checked.

use std::collections::BTreeSet;

use candour_model::marking::{Handling, Marking};
use serde::Deserialize;
use toml::Spanned;

use crate::{
    error::CharterError,
    files::RULES,
    place::{fault, one_line},
};

/// A purpose that people may state.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PurposeRule {
    /// The id that policies, commands and headers use.
    pub id: String,
    /// A few words for a list.
    pub label: String,
    /// What it covers.
    pub description: String,
    /// The law that permits it, as the organisation sees it.
    pub lawful_basis: String,
    /// Whether a case reference must be given.
    #[serde(default)]
    pub needs_case: bool,
    /// Whether a reason must be given in words.
    #[serde(default)]
    pub needs_reason: bool,
}

/// A role that people may hold.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// The id that policies use.
    pub id: String,
    /// A few words for a list.
    pub label: String,
    /// What its holders do.
    pub description: String,
    /// Roles of which its holders may do everything as well.
    #[serde(default)]
    pub includes: Vec<String>,
}

/// The file as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    organisation: Spanned<String>,
    default_marking: Spanned<String>,
    #[serde(default)]
    purposes: Vec<Spanned<PurposeRule>>,
    #[serde(default)]
    roles: Vec<Spanned<Role>>,
    #[serde(default)]
    markings: Vec<Spanned<Marking>>,
}

/// The file as checked.
#[derive(Debug)]
pub(crate) struct Rules {
    pub(crate) organisation: String,
    pub(crate) default_marking: String,
    pub(crate) purposes: Vec<PurposeRule>,
    pub(crate) roles: Vec<Role>,
    pub(crate) markings: Vec<Marking>,
}

impl Rules {
    /// Parses and checks the text of `charter.toml`.
    pub(crate) fn parse(text: &str) -> Result<Self, CharterError> {
        let written: Written = toml::from_str(text).map_err(|problem| {
            let offset = problem.span().map_or(0, |span| span.start);
            fault(RULES, text, offset, one_line(problem.message()), "see `docs/guide/charter.md` for what the file may hold")
        })?;
        let check = Check { text };
        check.purposes(&written.purposes)?;
        check.roles(&written.roles)?;
        check.markings(&written.markings)?;
        check.not_blank(written.organisation.span().start, "the organisation", written.organisation.get_ref())?;
        check.default_marking(&written)?;
        Ok(Self {
            organisation: written.organisation.into_inner(),
            default_marking: written.default_marking.into_inner(),
            purposes: written.purposes.into_iter().map(Spanned::into_inner).collect(),
            roles: written.roles.into_iter().map(Spanned::into_inner).collect(),
            markings: written.markings.into_iter().map(Spanned::into_inner).collect(),
        })
    }
}

/// The checks, over the text that they point into.
struct Check<'a> {
    text: &'a str,
}

impl Check<'_> {
    fn fail<T>(&self, offset: usize, what: impl Into<String>, remedy: impl Into<String>) -> Result<T, CharterError> {
        Err(fault(RULES, self.text, offset, what, remedy))
    }

    fn not_blank(&self, offset: usize, what: &str, value: &str) -> Result<(), CharterError> {
        if value.trim().is_empty() {
            return self.fail(offset, format!("{what} is empty"), "write it down; people read it");
        }
        Ok(())
    }

    /// Ids go into headers, commands and policies, so they are plain words.
    fn id(&self, offset: usize, kind: &str, id: &str) -> Result<(), CharterError> {
        let plain = id.starts_with(|first: char| first.is_ascii_lowercase()) && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !plain {
            return self.fail(offset, format!("`{id}` is no id of a {kind}"), "use lower-case letters, digits and hyphens, a letter first");
        }
        Ok(())
    }

    fn ids<'i>(&self, kind: &str, ids: impl Iterator<Item = (usize, &'i str)>) -> Result<BTreeSet<&'i str>, CharterError> {
        let mut seen = BTreeSet::new();
        for (offset, id) in ids {
            self.id(offset, kind, id)?;
            if !seen.insert(id) {
                return self.fail(offset, format!("the {kind} `{id}` is declared twice"), "remove one of the two or give it another id");
            }
        }
        if seen.is_empty() {
            return self.fail(self.text.len(), format!("no {kind} is declared"), format!("add at least one `[[{kind}s]]`"));
        }
        Ok(seen)
    }

    fn purposes(&self, purposes: &[Spanned<PurposeRule>]) -> Result<(), CharterError> {
        self.ids("purpose", purposes.iter().map(|purpose| (purpose.span().start, purpose.get_ref().id.as_str())))?;
        for purpose in purposes {
            let (offset, rule) = (purpose.span().start, purpose.get_ref());
            self.not_blank(offset, &format!("the label of the purpose `{}`", rule.id), &rule.label)?;
            self.not_blank(offset, &format!("the lawful basis of the purpose `{}`", rule.id), &rule.lawful_basis)?;
        }
        Ok(())
    }

    fn roles(&self, roles: &[Spanned<Role>]) -> Result<(), CharterError> {
        let ids = self.ids("role", roles.iter().map(|role| (role.span().start, role.get_ref().id.as_str())))?;
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

    fn markings(&self, markings: &[Spanned<Marking>]) -> Result<(), CharterError> {
        self.ids("marking", markings.iter().map(|marking| (marking.span().start, marking.get_ref().id.as_str())))?;
        for marking in markings {
            let (offset, rule) = (marking.span().start, marking.get_ref());
            let conditions = rule.conditions.as_deref().unwrap_or_default().trim();
            match rule.handling {
                Handling::C if conditions.is_empty() => {
                    return self.fail(
                        offset,
                        format!("the marking `{}` has handling code C without conditions", rule.id),
                        "write the conditions down or use handling code P",
                    );
                }
                Handling::P if rule.conditions.is_some() => {
                    return self.fail(
                        offset,
                        format!("the marking `{}` has conditions but handling code P", rule.id),
                        "use `handling = \"C\"` or remove the conditions",
                    );
                }
                Handling::C | Handling::P => {}
            }
            if let Some(compartment) = &rule.compartment {
                self.id(offset, "compartment", compartment)?;
            }
            if !(1..=4).contains(&rule.retention) {
                return self.fail(offset, format!("the marking `{}` has retention group {}", rule.id, rule.retention), "use a review group from 1 to 4");
            }
        }
        Ok(())
    }

    fn default_marking(&self, written: &Written) -> Result<(), CharterError> {
        let (offset, id) = (written.default_marking.span().start, written.default_marking.get_ref());
        let Some(marking) = written.markings.iter().map(Spanned::get_ref).find(|marking| marking.id == *id) else {
            let ids = written.markings.iter().map(|marking| marking.get_ref().id.as_str()).collect();
            return self.fail(offset, format!("the default marking `{id}` is not declared"), format!("use one of {}", quoted(&ids)));
        };
        if !marking.special.is_empty() {
            return self.fail(offset, format!("the default marking `{id}` is of a special category, which nobody may see"), "choose one without `special`");
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

/// Ids in backticks, with commas.
pub(crate) fn quoted(ids: &BTreeSet<&str>) -> String {
    ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
}
