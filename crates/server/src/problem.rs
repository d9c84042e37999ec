//! Errors as RFC 9457 problem details: the one mapping from what went wrong to a status.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use candour_actions::ActionError;
use serde::Serialize;
use utoipa::ToSchema;

/// A problem, as `application/problem+json`.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// What kind of problem; a name within this program.
    #[serde(rename = "type")]
    kind: &'static str,
    /// In a few words.
    title: &'static str,
    /// HTTP status.
    status: u16,
    /// What happened and what to do.
    detail: String,
    /// Number of the journal entry that records it, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt_index: Option<u64>,
    /// After how many seconds it is worth trying again, where it is.
    #[serde(skip)]
    retry_after: Option<u64>,
}

impl Problem {
    fn new(status: StatusCode, kind: &'static str, title: &'static str, detail: impl Into<String>) -> Self {
        Self { kind, title, status: status.as_u16(), detail: detail.into(), receipt_index: None, retry_after: None }
    }

    /// Nobody is signed in.
    pub(crate) fn not_signed_in() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "urn:candour:not-signed-in", "Not signed in", "sign in, then try again")
    }

    /// The request cannot be understood.
    pub(crate) fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "urn:candour:bad-request", "Not understood", detail)
    }

    /// There is nothing at this address.
    pub(crate) fn no_such_page(path: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "urn:candour:not-found", "Nothing there", format!("there is nothing at `{path}`; `/openapi.json` lists what there is"))
    }

    /// The body is of another kind.
    pub(crate) fn not_json(media: &str) -> Self {
        let detail = format!("the body is `{media}`; send JSON, with the header `Content-Type: application/json`");
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "urn:candour:not-json", "Not JSON", detail)
    }

    /// The body is too long.
    pub(crate) fn too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "urn:candour:too-large", "Too long", "the body is longer than 2 MiB, which no request needs to be")
    }

    /// The address is asked in a way it does not answer.
    pub(crate) fn wrong_method(method: &str, path: &str) -> Self {
        let detail = format!("`{path}` does not answer `{method}`; `/openapi.json` lists what there is");
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "urn:candour:wrong-method", "Not answered", detail)
    }

    /// The request comes from another site.
    pub(crate) fn other_site() -> Self {
        Self::new(StatusCode::FORBIDDEN, "urn:candour:other-site", "From another site", "requests from other sites are not answered; open the workspace itself")
    }

    /// The request carries a session's cookie and nothing that shows that the workspace sent it.
    pub(crate) fn unmarked() -> Self {
        let detail = "a request that changes something, with a session's cookie, must say that the workspace sent it: send the header `X-Candour-Request: 1`";
        Self::new(StatusCode::FORBIDDEN, "urn:candour:unmarked", "Not from the workspace", detail)
    }

    /// The `Authorization` header is of another kind.
    pub(crate) fn not_a_token() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "urn:candour:not-signed-in", "Not signed in", "send a token as `Authorization: Bearer TOKEN`")
    }

    /// A program's token asks for what only a person at a browser may do.
    pub(crate) fn not_for_programs() -> Self {
        let detail = "sessions, passkeys and tokens are managed by the person, signed in; a program's token does not reach them";
        Self::new(StatusCode::FORBIDDEN, "urn:candour:not-for-programs", "Not for programs", detail)
    }

    /// Too many attempts or requests. Seconds until the next may succeed.
    pub(crate) fn too_many(seconds: u64) -> Self {
        let problem =
            Self::new(StatusCode::TOO_MANY_REQUESTS, "urn:candour:too-many", "Too many", format!("too many attempts or requests; try again in {seconds} s"));
        Self { retry_after: Some(seconds), ..problem }
    }

    /// The body did not come in time.
    pub(crate) fn too_slow() -> Self {
        Self::new(StatusCode::REQUEST_TIMEOUT, "urn:candour:too-slow", "Too slow", "the body did not arrive in time; send it again")
    }

    /// The OpenID provider does not answer as it must.
    pub(crate) fn provider(what: impl std::fmt::Display) -> Self {
        let detail = format!("the OpenID provider cannot be used just now: {what}; sign in another way, or tell an administrator");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "urn:candour:provider", "No answer from the provider", detail)
    }

    /// A credential was not what it must be.
    pub(crate) fn not_known(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "urn:candour:unknown", "Not known", detail)
    }

    /// What was named is not there.
    pub(crate) fn nothing_called(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "urn:candour:not-found", "Nothing there", detail)
    }

    /// A part of the server broke off.
    pub(crate) fn broken(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "urn:candour:failed", "Failed", detail)
    }
}

impl From<ActionError> for Problem {
    fn from(error: ActionError) -> Self {
        let detail = error.to_string();
        match error {
            ActionError::Refused { receipt, .. } => {
                let refused = Self::new(StatusCode::FORBIDDEN, "urn:candour:refused", "Refused by the charter", detail);
                Self { receipt_index: receipt.map(|receipt| receipt.index), ..refused }
            }
            ActionError::UnknownActor(_) => Self::new(StatusCode::UNAUTHORIZED, "urn:candour:unknown", "Not known", detail),
            ActionError::NotFound(_) | ActionError::NotKnownThen { .. } => Self::new(StatusCode::NOT_FOUND, "urn:candour:not-found", "Nothing there", detail),
            ActionError::NotCosigned(_) => Self::new(StatusCode::SERVICE_UNAVAILABLE, "urn:candour:not-cosigned", "No witness vouches for it", detail),
            ActionError::BadInput(_) | ActionError::Intake(_) | ActionError::Adopt(_) => Self::bad_request(detail),
            ActionError::Search(error) if error.is_question() => Self::bad_request(detail),
            ActionError::PolicyChanged => Self::new(StatusCode::CONFLICT, "urn:candour:charter-changed", "The charter changed", detail),
            // No audit, no answer; and what broke inside is for the operator, not for whoever asks.
            _ => Self::new(StatusCode::SERVICE_UNAVAILABLE, "urn:candour:unavailable", "No answer", detail),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&self).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, "application/problem+json"), (header::CACHE_CONTROL, "no-store")], body).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
