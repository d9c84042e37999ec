//! `candour verify`: checks a published ledger without any home, and trusts nothing but the keys it is given.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use candour_ledger::{
    Receipt, VerifierKey,
    verify::{Request, Source, Verified, Witnessed, verify},
};
use candour_server::witness::fetch;
use clap::Args;
use serde_json::json;

use crate::{Outcome, args::Globals, failure::Failure, printing};

/// Arguments of `verify`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  candour verify log/ --key 'candour.invalid/harrow-city/log+1234abcd+AQ...'
  candour verify http://127.0.0.1:8460/log --key harrow.vkey --receipt receipt.json
  candour verify https://harrow.example/log --key harrow.vkey --witness overseer.vkey --witnessed-within 3600

Exit code 4 says that something does not hold; each problem is listed with its place.")]
pub(crate) struct Verify {
    /// Folder that holds the published log, or its http or https address.
    #[arg(value_name = "DIR-OR-URL")]
    place: String,
    /// Key of the log, or a file that holds it, as it was published elsewhere.
    #[arg(long, value_name = "VKEY")]
    key: String,
    /// Key, or file, of a witness that must have cosigned; may be given several times.
    #[arg(long, value_name = "VKEY")]
    witness: Vec<String>,
    /// Most seconds since the witnesses cosigned.
    #[arg(long, value_name = "SECONDS", requires = "witness")]
    witnessed_within: Option<u64>,
    /// Receipt to check against the log; may be given several times.
    #[arg(long, value_name = "FILE")]
    receipt: Vec<PathBuf>,
    /// Older checkpoint that the log must still begin with.
    #[arg(long, value_name = "FILE")]
    since: Option<PathBuf>,
}

impl Verify {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        let key = parsed_key("--key", &self.key)?;
        let witnesses = self.witness.iter().map(|text| parsed_key("--witness", text)).collect::<Result<Vec<_>, _>>()?;
        let since = self.since.as_deref().map(read).transpose()?;
        let mut receipts = Vec::with_capacity(self.receipt.len());
        let mut problems = Vec::new();
        for path in &self.receipt {
            let bytes = read(path)?;
            match receipt_of(&bytes) {
                Ok(receipt) => receipts.push((path.display().to_string(), receipt)),
                Err(what) => problems.push((path.display().to_string(), what)),
            }
        }
        let named: Vec<(&str, &Receipt)> = receipts.iter().map(|(name, receipt)| (name.as_str(), receipt)).collect();
        let request = Request { key: &key, witnesses: &witnesses, since: since.as_deref(), receipts: &named };
        let verified = if self.place.starts_with("http://") || self.place.starts_with("https://") {
            verify(&WebSource::new(&self.place)?, &request)
        } else {
            verify(&FolderSource::new(Path::new(&self.place))?, &request)
        };
        problems.extend(verified.problems.iter().map(|problem| (problem.place.clone(), problem.what.clone())));
        problems.extend(self.stale(verified.witnessed, now()).map(|what| ("witness".to_owned(), what)));
        report(globals, &verified, &problems)
    }

    /// What is wrong with the time at which the witnesses cosigned: an operator who goes on under a checkpoint that they
    /// cosigned long ago could show different people different things after it.
    fn stale(&self, witnessed: Option<Witnessed>, now: u64) -> Option<String> {
        let (most, since) = (self.witnessed_within?, now.checked_sub(witnessed?.time));
        match since {
            Some(since) if since <= most => None,
            Some(since) => {
                Some(format!("the witnesses cosigned {since} seconds ago, more than {most}; ask for a newer copy, or ask the witnesses what they see"))
            }
            // Clocks of two machines differ a little.
            None => None,
        }
    }
}

/// Seconds since 1970.
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

fn report(globals: &Globals, verified: &Verified, problems: &[(String, String)]) -> Outcome {
    let ok = problems.is_empty();
    let listed: Vec<_> = problems.iter().map(|(place, what)| json!({ "place": place, "what": what })).collect();
    let witnessed = verified.witnessed.map(|witnessed| json!({ "size": witnessed.size, "time": witnessed.time }));
    let value = json!({
        "ok": ok, "origin": verified.origin, "size": verified.size, "root": verified.root, "checked": verified.checked, "witnessed": witnessed, "problems": listed
    });
    printing::result(globals, &value, || {
        let mut text = format!("{}: {} entries, root {}, {} checked", verified.origin, verified.size, verified.root, verified.checked);
        if let Some(witnessed) = verified.witnessed {
            let behind = verified.size.saturating_sub(witnessed.size);
            text.push_str(&format!("\nwitnessed: the first {} entries; {behind} since then only the log's own key vouches for", witnessed.size));
        }
        for (place, what) in problems {
            text.push_str(&format!("\nproblem at {place}: {what}"));
        }
        text.push_str(if ok { "\nverified" } else { "\nNOT verified" });
        text
    })?;
    if ok { Ok(()) } else { Err(Failure::NotVerified(format!("the ledger does not hold: {} problems", problems.len()))) }
}

fn parsed_key(option: &str, text: &str) -> Result<VerifierKey, Failure> {
    let from_file = Path::new(text).is_file().then(|| read(text)).transpose()?;
    let held = from_file.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    VerifierKey::parse(held.as_deref().unwrap_or(text).trim()).map_err(|error| Failure::Usage(format!("`{option}`: {error}")))
}

fn read(path: impl AsRef<Path>) -> Result<Vec<u8>, Failure> {
    let path = path.as_ref();
    fs::read(path).map_err(|error| Failure::Usage(format!("`{}`: {error}; check that it exists and may be read", path.display())))
}

/// A receipt, or any JSON answer that carries one.
fn receipt_of(bytes: &[u8]) -> Result<Receipt, String> {
    let value: serde_json::Value = serde_json::from_slice(bytes).map_err(|error| format!("is no JSON: {error}"))?;
    let inner = value.get("receipt").cloned().unwrap_or(value);
    serde_json::from_value(inner).map_err(|error| format!("is no receipt: {error}"))
}

/// A log in a folder.
struct FolderSource(PathBuf);

impl FolderSource {
    fn new(path: &Path) -> Result<Self, Failure> {
        if path.is_dir() {
            Ok(Self(path.to_owned()))
        } else {
            Err(Failure::Usage(format!("`{}` is no folder; give the folder that `candour ledger publish` wrote", path.display())))
        }
    }
}

impl Source for FolderSource {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        match fs::read(self.0.join(path)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    }
}

/// A log on a web server: nothing but the keys is trusted, so the transport need not be.
struct WebSource(String);

impl WebSource {
    fn new(address: &str) -> Result<Self, Failure> {
        let rest = address.split_once("://").map_or("", |(_, rest)| rest);
        if rest.is_empty() || rest.starts_with('/') {
            return Err(Failure::Usage("the address names no host; write http://HOST[:PORT]/PATH".to_owned()));
        }
        Ok(Self(address.trim_end_matches('/').to_owned()))
    }
}

impl Source for WebSource {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        fetch(&format!("{}/{path}", self.0))
    }
}
