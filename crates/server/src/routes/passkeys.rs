//! Passkeys: registering them, signing in with them.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::IntoResponse,
};
use candour_actions::{Passkey, instant_text};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    ask,
    sign_in::{Me, account_key, begin, entered},
};
use crate::{Shared, asker::Seated, body::Body, client::Client, passkeys::Faulty, problem::Problem};

/// A challenge for an authenticator.
#[derive(Serialize, ToSchema)]
pub(crate) struct Challenge {
    /// Goes back with the answer.
    ceremony: String,
    /// What the browser hands to the authenticator (Web Authentication, in its JSON form).
    options: Value,
}

/// The answer of an authenticator to a challenge for signing in.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Assertion {
    ceremony: String,
    /// What the browser got from the authenticator, in its JSON form.
    credential: Value,
}

/// A new passkey.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewPasskey {
    ceremony: String,
    /// What one calls it.
    label: String,
    /// What the browser got from the authenticator, in its JSON form.
    credential: Value,
}

/// One's passkeys.
#[derive(Serialize, ToSchema)]
pub(crate) struct Passkeys {
    passkeys: Vec<PasskeyView>,
}

/// A passkey.
#[derive(Serialize, ToSchema)]
pub(crate) struct PasskeyView {
    /// The credential's id, hex.
    id: String,
    /// What one calls it.
    label: String,
    /// When it was registered, RFC 3339.
    made: String,
    /// When it was last used, RFC 3339.
    used: Option<String>,
}

impl From<&Passkey> for PasskeyView {
    fn from(kept: &Passkey) -> Self {
        Self { id: kept.id.clone(), label: kept.label.clone(), made: instant_text(kept.made), used: kept.used.map(instant_text) }
    }
}

/// One's passkeys, oldest first.
#[utoipa::path(get, path = "/api/passkeys", responses((status = 200, body = Passkeys)))]
pub(crate) async fn list(State(shared): State<Shared>, seated: Seated) -> Json<Passkeys> {
    Json(Passkeys { passkeys: shared.desk.passkeys_of(&seated.person.id).iter().map(PasskeyView::from).collect() })
}

/// A challenge for a new passkey.
#[utoipa::path(post, path = "/api/passkeys/challenge", responses((status = 200, body = Challenge)))]
pub(crate) async fn challenge(State(shared): State<Shared>, seated: Seated) -> Result<Json<Challenge>, Problem> {
    let (ceremony, options) = shared.passkeys.begin_registration(&shared.desk, &seated.person)?;
    Ok(Json(Challenge { ceremony, options }))
}

/// Keeps a new passkey, out of the answer to its challenge.
#[utoipa::path(post, path = "/api/passkeys", request_body = NewPasskey, responses((status = 200, body = PasskeyView), (status = 400, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn register(State(shared): State<Shared>, seated: Seated, Body(new): Body<NewPasskey>) -> Result<Json<PasskeyView>, Problem> {
    let answer = serde_json::from_value(new.credential).map_err(|error| Problem::bad_request(format!("`credential` is not what a browser sends: {error}")))?;
    let kept = shared.passkeys.register(&shared.desk, &seated.person.id, &new.ceremony, &new.label, &answer)?;
    let view = PasskeyView::from(&kept);
    ask(&shared, move |desk| desk.add_passkey(kept)).await?;
    Ok(Json(view))
}

/// Removes a passkey.
#[utoipa::path(delete, path = "/api/passkeys/{id}", params(("id" = String, Path,)), responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn remove(State(shared): State<Shared>, seated: Seated, Path(id): Path<String>) -> Result<StatusCode, Problem> {
    let named = id.clone();
    let was_there = ask(&shared, move |desk| desk.remove_passkey(&seated.person.id, &id)).await?;
    if was_there { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::nothing_called(format!("you have no passkey `{named}`"))) }
}

/// A challenge for signing in.
#[utoipa::path(post, path = "/api/sign-in/passkey/challenge", responses((status = 200, body = Challenge)))]
pub(crate) async fn sign_in_challenge(State(shared): State<Shared>, client: Client) -> Result<Json<Challenge>, Problem> {
    let now = shared.desk.now();
    shared.limits.may_try(&[&client.address], now).map_err(Problem::too_many)?;
    let (ceremony, options) = shared.passkeys.begin_sign_in(now)?;
    let options = serde_json::to_value(options).map_err(|error| Problem::broken(error.to_string()))?;
    Ok(Json(Challenge { ceremony, options }))
}

/// Signs in, by the answer to a challenge.
#[utoipa::path(post, path = "/api/sign-in/passkey", request_body = Assertion, responses((status = 200, body = Me), (status = 401, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn sign_in(State(shared): State<Shared>, client: Client, Body(request): Body<Assertion>) -> Result<impl IntoResponse, Problem> {
    let now = shared.desk.now();
    shared.limits.may_try(&[&client.address], now).map_err(Problem::too_many)?;
    let answer =
        serde_json::from_value(request.credential).map_err(|error| Problem::bad_request(format!("`credential` is not what a browser sends: {error}")))?;
    let kept = match shared.passkeys.sign_in(&shared.desk, &request.ceremony, &answer)? {
        Ok(kept) => kept,
        Err(faulty) => return Err(refused(&shared, &client, faulty, now).await),
    };
    // An account that others try at waits, though it is its owner who comes now: they wait at most a quarter of an hour.
    shared.limits.may_try(&[&account_key(&kept.person)], now).map_err(Problem::too_many)?;
    let person = ask(&shared, move |desk| {
        desk.passkey_used(&kept.id, &kept.body)?;
        desk.signed_in(&kept.person, "signed in with a passkey")?;
        Ok(desk.account(&kept.person))
    });
    let person = person.await?.ok_or_else(|| Problem::not_known("this account has ended"))?;
    let cookie = begin(&shared, &client, &person.id, "passkey", None)?;
    Ok(entered(&shared, &person, cookie))
}

async fn refused(shared: &Shared, client: &Client, faulty: Faulty, now: i64) -> Problem {
    let account = faulty.account.as_deref().map(account_key);
    let keys: Vec<&str> = [Some(client.address.as_str()), account.as_deref()].into_iter().flatten().collect();
    shared.limits.failed(&keys, now);
    match ask(shared, move |desk| desk.sign_in_failed(faulty.what)).await {
        Ok(()) => Problem::not_known("that passkey is not known here; sign in another way and add it in your account"),
        Err(problem) => problem,
    }
}
