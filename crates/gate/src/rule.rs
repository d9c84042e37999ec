//! What a check says: what it found, on which evidence, how sure it is, and what it could not look at.

use serde::{Deserialize, Serialize};

use crate::{data::Sheet, hook::Hook, process::Process};

/// How heavy a flag is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look.
    Low,
    /// Wants an answer.
    Medium,
    /// Wants an answer before anything is signed.
    High,
}

/// How sure a check is of what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sure {
    /// A missing field may explain it.
    Possible,
    /// One field had to be inferred.
    Likely,
    /// It follows from the fields as they stand.
    Certain,
}

/// A field and what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// Where it stands, as a path of the standard: `awards/0/value/amount`.
    pub path: String,
    /// What stands there; empty if nothing does.
    pub value: String,
}

impl Evidence {
    pub(crate) fn new(path: impl Into<String>, value: &dyn std::fmt::Display) -> Self {
        Self { path: path.into(), value: value.to_string() }
    }
}

/// What a machine found. It is a question to people, never a hold.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Flag {
    /// Id of the rule.
    pub rule: String,
    /// Short code; that of the Open Contracting Partnership where the rule is theirs.
    pub code: String,
    /// How heavy.
    pub severity: Severity,
    /// The lawful hook through which a person may refer the contract; without one, the flag only informs.
    pub hook: Option<Hook>,
    /// What it was read from.
    pub evidence: Vec<Evidence>,
    /// One or two sentences for the person.
    pub text: String,
    /// How sure.
    pub sure: Sure,
    /// Fields that would have made it surer and are not there.
    pub missing: Vec<String>,
}

/// A rule that applied and could not be tested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Untested {
    /// Id of the rule.
    pub rule: String,
    /// The fields that it needs.
    pub missing: Vec<String>,
}

/// One finding of one check.
pub(crate) struct Finding {
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) text: String,
    pub(crate) sure: Sure,
    /// Heavier or lighter than the rule's own.
    pub(crate) severity: Option<Severity>,
    pub(crate) missing: Vec<&'static str>,
}

/// What came of one check.
#[derive(Default)]
pub(crate) struct Looked {
    /// Whether the rule says anything about such a process.
    pub(crate) applies: bool,
    pub(crate) findings: Vec<Finding>,
    /// What it wanted to look at and was not there.
    pub(crate) missing: Vec<&'static str>,
    /// What was not there and was inferred from something else; counted, but tested.
    pub(crate) inferred: Vec<&'static str>,
}

impl Looked {
    /// The rule says nothing about such a process.
    pub(crate) fn not_applicable() -> Self {
        Self::default()
    }

    /// It applies, and nothing was found.
    pub(crate) fn clear() -> Self {
        Self { applies: true, ..Self::default() }
    }

    /// It applies, and could not be tested.
    pub(crate) fn missing(fields: &[&'static str]) -> Self {
        Self { applies: true, missing: fields.to_vec(), ..Self::default() }
    }

    /// It applies, and this was found.
    pub(crate) fn found(finding: Finding) -> Self {
        Self { applies: true, findings: vec![finding], ..Self::default() }
    }
}

/// A check: its id, under which `data/rules.toml` describes it, and what it does.
pub(crate) struct Rule {
    pub(crate) id: &'static str,
    pub(crate) look: fn(&Process<'_, '_>, &Sheet) -> Looked,
}
