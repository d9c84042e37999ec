//! `candour entity`: everything visible about one thing.

use std::fmt::Write as _;

use candour_actions::{EntityView, StatementView, known_at};
use clap::Args;

use crate::{Outcome, args::Globals, asking, printing};

/// Arguments of `entity`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  candour entity rec-1 --as analyst --purpose demo
  candour entity rec-1 --known-at 2026-01-31 --as analyst --purpose demo

Each value is shown with its dataset, document and place there, grade and marking, and when it held if the source says so.
With --known-at it is shown as it was known then: what was recorded later does not exist, be it a value, a link or a merge.")]
pub(crate) struct Entity {
    /// Id of the entity, as search shows it.
    id: String,
    /// As it was known then: a day (its end, UTC) or a time with its zone, such as 2026-01-31T12:00Z.
    #[arg(long, value_name = "INSTANT", value_parser = known_at)]
    known_at: Option<i64>,
}

impl Entity {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        let answer = asking::ask(globals, |desk, who| desk.open_entity(who, &self.id, self.known_at))?;
        printing::answer(globals, &answer.value, &answer.receipt, || words(&answer.value))
    }
}

fn words(entity: &EntityView) -> String {
    let mut text = format!("{}: {}  [{}]", entity.label, entity.caption, entity.id);
    if let Some(known_at) = &entity.known_at {
        let _ = write!(text, "\nas known at {known_at}");
    }
    if entity.members.len() > 1 {
        let _ = write!(text, "\nmerged from: {}", entity.members.join(", "));
    }
    for property in &entity.properties {
        for value in &property.values {
            let _ = write!(text, "\n{:<22} {}", property.label, value.display.replace('\n', " "));
            if let Some(first) = value.statements.first().and_then(|position| entity.statements.get(*position)) {
                let more = value.statements.len().saturating_sub(1);
                let others = if more > 0 { format!(" and {more} more") } else { String::new() };
                let held = held(first);
                let _ = write!(text, "   ({}, {}, {}, {}, {}{held}{others})", first.dataset, first.source, first.place, first.grade, first.marking);
            }
        }
    }
    for link in &entity.links {
        let arrow = match link.direction.as_str() {
            "out" => "->",
            "in" => "<-",
            _ => "--",
        };
        let detail = if link.detail.is_empty() { String::new() } else { format!(" ({})", link.detail) };
        let _ = write!(text, "\n{arrow} {}{detail} {}  [{}]", link.label, link.other.caption, link.other.id);
    }
    text
}

/// When a statement held in the world, where that was said.
fn held(statement: &StatementView) -> String {
    match (&statement.valid_from, &statement.valid_to) {
        (None, None) => String::new(),
        (Some(from), None) => format!(", from {from}"),
        (None, Some(to)) => format!(", until {to}"),
        (Some(from), Some(to)) => format!(", from {from} to {to}"),
    }
}
