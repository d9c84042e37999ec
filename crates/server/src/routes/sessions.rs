//! The devices on which a person is signed in.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use candour_actions::instant_text;
use serde::Serialize;
use utoipa::ToSchema;

use super::ask;
use crate::{Shared, asker::Seated, problem::Problem, sessions::Session};

/// One's sessions.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionsView {
    /// The last used first.
    sessions: Vec<SessionView>,
}

/// A session.
#[derive(Serialize, ToSchema)]
struct SessionView {
    /// For ending it.
    id: String,
    /// Browser and system.
    device: String,
    /// `link`, `passkey` or `openid`.
    how: &'static str,
    /// When it was begun, RFC 3339.
    begun: String,
    /// When it was last used, RFC 3339.
    used: String,
    /// Whether it is the one that asks.
    this: bool,
}

impl SessionView {
    fn of(session: &Session, this: &str) -> Self {
        Self {
            id: session.id.clone(),
            device: session.device.clone(),
            how: session.how,
            begun: instant_text(session.begun),
            used: instant_text(session.used),
            this: session.id == this,
        }
    }
}

/// Where one is signed in.
#[utoipa::path(get, path = "/api/sessions", responses((status = 200, body = SessionsView)))]
pub(crate) async fn list(State(shared): State<Shared>, seated: Seated) -> Json<SessionsView> {
    let own = shared.sessions.of(&seated.person.id, shared.desk.now(), shared.desk.session_limits());
    Json(SessionsView { sessions: own.iter().map(|session| SessionView::of(session, &seated.session.id)).collect() })
}

/// Ends one of one's sessions.
#[utoipa::path(delete, path = "/api/sessions/{id}", params(("id" = String, Path,)), responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn end(State(shared): State<Shared>, seated: Seated, Path(id): Path<String>) -> Result<StatusCode, Problem> {
    if shared.sessions.end_of(&seated.person.id, |session| session.id == id) == 0 {
        return Err(Problem::nothing_called(format!("you have no session `{id}`; `GET /api/sessions` lists yours")));
    }
    ended(&shared, &seated).await
}

/// Ends all of one's sessions but this one.
#[utoipa::path(delete, path = "/api/sessions", responses((status = 204)))]
pub(crate) async fn end_others(State(shared): State<Shared>, seated: Seated) -> Result<StatusCode, Problem> {
    shared.sessions.end_of(&seated.person.id, |session| session.id != seated.session.id);
    ended(&shared, &seated).await
}

async fn ended(shared: &Shared, seated: &Seated) -> Result<StatusCode, Problem> {
    let id = seated.person.id.clone();
    ask(shared, move |desk| desk.sessions_ended(&id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
