//! What is refused, and the headers that every answer carries.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use serde_json::Value;

use crate::house::House;

/// Routes that anybody may ask without signing in.
const PUBLIC: [&str; 5] = ["/api/sign-in", "/api/ontology", "/api/ledger", "/log/{path}", "/api/health"];

#[test]
fn every_route_is_public_by_name_or_asks_who_one_is() {
    let house = House::make();
    let description: Value = serde_json::from_str(&candour_server::openapi()).unwrap();
    let mut guarded = 0;
    for (path, methods) in description["paths"].as_object().unwrap() {
        if PUBLIC.contains(&path.replace("*", "").as_str()) {
            continue;
        }
        for method in methods.as_object().unwrap().keys().filter(|key| ["get", "post", "put", "delete"].contains(&key.as_str())) {
            let uri = path.replace("{id}", "ann").replace("{index}", "0");
            let body = if path == "/api/export" { "{\"format\":\"csv\",\"to\":\"x\"}" } else { "" };
            let request = Request::builder().method(method.to_uppercase().as_str()).uri(&uri).header(header::CONTENT_TYPE, "application/json");
            let reply = house.send(request.body(Body::from(body)).unwrap());
            assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "{method} {path}");
            guarded += 1;
        }
    }
    assert!(guarded >= 9, "{guarded} guarded routes");
}

#[test]
fn refusals_are_problems_that_name_their_entry() {
    let house = House::make();
    let reply = house.ask("administrator", Method::GET, "/api/search?q=quill", "");
    let problem = reply.json();
    assert_eq!((reply.status, reply.header("content-type")), (StatusCode::FORBIDDEN, "application/problem+json"));
    assert_eq!(problem["status"], 403);
    assert_eq!(problem["receipt_index"].as_u64(), Some(house.desk.public_log().unwrap().size - 1));
    assert!(problem["detail"].as_str().unwrap().contains("administrator"), "{problem}");
}

#[test]
fn what_is_wrong_with_a_request_is_said() {
    let house = House::make();
    for (path, status, told) in [
        ("/api/search?q=quill&limit=many", StatusCode::BAD_REQUEST, "limit=many"),
        ("/api/search?q=%22open", StatusCode::BAD_REQUEST, "not closed"),
        ("/api/search?q=quill&schema=Persn", StatusCode::BAD_REQUEST, "Persn"),
        ("/api/path?from=ann", StatusCode::BAD_REQUEST, "`to` is missing"),
        ("/api/entities/nobody", StatusCode::NOT_FOUND, "nobody"),
        ("/api/entities/ann/neighbours?depth=9", StatusCode::BAD_REQUEST, "`9`"),
        ("/api/nothing", StatusCode::NOT_FOUND, "/api/nothing"),
    ] {
        let reply = house.ask("analyst", Method::GET, path, "");
        assert_eq!(reply.status, status, "{path}: {}", String::from_utf8_lossy(&reply.bytes));
        let detail = reply.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(told), "{path}: {detail}");
    }
}

#[test]
fn requests_from_other_sites_are_not_answered() {
    let house = House::make();
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://elsewhere.example")] {
        let request = Request::post("/api/sign-in").header(header::HOST, "localhost").header(header::CONTENT_TYPE, "application/json").header(name, value);
        let reply = house.send(request.body(Body::from(format!("{{\"token\":\"{}\"}}", house.token("analyst")))).unwrap());
        assert_eq!((reply.status, reply.header("set-cookie")), (StatusCode::FORBIDDEN, ""), "{name}");
    }
}

#[test]
fn every_answer_is_guarded_by_its_headers() {
    let house = House::make();
    for path in ["/", "/api/health", "/api/ledger", "/api/search?q=x", "/nothing", "/openapi.json", "/log/checkpoint"] {
        let reply = house.get(path);
        let policy = reply.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!((reply.header("x-content-type-options"), reply.header("referrer-policy")), ("nosniff", "no-referrer"), "{path}");
    }
}
