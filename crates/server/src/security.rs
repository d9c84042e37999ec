//! Headers that every answer carries, and the refusal of requests that other sites send.

use axum::{
    Router,
    extract::Request,
    http::{HeaderName, HeaderValue, Method, header},
    middleware::{Next, from_fn},
    response::{IntoResponse as _, Response},
};

use crate::problem::Problem;

/// Nothing is loaded from elsewhere, nothing inline runs or styles, nobody frames the workspace.
const POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// Guards all routes.
pub(crate) fn guard(router: Router) -> Router {
    router.layer(from_fn(check))
}

async fn check(request: Request, next: Next) -> Response {
    let is_interface = request.uri().path().starts_with("/api/");
    let mut response = if is_from_elsewhere(&request) {
        Problem::other_site().into_response()
    } else {
        // On a task of its own: what breaks there breaks one answer, and what was begun is ended, and recorded, though the
        // asker hangs up.
        tokio::spawn(next.run(request)).await.unwrap_or_else(|_| Problem::broken("the answer broke off; the operator's log says more").into_response())
    };
    if is_interface {
        response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// A request that changes something and that a browser sends for another site. Programs send neither header.
fn is_from_elsewhere(request: &Request) -> bool {
    let text = |name: HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return false;
    }
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return !matches!(site, "same-origin" | "none");
    }
    match (text(header::ORIGIN), text(header::HOST)) {
        (Some(origin), Some(host)) => origin.split_once("://").is_none_or(|(_, origin)| origin != host),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, http::StatusCode, routing::get};
    use tower::ServiceExt as _;

    use super::*;

    #[tokio::test]
    async fn what_breaks_in_one_answer_leaves_the_next_alone() {
        async fn breaking() -> &'static str {
            panic!("on purpose")
        }
        let router = guard(Router::new().route("/api/breaking", get(breaking)).route("/whole", get(|| async { "whole" })));
        for (path, status) in [("/api/breaking", StatusCode::INTERNAL_SERVER_ERROR), ("/whole", StatusCode::OK)] {
            let response = router.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
            assert_eq!(response.status(), status, "{path}");
            for (name, value) in HEADERS {
                assert_eq!(response.headers().get(&name).unwrap(), value, "{path}: {name}");
            }
            assert_eq!(response.headers().contains_key(header::CACHE_CONTROL), path.starts_with("/api/"), "{path}");
        }
    }
}
