//! Signing in and out.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};

use crate::house::House;

#[test]
fn a_token_opens_a_session_and_signing_out_ends_it() {
    let house = House::make();
    let body = format!("{{\"token\":\"{}\"}}", house.token("analyst"));
    let reply = house.send(Request::post("/api/sign-in").header(header::CONTENT_TYPE, "application/json").body(Body::from(body)).unwrap());
    let cookie = reply.header("set-cookie").to_owned();
    for part in ["candour_session=", "HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let me = reply.json();
    assert_eq!(me["person"]["id"], "analyst");
    assert!(me["purposes"].as_array().unwrap().iter().any(|purpose| purpose["id"] == "demo"));
    assert!(me["actions"].as_array().unwrap().iter().any(|action| action == "search"));
    assert!(!me["actions"].as_array().unwrap().iter().any(|action| action == "export"));

    let session = cookie.split(';').next().unwrap().to_owned();
    let with =
        |method: Method, path: &str| house.send(Request::builder().method(method).uri(path).header(header::COOKIE, &session).body(Body::empty()).unwrap());
    assert_eq!(with(Method::GET, "/api/me").json()["person"]["id"], "analyst");
    assert_eq!(with(Method::POST, "/api/sign-out").status, StatusCode::NO_CONTENT);
    assert_eq!(with(Method::GET, "/api/me").status, StatusCode::UNAUTHORIZED);
}

#[test]
fn only_purposes_that_open_something_are_offered() {
    let house = House::make();
    for (person, expected) in [
        ("analyst", vec!["demo", "crime-investigation", "intelligence-development", "record-keeping"]),
        ("supervisor", vec!["demo", "crime-investigation", "intelligence-development", "record-keeping", "disclosure"]),
        ("data-protection-officer", vec!["demo", "subject-access", "oversight"]),
        ("overseer", vec!["demo", "oversight"]),
        ("case-officer", vec!["demo", "contract-scrutiny"]),
        ("administrator", vec![]),
    ] {
        let me = house.ask(person, Method::GET, "/api/me", "").json();
        let offered: Vec<&str> = me["purposes"].as_array().unwrap().iter().map(|purpose| purpose["id"].as_str().unwrap()).collect();
        assert_eq!(offered, expected, "{person}");
    }
}

#[test]
fn a_wrong_token_opens_nothing_and_is_recorded() {
    let house = House::make();
    let before = house.desk.public_log().unwrap().size;
    let request = Request::post("/api/sign-in").header(header::CONTENT_TYPE, "application/json").body(Body::from("{\"token\":\"guess\"}"));
    let reply = house.send(request.unwrap());
    assert_eq!((reply.status, reply.header("content-type"), reply.header("set-cookie")), (StatusCode::UNAUTHORIZED, "application/problem+json", ""));
    assert_eq!(house.desk.public_log().unwrap().size, before + 1);
}
