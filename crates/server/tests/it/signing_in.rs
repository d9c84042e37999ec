//! Signing in and out, sessions, and what happens to them meanwhile.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use candour_server::Options;

use crate::house::{House, Setting};

const MINUTE: i64 = 60 * 1000;

#[test]
fn a_token_opens_a_session_and_signing_out_ends_it() {
    let house = House::make();
    let reply = house.post("/api/sign-in", &format!("{{\"token\":\"{}\"}}", house.token("analyst")));
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
    assert_eq!(house.with_cookie(&session, Method::GET, "/api/me", "").json()["person"]["id"], "analyst");
    let out = house.with_cookie(&session, Method::POST, "/api/sign-out", "");
    assert_eq!((out.status, out.header("set-cookie").contains("Max-Age=0")), (StatusCode::NO_CONTENT, true));
    assert_eq!(house.with_cookie(&session, Method::GET, "/api/me", "").status, StatusCode::UNAUTHORIZED);
}

#[test]
fn only_purposes_that_open_something_are_offered() {
    let house = House::make();
    for (person, includes, excludes) in [
        ("analyst", &["demo", "crime-investigation", "intelligence-development"][..], &["disclosure", "oversight"][..]),
        ("overseer", &["demo", "oversight"], &["crime-investigation"]),
        ("case-officer", &["demo", "contract-scrutiny"], &["crime-investigation", "oversight"]),
        ("administrator", &[], &["demo", "crime-investigation", "oversight"]),
    ] {
        let me = house.ask(person, Method::GET, "/api/me", "").json();
        let offered: Vec<&str> = me["purposes"].as_array().unwrap().iter().map(|purpose| purpose["id"].as_str().unwrap()).collect();
        assert!(includes.iter().all(|purpose| offered.contains(purpose)), "{person}: {offered:?}");
        assert!(!excludes.iter().any(|purpose| offered.contains(purpose)), "{person}: {offered:?}");
    }
}

#[test]
fn a_wrong_token_opens_nothing_and_is_recorded() {
    let house = House::make();
    let reply = house.post("/api/sign-in", "{\"token\":\"guess\"}");
    assert_eq!((reply.status, reply.header("content-type"), reply.header("set-cookie")), (StatusCode::UNAUTHORIZED, "application/problem+json", ""));
    assert_eq!(house.journal(1), [["nobody", "sign_in", "", "unknown token"]]);
}

#[test]
fn a_link_of_a_production_home_serves_once_and_not_for_ever() {
    let house = House::with(&Setting { production: true, ..Setting::default() });
    house.session("analyst");
    let again = format!("{{\"token\":\"{}\"}}", house.token("analyst"));
    assert_eq!(house.post("/api/sign-in", &again).status, StatusCode::UNAUTHORIZED);
    let late = format!("{{\"token\":\"{}\"}}", house.token("reviewer"));
    house.clock.advance(7 * 24 * 60 * MINUTE);
    assert_eq!(house.post("/api/sign-in", &late).status, StatusCode::UNAUTHORIZED);
    assert!(!house.file("people.toml").contains(house.token("reviewer")));
    // An example home's links are for showing it to people.
    let house = House::make();
    assert_ne!(house.session("analyst"), house.session("analyst"));
}

#[test]
fn a_cookie_that_is_handed_in_is_never_taken_on() {
    let house = House::make();
    let planted = format!("candour_session={}", "ab".repeat(32));
    let token = format!("{{\"token\":\"{}\"}}", house.token("analyst"));
    let reply = house.with_cookie(&planted, Method::POST, "/api/sign-in", &token);
    let given = reply.header("set-cookie").split(';').next().unwrap().to_owned();
    assert_ne!(given, planted);
    assert_eq!(house.with_cookie(&planted, Method::GET, "/api/me", "").status, StatusCode::UNAUTHORIZED);
    // Signing in again in the same browser ends the session that it had.
    let reply = house.with_cookie(&given, Method::POST, "/api/sign-in", &token);
    assert_ne!(reply.header("set-cookie").split(';').next().unwrap(), given);
    assert_eq!(house.with_cookie(&given, Method::GET, "/api/me", "").status, StatusCode::UNAUTHORIZED);
}

