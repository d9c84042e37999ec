//! The public page's matter: what everybody may see without signing in.

use axum::{
    Json,
    extract::{Path, State},
};
use candour_actions::{PublicHeartbeats, PublicView};

use super::ask;
use crate::{Shared, problem::Problem};

/// The rules in force, the mandates, how often what was done. Public.
#[utoipa::path(get, path = "/api/public", responses((status = 200, body = PublicView)))]
pub(crate) async fn register(State(shared): State<Shared>) -> Result<Json<PublicView>, Problem> {
    Ok(Json(ask(&shared, |desk| desk.public_register()).await?))
}

/// The heartbeats of a day, such as `2026-11-24`, with all fields opened, so that their counts can be checked. Public.
#[utoipa::path(get, path = "/api/public/heartbeats/{day}", params(("day" = String, Path,)), responses((status = 200, body = PublicHeartbeats)))]
pub(crate) async fn heartbeats(State(shared): State<Shared>, Path(day): Path<String>) -> Result<Json<PublicHeartbeats>, Problem> {
    Ok(Json(ask(&shared, move |desk| desk.public_heartbeats(&day)).await?))
}
