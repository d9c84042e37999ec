//! `candour key`: keys that sign for an authority, made and used away from any home; and signing a text with one.

use std::{fs, path::Path, path::PathBuf};

use candour_ledger::{Note, SigningKey};
use clap::{Args, Subcommand};
use serde_json::json;

use crate::{Outcome, args::Globals, failure::Failure, outside, printing};

/// Arguments of `key`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  candour key make --name harrow.example/mayor --out mayor.key

The file is the secret; the printed line, its verifier key, goes into `[authority]` of charter.toml.")]
pub(crate) struct Key {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make a key.
    Make {
        /// Name of the key, such as a domain and an office; no blanks, no `+`.
        #[arg(long, value_name = "NAME")]
        name: String,
        /// Where the secret goes; a file that is there is not overwritten.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Show the verifier key of a secret.
    Show {
        /// The secret's file.
        file: PathBuf,
    },
}

impl Key {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        let key = match &self.what {
            What::Make { name, out } => {
                let mut seed = [0; 32];
                (outside::real()?.random)(&mut seed);
                let key = SigningKey::generate(name, seed).map_err(|error| Failure::Usage(error.to_string()))?;
                write_new(out, &format!("{}\n", key.to_private_text()))?;
                key
            }
            What::Show { file } => read_key(file)?,
        };
        printing::result(globals, &json!({ "name": key.name(), "vkey": key.vkey() }), || key.vkey())
    }
}

/// Signs a text; gives the note.
pub(crate) fn sign(text: &str, key: &Path) -> Result<String, Failure> {
    let key = read_key(key)?;
    Ok(Note::sign(text, &key).map_err(|error| Failure::Usage(error.to_string()))?.to_string())
}

/// A key from its file.
pub(crate) fn read_key(path: &Path) -> Result<SigningKey, Failure> {
    SigningKey::parse(read_text(path)?.trim()).map_err(|error| Failure::Usage(format!("`{}`: {error}", path.display())))
}

/// A text file.
pub(crate) fn read_text(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| Failure::Usage(format!("`{}`: {error}; check that it exists and may be read", path.display())))
}

/// Writes a secret into a new file that only its owner may read.
fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    use std::io::Write as _;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let fails = |error: std::io::Error| Failure::Failed(format!("`{}`: {error}", path.display()));
    let mut file = options.open(path).map_err(fails)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(fails)
}
