//! Looking for words.

use axum::{
    extract::{RawQuery, State},
    response::IntoResponse,
};
use candour_actions::{EntityRef, SearchRequest, SearchView};
use serde::Serialize;
use utoipa::ToSchema;

use super::{WithReceipt, answered, ask};
use crate::{Shared, asker::Asker, problem::Problem, query::Pairs};

/// Things that begin like what was typed.
#[derive(Serialize, ToSchema)]
pub(crate) struct Suggestions {
    suggestions: Vec<EntityRef>,
}

/// Ranked hits with facets. `schema` and `dataset` may be given several times.
#[utoipa::path(get, path = "/api/search",
    params(("q" = String, Query,), ("schema" = Option<Vec<String>>, Query,), ("dataset" = Option<Vec<String>>, Query,), ("limit" = Option<usize>, Query,), ("offset" = Option<usize>, Query,)),
    responses((status = 200, body = WithReceipt<SearchView>), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn search(State(shared): State<Shared>, asker: Asker, RawQuery(query): RawQuery) -> Result<impl IntoResponse, Problem> {
    let pairs = Pairs::parse(query.as_deref());
    let request = SearchRequest {
        query: pairs.one("q").unwrap_or_default().to_owned(),
        schemas: pairs.all("schema"),
        datasets: pairs.all("dataset"),
        limit: pairs.number("limit")?.unwrap_or(20),
        offset: pairs.number("offset")?.unwrap_or(0),
    };
    Ok(answered(ask(&shared, move |desk| desk.search(&asker.who, &request)).await?))
}

/// Things whose names or identifiers begin with `q`.
#[utoipa::path(get, path = "/api/suggest", params(("q" = String, Query,), ("limit" = Option<usize>, Query,)), responses((status = 200, body = WithReceipt<Suggestions>)))]
pub(crate) async fn suggest(State(shared): State<Shared>, asker: Asker, RawQuery(query): RawQuery) -> Result<impl IntoResponse, Problem> {
    let pairs = Pairs::parse(query.as_deref());
    let (prefix, limit) = (pairs.one("q").unwrap_or_default().to_owned(), pairs.number("limit")?.unwrap_or(8));
    let answer = ask(&shared, move |desk| desk.suggest(&asker.who, &prefix, limit)).await?;
    Ok(answered(candour_actions::Answer { value: Suggestions { suggestions: answer.value }, receipt: answer.receipt }))
}
