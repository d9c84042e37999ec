//! `candour init`: makes a home.

use std::{collections::BTreeMap, fmt::Write as _, path::PathBuf};

use candour_actions::{Charter, Desk, NewHome};
use clap::Args;
use serde_json::json;

use crate::{Outcome, args::Globals, failure::Failure, outside, printing};

/// Arguments of `init`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  candour init --home home --org 'Harrow City'")]
pub(crate) struct Init {
    /// Name of the organisation.
    #[arg(long, default_value = "Example organisation", value_name = "NAME")]
    org: String,
    /// A home for real records: nobody is taken at their word, each person signs in. The first sign-in tokens are printed
    /// once; the command line reads one from CANDOUR_TOKEN.
    #[arg(long)]
    production: bool,
}

impl Init {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        let new = NewHome { organisation: self.org.clone(), example: !self.production, made_by: "init".to_owned() };
        let desk = Desk::init(&globals.home(), &new, outside::real()?)?;
        let roles = desk.role_ids();
        let mut value = json!({ "home": globals.home(), "log_key": desk.log_key(), "roles": roles, "example": !self.production });
        let mut text = format!("made the home `{}` for {}\nlog key: {}\n", globals.home().display(), self.org, desk.log_key());
        if self.production {
            let tokens: BTreeMap<String, String> = desk.renew_sign_ins()?.into_iter().map(|sign_in| (sign_in.person, sign_in.token)).collect();
            text.push_str("sign-in tokens of the first people, one per role, shown this once; each works for 7 days, in a browser once.\n`candour people` says who there is from then on:");
            for (person, token) in &tokens {
                let _ = write!(text, "\n  {person:<24} {token}");
            }
            let charter = Charter::load(&globals.home().join("charter")).map_err(|error| Failure::Failed(error.to_string()))?;
            let threshold = charter.authority().threshold;
            let keys: Vec<PathBuf> = (1..).map(|number| desk.home().authority_key_file(number)).take_while(|file| file.exists()).collect();
            let _ = write!(text, "\nkeys of the authority, of which {threshold} must sign: give each to another person and delete it here:");
            for key in &keys {
                let _ = write!(text, "\n  {}", key.display());
            }
            if let Some(object) = value.as_object_mut() {
                object.insert("tokens".to_owned(), json!(tokens));
                object.insert("authority_keys".to_owned(), json!(keys));
            }
        } else {
            let _ = write!(
                text,
                "example people, named after their roles: {}\nThis is an example home: `--as NAME` stands for a signed-in person. The example purpose is `demo`.",
                roles.join(", ")
            );
        }
        printing::result(globals, &value, || text)
    }
}
