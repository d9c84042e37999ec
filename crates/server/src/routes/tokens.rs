//! Tokens of one's own programs.

use axum::{
    extract::{Path, State},
    response::IntoResponse,
};
use candour_actions::{Answer, IssuedToken, TokenRequest, TokenView};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{WithReceipt, answered, ask};
use crate::{Shared, asker::Seated, body::Body, problem::Problem};

/// One's tokens.
#[derive(Serialize, ToSchema)]
pub(crate) struct Tokens {
    /// The newest first.
    tokens: Vec<TokenView>,
}

/// A token after it was revoked.
#[derive(Serialize, ToSchema)]
pub(crate) struct OneToken {
    token: TokenView,
}

/// What a token is to be for.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewToken {
    /// What one calls it.
    label: String,
    /// Id of the one purpose it serves.
    purpose: String,
    /// Id of the one mandate that it states.
    #[serde(default)]
    mandate: Option<String>,
    /// After how many days it ends; from 1 to what the charter allows.
    days: u32,
}

/// One's tokens, without their secrets.
#[utoipa::path(get, path = "/api/tokens", responses((status = 200, body = WithReceipt<Tokens>), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(State(shared): State<Shared>, asker: Seated) -> Result<impl IntoResponse, Problem> {
    let answer = ask(&shared, move |desk| desk.tokens(&asker.who)).await?;
    Ok(answered(Answer { value: Tokens { tokens: answer.value }, receipt: answer.receipt }))
}

/// Issues a token. The answer holds its secret, this once.
#[utoipa::path(post, path = "/api/tokens", request_body = NewToken, responses((status = 200, body = WithReceipt<IssuedToken>), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn issue(State(shared): State<Shared>, asker: Seated, Body(new): Body<NewToken>) -> Result<impl IntoResponse, Problem> {
    let request = TokenRequest { label: new.label, purpose: new.purpose, mandate: new.mandate, days: new.days };
    Ok(answered(ask(&shared, move |desk| desk.issue_token(&asker.who, &request)).await?))
}

/// Revokes a token. It opens nothing from that moment on.
#[utoipa::path(delete, path = "/api/tokens/{id}", params(("id" = String, Path,)), responses((status = 200, body = WithReceipt<OneToken>), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn revoke(State(shared): State<Shared>, asker: Seated, Path(id): Path<String>) -> Result<impl IntoResponse, Problem> {
    let answer = ask(&shared, move |desk| desk.revoke_token(&asker.who, &id)).await?;
    Ok(answered(Answer { value: OneToken { token: answer.value }, receipt: answer.receipt }))
}
