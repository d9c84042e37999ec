//! The overseer's desk.

use axum::{
    extract::{RawQuery, State},
    response::IntoResponse,
};
use candour_actions::{OverseePart, OverseeRequest, OverseeSpan, OverseeView, SampleRequest, SampleView};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{WithReceipt, answered, ask};
use crate::{Shared, asker::Asker, body::Body, problem::Problem, query::Pairs};

/// How many accesses a page of the ranking has where nothing else is asked.
const USUAL_PAGE: usize = 50;

/// What to draw.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sample {
    /// Thought up by the overseer, after the checkpoint was signed; one line of up to 200 bytes.
    seed: String,
    /// How many entries of all.
    #[serde(default)]
    count: u64,
    /// How many more of the accesses that nothing explains.
    #[serde(default)]
    unexplained: u64,
    /// Which fields to open; the time is always open.
    #[serde(default)]
    fields: Vec<String>,
    /// A checkpoint that the overseer holds; the newest where it is left out.
    #[serde(default)]
    checkpoint: Option<String>,
    /// First day or instant.
    #[serde(default)]
    since: Option<String>,
    /// Last day, or first instant after it.
    #[serde(default)]
    until: Option<String>,
    /// IANA time zone; UTC where it is left out.
    #[serde(default)]
    zone: Option<String>,
}

/// The log as it stands, its witnesses, and what the heartbeats show.
#[utoipa::path(get, path = "/api/oversee/state", params(("since" = Option<String>, Query,), ("until" = Option<String>, Query,), ("zone" = Option<String>, Query,)),
    responses((status = 200, body = WithReceipt<OverseeView>), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn state(State(shared): State<Shared>, asker: Asker, RawQuery(query): RawQuery) -> Result<impl IntoResponse, Problem> {
    oversee(shared, asker, Pairs::parse(query.as_deref()), OverseePart::State).await
}

/// How the system was used: by purpose, role, person, unit, action and hour, with alerts for every thousand accesses.
#[utoipa::path(get, path = "/api/oversee/usage", params(("since" = Option<String>, Query,), ("until" = Option<String>, Query,), ("zone" = Option<String>, Query,)),
    responses((status = 200, body = WithReceipt<OverseeView>), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn usage(State(shared): State<Shared>, asker: Asker, RawQuery(query): RawQuery) -> Result<impl IntoResponse, Problem> {
    oversee(shared, asker, Pairs::parse(query.as_deref()), OverseePart::Usage).await
}

/// The accesses that nothing explains, the most remarkable first. Each is a question to ask, not an answer.
#[utoipa::path(get, path = "/api/oversee/unexplained",
    params(("since" = Option<String>, Query,), ("until" = Option<String>, Query,), ("zone" = Option<String>, Query,), ("limit" = Option<usize>, Query,), ("offset" = Option<usize>, Query,)),
    responses((status = 200, body = WithReceipt<OverseeView>), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn unexplained(State(shared): State<Shared>, asker: Asker, RawQuery(query): RawQuery) -> Result<impl IntoResponse, Problem> {
    let pairs = Pairs::parse(query.as_deref());
    let (limit, offset) = (pairs.number("limit")?.unwrap_or(USUAL_PAGE), pairs.number("offset")?.unwrap_or(0));
    oversee(shared, asker, pairs, OverseePart::Unexplained { limit, offset }).await
}

async fn oversee(shared: Shared, asker: Asker, pairs: Pairs, part: OverseePart) -> Result<impl IntoResponse, Problem> {
    let span = OverseeSpan::parse(pairs.one("since"), pairs.one("until"), pairs.one("zone")).map_err(Problem::bad_request)?;
    Ok(answered(ask(&shared, move |desk| desk.oversee(&asker.who, &OverseeRequest { part, span })).await?))
}

/// Draws entries by the overseer's seed, with the fields asked for. Each receipt verifies offline.
#[utoipa::path(post, path = "/api/oversee/sample", request_body = Sample,
    responses((status = 200, body = WithReceipt<SampleView>), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn sample(State(shared): State<Shared>, asker: Asker, Body(body): Body<Sample>) -> Result<impl IntoResponse, Problem> {
    let span = OverseeSpan::parse(body.since.as_deref(), body.until.as_deref(), body.zone.as_deref()).map_err(Problem::bad_request)?;
    let Sample { seed, count, unexplained, fields, checkpoint, .. } = body;
    let request = SampleRequest { seed, count, unexplained, fields, checkpoint, span };
    Ok(answered(ask(&shared, move |desk| desk.oversee_sample(&asker.who, &request)).await?))
}
