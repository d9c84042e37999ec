//! The charter in force.

use axum::{extract::State, response::IntoResponse};
use candour_actions::CharterView;

use super::{WithReceipt, answered, ask};
use crate::{Shared, asker::Asker, problem::Problem};

/// Purposes, roles, markings and the table of who may do what.
#[utoipa::path(get, path = "/api/charter", responses((status = 200, body = WithReceipt<CharterView>)))]
pub(crate) async fn charter_show(State(shared): State<Shared>, asker: Asker) -> Result<impl IntoResponse, Problem> {
    Ok(answered(ask(&shared, move |desk| desk.charter_show(&asker.who)).await?))
}
