//! Asking a witness over HTTP or HTTPS, and fetching the files of a published log.

use std::{io::Read as _, time::Duration};

use candour_ledger::witness::{AddCheckpoint, Witness, WitnessRefusal};
use ureq::{Agent, Body, http::Response};

/// How long a witness may take to answer. Shorter than the time between two rounds, so that a slow one holds up nobody.
const PATIENCE: Duration = Duration::from_secs(10);
/// Longest answer that is read, in bytes.
const LONGEST: u64 = 1 << 20;
/// How long a web server may take over one file of a log.
const FILE_PATIENCE: Duration = Duration::from_secs(30);
/// Largest file of a log: a bundle of 256 entries of 65,535 bytes. Bytes.
const LARGEST_FILE: u64 = 64 << 20;

/// A witness at an address.
#[derive(Debug)]
pub struct HttpWitness {
    vkey: String,
    address: String,
    agent: Agent,
}

impl HttpWitness {
    /// The witness with this verifier key at this submission prefix, such as `https://witness.example`.
    #[must_use]
    pub fn new(vkey: &str, url: &str) -> Self {
        Self { vkey: vkey.to_owned(), address: format!("{}/add-checkpoint", url.trim_end_matches('/')), agent: agent(PATIENCE, 0) }
    }
}

impl Witness for HttpWitness {
    fn vkey(&self) -> &str {
        &self.vkey
    }

    fn add_checkpoint(&self, request: &AddCheckpoint) -> Result<String, WitnessRefusal> {
        let unreachable = |error: ureq::Error| WitnessRefusal::Unreachable(format!("`{}`: {error}", self.address));
        let mut response = self.agent.post(&self.address).content_type("text/plain; charset=utf-8").send(request.body()).map_err(unreachable)?;
        let body = read(&mut response, LONGEST).map_err(|error| WitnessRefusal::Unreachable(format!("`{}`: {error}", self.address)))?;
        let body = String::from_utf8_lossy(&body).into_owned();
        if response.status().as_u16() == 200 { Ok(body) } else { Err(WitnessRefusal::of(response.status().as_u16(), &body)) }
    }
}

/// The bytes at an `http://` or `https://` address; `None` where the server has nothing there.
pub fn fetch(address: &str) -> Result<Option<Vec<u8>>, String> {
    // One agent for all files of a log, so that connections are used again.
    static AGENT: std::sync::LazyLock<Agent> = std::sync::LazyLock::new(|| agent(FILE_PATIENCE, 3));
    let mut response = AGENT.get(address).call().map_err(|error| error.to_string())?;
    match response.status().as_u16() {
        200 => read(&mut response, LARGEST_FILE).map(Some),
        404 => Ok(None),
        other => Err(format!("the server answers with status `{other}`")),
    }
}

fn agent(patience: Duration, redirects: u32) -> Agent {
    let config = Agent::config_builder().timeout_global(Some(patience)).http_status_as_error(false).max_redirects(redirects).user_agent("candour");
    config.build().into()
}

fn read(response: &mut Response<Body>, most: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    response.body_mut().as_reader().take(most + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= most) { Ok(bytes) } else { Err(format!("the answer is longer than {most} bytes")) }
}
