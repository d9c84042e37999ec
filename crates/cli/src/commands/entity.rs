//! `candour entity`: everything visible about one thing.

use std::fmt::Write as _;

use candour_actions::EntityView;
use clap::Args;

use crate::{Outcome, args::Globals, asking, printing};

/// Arguments of `entity`.
#[derive(Debug, Args)]
pub(crate) struct Entity {
    /// Id of the entity, as search shows it.
    id: String,
}

impl Entity {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        let answer = asking::ask(globals, |desk, who| desk.open_entity(who, &self.id))?;
        printing::answer(globals, &answer.value, &answer.receipt, || words(&answer.value))
    }
}

fn words(entity: &EntityView) -> String {
    let mut text = format!("{}: {}  [{}]", entity.label, entity.caption, entity.id);
    if entity.members.len() > 1 {
        let _ = write!(text, "\nmerged from: {}", entity.members.join(", "));
    }
    for property in &entity.properties {
        for value in &property.values {
            let _ = write!(text, "\n{:<22} {}", property.label, value.display.replace('\n', " "));
            if let Some(first) = value.statements.first().and_then(|position| entity.statements.get(*position)) {
                let more = value.statements.len().saturating_sub(1);
                let others = if more > 0 { format!(" and {more} more") } else { String::new() };
                let _ = write!(text, "   ({}, {}, {}, {}, {}{others})", first.dataset, first.source, first.place, first.grade, first.marking);
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
