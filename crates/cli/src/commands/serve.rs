//! `candour serve`: the workspace and the HTTP interface of a home.

use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

use candour_actions::Desk;
use candour_server::Options;
use clap::Args;

use crate::{Outcome, args::Globals, asking, failure::Failure, printing};

/// Arguments of `serve`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  candour serve --home home --port 8460

Prints a fresh sign-in link per person and serves until it is stopped (Ctrl-C). A home has one process at a time: while it is served, ask it over HTTP.")]
pub(crate) struct Serve {
    /// Port; 0 takes a free one.
    #[arg(long, default_value_t = 8460, value_name = "N")]
    port: u16,
    /// Address to listen on. Anything but loopback needs a proxy that speaks TLS before it.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST), value_name = "ADDR")]
    bind: IpAddr,
    /// What people type into their browsers, such as https://candour.example.org, where a proxy that speaks TLS stands
    /// before the server. Cookies are then for TLS alone, and passkeys belong to that name.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
}

impl Serve {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        let desk = asking::desk(globals)?;
        desk.warm()?;
        let options = Options { public_url: self.public_url.clone(), ..Options::default() };
        serve(globals, desk, SocketAddr::new(self.bind, self.port), options, |globals, desk, url| {
            let url = self.public_url.as_deref().unwrap_or(url).trim_end_matches('/');
            // A production home's tokens are its people's own; only examples get fresh links on the terminal.
            let links = if desk.home().is_example() { sign_in_links(desk, url)? } else { BTreeMap::new() };
            printing::result(globals, &serde_json::json!({ "url": url, "sign_in": links }), || words(url, &links))
        })
    }
}

/// Serves until the process is told to stop. `ready` is called once it listens.
pub(crate) fn serve(globals: &Globals, desk: Desk, address: SocketAddr, options: Options, ready: impl FnOnce(&Globals, &Desk, &str) -> Outcome) -> Outcome {
    let desk = Arc::new(desk);
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|error| Failure::Failed(format!("the server cannot start: {error}")))?;
    runtime.block_on(async {
        let server = candour_server::bind(Arc::clone(&desk), address, options).await.map_err(|error| Failure::Failed(error.to_string()))?;
        ready(globals, &desk, &format!("http://{}", server.address()))?;
        server.run().await.map_err(|error| Failure::Failed(error.to_string()))
    })
}

/// A fresh sign-in link per person.
pub(crate) fn sign_in_links(desk: &Desk, url: &str) -> Result<BTreeMap<String, String>, Failure> {
    let made = desk.renew_sign_ins()?;
    Ok(made.into_iter().map(|sign_in| (sign_in.person, format!("{url}/#/sign-in/{}", sign_in.token))).collect())
}

/// The address and the links in words.
pub(crate) fn words(url: &str, links: &BTreeMap<String, String>) -> String {
    if links.is_empty() {
        return format!("serving at {url}\nsign in with your token at {url}/#/sign-in");
    }
    let mut text = format!("serving at {url}\nsign in as:");
    for (person, link) in links {
        text.push_str(&format!("\n  {person:<24} {link}"));
    }
    text
}
