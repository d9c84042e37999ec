//! Putting the signed charter of the home's folder into force.

use axum::{extract::State, response::IntoResponse};
use candour_actions::AdoptedView;

use super::{answered, ask};
use crate::{Shared, asker::Asker, problem::Problem};

/// Puts it into force; the signatures of the authority's keys decide whether it does.
#[utoipa::path(post, path = "/api/charter/adopt", responses((status = 200, body = super::WithReceipt<AdoptedView>), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn adopt(State(shared): State<Shared>, asker: Asker) -> Result<impl IntoResponse, Problem> {
    Ok(answered(ask(&shared, move |desk| desk.charter_adopt(&asker.who)).await?))
}
