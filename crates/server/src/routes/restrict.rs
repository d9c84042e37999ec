//! Restriction.

use axum::{
    extract::{Path, State},
    response::IntoResponse,
};
use candour_actions::RestrictedView;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{WithReceipt, answered, ask};
use crate::{Shared, asker::Asker, body::Body, problem::Problem};

/// Why, and which way.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Restrict {
    /// Why.
    rationale: String,
    /// Whether the restriction is lifted.
    #[serde(default)]
    lift: bool,
}

/// Restricts what is held on a record, or lifts the restriction.
#[utoipa::path(post, path = "/api/restrict/{id}", params(("id" = String, Path,)), request_body = Restrict,
    responses((status = 200, body = WithReceipt<RestrictedView>), (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn restrict(
    State(shared): State<Shared>,
    asker: Asker,
    Path(id): Path<String>,
    Body(body): Body<Restrict>,
) -> Result<impl IntoResponse, Problem> {
    Ok(answered(ask(&shared, move |desk| desk.restrict(&asker.who, &id, &body.rationale, body.lift)).await?))
}
