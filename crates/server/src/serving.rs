//! The loop that takes connections. Whoever sends a request's head slowly, or holds more connections than there are places
//! for, is let go, so that others are served.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, body::Body, http::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tower::ServiceExt as _;

use crate::client::Peer;

/// Connections at a time.
const PLACES: usize = 4096;
/// Longest head of a request, bytes.
const LONGEST_HEAD: usize = 64 * 1024;
/// How long answers under way may take once the process was asked to stop.
const LAST_WORDS: Duration = Duration::from_secs(10);

/// How long a client may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For the head of a request.
    pub head: Duration,
    /// For its body.
    pub body: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { head: Duration::from_secs(15), body: Duration::from_secs(30) }
    }
}

/// Serves until `stopped` comes, then lets answers under way end.
pub(crate) async fn serve(listener: TcpListener, router: Router, patience: Patience, stopped: impl Future<Output = ()>) -> std::io::Result<()> {
    let (graceful, places) = (GracefulShutdown::new(), Arc::new(Semaphore::new(PLACES)));
    tokio::pin!(stopped);
    loop {
        let place = tokio::select! {
            place = Arc::clone(&places).acquire_owned() => match place {
                Ok(place) => place,
                Err(_) => break,
            },
            () = &mut stopped => break,
        };
        let (stream, peer) = tokio::select! {
            taken = listener.accept() => match taken {
                Ok(taken) => taken,
                // One connection failed, or there are no more file handles for a while.
                Err(_) => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            () = &mut stopped => break,
        };
        let connection = graceful.watch(connection(stream, peer, router.clone(), patience));
        tokio::spawn(async move {
            // What breaks on the way is the client's connection, and the client sees it.
            drop(connection.await);
            drop(place);
        });
    }
    drop(tokio::time::timeout(LAST_WORDS, graceful.shutdown()).await);
    Ok(())
}

fn connection(stream: TcpStream, peer: SocketAddr, router: Router, patience: Patience) -> impl hyper_util::server::graceful::GracefulConnection {
    drop(stream.set_nodelay(true));
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Peer(peer.ip()));
        router.clone().oneshot(request)
    });
    http1::Builder::new().timer(TokioTimer::new()).header_read_timeout(patience.head).max_buf_size(LONGEST_HEAD).serve_connection(TokioIo::new(stream), service)
}
