//! Signing in and out.

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header::SET_COOKIE},
    response::IntoResponse,
};
use candour_actions::{Desk, Person, PurposeView};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ask;
use crate::{Shared, asker::Asker, body::Body, problem::Problem, sessions::COOKIE};

/// A sign-in token.
#[derive(Deserialize, ToSchema)]
pub(crate) struct SignIn {
    /// The secret of a sign-in link.
    token: String,
}

/// Who is signed in, and what they may do.
#[derive(Serialize, ToSchema)]
pub(crate) struct Me {
    person: PersonView,
    organisation: String,
    /// For what this person may look: the purposes that open something to them.
    purposes: Vec<PurposeView>,
    /// Names of the actions that this person may do for some purpose.
    actions: Vec<&'static str>,
}

#[derive(Serialize, ToSchema)]
struct PersonView {
    id: String,
    name: String,
    roles: Vec<String>,
    clearance: String,
    compartments: Vec<String>,
}

impl Me {
    fn of(desk: &Desk, person: &Person) -> Self {
        let clearance = serde_json::to_value(person.clearance).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default();
        Self {
            person: PersonView {
                id: person.id.clone(),
                name: person.name.clone(),
                roles: person.roles.clone(),
                clearance,
                compartments: person.compartments.clone(),
            },
            organisation: desk.home().organisation().to_owned(),
            purposes: desk.purposes_of(person),
            actions: desk.possible(person).into_iter().map(candour_actions::Action::name).collect(),
        }
    }
}

/// Signs in.
#[utoipa::path(post, path = "/api/sign-in", request_body = SignIn, responses((status = 200, body = Me), (status = 401, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn sign_in(State(shared): State<Shared>, Body(request): Body<SignIn>) -> Result<impl IntoResponse, Problem> {
    let person = ask(&shared, move |desk| desk.sign_in(&request.token)).await?;
    let me = Me::of(&shared.desk, &person);
    let secret = shared.sessions.begin(person).ok_or_else(|| Problem::broken("no session could be begun"))?;
    Ok(([(SET_COOKIE, format!("{COOKIE}={secret}; Path=/; HttpOnly; SameSite=Strict"))], Json(me)))
}

/// Who is signed in.
#[utoipa::path(get, path = "/api/me", responses((status = 200, body = Me), (status = 401, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn me(State(shared): State<Shared>, asker: Asker) -> Json<Me> {
    Json(Me::of(&shared.desk, &asker.person))
}

/// Signs out.
#[utoipa::path(post, path = "/api/sign-out", responses((status = 204)))]
pub(crate) async fn sign_out(State(shared): State<Shared>, asker: Asker) -> impl IntoResponse {
    shared.sessions.end(&asker.secret);
    (StatusCode::NO_CONTENT, [(SET_COOKIE, format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0"))])
}
