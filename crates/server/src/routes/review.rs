//! What is due for review, and what is decided of it.

use axum::{
    extract::{Path, RawQuery, State},
    response::IntoResponse,
};
use candour_actions::{RetentionDecision, ReviewRequest, ReviewedView, ReviewsView, known_at};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{WithReceipt, answered, ask};
use crate::{Shared, asker::Asker, body::Body, problem::Problem, query::Pairs};

/// What is decided.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Decide {
    decision: RetentionDecision,
    /// Why.
    rationale: String,
    /// When it falls due again, where it is retained: a day such as `2030-01-01`, or a time with its zone.
    #[serde(default)]
    next: Option<String>,
    /// Whether it is decided for all records that this one is merged with as well.
    #[serde(default)]
    whole: bool,
}

/// Every visible record with the day on which it falls due, first due first.
#[utoipa::path(get, path = "/api/review", params(("limit" = Option<usize>, Query,), ("offset" = Option<usize>, Query,)),
    responses((status = 200, body = WithReceipt<ReviewsView>), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(State(shared): State<Shared>, asker: Asker, RawQuery(query): RawQuery) -> Result<impl IntoResponse, Problem> {
    let pairs = Pairs::parse(query.as_deref());
    let (limit, offset) = (pairs.number("limit")?.unwrap_or(50), pairs.number("offset")?.unwrap_or(0));
    Ok(answered(ask(&shared, move |desk| desk.review_list(&asker.who, limit, offset)).await?))
}

/// Records a decision on a record. It erases nothing.
#[utoipa::path(post, path = "/api/review/{id}", params(("id" = String, Path,)), request_body = Decide,
    responses((status = 200, body = WithReceipt<ReviewedView>), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn decide(State(shared): State<Shared>, asker: Asker, Path(id): Path<String>, Body(body): Body<Decide>) -> Result<impl IntoResponse, Problem> {
    let next = body.next.as_deref().filter(|text| !text.is_empty()).map(known_at).transpose().map_err(Problem::bad_request)?;
    let request = ReviewRequest { decision: body.decision, rationale: body.rationale, next, whole: body.whole };
    Ok(answered(ask(&shared, move |desk| desk.review_decide(&asker.who, &id, &request)).await?))
}
