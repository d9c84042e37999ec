//! Screening: every process of a stream through every rule, one after another, with a count of what was seen and what not.

use std::{
    collections::BTreeMap,
    hash::{BuildHasher as _, BuildHasherDefault},
    io::BufRead,
};

use rustc_hash::{FxHashSet, FxHasher};
use serde::Serialize;

use crate::{
    checks::RULES,
    data::Sheet,
    error::GateError,
    process::Process,
    reader::{Documents, Problem},
    release::{Document, said},
    rule::{Flag, Looked, Untested},
};

/// What is said of one process.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Screened {
    /// The process.
    pub ocid: String,
    /// The release it was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release: Option<String>,
    /// Line at which its document begins, from 1.
    pub line: u64,
    /// What was found.
    pub flags: Vec<Flag>,
    /// What applied and could not be tested.
    pub untested: Vec<Untested>,
}

/// What became of one rule over the whole stream.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RuleCount {
    /// What the rule is called.
    pub label: String,
    /// Processes of which it says something.
    pub applied: u64,
    /// Flags raised.
    pub flags: u64,
    /// Processes in which it could look at nothing.
    pub untested: u64,
    /// Fields that it wanted and did not find, and how often.
    pub missing: BTreeMap<String, u64>,
}

/// The whole stream.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Lines read.
    pub lines: u64,
    /// Releases and records that were screened.
    pub screened: u64,
    /// Distinct processes among them. Releases of one process on several lines are screened one by one.
    pub processes: u64,
    /// Screened releases with at least one flag.
    pub flagged: u64,
    /// Per rule, by its id.
    pub rules: BTreeMap<String, RuleCount>,
    /// What could not be screened, and where.
    pub problems: Vec<Problem>,
}

/// Screens Open Contracting releases, records and packages, in JSON lines or in whole JSON documents, and hands over one
/// answer per release or record, in the order of the stream. Memory does not grow with its length, but for eight bytes
/// a process and the list of problems.
///
/// # Errors
/// If the input cannot be read further. What is wrong with a single document is a [`Problem`] of the summary.
pub fn screen<R: BufRead>(input: R, sheet: &Sheet, mut each: impl FnMut(&Screened)) -> Result<Summary, GateError> {
    let mut summary = Summary { rules: RULES.iter().map(|rule| (rule.id.to_owned(), RuleCount::of(rule.id, sheet))).collect(), ..Summary::default() };
    let mut known = FxHashSet::default();
    let mut nameless = Vec::new();
    let take = |line: u64, bytes: &[u8]| {
        let documents: Vec<Document<'_>> = if bytes.first() == Some(&b'[') { serde_json::from_slice(bytes)? } else { vec![serde_json::from_slice(bytes)?] };
        for document in &documents {
            let mut one = |process: Process<'_, '_>| {
                known.insert(BuildHasherDefault::<FxHasher>::default().hash_one(process.ocid));
                each(&summary.add(&process, line, sheet));
            };
            Process::of(document, &mut one, &mut |what| nameless.push(Problem { line, what: format!("{what}; every process needs one") }));
        }
        Ok(())
    };
    let (lines, problems) = Documents::new(input).each(take)?;
    summary.lines = lines;
    summary.processes = u64::try_from(known.len()).unwrap_or(u64::MAX);
    summary.problems = nameless;
    summary.problems.extend(problems);
    summary.problems.sort_by_key(|problem| problem.line);
    Ok(summary)
}

impl RuleCount {
    fn of(id: &str, sheet: &Sheet) -> Self {
        Self { label: sheet.rule(id).map(|rule| rule.label.clone()).unwrap_or_default(), ..Self::default() }
    }
}

impl Summary {
    /// Screens one process and counts it.
    fn add(&mut self, process: &Process<'_, '_>, line: u64, sheet: &Sheet) -> Screened {
        let mut screened = Screened {
            ocid: process.ocid.to_owned(),
            release: said(process.release.id.as_ref()).map(str::to_owned),
            line,
            flags: Vec::new(),
            untested: Vec::new(),
        };
        for rule in RULES {
            let looked = (rule.look)(process, sheet);
            if let Some(count) = self.rules.get_mut(rule.id) {
                count.add(&looked);
            }
            screened.take(rule.id, looked, sheet);
        }
        self.screened += 1;
        self.flagged += u64::from(!screened.flags.is_empty());
        screened
    }
}

impl RuleCount {
    fn add(&mut self, looked: &Looked) {
        self.applied += u64::from(looked.applies);
        self.flags += u64::try_from(looked.findings.len()).unwrap_or_default();
        self.untested += u64::from(looked.findings.is_empty() && !looked.missing.is_empty());
        for field in looked.missing.iter().chain(&looked.inferred).chain(looked.findings.iter().flat_map(|finding| &finding.missing)) {
            *self.missing.entry((*field).to_owned()).or_default() += 1;
        }
    }
}

impl Screened {
    fn take(&mut self, id: &str, looked: Looked, sheet: &Sheet) {
        let Some(rule) = sheet.rule(id) else { return };
        let words = |fields: &[&str]| fields.iter().map(|&field| field.to_owned()).collect::<Vec<_>>();
        if !looked.missing.is_empty() {
            let mut missing = words(&looked.missing);
            missing.sort_unstable();
            missing.dedup();
            self.untested.push(Untested { rule: id.to_owned(), missing });
        }
        self.flags.extend(looked.findings.into_iter().map(|finding| Flag {
            rule: id.to_owned(),
            code: rule.code.clone(),
            severity: finding.severity.unwrap_or(rule.severity),
            hook: rule.hook.clone(),
            evidence: finding.evidence,
            text: finding.text,
            sure: finding.sure,
            missing: words(&finding.missing),
        }));
    }
}
