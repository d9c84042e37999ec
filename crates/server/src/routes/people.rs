//! People's accounts, for administrators.

use axum::{
    extract::{Path, State},
    response::IntoResponse,
};
use candour_actions::{AccountView, Answer, Changed, Classification, PeopleChange};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{WithReceipt, answered, ask};
use crate::{Shared, asker::Seated, body::Body, problem::Problem};

/// Everybody.
#[derive(Serialize, ToSchema)]
pub(crate) struct People {
    /// In the order of their ids.
    people: Vec<AccountView>,
}

/// Somebody new.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewAccount {
    /// Up to 64 small letters, digits and hyphens; given once.
    id: String,
    /// Name for people.
    name: String,
    /// Roles of the charter.
    #[serde(default)]
    roles: Vec<String>,
    /// Highest classification: `open`, `official`, `official-sensitive`, `secret` or `top-secret`.
    #[schema(value_type = String)]
    clearance: Classification,
    /// Operations.
    #[serde(default)]
    compartments: Vec<String>,
    /// What the OpenID provider calls them.
    #[serde(default)]
    subject: Option<String>,
}

/// Other values; what is absent stays.
#[derive(Deserialize, ToSchema)]
pub(crate) struct OtherAccount {
    /// Name for people.
    name: Option<String>,
    /// Roles of the charter.
    roles: Option<Vec<String>>,
    /// Highest classification.
    #[schema(value_type = Option<String>)]
    clearance: Option<Classification>,
    /// Operations.
    compartments: Option<Vec<String>>,
    /// What the OpenID provider calls them; empty for nothing.
    subject: Option<String>,
}

/// Everybody who has or had an account.
#[utoipa::path(get, path = "/api/people", responses((status = 200, body = WithReceipt<People>), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(State(shared): State<Shared>, asker: Seated) -> Result<impl IntoResponse, Problem> {
    let answer = ask(&shared, move |desk| desk.people_list(&asker.who)).await?;
    Ok(answered(Answer { value: People { people: answer.value }, receipt: answer.receipt }))
}

/// Adds somebody. The answer holds the token of their sign-in link, this once.
#[utoipa::path(post, path = "/api/people", request_body = NewAccount, responses((status = 200, body = WithReceipt<Changed>), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn add(State(shared): State<Shared>, asker: Seated, Body(new): Body<NewAccount>) -> Result<impl IntoResponse, Problem> {
    let NewAccount { id, name, roles, clearance, compartments, subject } = new;
    manage(&shared, asker, PeopleChange::Add { id, name, roles, clearance, compartments, subject }).await
}

/// Changes somebody's account. Their sessions have what the account has from that moment on.
#[utoipa::path(patch, path = "/api/people/{id}", params(("id" = String, Path,)), request_body = OtherAccount, responses((status = 200, body = WithReceipt<Changed>), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn change(
    State(shared): State<Shared>,
    asker: Seated,
    Path(id): Path<String>,
    Body(other): Body<OtherAccount>,
) -> Result<impl IntoResponse, Problem> {
    let OtherAccount { name, roles, clearance, compartments, subject } = other;
    manage(&shared, asker, PeopleChange::Change { id, name, roles, clearance, compartments, subject }).await
}

/// Ends somebody's account for good, with all their sessions, passkeys and tokens.
#[utoipa::path(post, path = "/api/people/{id}/end", params(("id" = String, Path,)), responses((status = 200, body = WithReceipt<Changed>), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn end(State(shared): State<Shared>, asker: Seated, Path(id): Path<String>) -> Result<impl IntoResponse, Problem> {
    let answer = manage(&shared, asker, PeopleChange::End { id: id.clone() }).await?;
    shared.sessions.end_of(&id, |_| true);
    Ok(answer)
}

/// Makes a new sign-in link for somebody. The answer holds its token, this once.
#[utoipa::path(post, path = "/api/people/{id}/link", params(("id" = String, Path,)), responses((status = 200, body = WithReceipt<Changed>), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn link(State(shared): State<Shared>, asker: Seated, Path(id): Path<String>) -> Result<impl IntoResponse, Problem> {
    manage(&shared, asker, PeopleChange::Link { id }).await
}

async fn manage(shared: &Shared, asker: Seated, change: PeopleChange) -> Result<impl IntoResponse + use<>, Problem> {
    Ok(answered(ask(shared, move |desk| desk.manage_people(&asker.who, &change)).await?))
}
