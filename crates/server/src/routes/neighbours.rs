//! What a thing is linked with.

use axum::{
    extract::{Path, RawQuery, State},
    response::IntoResponse,
};
use candour_actions::ChartView;

use super::{WithReceipt, answered, ask};
use crate::{Shared, asker::Asker, problem::Problem, query::Pairs};

/// All visible nodes within `depth` links (1 unless given) of an entity or shared value, and the links between them.
#[utoipa::path(get, path = "/api/entities/{id}/neighbours", params(("id" = String, Path,), ("depth" = Option<u32>, Query,)), responses((status = 200, body = WithReceipt<ChartView>)))]
pub(crate) async fn neighbours(
    State(shared): State<Shared>,
    asker: Asker,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<impl IntoResponse, Problem> {
    let depth = Pairs::parse(query.as_deref()).number("depth")?.unwrap_or(1);
    Ok(answered(ask(&shared, move |desk| desk.neighbours(&asker.who, &id, depth)).await?))
}
