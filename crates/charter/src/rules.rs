//! `charter.toml`: the words of a charter, parsed and checked.

use candour_model::marking::{Marking, SpecialCategory};
use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use crate::{
    checks::Check,
    declared::{AuthorityRule, LedgerRule, Retention, Sessions, Thresholds, Value},
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
    /// Whether it opens evidence only under a mandate in force.
    #[serde(default)]
    pub needs_mandate: bool,
    /// Whether it reads what was restricted instead of erased.
    #[serde(default)]
    pub reads_restricted: bool,
    /// Special categories that a mandate for it may name.
    #[serde(default)]
    pub data_classes: Vec<SpecialCategory>,
}

impl PurposeRule {
    /// Whether a mandate for it can be of any use.
    #[must_use]
    pub fn takes_mandates(&self) -> bool {
        self.needs_mandate || !self.data_classes.is_empty()
    }
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
pub(crate) struct Written {
    pub(crate) organisation: Spanned<String>,
    pub(crate) version: Option<Spanned<u32>>,
    pub(crate) previous: Option<Spanned<String>>,
    pub(crate) expires: Option<Spanned<String>>,
    pub(crate) default_marking: Spanned<String>,
    pub(crate) authority: Option<Spanned<WrittenAuthority>>,
    #[serde(default)]
    pub(crate) purposes: Vec<Spanned<PurposeRule>>,
    #[serde(default)]
    pub(crate) roles: Vec<Spanned<Role>>,
    #[serde(default)]
    pub(crate) markings: Vec<Spanned<Marking>>,
    #[serde(default)]
    pub(crate) retention: Vec<Spanned<Retention>>,
    pub(crate) thresholds: Option<Spanned<Thresholds>>,
    #[serde(default)]
    pub(crate) values: Vec<Spanned<Value>>,
    pub(crate) ledger: Option<Spanned<WrittenLedger>>,
    pub(crate) sessions: Option<Spanned<Sessions>>,
}

/// `[authority]` as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenAuthority {
    pub(crate) threshold: Spanned<usize>,
    pub(crate) keys: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) keeps_mandates_of: Vec<Spanned<String>>,
    pub(crate) max_mandate_days: Spanned<u32>,
}

/// `[ledger]` as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenLedger {
    #[serde(default)]
    pub(crate) witnesses: Vec<Spanned<WrittenWitness>>,
    #[serde(default)]
    pub(crate) threshold: Option<Spanned<usize>>,
    #[serde(default)]
    pub(crate) wait_for: Vec<Spanned<String>>,
}

/// A witness as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenWitness {
    pub(crate) vkey: String,
    pub(crate) url: String,
}

/// The file as checked.
#[derive(Debug)]
pub(crate) struct Rules {
    pub(crate) organisation: String,
    pub(crate) version: u32,
    pub(crate) previous: Option<String>,
    pub(crate) expires: Date,
    pub(crate) default_marking: String,
    pub(crate) authority: AuthorityRule,
    pub(crate) purposes: Vec<PurposeRule>,
    pub(crate) roles: Vec<Role>,
    pub(crate) markings: Vec<Marking>,
    pub(crate) retention: Vec<Retention>,
    pub(crate) thresholds: Thresholds,
    pub(crate) values: Vec<Value>,
    /// Lines of what findings point at.
    pub(crate) lines: Lines,
    pub(crate) ledger: LedgerRule,
    pub(crate) sessions: Sessions,
}

/// Lines, from 1, at which sections of the file begin, in the order of the text.
#[derive(Debug)]
pub(crate) struct Lines {
    pub(crate) authority: usize,
    pub(crate) purposes: Vec<usize>,
    pub(crate) roles: Vec<usize>,
    pub(crate) markings: Vec<usize>,
    pub(crate) retention: Vec<usize>,
    pub(crate) values: Vec<usize>,
}

impl Rules {
    /// Parses and checks the text of `charter.toml`. `actions` are the names that `[ledger]` may wait for.
    pub(crate) fn parse(text: &str, actions: &[String]) -> Result<Self, CharterError> {
        let written: Written = toml::from_str(text).map_err(|problem| {
            let offset = problem.span().map_or(0, |span| span.start);
            fault(RULES, text, offset, one_line(problem.message()), "see `docs/guide/charter.md` for what the file may hold")
        })?;
        let check = Check { text };
        check.purposes(&written.purposes)?;
        check.roles(&written.roles)?;
        check.markings(&written.markings)?;
        check.organisation(&written.organisation)?;
        check.default_marking(&written)?;
        let (version, previous) = check.version(&written)?;
        let expires = check.expires(&written)?;
        let authority = check.authority(written.authority.as_ref())?;
        check.retention(&written.retention, &written.markings)?;
        check.values(&written.values)?;
        let ledger = check.ledger(written.ledger.as_ref(), &authority, actions)?;
        let thresholds = check.thresholds(written.thresholds.as_ref())?;
        let sessions = check.sessions(written.sessions.as_ref())?;
        let lines = Lines {
            authority: written.authority.as_ref().map_or(1, |authority| check.line(authority.span().start)),
            purposes: lines_of(&check, &written.purposes),
            roles: lines_of(&check, &written.roles),
            markings: lines_of(&check, &written.markings),
            retention: lines_of(&check, &written.retention),
            values: lines_of(&check, &written.values),
        };
        Ok(Self {
            organisation: written.organisation.into_inner(),
            version,
            previous,
            expires,
            default_marking: written.default_marking.into_inner(),
            authority,
            purposes: inner(written.purposes),
            roles: inner(written.roles),
            markings: inner(written.markings),
            retention: inner(written.retention),
            thresholds,
            lines,
            values: inner(written.values),
            ledger,
            sessions,
        })
    }
}

fn inner<T>(spanned: Vec<Spanned<T>>) -> Vec<T> {
    spanned.into_iter().map(Spanned::into_inner).collect()
}

fn lines_of<T>(check: &Check<'_>, spanned: &[Spanned<T>]) -> Vec<usize> {
    spanned.iter().map(|one| check.line(one.span().start)).collect()
}
