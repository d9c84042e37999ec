//! Emergency access: asking, agreeing, reviewing.

use axum::{
    extract::{Path, State},
    response::IntoResponse,
};
use candour_actions::{Answer, GlassView, GlassesView};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{answered, ask};
use crate::{Shared, asker::Asker, body::Body, problem::Problem};

/// A request for emergency access; its purpose and case stand in the headers.
#[derive(Deserialize, ToSchema)]
pub(crate) struct RequestGlass {
    /// Compartments to open.
    opens: Vec<String>,
    /// Why it cannot wait.
    reason: String,
}

/// What a reviewer found.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Finding {
    /// In words.
    finding: String,
}

/// An emergency access.
#[derive(Serialize, ToSchema)]
pub(crate) struct OneGlass {
    glass: GlassView,
}

/// All emergency accesses, newest first.
#[utoipa::path(get, path = "/api/break-glass", responses((status = 200, body = super::WithReceipt<GlassesView>), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(State(shared): State<Shared>, asker: Asker) -> Result<impl IntoResponse, Problem> {
    Ok(answered(ask(&shared, move |desk| desk.break_glass_list(&asker.who)).await?))
}

/// Asks for emergency access.
#[utoipa::path(post, path = "/api/break-glass", request_body = RequestGlass, responses((status = 200, body = super::WithReceipt<OneGlass>), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn request(State(shared): State<Shared>, asker: Asker, Body(request): Body<RequestGlass>) -> Result<impl IntoResponse, Problem> {
    Ok(answered(ask(&shared, move |desk| desk.break_glass_request(&asker.who, &request.opens, &request.reason).map(one)).await?))
}

/// Agrees to somebody else's request.
#[utoipa::path(post, path = "/api/break-glass/{id}/approve", params(("id" = String, Path,)), responses((status = 200, body = super::WithReceipt<OneGlass>), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn approve(State(shared): State<Shared>, asker: Asker, Path(id): Path<String>) -> Result<impl IntoResponse, Problem> {
    Ok(answered(ask(&shared, move |desk| desk.break_glass_approve(&asker.who, &id).map(one)).await?))
}

/// Closes the review of one that is over.
#[utoipa::path(post, path = "/api/break-glass/{id}/review", params(("id" = String, Path,)), request_body = Finding, responses((status = 200, body = super::WithReceipt<OneGlass>), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn review(
    State(shared): State<Shared>,
    asker: Asker,
    Path(id): Path<String>,
    Body(finding): Body<Finding>,
) -> Result<impl IntoResponse, Problem> {
    Ok(answered(ask(&shared, move |desk| desk.break_glass_review(&asker.who, &id, &finding.finding).map(one)).await?))
}

fn one(answer: Answer<GlassView>) -> Answer<OneGlass> {
    Answer { value: OneGlass { glass: answer.value }, receipt: answer.receipt }
}
