//! `candour witness`: cosigns the checkpoints of a log, for whoever watches over it from elsewhere.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use candour_ledger::VerifierKey;
use candour_server::witness::{Keeper, KeyKind, WitnessError, WitnessFiles, bind};
use clap::Args;
use serde_json::json;

use crate::{Outcome, args::Globals, failure::Failure, printing};

/// Arguments of `witness`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  candour witness --key-file witness.key --log harrow.vkey --bind 127.0.0.1:8461

Makes the key if there is none, prints its verifier key for the log's charter, and answers until it is stopped (Ctrl-C).
What it cosigned last stands beside the key, in KEY-FILE.state: keep both, and never run two witnesses with one key.")]
pub(crate) struct Witness {
    /// File of the secret key; made where it is not there.
    #[arg(long, value_name = "FILE")]
    key_file: PathBuf,
    /// Key of a log, or a file that holds it; may be given several times.
    #[arg(long, value_name = "VKEY", required = true)]
    log: Vec<String>,
    /// Address to listen on; port 0 takes a free one. Anything but loopback needs a proxy that speaks TLS before it.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8461")]
    bind: SocketAddr,
    /// Name for a new key, such as `witness.example/2026`. [default: made up]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Make a new key for ML-DSA-44 instead of Ed25519: it holds against quantum computers, and fewer tools read it.
    #[arg(long)]
    post_quantum: bool,
}

impl Witness {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        let logs = self.log.iter().map(|text| log_key(text)).collect::<Result<Vec<_>, _>>()?;
        let files = self.files()?;
        let is_new = files.is_new();
        let keeper = Keeper::new(files, logs, now)?;
        let vkey = keeper.vkey();
        let runtime =
            tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|error| Failure::Failed(format!("the witness cannot start: {error}")))?;
        runtime.block_on(async {
            let server = bind(keeper, self.bind).await.map_err(|error| Failure::Failed(error.to_string()))?;
            let url = format!("http://{}", server.address());
            printing::result(globals, &json!({ "vkey": vkey, "url": url, "key_file": self.key_file, "made": is_new }), || {
                format!("{}witness key {vkey}\nlistening at {url}", if is_new { "made a new key\n" } else { "" })
            })?;
            server.run().await.map_err(|error| Failure::Failed(error.to_string()))
        })
    }

    fn files(&self) -> Result<WitnessFiles, Failure> {
        let mut random = [0; 36];
        getrandom::fill(&mut random).map_err(|error| Failure::Failed(format!("the system gives no randomness: {error}")))?;
        let (seed, made_up) = random.split_first_chunk::<32>().ok_or_else(|| Failure::Failed("the system gives too little randomness".to_owned()))?;
        let name = self.name.clone().unwrap_or_else(|| format!("witness.invalid/{}", hex::encode(made_up)));
        let kind = if self.post_quantum { KeyKind::MlDsa44 } else { KeyKind::Ed25519 };
        Ok(WitnessFiles::open(&self.key_file, &name, kind, *seed)?)
    }
}

/// A key given as text or in a file.
fn log_key(text: &str) -> Result<VerifierKey, Failure> {
    let from_file = if Path::new(text).is_file() {
        Some(fs::read_to_string(text).map_err(|error| Failure::Usage(format!("`{text}`: {error}; check that it may be read")))?)
    } else {
        None
    };
    VerifierKey::parse(from_file.as_deref().unwrap_or(text).trim()).map_err(|error| Failure::Usage(format!("`--log`: {error}")))
}

/// Seconds since 1970.
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

impl From<WitnessError> for Failure {
    fn from(error: WitnessError) -> Self {
        match error {
            WitnessError::File { .. } | WitnessError::InUse(_) => Self::Failed(error.to_string()),
            WitnessError::Content { .. } | WitnessError::Forgotten(_) | WitnessError::NoLogKey(_) => Self::Usage(error.to_string()),
        }
    }
}
