//! Which records are the same: finding out, the pairs that wait, what speaks for a pair, a person's word, taking it apart.

use axum::{
    extract::{RawQuery, State},
    response::IntoResponse,
};
use candour_actions::{ExplanationView, JudgementView, QueueView, ResolveRequest, Resolved, SplitView, Verdict};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{WithReceipt, answered, ask};
use crate::{Shared, asker::Asker, body::Body, problem::Problem, query::Pairs};

/// What to resolve.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Resolve {
    /// Only this schema and its kinds.
    #[serde(default)]
    schema: Option<String>,
    /// Probability from which a pair is merged as proposed; between 0 and 1.
    #[serde(default)]
    threshold: Option<f64>,
}

/// A person's word on a pair.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Judge {
    /// Id of one record.
    a: String,
    /// Id of the other.
    b: String,
    /// `same`, `different` or `unsure`.
    verdict: String,
    /// The reason.
    why: String,
}

/// Why a record is taken out of its cluster.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Split {
    /// Id of the record.
    id: String,
    /// The reason.
    why: String,
}

/// Finds duplicates: likely ones are merged as proposed, doubtful ones wait for a person.
#[utoipa::path(post, path = "/api/resolve", request_body = Resolve,
    responses((status = 200, body = WithReceipt<Resolved>), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn resolve(State(shared): State<Shared>, asker: Asker, Body(body): Body<Resolve>) -> Result<impl IntoResponse, Problem> {
    let request = ResolveRequest { schema: body.schema, threshold: body.threshold };
    Ok(answered(ask(&shared, move |desk| desk.resolve(&asker.who, &request)).await?))
}

/// The pairs that wait for a person, those first whose answer teaches most.
#[utoipa::path(get, path = "/api/match", params(("limit" = Option<usize>, Query,), ("offset" = Option<usize>, Query,)),
    responses((status = 200, body = WithReceipt<QueueView>), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn queue(State(shared): State<Shared>, asker: Asker, RawQuery(query): RawQuery) -> Result<impl IntoResponse, Problem> {
    let pairs = Pairs::parse(query.as_deref());
    let (limit, offset) = (pairs.number("limit")?.unwrap_or(50), pairs.number("offset")?.unwrap_or(0));
    Ok(answered(ask(&shared, move |desk| desk.match_queue(&asker.who, limit, offset)).await?))
}

/// What speaks for and against two records being the same.
#[utoipa::path(get, path = "/api/match/pair", params(("a" = String, Query,), ("b" = String, Query,)),
    responses((status = 200, body = WithReceipt<ExplanationView>), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn explain(State(shared): State<Shared>, asker: Asker, RawQuery(query): RawQuery) -> Result<impl IntoResponse, Problem> {
    let pairs = Pairs::parse(query.as_deref());
    let (a, b) = (pairs.needed("a")?, pairs.needed("b")?);
    Ok(answered(ask(&shared, move |desk| desk.explain(&asker.who, &a, &b)).await?))
}

/// Says whether two records are the same, and why. A person's word outlives every later run.
#[utoipa::path(post, path = "/api/match/pair", request_body = Judge,
    responses((status = 200, body = WithReceipt<JudgementView>), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn judge(State(shared): State<Shared>, asker: Asker, Body(body): Body<Judge>) -> Result<impl IntoResponse, Problem> {
    let verdict: Verdict = body.verdict.parse().map_err(|error: candour_actions::NotAVerdict| Problem::bad_request(error.to_string()))?;
    Ok(answered(ask(&shared, move |desk| desk.judge(&asker.who, &body.a, &body.b, verdict, &body.why)).await?))
}

/// Takes a record out of its cluster.
#[utoipa::path(post, path = "/api/split", request_body = Split,
    responses((status = 200, body = WithReceipt<SplitView>), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn split(State(shared): State<Shared>, asker: Asker, Body(body): Body<Split>) -> Result<impl IntoResponse, Problem> {
    Ok(answered(ask(&shared, move |desk| desk.split(&asker.who, &body.id, &body.why)).await?))
}
