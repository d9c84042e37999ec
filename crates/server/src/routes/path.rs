//! How two things are linked.

use axum::{
    extract::{RawQuery, State},
    response::IntoResponse,
};
use candour_actions::{PathRequest, PathView};

use super::{WithReceipt, answered, ask};
use crate::{Shared, asker::Asker, problem::Problem, query::Pairs};

/// A shortest path, or all of them with `all=true`, of at most `max` links.
#[utoipa::path(get, path = "/api/path", params(("from" = String, Query,), ("to" = String, Query,), ("all" = Option<bool>, Query,), ("max" = Option<u32>, Query,)), responses((status = 200, body = WithReceipt<PathView>)))]
pub(crate) async fn path(State(shared): State<Shared>, asker: Asker, RawQuery(query): RawQuery) -> Result<impl IntoResponse, Problem> {
    let pairs = Pairs::parse(query.as_deref());
    let (from, to) = (pairs.needed("from")?, pairs.needed("to")?);
    let request = PathRequest { all: pairs.is_on("all")?, max: pairs.number("max")? };
    Ok(answered(ask(&shared, move |desk| desk.path(&asker.who, &from, &to, &request)).await?))
}
