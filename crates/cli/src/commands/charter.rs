//! `candour charter`: checks the text of a charter, shows the one in force, signs a new one and puts it into force.

use std::{
    fs,
    path::{Path, PathBuf},
};

use candour_actions::{Charter as Text, Finding, Severity};
use candour_ledger::Note;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::{Outcome, args::Globals, asking, commands::key, failure::Failure, printing};

/// Arguments of `charter`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  candour charter check charter/
  candour charter show --as analyst
  candour charter diff --as analyst
  candour charter sign home/charter --key mayor.key
  candour charter adopt --as administrator

To change the rules, edit the files in `HOME/charter`: raise `version`, name the hash of the one in force as `previous`,
look at `diff`, have enough of the authority's keys sign, then `adopt`.")]
pub(crate) struct Charter {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Check a charter's folder; needs no home.
    Check {
        /// The folder; that of the home unless given.
        dir: Option<PathBuf>,
    },
    /// Show the charter in force.
    Show,
    /// Say in words what the charter in the home's folder would change, or one folder against another.
    Diff {
        /// The older charter's folder; needs no home.
        #[arg(requires = "newer")]
        older: Option<PathBuf>,
        /// The newer charter's folder.
        newer: Option<PathBuf>,
    },
    /// Sign a charter's folder with a key of the authority; needs no home.
    Sign {
        /// The folder; that of the home unless given.
        dir: Option<PathBuf>,
        /// The key.
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
    },
    /// Put the signed charter in the home's folder into force.
    Adopt,
}

impl Charter {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        match &self.what {
            What::Check { dir } => check(globals, &dir.clone().unwrap_or_else(|| globals.home().join("charter"))),
            What::Diff { older: Some(older), newer: Some(newer) } => {
                let load = |dir: &Path| Text::load(dir).map_err(|error| Failure::Usage(error.to_string()));
                let changes = load(older)?.diff(&load(newer)?);
                printing::result(globals, &json!({ "changes": changes }), || in_words(&changes))
            }
            What::Diff { .. } => {
                let (answer, pending) = asking::ask(globals, |desk, who| Ok((desk.charter_show(who)?, desk.charter_pending()?)))?;
                let (changes, obstacle) = pending;
                printing::answer(globals, &json!({ "changes": changes, "obstacle": obstacle }), &answer.receipt, || {
                    let words = in_words(&changes);
                    obstacle.as_ref().map_or_else(|| format!("{words}\nit can come into force now"), |obstacle| format!("{words}\nnot yet: {obstacle}"))
                })
            }
            What::Sign { dir, key } => sign(globals, &dir.clone().unwrap_or_else(|| globals.home().join("charter")), key),
            What::Adopt => {
                let answer = asking::ask(globals, |desk, who| desk.charter_adopt(who))?;
                let adopted = &answer.value;
                printing::answer(globals, adopted, &answer.receipt, || {
                    format!("version {} is in force\nhash {}\n{}", adopted.version, adopted.hash, in_words(&adopted.changes))
                })
            }
            What::Show => {
                let answer = asking::ask(globals, |desk, who| desk.charter_show(who))?;
                let shown = &answer.value;
                printing::answer(globals, shown, &answer.receipt, || {
                    let mut text = format!("{}\nhash {}\nmarkings: {}\npurposes:", shown.organisation, shown.hash, shown.markings.join(", "));
                    for purpose in &shown.purposes {
                        text.push_str(&format!("\n  {:<24} {} ({})", purpose.id, purpose.label, purpose.lawful_basis));
                    }
                    text.push_str("\nwho may do what:\n");
                    text.push_str(&shown.matrix);
                    text
                })
            }
        }
    }
}

/// Loads a folder and prints what is found in it. An error among that is a failure: the charter could not come into force.
fn check(globals: &Globals, dir: &Path) -> Outcome {
    let charter = Text::load(dir).map_err(|error| Failure::Usage(error.to_string()))?;
    let findings = charter.findings();
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let listed: Vec<Value> = findings.iter().map(as_json).collect();
    let (purposes, roles, markings) = (charter.purposes().len(), charter.roles().len(), charter.markings().len());
    let value = json!({ "ok": errors == 0, "hash": charter.hash(), "purposes": purposes, "roles": roles, "markings": markings, "findings": listed });
    printing::result(globals, &value, || {
        let valid = if errors == 0 { "a valid charter" } else { "no charter that could come into force" };
        let mut text: String = findings.iter().map(|finding| format!("{}: {finding}\n", severity(finding))).collect();
        text.push_str(&format!("`{}` is {valid}: {purposes} purposes, {roles} roles, {markings} markings\nhash {}", dir.display(), charter.hash()));
        text
    })?;
    if errors == 0 { Ok(()) } else { Err(Failure::Faulty(errors)) }
}

fn severity(finding: &Finding) -> &'static str {
    match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn as_json(finding: &Finding) -> Value {
    json!({ "severity": severity(finding), "file": finding.file, "line": finding.line, "what": finding.what, "remedy": finding.remedy })
}

/// Adds a signature to the folder's note, or begins the note anew where the text is another one by now.
fn sign(globals: &Globals, dir: &Path, key: &Path) -> Outcome {
    let charter = Text::load(dir).map_err(|error| Failure::Usage(error.to_string()))?;
    let statement = charter.statement();
    let file = dir.join("charter.note");
    let known = fs::read(&file).ok().and_then(|bytes| Note::parse(&bytes).ok()).filter(|note| note.text() == statement);
    let key = key::read_key(key)?;
    let wrong = |error: candour_ledger::LedgerError| Failure::Usage(error.to_string());
    let note = match known {
        Some(mut note) if note.verify(key.verifier()).is_err() => {
            note.add_signature(&key).map_err(wrong)?;
            note
        }
        Some(note) => note,
        None => Note::sign(&statement, &key).map_err(wrong)?,
    };
    fs::write(&file, note.to_string()).map_err(|error| Failure::Failed(format!("`{}`: {error}", file.display())))?;
    let (signers, needed) = (charter.signers(&note), charter.authority().threshold);
    printing::result(globals, &json!({ "statement": statement, "signers": signers, "needed": needed }), || {
        format!("{statement}\nsigned by {} of the {needed} keys that it takes: {}", signers.len(), signers.join(", "))
    })
}

fn in_words(changes: &[String]) -> String {
    if changes.is_empty() { "nothing changes".to_owned() } else { changes.join("\n") }
}
