//! The HTTP interface and the web workspace: requests become calls of the desk, its answers become bytes.
//!
//! It holds no rule of its own: who may do what is decided below, and every answer comes with the receipt of its entry.

mod asker;
mod body;
mod client;
mod description;
mod limits;
mod openid;
mod passkeys;
mod problem;
mod query;
mod routes;
mod security;
mod serving;
mod sessions;
mod site;
pub mod witness;
mod witnessing;
mod workspace;

use std::{net::SocketAddr, sync::Arc};

use axum::Router;
use candour_actions::Desk;
use tokio::net::TcpListener;

use crate::{limits::Limits, openid::OpenId, passkeys::Passkeys, sessions::Sessions, site::Site};
pub use crate::{serving::Patience, witnessing::reach_witnesses};

/// What all handlers share.
#[derive(Clone)]
pub(crate) struct Shared {
    pub(crate) desk: Arc<Desk>,
    pub(crate) sessions: Arc<Sessions>,
    pub(crate) limits: Arc<Limits>,
    pub(crate) site: Arc<Site>,
    pub(crate) passkeys: Arc<Passkeys>,
    pub(crate) openid: Arc<OpenId>,
    pub(crate) patience: Patience,
}

/// How a home is served.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What people type into their browsers, such as `https://candour.example.org`, where a proxy that speaks TLS stands
    /// before the server. Without it the workspace is at `http://localhost`.
    pub public_url: Option<String>,
    /// How long a client may take.
    pub patience: Patience,
}

/// The server cannot begin or go on.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The address cannot be had.
    #[error("cannot listen on `{address}`: {problem}; choose another port with `--port`")]
    Address {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        problem: std::io::Error,
    },
    /// The public address is not one that browsers can use.
    #[error("`{text}` is no public address: {problem}")]
    PublicUrl {
        /// As given.
        text: String,
        /// What is wrong and what to do.
        problem: String,
    },
    /// The OpenID provider is not described as it must be.
    #[error("`{path}`: {problem}")]
    OpenId {
        /// The file that describes it.
        path: std::path::PathBuf,
        /// What is wrong and what to do.
        problem: String,
    },
    /// Serving broke off.
    #[error("the server stopped: {0}")]
    Stopped(std::io::Error),
}

/// A server that listens but does not serve yet.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    router: Router,
    patience: Patience,
    desk: Arc<Desk>,
}

/// Listens on an address; port 0 takes a free one.
pub async fn bind(desk: Arc<Desk>, address: SocketAddr, options: Options) -> Result<Server, ServerError> {
    let listener = TcpListener::bind(address).await.map_err(|problem| ServerError::Address { address, problem })?;
    let address = listener.local_addr().map_err(|problem| ServerError::Address { address, problem })?;
    Ok(Server { listener, address, patience: options.patience, router: router(Arc::clone(&desk), address, &options)?, desk })
}

impl Server {
    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until the process is asked to stop.
    pub async fn run(self) -> Result<(), ServerError> {
        self.run_until(asked_to_stop()).await
    }

    /// Serves until something comes about.
    pub async fn run_until(self, stopped: impl Future<Output = ()>) -> Result<(), ServerError> {
        witnessing::start(self.desk);
        serving::serve(self.listener, self.router, self.patience, stopped).await.map_err(ServerError::Stopped)
    }
}

/// All routes over a desk, for a server that listens on an address.
pub fn router(desk: Arc<Desk>, address: SocketAddr, options: &Options) -> Result<Router, ServerError> {
    let site = Site::new(options.public_url.as_deref(), address)?;
    let passkeys = Passkeys::new(&site, desk.home().organisation());
    let openid = OpenId::read(desk.home().path(), &site)?;
    let shared = Shared {
        desk,
        sessions: Arc::default(),
        limits: Arc::default(),
        passkeys: Arc::new(passkeys),
        openid: Arc::new(openid),
        site: Arc::new(site),
        patience: options.patience,
    };
    let (router, _) = routes::all().split_for_parts();
    let router = router.merge(routes::unlisted()).with_state(shared.clone());
    Ok(security::guard(router.fallback(workspace::serve).method_not_allowed_fallback(routes::wrong_method), shared))
}

/// The OpenAPI description of the interface, as JSON.
#[must_use]
pub fn openapi() -> String {
    let described = description::complete(routes::all().split_for_parts().1);
    // OpenAPI knows no parameter that spans several parts of an address, and names it like any other.
    described.to_pretty_json().unwrap_or_default().replace("{*", "{")
}

async fn asked_to_stop() {
    let interrupt = async {
        // Without a handler the system ends the process at once, which the store survives too.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                () = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    interrupt.await;
}
