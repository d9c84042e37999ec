//! `candour mandate`: what the authority permits for a while, signed by its keys.

use std::{fs, path::PathBuf};

use candour_actions::{Classification, MandateRequest, MandateView, SpecialCategory};
use clap::{Args, Subcommand};
use serde_json::json;

use crate::{Outcome, args::Globals, asking, commands::key, failure::Failure, printing};

/// Arguments of `mandate`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  candour mandate draft harbour-2026 --for protect-vulnerable-people --group analyst --class health --days 30 \\
    --grounds 'welfare checks ordered by the council' --as supervisor
  candour mandate sign harbour-2026 --key home/keys/authority-1.key --as supervisor
  candour mandate list --as analyst
  candour mandate revoke harbour-2026 --why 'the operation is over' --as overseer

A mandate opens nothing until enough of the authority's keys have signed it. Then state it: `--mandate harbour-2026`.")]
pub(crate) struct Mandate {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Write a mandate down; an id that is known gets a new version.
    Draft(Draft),
    /// Sign a mandate's newest version, or add signatures that were made elsewhere.
    #[command(after_help = "A key need not come near the home: `candour mandate draft --out m.txt`, then where the key is
  candour mandate sign --text m.txt --key my.key --out m.note
and back at the home
  candour mandate sign harbour-2026 --note m.note --as supervisor")]
    Sign(Sign),
    /// Show every mandate and how it stands.
    List,
    /// End a mandate before its time, for good.
    Revoke {
        /// Its id.
        id: String,
        /// Why; published.
        #[arg(long, value_name = "TEXT")]
        why: String,
    },
}

#[derive(Debug, Args)]
struct Draft {
    /// Its id: lower-case letters, digits and hyphens.
    id: String,
    /// The purpose that it opens.
    #[arg(long = "for", value_name = "PURPOSE")]
    serves: String,
    /// The role whose holders it serves.
    #[arg(long, value_name = "ROLE")]
    group: String,
    /// A special category of data that it opens; may be given several times.
    #[arg(long = "class", value_name = "CATEGORY", value_parser = category)]
    classes: Vec<SpecialCategory>,
    /// The highest classification that it reaches.
    #[arg(long, default_value = "official-sensitive", value_name = "CLASSIFICATION", value_parser = classification)]
    highest: Classification,
    /// From when, RFC 3339; now unless given.
    #[arg(long, value_name = "TIME")]
    from: Option<jiff::Timestamp>,
    /// How many days it lasts.
    #[arg(long, default_value_t = 30, value_name = "N")]
    days: u32,
    /// Why it is given, in one line; part of what is signed.
    #[arg(long, value_name = "TEXT")]
    grounds: String,
    /// Write the text to be signed into a file.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Sign {
    /// Its id; not needed with `--text`.
    #[arg(required_unless_present = "text")]
    id: Option<String>,
    /// Key of the authority to sign with.
    #[arg(long, value_name = "FILE", required_unless_present = "note")]
    key: Option<PathBuf>,
    /// Signed note whose signatures are added.
    #[arg(long, value_name = "FILE", conflicts_with = "key")]
    note: Option<PathBuf>,
    /// Text of a mandate to sign away from any home.
    #[arg(long, value_name = "FILE", requires = "key", requires = "out", conflicts_with = "id")]
    text: Option<PathBuf>,
    /// Where the signed note goes, with `--text`.
    #[arg(long, value_name = "FILE", requires = "text")]
    out: Option<PathBuf>,
}

fn category(text: &str) -> Result<SpecialCategory, String> {
    named(text, "ethnicity, politics, belief, trade-union, genetic, biometric, health or sex-life")
}

fn classification(text: &str) -> Result<Classification, String> {
    named(text, "open, official, official-sensitive, secret or top-secret")
}

fn named<T: serde::de::DeserializeOwned>(text: &str, known: &str) -> Result<T, String> {
    serde_json::from_value(json!(text)).map_err(|_| format!("use {known}"))
}

