//! `candour break-glass`: emergency access, with a second person, for an hour, counted in public.

use candour_actions::GlassView;
use clap::{Args, Subcommand};
use serde_json::json;

use crate::{Outcome, args::Globals, asking, printing};

/// Arguments of `break-glass`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  candour break-glass request --open harbour --why 'a child is missing' --as analyst --purpose demo
  candour break-glass approve BG-1 --as supervisor --purpose demo
  candour break-glass review BG-1 --finding 'justified' --as overseer --purpose demo
  candour break-glass list --as analyst

An approval lasts an hour. It opens compartments, never special categories of data and never more than a person is cleared
for. The public page counts it, and its review stays open until somebody who took no part closes it.")]
pub(crate) struct BreakGlass {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Ask for it.
    Request {
        /// A compartment to open; may be given several times.
        #[arg(long = "open", value_name = "COMPARTMENT", required = true)]
        opens: Vec<String>,
        /// Why it cannot wait.
        #[arg(long, value_name = "TEXT")]
        why: String,
    },
    /// Agree to somebody else's request.
    Approve {
        /// Its id.
        id: String,
    },
    /// Close the review of one that is over.
    Review {
        /// Its id.
        id: String,
        /// What was found.
        #[arg(long, value_name = "TEXT")]
        finding: String,
    },
    /// Show all there were.
    List,
}

impl BreakGlass {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        let answer = match &self.what {
            What::Request { opens, why } => asking::ask(globals, |desk, who| desk.break_glass_request(who, opens, why))?,
            What::Approve { id } => asking::ask(globals, |desk, who| desk.break_glass_approve(who, id))?,
            What::Review { id, finding } => asking::ask(globals, |desk, who| desk.break_glass_review(who, id, finding))?,
            What::List => {
                let answer = asking::ask(globals, |desk, who| desk.break_glass_list(who))?;
                return printing::answer(globals, &answer.value, &answer.receipt, || {
                    let lines: Vec<String> = answer.value.glasses.iter().map(line).collect();
                    if lines.is_empty() { "there was no emergency access".to_owned() } else { lines.join("\n") }
                });
            }
        };
        printing::answer(globals, &json!({ "glass": answer.value }), &answer.receipt, || line(&answer.value))
    }
}

/// An emergency access in a line.
fn line(glass: &GlassView) -> String {
    let until = glass.ends_at.as_ref().map(|ends| format!(", until {ends}")).unwrap_or_default();
    let by = glass.approver.as_ref().map(|approver| format!(", approved by {approver}")).unwrap_or_default();
    let late = if glass.review_overdue { ", its review overdue" } else { "" };
    format!("{} {}: {} opens {} for {}{by}{until}{late}: {}", glass.id, glass.state, glass.requester, glass.opens.join(", "), glass.purpose, glass.reason)
}
