//! One file per group of routes. Each turns a request into a call of the desk.

mod break_glass;
mod charter_adopt;
mod charter_show;
mod disclosures;
mod erase;
mod export;
mod health;
mod ledger;
mod mandates;
mod matching;
mod neighbours;
mod ontology;
mod open_entity;
mod openid;
mod oversee;
mod passkeys;
mod path;
mod people;
mod public;
mod restrict;
mod review;
mod search;
mod sessions;
mod sign_in;
mod timeline;
mod tokens;

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
        .routes(routes!(sign_in::ways))
        .routes(routes!(passkeys::sign_in_challenge))
        .routes(routes!(passkeys::sign_in))
        .routes(routes!(openid::go))
        .routes(routes!(openid::back))
        .routes(routes!(passkeys::list, passkeys::register))
        .routes(routes!(passkeys::challenge))
        .routes(routes!(passkeys::remove))
        .routes(routes!(sessions::list, sessions::end_others))
        .routes(routes!(sessions::end))
        .routes(routes!(tokens::list, tokens::issue))
        .routes(routes!(tokens::revoke))
        .routes(routes!(people::list, people::add))
        .routes(routes!(people::change))
        .routes(routes!(people::end))
        .routes(routes!(people::link))
        .routes(routes!(search::search))
        .routes(routes!(search::suggest))
        .routes(routes!(open_entity::open_entity))
        .routes(routes!(neighbours::neighbours))
        .routes(routes!(path::path))
        .routes(routes!(timeline::timeline))
        .routes(routes!(export::export))
        .routes(routes!(matching::resolve))
        .routes(routes!(matching::queue))
        .routes(routes!(matching::explain, matching::judge))
        .routes(routes!(matching::split))
        .routes(routes!(review::list))
        .routes(routes!(review::decide))
        .routes(routes!(erase::erase))
        .routes(routes!(restrict::restrict))
        .routes(routes!(disclosures::disclosures))
        .routes(routes!(ontology::ontology))
        .routes(routes!(charter_show::charter_show))
        .routes(routes!(charter_adopt::adopt))
        .routes(routes!(mandates::list, mandates::draft))
        .routes(routes!(mandates::sign))
        .routes(routes!(mandates::revoke))
        .routes(routes!(break_glass::list, break_glass::request))
        .routes(routes!(break_glass::approve))
        .routes(routes!(break_glass::review))
        .routes(routes!(public::register))
        .routes(routes!(public::heartbeats))
        .routes(routes!(oversee::state))
        .routes(routes!(oversee::usage))
        .routes(routes!(oversee::unexplained))
        .routes(routes!(oversee::sample))
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
