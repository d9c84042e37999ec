//! `candour review`: what is due for review, and what a reviewer decides of it.

use std::fmt::Write as _;

use candour_actions::{DueView, RetentionDecision, ReviewRequest, known_at};
use clap::{Args, Subcommand};

use crate::{Outcome, args::Globals, asking, printing};

/// Arguments of `review`.
#[derive(Debug, Args)]
pub(crate) struct Review {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List what falls due, first due first.
    List(List),
    /// Decide whether a record is kept, restricted or erased.
    Decide(Decide),
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  candour review list --limit 20 --as reviewer --purpose retention --reason 'weekly review'")]
struct List {
    /// How many records.
    #[arg(long, default_value_t = 50, value_name = "N")]
    limit: usize,
    /// How many to pass over.
    #[arg(long, default_value_t = 0, value_name = "N")]
    offset: usize,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  candour review decide rec-1 retain --next 2030-01-01 --why 'appeal pending' --as reviewer --purpose demo
  candour review decide rec-1 erase --why 'no longer needed' --as reviewer --purpose demo

Deciding erases nothing. Somebody else carries it out with `candour erase`.")]
struct Decide {
    /// Id of the record.
    id: String,
    /// retain, erase or restrict.
    decision: RetentionDecision,
    /// The rationale.
    #[arg(long, value_name = "TEXT")]
    why: String,
    /// When it falls due again: a day such as 2030-01-01, UTC. Without it by the charter's years.
    #[arg(long, value_name = "DAY", value_parser = known_at)]
    next: Option<i64>,
    /// Decide for all records that this one is merged with as well.
    #[arg(long)]
    whole: bool,
}

impl Review {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        match &self.what {
            What::List(list) => {
                let answer = asking::ask(globals, |desk, who| desk.review_list(who, list.limit, list.offset))?;
                printing::answer(globals, &answer.value, &answer.receipt, || {
                    let reviews = &answer.value;
                    let soon = if reviews.soon > 0 { format!(", {} more within {} days", reviews.soon, reviews.notice_days) } else { String::new() };
                    let mut text = format!("{} records, {} of them due{soon}", reviews.total, reviews.overdue);
                    answer.value.due.iter().for_each(|due| text.push_str(&line(due)));
                    text
                })
            }
            What::Decide(decide) => {
                let request = ReviewRequest { decision: decide.decision, rationale: decide.why.clone(), next: decide.next, whole: decide.whole };
                let answer = asking::ask(globals, |desk, who| desk.review_decide(who, &decide.id, &request))?;
                printing::answer(globals, &answer.value, &answer.receipt, || {
                    let carry_out = match decide.decision {
                        RetentionDecision::Retain => String::new(),
                        RetentionDecision::Erase => format!("\nsomebody else carries it out with `candour erase {}`", decide.id),
                        RetentionDecision::Restrict => format!("\ncarry it out with `candour restrict {}`", decide.id),
                    };
                    format!("{}: {}{carry_out}", answer.value.records.join(", "), decide.decision.word())
                })
            }
        }
    }
}

fn line(due: &DueView) -> String {
    let day = due.due.get(..10).unwrap_or(&due.due);
    let mut text = format!("\n{day}  {}: {}  [{}]  group {}, {}", due.schema, due.caption, due.id, due.group, due.group_label);
    if let Some(decided) = &due.decided {
        let _ = write!(text, "; {} by {}", decided.decision.word(), decided.by);
    }
    if due.restricted_since.is_some() {
        text.push_str("; restricted");
    }
    if due.has_returned {
        text.push_str("; erased earlier and brought in again");
    }
    text
}
