//! Everything visible about one thing.

use axum::{
    extract::{Path, RawQuery, State},
    response::IntoResponse,
};
use candour_actions::{EntityView, known_at};

use super::{WithReceipt, answered, ask};
use crate::{Shared, asker::Asker, problem::Problem, query::Pairs};

/// Opens an entity, today or as it was known at an instant.
#[utoipa::path(get, path = "/api/entities/{id}", params(("id" = String, Path,), ("known_at" = Option<String>, Query,)),
    responses((status = 200, body = WithReceipt<EntityView>), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn open_entity(
    State(shared): State<Shared>,
    asker: Asker,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<impl IntoResponse, Problem> {
    let pairs = Pairs::parse(query.as_deref());
    let at = pairs.one("known_at").filter(|text| !text.is_empty()).map(known_at).transpose().map_err(Problem::bad_request)?;
    Ok(answered(ask(&shared, move |desk| desk.open_entity(&asker.who, &id, at)).await?))
}
