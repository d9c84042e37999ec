//! Who was handed what is held on a thing.

use axum::{
    extract::{Path, State},
    response::IntoResponse,
};
use candour_actions::DisclosuresView;

use super::{WithReceipt, answered, ask};
use crate::{Shared, asker::Asker, problem::Problem};

/// The disclosures of a thing, or of what was erased by its tombstone.
#[utoipa::path(get, path = "/api/disclosures/{id}", params(("id" = String, Path,)),
    responses((status = 200, body = WithReceipt<DisclosuresView>), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn disclosures(State(shared): State<Shared>, asker: Asker, Path(id): Path<String>) -> Result<impl IntoResponse, Problem> {
    Ok(answered(ask(&shared, move |desk| desk.disclosures(&asker.who, &id)).await?))
}
