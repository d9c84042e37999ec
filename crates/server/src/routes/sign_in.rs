//! Signing in and out.

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header::SET_COOKIE},
    response::IntoResponse,
};
use candour_actions::{ActionError, Desk, GlassView, MandateView, Person, PurposeView};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ask;
use crate::{
    Shared,
    asker::{Asker, Seated},
    body::Body,
    client::Client,
    problem::Problem,
    sessions::Beginning,
};

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
    /// Mandates in force that serve this person's roles.
    mandates: Vec<MandateView>,
    /// The emergency access that is open to this person.
    #[serde(skip_serializing_if = "Option::is_none")]
    glass: Option<GlassView>,
}

#[derive(Serialize, ToSchema)]
struct PersonView {
    id: String,
    name: String,
    roles: Vec<String>,
    clearance: String,
    compartments: Vec<String>,
}

/// How people sign in here.
#[derive(Serialize, ToSchema)]
pub(crate) struct Ways {
    /// The address at which passkeys work.
    passkeys_at: String,
    /// What the button of the OpenID provider says, where there is one.
    openid: Option<String>,
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
            mandates: desk.mandates_of(person),
            glass: desk.glass_of(person),
        }
    }
}

/// Begins a session for somebody who has shown who they are: with a secret of its own, in the place of whatever session the
/// browser had. Gives the header that hands it over.
pub(super) fn begin(shared: &Shared, client: &Client, person: &str, how: &'static str, roles: Option<Vec<String>>) -> Result<String, Problem> {
    let beginning = Beginning { person: person.to_owned(), how, roles, device: client.device.clone() };
    let secret = shared.sessions.begin(beginning, shared.desk.now(), shared.desk.session_limits());
    let secret = secret.ok_or_else(|| Problem::broken("no session could be begun: the system gives no randomness"))?;
    if let Some(old) = &client.secret {
        shared.sessions.end(old);
    }
    shared.limits.succeeded(&account_key(person));
    Ok(shared.site.cookie(&secret))
}

/// Key for counting attempts at an account.
pub(super) fn account_key(person: &str) -> String {
    format!("account {person}")
}

/// Signs in with the token of a link.
#[utoipa::path(post, path = "/api/sign-in", request_body = SignIn, responses((status = 200, body = Me), (status = 401, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn sign_in(State(shared): State<Shared>, client: Client, Body(request): Body<SignIn>) -> Result<impl IntoResponse, Problem> {
    let now = shared.desk.now();
    shared.limits.may_try(&[&client.address], now).map_err(Problem::too_many)?;
    let tried = ask(&shared, move |desk| match desk.sign_in(&request.token) {
        Err(error @ ActionError::UnknownActor(_)) => Ok(Err(error)),
        outcome => outcome.map(Ok),
    });
    let person = match tried.await? {
        Ok(person) => person,
        Err(error) => {
            shared.limits.failed(&[&client.address], now);
            return Err(error.into());
        }
    };
    let cookie = begin(&shared, &client, &person.id, "link", None)?;
    Ok(([(SET_COOKIE, cookie)], Json(Me::of(&shared.desk, &person))))
}

/// How one can sign in.
#[utoipa::path(get, path = "/api/sign-in/ways", responses((status = 200, body = Ways)))]
pub(crate) async fn ways(State(shared): State<Shared>) -> Json<Ways> {
    Json(Ways { passkeys_at: shared.passkeys.origin().to_owned(), openid: shared.openid.label().map(str::to_owned) })
}

/// Who is signed in.
#[utoipa::path(get, path = "/api/me", responses((status = 200, body = Me), (status = 401, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn me(State(shared): State<Shared>, asker: Asker) -> Json<Me> {
    Json(Me::of(&shared.desk, &asker.person))
}

/// The answer to somebody who has just signed in.
pub(super) fn entered(shared: &Shared, person: &Person, cookie: String) -> impl IntoResponse + use<> {
    ([(SET_COOKIE, cookie)], Json(Me::of(&shared.desk, person)))
}

/// Signs out: the session ends here, whatever the browser keeps.
#[utoipa::path(post, path = "/api/sign-out", responses((status = 204)))]
pub(crate) async fn sign_out(State(shared): State<Shared>, seated: Seated) -> impl IntoResponse {
    shared.sessions.end(&seated.secret);
    (StatusCode::NO_CONTENT, [(SET_COOKIE, shared.site.no_cookie())])
}