impl Mandate {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        match &self.what {
            What::Draft(draft) => draft.run(globals),
            What::Sign(sign) => sign.run(globals),
            What::List => {
                let answer = asking::ask(globals, |desk, who| desk.mandate_list(who))?;
                printing::answer(globals, &answer.value, &answer.receipt, || {
                    let lines: Vec<String> = answer.value.mandates.iter().map(line).collect();
                    if lines.is_empty() { "there is no mandate".to_owned() } else { lines.join("\n") }
                })
            }
            What::Revoke { id, why } => {
                let answer = asking::ask(globals, |desk, who| desk.mandate_revoke(who, id, why))?;
                printing::answer(globals, &json!({ "mandate": answer.value }), &answer.receipt, || line(&answer.value))
            }
        }
    }
}

impl Draft {
    fn run(&self, globals: &Globals) -> Outcome {
        let answer = asking::ask(globals, |desk, who| {
            let not_before = self.from.map_or_else(|| desk.now(), jiff::Timestamp::as_millisecond);
            let request = MandateRequest {
                id: self.id.clone(),
                purpose: self.serves.clone(),
                group: self.group.clone(),
                classes: self.classes.clone(),
                highest: self.highest,
                not_before,
                not_after: not_before.saturating_add(i64::from(self.days).saturating_mul(24 * 60 * 60 * 1000)),
                grounds: self.grounds.clone(),
            };
            desk.mandate_draft(who, &request)
        })?;
        let drafted = &answer.value;
        if let Some(out) = &self.out {
            fs::write(out, &drafted.text).map_err(|error| Failure::Failed(format!("`{}`: {error}", out.display())))?;
        }
        printing::answer(globals, &json!({ "mandate": drafted }), &answer.receipt, || {
            format!("{}\n{} of the authority's keys must sign it: candour mandate sign {} --key FILE", drafted.text, drafted.needed, drafted.id)
        })
    }
}

impl Sign {
    fn run(&self, globals: &Globals) -> Outcome {
        if let (Some(text), Some(key), Some(out)) = (&self.text, &self.key, &self.out) {
            let note = key::sign(&key::read_text(text)?, key)?;
            fs::write(out, &note).map_err(|error| Failure::Failed(format!("`{}`: {error}", out.display())))?;
            return printing::result(globals, &json!({ "note": note }), || format!("signed; add it with: candour mandate sign ID --note {}", out.display()));
        }
        let id = self.id.as_deref().unwrap_or_default();
        let answer = asking::ask(globals, |desk, who| {
            let note = match (&self.key, &self.note) {
                (Some(key), _) => {
                    let known = desk.mandate_list(who)?.value.mandates;
                    let newest = known.iter().rev().find(|mandate| mandate.id == id);
                    let text = newest
                        .map(|mandate| mandate.text.clone())
                        .ok_or_else(|| candour_actions::ActionError::BadInput(format!("there is no mandate `{id}`")))?;
                    key::sign(&text, key).map_err(|failure| candour_actions::ActionError::BadInput(failure.to_string()))?
                }
                (None, Some(note)) => key::read_text(note).map_err(|failure| candour_actions::ActionError::BadInput(failure.to_string()))?,
                (None, None) => String::new(),
            };
            desk.mandate_sign(who, id, &note)
        })?;
        printing::answer(globals, &json!({ "mandate": answer.value }), &answer.receipt, || line(&answer.value))
    }
}

/// A mandate in a line.
fn line(mandate: &MandateView) -> String {
    let classes = if mandate.classes.is_empty() { "no special category".to_owned() } else { mandate.classes.join(", ") };
    format!(
        "{} version {}: {} for {}, {classes}, up to {}, {} to {}\n  {} ({} of {} signatures)",
        mandate.id,
        mandate.version,
        mandate.purpose,
        mandate.group,
        mandate.highest,
        mandate.not_before,
        mandate.not_after,
        mandate.standing_words,
        mandate.signers.len(),
        mandate.needed
    )
}