#[test]
fn a_session_changes_its_secret_and_ends_unused() {
    let house = House::with(&Setting { production: true, ..Setting::default() });
    let first = house.session("analyst");
    // The shipped charter lets a session idle for 15 minutes.
    house.clock.advance(10 * MINUTE);
    assert_eq!(house.with_cookie(&first, Method::GET, "/api/me", "").status, StatusCode::OK);
    house.clock.advance(6 * MINUTE);
    let reply = house.with_cookie(&first, Method::GET, "/api/me", "");
    let second = reply.header("set-cookie").split(';').next().unwrap().to_owned();
    assert!(reply.status == StatusCode::OK && second.len() == first.len() && second != first, "{reply:?}");
    house.clock.advance(2 * MINUTE);
    assert_eq!(house.with_cookie(&first, Method::GET, "/api/me", "").status, StatusCode::UNAUTHORIZED);
    assert_eq!(house.with_cookie(&second, Method::GET, "/api/me", "").status, StatusCode::OK);
    house.clock.advance(16 * MINUTE);
    assert_eq!(house.with_cookie(&second, Method::GET, "/api/me", "").status, StatusCode::UNAUTHORIZED);
}

#[test]
fn cookies_are_for_tls_where_the_workspace_is() {
    let options = Options { public_url: Some("https://candour.example.org".to_owned()), ..Options::default() };
    let house = House::with(&Setting { options, ..Setting::default() });
    let reply = house.post("/api/sign-in", &format!("{{\"token\":\"{}\"}}", house.token("analyst")));
    let cookie = reply.header("set-cookie");
    assert!(cookie.starts_with("__Host-candour_session=") && cookie.contains("; Secure") && !cookie.contains("Domain"), "{cookie}");
    // The name of the plain one is worth nothing there.
    let plain = cookie.split(';').next().unwrap().replace("__Host-", "");
    assert_eq!(house.with_cookie(&plain, Method::GET, "/api/me", "").status, StatusCode::UNAUTHORIZED);
}

#[test]
fn one_sees_ones_devices_and_ends_them() {
    let house = House::make();
    let (here, there, others) = (house.session("analyst"), house.session("analyst"), house.session("reviewer"));
    let list = |cookie: &str| house.with_cookie(cookie, Method::GET, "/api/sessions", "").json()["sessions"].as_array().unwrap().clone();
    assert_eq!(list(&here).len(), 2);
    let other = list(&here).into_iter().find(|session| session["this"] == false).unwrap()["id"].as_str().unwrap().to_owned();
    assert!(!format!("{:?}", list(&here)).contains(here.split('=').nth(1).unwrap()), "no secret is told");
    let foreign = list(&others)[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(house.with_cookie(&here, Method::DELETE, &format!("/api/sessions/{foreign}"), "").status, StatusCode::NOT_FOUND);
    assert_eq!(house.with_cookie(&here, Method::DELETE, &format!("/api/sessions/{other}"), "").status, StatusCode::NO_CONTENT);
    assert_eq!(house.with_cookie(&there, Method::GET, "/api/me", "").status, StatusCode::UNAUTHORIZED);
    house.session("analyst");
    assert_eq!(house.with_cookie(&here, Method::DELETE, "/api/sessions", "").status, StatusCode::NO_CONTENT);
    assert_eq!((list(&here).len(), list(&others).len()), (1, 1));
}

#[test]
fn guesses_wait_longer_and_longer() {
    let house = House::make();
    let guess = || house.post("/api/sign-in", "{\"token\":\"guess\"}");
    (0..5).for_each(|_| assert_eq!(guess().status, StatusCode::UNAUTHORIZED));
    let before = house.desk.public_log().unwrap().size;
    let reply = guess();
    assert_eq!((reply.status, reply.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "1"));
    // Whoever is told to wait is not tried, right or wrong.
    assert_eq!(house.post("/api/sign-in", &format!("{{\"token\":\"{}\"}}", house.token("analyst"))).status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(house.desk.public_log().unwrap().size, before);
    house.clock.advance(1100);
    assert_eq!(guess().status, StatusCode::UNAUTHORIZED);
    assert_eq!(guess().header("retry-after"), "2");
    house.clock.advance(2100);
    house.session("analyst");
}

#[test]
fn other_kinds_of_bodies_open_nothing() {
    let house = House::make();
    let token = house.token("analyst");
    for (media, body) in [
        ("application/x-www-form-urlencoded", format!("token={token}")),
        ("text/plain", format!("{{\"token\":\"{token}\"}}")),
        ("multipart/form-data; boundary=x", format!("--x\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n{token}\r\n--x--")),
        ("application/jsonp", format!("{{\"token\":\"{token}\"}}")),
    ] {
        let request = Request::post("/api/sign-in").header(header::CONTENT_TYPE, media).body(Body::from(body));
        let reply = house.send(request.unwrap());
        assert_eq!((reply.status, reply.header("set-cookie")), (StatusCode::UNSUPPORTED_MEDIA_TYPE, ""), "{media}");
    }
}
