//! Signing in through the organisation's OpenID provider.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{StatusCode, header},
    response::IntoResponse,
};

use super::{ask, sign_in::begin};
use crate::{Shared, client::Client, openid, problem::Problem, query::Pairs};

/// Where the workspace goes on once somebody has signed in, and where it says that they could not.
const ENTERED: &str = "/#/sign-in/openid";
const REFUSED: &str = "/#/sign-in/openid-refused";

/// Sends the browser to the provider.
#[utoipa::path(get, path = "/api/sign-in/openid", responses((status = 303), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn go(State(shared): State<Shared>, client: Client) -> Result<impl IntoResponse, Problem> {
    if shared.openid.label().is_none() {
        return Err(Problem::nothing_called("this home has no OpenID provider"));
    }
    let now = shared.desk.now();
    shared.limits.may_try(&[&client.address], now).map_err(Problem::too_many)?;
    let provider = Arc::clone(&shared.openid);
    match blocking(move || provider.begin(now)).await? {
        Ok(way) => {
            let cookie = shared.site.passing_cookie(&way.browser, openid::PATIENCE);
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, way.address), (header::SET_COOKIE, cookie)]))
        }
        Err(what) => Err(Problem::provider(what)),
    }
}

/// Where the provider sends the browser back to.
#[utoipa::path(get, path = "/api/sign-in/openid/return", params(("code" = Option<String>, Query,), ("state" = Option<String>, Query,), ("error" = Option<String>, Query,)), responses((status = 303)))]
pub(crate) async fn back(State(shared): State<Shared>, client: Client, RawQuery(query): RawQuery) -> Result<impl IntoResponse, Problem> {
    let now = shared.desk.now();
    shared.limits.may_try(&[&client.address], now).map_err(Problem::too_many)?;
    let pairs = Pairs::parse(query.as_deref());
    let vouched = match (pairs.one("state"), pairs.one("code")) {
        (Some(state), Some(code)) => {
            let (provider, state, code, browser) = (Arc::clone(&shared.openid), state.to_owned(), code.to_owned(), client.passing.clone());
            blocking(move || provider.finish(&state, &code, browser.as_deref(), now)).await?
        }
        _ => Err("the provider vouched for nobody".to_owned()),
    };
    let known = vouched.and_then(|vouched| {
        let person = shared.desk.account_of_subject(&vouched.subject).ok_or("the provider vouches for somebody whom this home does not know")?;
        Ok((person, vouched.roles))
    });
    let (place, session) = match known {
        Ok((person, roles)) => {
            let id = person.id.clone();
            ask(&shared, move |desk| desk.signed_in(&id, "signed in through the OpenID provider")).await?;
            (ENTERED, begin(&shared, &client, &person.id, "openid", roles)?)
        }
        Err(what) => {
            shared.limits.failed(&[&client.address], now);
            ask(&shared, move |desk| desk.sign_in_failed(&format!("refused at the OpenID provider's return: {what}"))).await?;
            // The way has ended; the session that the browser may have goes on.
            (REFUSED, shared.site.passing_cookie("", 0))
        }
    };
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, place.to_owned()), (header::SET_COOKIE, session)]))
}

/// Waits for the provider away from the threads that serve.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Problem::broken("the answer broke off; the operator's log says more"))
}
