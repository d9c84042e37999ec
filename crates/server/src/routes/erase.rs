//! Erasure.

use axum::{
    extract::{Path, State},
    response::IntoResponse,
};
use candour_actions::ErasedView;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{WithReceipt, answered, ask};
use crate::{Shared, asker::Asker, body::Body, problem::Problem};

/// How much is erased.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Erase {
    /// Whether all records that it is merged with go as well.
    #[serde(default)]
    whole: bool,
}

/// Destroys what is held on a record, where a review by somebody else has decided so.
#[utoipa::path(post, path = "/api/erase/{id}", params(("id" = String, Path,)), request_body = Erase,
    responses((status = 200, body = WithReceipt<ErasedView>), (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn erase(State(shared): State<Shared>, asker: Asker, Path(id): Path<String>, Body(body): Body<Erase>) -> Result<impl IntoResponse, Problem> {
    Ok(answered(ask(&shared, move |desk| desk.erase(&asker.who, &id, body.whole)).await?))
}
