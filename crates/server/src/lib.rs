//! The HTTP interface and the web workspace: requests become calls of the desk, its answers become bytes.
//!
//! It holds no rule of its own: who may do what is decided below, and every answer comes with the receipt of its entry.

mod asker;
mod body;
mod problem;
mod query;
mod routes;
mod security;
mod sessions;
pub mod witness;
mod workspace;

use std::{net::SocketAddr, sync::Arc};

use axum::Router;
use candour_actions::Desk;
use tokio::net::TcpListener;

use crate::sessions::Sessions;

/// What all handlers share.
#[derive(Clone)]
pub(crate) struct Shared {
    pub(crate) desk: Arc<Desk>,
    pub(crate) sessions: Arc<Sessions>,
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
    /// Serving broke off.
    #[error("the server stopped: {0}")]
    Stopped(std::io::Error),
}

/// A server that listens but does not serve yet.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    router: Router,
}

/// Listens on an address; port 0 takes a free one.
pub async fn bind(desk: Arc<Desk>, address: SocketAddr) -> Result<Server, ServerError> {
    let listener = TcpListener::bind(address).await.map_err(|problem| ServerError::Address { address, problem })?;
    let address = listener.local_addr().map_err(|problem| ServerError::Address { address, problem })?;
    Ok(Server { listener, address, router: router(desk) })
}

impl Server {
    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until the process is asked to stop.
    pub async fn run(self) -> Result<(), ServerError> {
        axum::serve(self.listener, self.router).with_graceful_shutdown(asked_to_stop()).await.map_err(ServerError::Stopped)
    }
}

/// All routes over a desk.
pub fn router(desk: Arc<Desk>) -> Router {
    let shared = Shared { desk, sessions: Arc::new(Sessions::default()) };
    let (router, _) = routes::all().split_for_parts();
    let router = router.merge(routes::unlisted()).with_state(shared);
    security::guard(router.fallback(workspace::serve).method_not_allowed_fallback(routes::wrong_method))
}

/// The OpenAPI description of the interface, as JSON.
#[must_use]
pub fn openapi() -> String {
    // OpenAPI knows no parameter that spans several parts of an address, and names it like any other.
    routes::all().split_for_parts().1.to_pretty_json().unwrap_or_default().replace("{*", "{")
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
