//! One file per group of routes. Each turns a request into a call of the desk.

mod charter_show;
mod export;
mod health;
mod ledger;
mod neighbours;
mod ontology;
mod open_entity;
mod path;
mod search;
mod sign_in;
mod timeline;

use std::sync::Arc;

use axum::{
    Json, Router,
    http::{Method, Uri, header},
    response::IntoResponse,
    routing::get,
};
use candour_actions::{ActionError, Answer, Desk, Receipt};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Shared, problem::Problem};

#[derive(OpenApi)]
#[openapi(info(
    title = "Candour",
    description = "An open, accountable criminal-intelligence platform. Requests that touch evidence carry a session cookie and the headers \
                   X-Candour-Purpose, X-Candour-Case and X-Candour-Reason (percent-encoded); every answer carries the receipt of its ledger entry."
))]
struct Description;

/// An answer with the receipt of its journal entry.
#[derive(Serialize, ToSchema)]
pub(crate) struct WithReceipt<T> {
    #[serde(flatten)]
    value: T,
    /// Proof of the journal entry; `candour verify --receipt` takes it.
    #[schema(value_type = serde_json::Value)]
    receipt: Receipt,
}

/// Every route with its description.
pub(crate) fn all() -> OpenApiRouter<Shared> {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(sign_in::sign_in))
        .routes(routes!(sign_in::me))
        .routes(routes!(sign_in::sign_out))
        .routes(routes!(search::search))
        .routes(routes!(search::suggest))
        .routes(routes!(open_entity::open_entity))
        .routes(routes!(neighbours::neighbours))
        .routes(routes!(path::path))
        .routes(routes!(timeline::timeline))
        .routes(routes!(export::export))
        .routes(routes!(ontology::ontology))
        .routes(routes!(charter_show::charter_show))
        .routes(routes!(ledger::status))
        .routes(routes!(ledger::receipt))
        .routes(routes!(ledger::file))
        .routes(routes!(health::health))
}

/// Routes that describe rather than answer.
pub(crate) fn unlisted() -> Router<Shared> {
    Router::new().route("/openapi.json", get(|| async { ([(header::CONTENT_TYPE, "application/json")], crate::openapi()) }))
}

/// An address that is there, asked in a way it does not answer.
pub(crate) async fn wrong_method(method: Method, uri: Uri) -> Problem {
    Problem::wrong_method(method.as_str(), uri.path())
}

/// Asks the desk away from the threads that serve, for it reads files and waits for disks.
pub(crate) async fn ask<T: Send + 'static>(shared: &Shared, look: impl FnOnce(&Desk) -> Result<T, ActionError> + Send + 'static) -> Result<T, Problem> {
    let desk = Arc::clone(&shared.desk);
    match tokio::task::spawn_blocking(move || look(&desk)).await {
        Ok(outcome) => outcome.map_err(Problem::from),
        Err(_) => Err(Problem::broken("the answer broke off; the operator's log says more")),
    }
}

/// An answer as JSON. Evidence is not for caches.
pub(crate) fn answered<T: Serialize>(answer: Answer<T>) -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "no-store")], Json(WithReceipt { value: answer.value, receipt: answer.receipt }))
}
