//! A witness: a small server that an overseer runs elsewhere, which cosigns a log's checkpoints as long as the log only
//! grows (C2SP tlog-witness), and the client that asks one.
//!
//! It has nothing to do with a home: it holds its own key and, for each log, the size and root that it cosigned last.

mod client;
mod keeper;
mod key_file;
mod state_file;
#[cfg(test)]
mod tests;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use candour_ledger::witness::LONGEST_REQUEST;
use tokio::net::TcpListener;

pub use client::{HttpWitness, fetch};
pub use keeper::{Keeper, NoCosignature};
pub use key_file::{KeyKind, WitnessFiles};

use crate::{
    ServerError,
    serving::{Patience, serve},
};

/// How long the body of a request may take to come in.
const PATIENCE: Duration = Duration::from_secs(20);

/// Why a witness cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum WitnessError {
    /// A file that cannot be read or written.
    #[error("`{path}`: {problem}")]
    File {
        /// The file.
        path: String,
        /// What the system says.
        problem: std::io::Error,
    },
    /// A file that does not hold what it should.
    #[error("`{path}`: {problem}")]
    Content {
        /// The file.
        path: String,
        /// What is wrong.
        problem: String,
    },
    /// Another process is at work.
    #[error("`{0}` is in use: another witness runs with this key, and two must never do")]
    InUse(String),
    /// The key is there and what it signed is forgotten.
    #[error(
        "`{0}` is missing: a witness that does not know what it cosigned last could cosign a second history. Bring the file back, or take a new key; only for a key that never cosigned anything make the file, empty"
    )]
    Forgotten(String),
    /// A key that signs no checkpoints.
    #[error("`{0}` is no key of a log: those of witnesses sign no checkpoints")]
    NoLogKey(String),
}

/// A witness that listens but does not serve yet.
pub struct WitnessServer {
    listener: TcpListener,
    address: SocketAddr,
    router: Router,
}

/// Listens on an address; port 0 takes a free one.
pub async fn bind(keeper: Keeper, address: SocketAddr) -> Result<WitnessServer, ServerError> {
    let listener = TcpListener::bind(address).await.map_err(|problem| ServerError::Address { address, problem })?;
    let address = listener.local_addr().map_err(|problem| ServerError::Address { address, problem })?;
    Ok(WitnessServer { listener, address, router: router(keeper) })
}

impl WitnessServer {
    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until the process is asked to stop.
    pub async fn run(self) -> Result<(), ServerError> {
        serve(self.listener, self.router, Patience::default(), crate::asked_to_stop()).await.map_err(ServerError::Stopped)
    }
}

/// The routes of a witness.
pub fn router(keeper: Keeper) -> Router {
    Router::new().route("/", get(vkey)).route("/add-checkpoint", post(add_checkpoint)).with_state(Arc::new(keeper))
}

async fn vkey(State(keeper): State<Arc<Keeper>>) -> Response {
    text(StatusCode::OK, "text/plain; charset=utf-8", format!("{}\n", keeper.vkey()))
}

async fn add_checkpoint(State(keeper): State<Arc<Keeper>>, body: Body) -> Response {
    const PLAIN: &str = "text/plain; charset=utf-8";
    let body = match tokio::time::timeout(PATIENCE, to_bytes(body, LONGEST_REQUEST)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return text(StatusCode::PAYLOAD_TOO_LARGE, PLAIN, "the request is too long or broke off\n".to_owned()),
        Err(_) => return text(StatusCode::REQUEST_TIMEOUT, PLAIN, "the request took too long\n".to_owned()),
    };
    // Writing and syncing the state blocks, and must be ended though the asker hangs up.
    let answer = tokio::task::spawn_blocking(move || keeper.add_checkpoint(&body)).await;
    match answer {
        Ok(Ok(lines)) => text(StatusCode::OK, PLAIN, lines),
        Ok(Err(NoCosignature::Refused(refusal))) => {
            let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let kind = if status == StatusCode::CONFLICT { "text/x.tlog.size" } else { PLAIN };
            text(status, kind, refusal.body())
        }
        Ok(Err(NoCosignature::Broken(error))) => text(StatusCode::INTERNAL_SERVER_ERROR, PLAIN, format!("nothing was signed: {error}\n")),
        Err(_) => text(StatusCode::INTERNAL_SERVER_ERROR, PLAIN, "nothing was signed\n".to_owned()),
    }
}

fn text(status: StatusCode, kind: &'static str, body: String) -> Response {
    (status, [(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"))], body)
        .into_response()
}
