//! Everything visible about one thing.

use axum::{
    extract::{Path, State},
    response::IntoResponse,
};
use candour_actions::EntityView;

use super::{WithReceipt, answered, ask};
use crate::{Shared, asker::Asker, problem::Problem};

/// Opens an entity.
#[utoipa::path(get, path = "/api/entities/{id}", params(("id" = String, Path,)),
    responses((status = 200, body = WithReceipt<EntityView>), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn open_entity(State(shared): State<Shared>, asker: Asker, Path(id): Path<String>) -> Result<impl IntoResponse, Problem> {
    Ok(answered(ask(&shared, move |desk| desk.open_entity(&asker.who, &id)).await?))
}
