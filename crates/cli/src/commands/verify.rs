//! `candour verify`: checks a published ledger without any home, and trusts nothing but the keys it is given.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{TcpStream, ToSocketAddrs as _},
    path::{Path, PathBuf},
    time::Duration,
};

use candour_ledger::{
    Receipt, VerifierKey,
    verify::{Request, Source, Verified, verify},
};
use clap::Args;
use serde_json::json;

use crate::{Outcome, args::Globals, failure::Failure, printing};

/// Largest file of a log: a checkpoint, or a bundle of 256 entries. Bytes.
const LARGEST: u64 = 64 << 20;
/// How long a web server may keep us waiting.
const PATIENCE: Duration = Duration::from_secs(30);

/// Arguments of `verify`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  candour verify log/ --key 'candour.invalid/harrow-city/log+1234abcd+AQ...'
  candour verify http://127.0.0.1:8460/log --key harrow.vkey --receipt receipt.json

Exit code 4 says that something does not hold; each problem is listed with its place.")]
pub(crate) struct Verify {
    /// Folder that holds the published log, or its http address.
    #[arg(value_name = "DIR-OR-URL")]
    place: String,
    /// Key of the log, or a file that holds it, as it was published elsewhere.
    #[arg(long, value_name = "VKEY")]
    key: String,
    /// Key, or file, of a witness that must have cosigned; may be given several times.
    #[arg(long, value_name = "VKEY")]
    witness: Vec<String>,
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
        let verified = match self.place.strip_prefix("http://") {
            Some(rest) => verify(&WebSource::new(rest)?, &request),
            None if self.place.starts_with("https://") => {
                return Err(Failure::Usage("`https://` is not built in; fetch the log with a tool that speaks it and verify the folder".to_owned()));
            }
            None => verify(&FolderSource::new(Path::new(&self.place))?, &request),
        };
        problems.extend(verified.problems.iter().map(|problem| (problem.place.clone(), problem.what.clone())));
        report(globals, &verified, &problems)
    }
}

fn report(globals: &Globals, verified: &Verified, problems: &[(String, String)]) -> Outcome {
    let ok = problems.is_empty();
    let listed: Vec<_> = problems.iter().map(|(place, what)| json!({ "place": place, "what": what })).collect();
    let value = json!({ "ok": ok, "origin": verified.origin, "size": verified.size, "root": verified.root, "checked": verified.checked, "problems": listed });
    printing::result(globals, &value, || {
        let mut text = format!("{}: {} entries, root {}, {} checked", verified.origin, verified.size, verified.root, verified.checked);
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

/// A log on a web server, over plain HTTP: nothing but the key is trusted, so the transport need not be.
struct WebSource {
    host: String,
    base: String,
}

impl WebSource {
    fn new(rest: &str) -> Result<Self, Failure> {
        let (host, base) = rest.split_once('/').unwrap_or((rest, ""));
        if host.is_empty() {
            return Err(Failure::Usage("the address names no host; write http://HOST[:PORT]/PATH".to_owned()));
        }
        Ok(Self { host: host.to_owned(), base: base.trim_end_matches('/').to_owned() })
    }

    fn get(&self, path: &str) -> std::io::Result<Vec<u8>> {
        let with_port = if self.host.contains(':') { self.host.clone() } else { format!("{}:80", self.host) };
        let address = with_port.to_socket_addrs()?.next().ok_or_else(|| std::io::Error::other("the host has no address"))?;
        let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        // HTTP/1.0 with one request per connection: no chunks, no reuse, the body ends where the stream does.
        let path = if self.base.is_empty() { path.to_owned() } else { format!("{}/{path}", self.base) };
        write!(stream, "GET /{path} HTTP/1.0\r\nHost: {}\r\nUser-Agent: candour-verify\r\n\r\n", self.host)?;
        let mut answer = Vec::new();
        stream.take(LARGEST).read_to_end(&mut answer)?;
        Ok(answer)
    }
}

impl Source for WebSource {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        let answer = self.get(path).map_err(|error| error.to_string())?;
        let end = answer.windows(4).position(|window| window == b"\r\n\r\n").ok_or("the server's answer has no end of headers")?;
        let (head, body) = (answer.get(..end).unwrap_or_default(), answer.get(end + 4..).unwrap_or_default());
        let head = String::from_utf8_lossy(head);
        let status = head.split_whitespace().nth(1).unwrap_or_default();
        match status {
            "200" => whole(&head, body),
            "404" => Ok(None),
            other => Err(format!("the server answers with status `{other}`")),
        }
    }
}

/// The body, unless the server broke off early.
fn whole(head: &str, body: &[u8]) -> Result<Option<Vec<u8>>, String> {
    let announced = head.lines().filter_map(|line| line.split_once(':')).find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    match announced.and_then(|(_, length)| length.trim().parse::<usize>().ok()) {
        Some(length) if length != body.len() => Err(format!("the server announced {length} bytes and sent {}", body.len())),
        _ => Ok(Some(body.to_vec())),
    }
}
