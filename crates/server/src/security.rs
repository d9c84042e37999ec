//! Headers that every answer carries, the refusal of requests that other sites send, and new secrets for old sessions.

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse as _, Response},
};

use crate::{Shared, problem::Problem, site::cookie_in};

/// Nothing is loaded from elsewhere, nothing inline runs or styles, nobody frames the workspace.
const POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// What a browser could do and the workspace never asks of it. Passkeys are allowed to the workspace itself.
const NEVER: &str = "accelerometer=(), autoplay=(), bluetooth=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-create=(self), publickey-credentials-get=(self), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()";

/// Two years: whoever came once over TLS comes over nothing else.
const ALWAYS_TLS: &str = "max-age=63072000; includeSubDomains";

const HEADERS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), NEVER),
];

/// The header by which the workspace marks its requests; a page of another site cannot send it without being asked first.
const MARK: HeaderName = HeaderName::from_static("x-candour-request");

/// Guards all routes.
pub(crate) fn guard(router: Router, shared: Shared) -> Router {
    router.layer(from_fn_with_state(shared, check))
}

async fn check(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let is_interface = request.uri().path().starts_with("/api/");
    let secret = text(&request, header::COOKIE).and_then(|cookies| cookie_in(cookies, shared.site.cookie_name())).map(str::to_owned);
    let mut response = match refused(&request, secret.is_some(), &shared.site.origin_text()) {
        Some(problem) => problem.into_response(),
        // On a task of its own: what breaks there breaks one answer, and what was begun is ended, and recorded, though the
        // asker hangs up.
        None => tokio::spawn(next.run(request)).await.unwrap_or_else(|_| Problem::broken("the answer broke off; the operator's log says more").into_response()),
    };
    if is_interface {
        response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
        renew(&shared, secret.as_deref(), &mut response);
    }
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    if shared.site.is_secure() {
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(ALWAYS_TLS));
    }
    response
}

/// Hands out a session's next secret where the old one has served long enough. Signing in and out set cookies of their own.
fn renew(shared: &Shared, secret: Option<&str>, response: &mut Response) {
    if response.headers().contains_key(header::SET_COOKIE) {
        return;
    }
    let renewed = secret.and_then(|secret| shared.sessions.rotate(secret, shared.desk.now()));
    if let Some(value) = renewed.and_then(|secret| HeaderValue::from_str(&shared.site.cookie(&secret)).ok()) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
}

fn text(request: &Request, name: HeaderName) -> Option<&str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}

/// Why a request is not taken, where it changes something and a browser may send it for another site. Programs that carry
/// no cookie send none of the headers and need none.
fn refused(request: &Request, has_cookie: bool, origin: &str) -> Option<Problem> {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return None;
    }
    if let Some(site) = text(request, HeaderName::from_static("sec-fetch-site")) {
        return (!matches!(site, "same-origin" | "none")).then(Problem::other_site);
    }
    if let Some(from) = text(request, header::ORIGIN) {
        let host = text(request, header::HOST).unwrap_or_default();
        let is_own = from == origin || from.split_once("://").is_some_and(|(_, from)| from == host);
        return (!is_own).then(Problem::other_site);
    }
    let is_marked = text(request, MARK) == Some("1");
    (has_cookie && !is_marked && !request.headers().contains_key(header::AUTHORIZATION)).then(Problem::unmarked)
}
