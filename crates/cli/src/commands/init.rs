//! `candour init`: makes a home.

use candour_actions::{Desk, NewHome};
use clap::Args;
use serde_json::json;

use crate::{Outcome, args::Globals, outside, printing};

/// Arguments of `init`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  candour init --home home --org 'Harrow City'")]
pub(crate) struct Init {
    /// Name of the organisation.
    #[arg(long, default_value = "Example organisation", value_name = "NAME")]
    org: String,
}

impl Init {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        let new = NewHome { organisation: self.org.clone(), example: true, made_by: "init".to_owned() };
        let desk = Desk::init(&globals.home(), &new, outside::real()?)?;
        let roles = desk.role_ids();
        let value = json!({ "home": globals.home(), "log_key": desk.log_key(), "roles": roles, "example": true });
        printing::result(globals, &value, || {
            format!(
                "made the home `{}` for {}\nlog key: {}\nexample people, named after their roles: {}\nThis is an example home: `--as NAME` stands for a signed-in person. The example purpose is `demo`.",
                globals.home().display(),
                self.org,
                desk.log_key(),
                roles.join(", ")
            )
        })
    }
}
