//! Tokens of programs: one purpose, one time, one person.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use serde_json::{Value, json};

use crate::house::{House, Reply};

fn issue(house: &House, person: &str, purpose: &str, days: u32) -> Reply {
    let body = json!({ "label": "a report", "purpose": purpose, "days": days });
    house.ask(person, Method::POST, "/api/tokens", &body.to_string())
}

fn asking(house: &House, token: &str, method: Method, path: &str, headers: &[(&str, &str)]) -> Reply {
    let request =
        Request::builder().method(method).uri(path).header(header::AUTHORIZATION, format!("Bearer {token}")).header(header::CONTENT_TYPE, "application/json");
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    house.send(request.body(Body::from("{}")).unwrap())
}

fn issued(house: &House) -> (String, Value) {
    let reply = issue(house, "analyst", "demo", 30);
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
    (reply.json()["token"].as_str().unwrap().to_owned(), reply.json()["about"].clone())
}

#[test]
fn a_token_asks_for_its_purpose_and_no_other() {
    let house = House::make();
    let (token, _) = issued(&house);
    assert!(token.starts_with("candour_") && !house.file("credentials.json").contains(&token));
    let search = |headers: &[(&str, &str)]| asking(&house, &token, Method::GET, "/api/search?q=quill", headers);
    assert_eq!(search(&[]).status, StatusCode::OK);
    assert_eq!(house.journal(1)[0][..3], ["analyst", "search", "demo"]);
    assert_eq!(search(&[("x-candour-purpose", "demo")]).status, StatusCode::OK);
    let reply = search(&[("x-candour-purpose", "crime-investigation"), ("x-candour-case", "1")]);
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    assert!(reply.json()["receipt_index"].is_u64() && reply.json()["detail"].as_str().unwrap().contains("demo"));
    assert_eq!(house.journal(1)[0], ["analyst", "issue_token", "crime-investigation", "refused"]);
    assert_eq!(search(&[("x-candour-mandate", "operation-x")]).status, StatusCode::FORBIDDEN);
    let fields = search(&[("x-candour-case", "7"), ("x-candour-reason", "a%20report")]).json()["receipt"]["fields"].clone();
    assert!(fields.to_string().contains("a report"), "case and reason go with the token's purpose: {fields}");
}

#[test]
fn a_token_ends_by_time_by_revocation_and_with_the_account() {
    let house = House::make();
    let works = |token: &str| asking(&house, token, Method::GET, "/api/me", &[]).status == StatusCode::OK;
    let (token, about) = issued(&house);
    assert!(works(&token));
    let path = format!("/api/tokens/{}", about["id"].as_str().unwrap());
    assert_eq!(house.ask("reviewer", Method::DELETE, &path, "").status, StatusCode::BAD_REQUEST, "only its owner");
    assert_eq!(house.ask("analyst", Method::DELETE, &path, "").json()["token"]["open"], false);
    assert!(!works(&token));
    let (token, _) = issued(&house);
    house.clock.advance(30 * 24 * 60 * 60 * 1000);
    assert!(!works(&token));
    assert_eq!(house.journal(1)[0][3], "expired or revoked token");
    let (token, _) = issued(&house);
    house.ask("administrator", Method::POST, "/api/people/analyst/end", "");
    assert!(!works(&token));
}

#[test]
fn a_token_sees_the_roles_that_its_person_has_now() {
    let house = House::make();
    let (token, _) = issued(&house);
    house.ask("administrator", Method::PATCH, "/api/people/analyst", "{\"roles\":[]}");
    assert_eq!(asking(&house, &token, Method::GET, "/api/search?q=quill", &[]).status, StatusCode::FORBIDDEN);
}

#[test]
fn a_token_reaches_no_account_session_or_token() {
    let house = House::make();
    let (token, _) = issued(&house);
    for (method, path) in [
        (Method::GET, "/api/people"),
        (Method::GET, "/api/sessions"),
        (Method::DELETE, "/api/sessions"),
        (Method::GET, "/api/tokens"),
        (Method::POST, "/api/tokens"),
        (Method::GET, "/api/passkeys"),
        (Method::POST, "/api/passkeys/challenge"),
        (Method::POST, "/api/sign-out"),
    ] {
        let reply = asking(&house, &token, method.clone(), path, &[]);
        assert_eq!((reply.status, reply.json()["type"].as_str()), (StatusCode::FORBIDDEN, Some("urn:candour:not-for-programs")), "{method} {path}");
    }
}

#[test]
fn what_no_token_may_be_is_refused() {
    let house = House::make();
    for (person, purpose, days, status) in [
        ("analyst", "demo", 0, StatusCode::BAD_REQUEST),
        ("analyst", "demo", 91, StatusCode::BAD_REQUEST),
        ("analyst", "oversight", 30, StatusCode::BAD_REQUEST),
        ("analyst", "snooping", 30, StatusCode::BAD_REQUEST),
        ("administrator", "demo", 30, StatusCode::FORBIDDEN),
    ] {
        assert_eq!(issue(&house, person, purpose, days).status, status, "{person} {purpose} {days}");
    }
    for header in ["Bearer", "Bearer candour_00", "Basic YTpi", "candour_00", ""] {
        let request = Request::get("/api/me").header(header::AUTHORIZATION, header).body(Body::empty());
        assert_eq!(house.send(request.unwrap()).status, StatusCode::UNAUTHORIZED, "{header}");
    }
    // The token of a sign-in link is for signing in.
    assert_eq!(asking(&house, house.token("analyst"), Method::GET, "/api/me", &[]).status, StatusCode::UNAUTHORIZED);
}
