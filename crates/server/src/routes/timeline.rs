//! Events in order of time.

use axum::{
    extract::{RawQuery, State},
    response::IntoResponse,
};
use candour_actions::TimelineView;

use super::{WithReceipt, answered, ask};
use crate::{Shared, asker::Asker, problem::Problem, query::Pairs};

/// The merged timeline of the entities named by `id`, which may be given several times.
#[utoipa::path(get, path = "/api/timeline", params(("id" = Vec<String>, Query,)), responses((status = 200, body = WithReceipt<TimelineView>)))]
pub(crate) async fn timeline(State(shared): State<Shared>, asker: Asker, RawQuery(query): RawQuery) -> Result<impl IntoResponse, Problem> {
    let ids = Pairs::parse(query.as_deref()).all("id");
    Ok(answered(ask(&shared, move |desk| desk.timeline(&asker.who, &ids)).await?))
}
