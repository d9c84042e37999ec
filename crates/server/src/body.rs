//! The body of a request, as JSON. What is wrong with it is said as a problem, with the name of the field.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{
        StatusCode,
        header::{CONTENT_LENGTH, CONTENT_TYPE},
    },
    response::IntoResponse as _,
};
use serde::de::DeserializeOwned;

use crate::{Shared, problem::Problem};

/// Longest body, bytes; also what axum reads of one that does not say how long it is.
const LONGEST: u64 = 2 << 20;

/// A body that was understood.
pub(crate) struct Body<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<Shared> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, shared: &Shared) -> Result<Self, Problem> {
        let media = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        // A page of another site can send other kinds of text without asking first, and JSON it cannot.
        if !media.split(';').next().is_some_and(|media| media.trim().eq_ignore_ascii_case("application/json")) {
            return Err(Problem::not_json(media));
        }
        let announced = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()).and_then(|text| text.parse::<u64>().ok());
        if announced.is_some_and(|length| length > LONGEST) {
            return Err(Problem::too_large());
        }
        // Whoever sends slowly holds a place that others need.
        let bytes = match tokio::time::timeout(shared.patience.body, Bytes::from_request(request, shared)).await {
            Err(_) => return Err(Problem::too_slow()),
            Ok(Ok(bytes)) => bytes,
            Ok(Err(rejection)) => {
                let too_large = rejection.into_response().status() == StatusCode::PAYLOAD_TOO_LARGE;
                return Err(if too_large { Problem::too_large() } else { Problem::bad_request("the body broke off; send it again") });
            }
        };
        serde_json::from_slice(&bytes).map(Self).map_err(|error| Problem::bad_request(format!("the body is not what `/openapi.json` describes: {error}")))
    }
}
