//! `candour people`: who has an account in the home.

use std::fmt::Write as _;

use candour_actions::{AccountView, Classification, PeopleChange};
use clap::{Args, Subcommand};
use serde_json::json;

use crate::{Outcome, args::Globals, asking, printing};

/// Arguments of `people`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  candour people list --as administrator
  candour people add ann-quill --name 'Ann Quill' --role analyst --clearance official --as administrator
  candour people change ann-quill --role analyst --role reviewer --as administrator
  candour people link ann-quill --as administrator

A home has one process at a time: while it is served, people are managed over HTTP, at /api/people.")]
pub(crate) struct People {
    #[command(subcommand)]
    what: What,
}

/// What to do.
#[derive(Debug, Subcommand)]
enum What {
    /// Everybody who has or had an account.
    List,
    /// Add somebody; prints the token of their sign-in link, this once.
    Add {
        /// Up to 64 small letters, digits and hyphens; given once.
        id: String,
        /// Name for people.
        #[arg(long, value_name = "NAME")]
        name: String,
        /// A role of the charter; may be given several times.
        #[arg(long = "role", value_name = "ROLE")]
        roles: Vec<String>,
        /// Highest classification: open, official, official-sensitive, secret, top-secret.
        #[arg(long, value_name = "LEVEL", value_parser = level)]
        clearance: Classification,
        /// An operation whose members alone see it; may be given several times.
        #[arg(long = "compartment", value_name = "ID")]
        compartments: Vec<String>,
        /// What the OpenID provider calls them.
        #[arg(long, value_name = "TEXT")]
        subject: Option<String>,
    },
    /// Change somebody's account; what is not given stays.
    Change {
        /// Whose.
        id: String,
        /// Name for people.
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        /// The roles from now on; may be given several times.
        #[arg(long = "role", value_name = "ROLE", conflicts_with = "no_roles")]
        roles: Vec<String>,
        /// No role from now on.
        #[arg(long)]
        no_roles: bool,
        /// Highest classification.
        #[arg(long, value_name = "LEVEL", value_parser = level)]
        clearance: Option<Classification>,
        /// The operations from now on; may be given several times.
        #[arg(long = "compartment", value_name = "ID", conflicts_with = "no_compartments")]
        compartments: Vec<String>,
        /// No operation from now on.
        #[arg(long)]
        no_compartments: bool,
        /// What the OpenID provider calls them; empty for nothing.
        #[arg(long, value_name = "TEXT")]
        subject: Option<String>,
    },
    /// End somebody's account for good.
    End {
        /// Whose.
        id: String,
    },
    /// Make a new sign-in link for somebody; prints its token, this once.
    Link {
        /// Whose.
        id: String,
    },
}

/// Reads a classification by the word that the charter uses.
fn level(word: &str) -> Result<Classification, String> {
    serde_json::from_value(json!(word)).map_err(|_| format!("`{word}` is no classification; give open, official, official-sensitive, secret or top-secret"))
}

impl People {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        let Some(change) = self.change() else {
            let answer = asking::ask_in_person(globals, candour_actions::Desk::people_list)?;
            return printing::answer(globals, &json!({ "people": answer.value }), &answer.receipt, || {
                answer.value.iter().map(line).collect::<Vec<_>>().join("\n")
            });
        };
        let answer = asking::ask_in_person(globals, |desk, who| desk.manage_people(who, &change))?;
        printing::answer(globals, &answer.value, &answer.receipt, || {
            let mut text = line(&answer.value.person);
            if let Some(token) = &answer.value.token {
                let _ = write!(text, "\ntoken of the sign-in link, shown this once: {token}");
            }
            text
        })
    }

    fn change(&self) -> Option<PeopleChange> {
        let list = |given: &Vec<String>, none: bool| (none || !given.is_empty()).then(|| given.clone());
        Some(match &self.what {
            What::List => return None,
            What::Add { id, name, roles, clearance, compartments, subject } => PeopleChange::Add {
                id: id.clone(),
                name: name.clone(),
                roles: roles.clone(),
                clearance: *clearance,
                compartments: compartments.clone(),
                subject: subject.clone(),
            },
            What::Change { id, name, roles, no_roles, clearance, compartments, no_compartments, subject } => PeopleChange::Change {
                id: id.clone(),
                name: name.clone(),
                roles: list(roles, *no_roles),
                clearance: *clearance,
                compartments: list(compartments, *no_compartments),
                subject: subject.clone(),
            },
            What::End { id } => PeopleChange::End { id: id.clone() },
            What::Link { id } => PeopleChange::Link { id: id.clone() },
        })
    }
}

fn line(person: &AccountView) -> String {
    let list = |values: &[String]| if values.is_empty() { "none".to_owned() } else { values.join(", ") };
    let state = person.ended.as_ref().map(|at| format!("  ended {at}")).unwrap_or_default();
    let clearance = json!(person.clearance);
    let clearance = clearance.as_str().unwrap_or_default();
    format!("{:<24} {}  roles: {}  clearance: {clearance}  compartments: {}{state}", person.id, person.name, list(&person.roles), list(&person.compartments))
}
