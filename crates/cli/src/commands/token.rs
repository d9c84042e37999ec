//! `candour token`: tokens for one's own programs.

use std::fmt::Write as _;

use candour_actions::{TokenRequest, TokenView};
use clap::{Args, Subcommand};
use serde_json::json;

use crate::{Outcome, args::Globals, asking, printing};

/// Arguments of `token`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  candour token issue --label 'nightly report' --for crime-investigation --days 30 --as analyst
  candour token list --as analyst
  candour token revoke 0f3c9a71d2b4 --as analyst

A token serves one purpose: put it into CANDOUR_TOKEN, or send it as `Authorization: Bearer TOKEN`.")]
pub(crate) struct Token {
    #[command(subcommand)]
    what: What,
}

/// What to do.
#[derive(Debug, Subcommand)]
enum What {
    /// Make a token; prints its secret, this once.
    Issue {
        /// What you call it.
        #[arg(long, value_name = "TEXT")]
        label: String,
        /// Id of the one purpose it serves.
        #[arg(long = "for", value_name = "PURPOSE")]
        serves: String,
        /// Id of the one mandate that it states.
        #[arg(long, value_name = "ID")]
        under: Option<String>,
        /// After how many days it ends; the charter bounds it.
        #[arg(long, default_value_t = 30, value_name = "N")]
        days: u32,
    },
    /// Your tokens, newest first.
    List,
    /// Revoke a token of yours.
    Revoke {
        /// Its id.
        id: String,
    },
}

impl Token {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        match &self.what {
            What::Issue { label, serves, under, days } => {
                let request = TokenRequest { label: label.clone(), purpose: serves.clone(), mandate: under.clone(), days: *days };
                let answer = asking::ask_in_person(globals, |desk, who| desk.issue_token(who, &request))?;
                printing::answer(globals, &answer.value, &answer.receipt, || {
                    let mut text = line(&answer.value.about);
                    let _ = write!(text, "\ntoken, shown this once: {}", answer.value.token);
                    text
                })
            }
            What::List => {
                let answer = asking::ask_in_person(globals, candour_actions::Desk::tokens)?;
                printing::answer(globals, &json!({ "tokens": answer.value }), &answer.receipt, || {
                    if answer.value.is_empty() { "no tokens".to_owned() } else { answer.value.iter().map(line).collect::<Vec<_>>().join("\n") }
                })
            }
            What::Revoke { id } => {
                let answer = asking::ask_in_person(globals, |desk, who| desk.revoke_token(who, id))?;
                printing::answer(globals, &json!({ "token": answer.value }), &answer.receipt, || line(&answer.value))
            }
        }
    }
}

fn line(token: &TokenView) -> String {
    let state = match &token.revoked {
        Some(at) => format!("revoked {at}"),
        None if token.open => format!("until {}", token.expires),
        None => format!("ended {}", token.expires),
    };
    let mandate = token.mandate.as_ref().map(|id| format!(", mandate {id}")).unwrap_or_default();
    format!("{}  {}  for {}{mandate}  {state}", token.id, token.label, token.purpose)
}
