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
    for public in PUBLIC {
        assert!(description["paths"].get(public).is_some(), "{public} is described");
    }
    let mut guarded = 0;
    for (path, methods) in description["paths"].as_object().unwrap() {
        if PUBLIC.contains(&path.as_str()) {
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
        ("/api/path?from=ann&to=firm&all=perhaps", StatusCode::BAD_REQUEST, "all=perhaps"),
        ("/api/path?from=ann&to=firm&max=-1", StatusCode::BAD_REQUEST, "max=-1"),
        ("/api/search?q=quill&limit=1001", StatusCode::BAD_REQUEST, "`1001` hits"),
        ("/api/suggest?q=quill&limit=1001", StatusCode::BAD_REQUEST, "`1001` suggestions"),
        ("/api/timeline", StatusCode::BAD_REQUEST, "at least one entity"),
        ("/api/entities/ann?known_at=then", StatusCode::BAD_REQUEST, "`then`"),
        ("/api/receipts/last", StatusCode::BAD_REQUEST, "index `last`"),
        ("/log/../candour.db", StatusCode::NOT_FOUND, "/log/../candour.db"),
        ("/log/tile/0/zzz", StatusCode::NOT_FOUND, "/log/tile/0/zzz"),
    ] {
        let reply = house.ask("analyst", Method::GET, path, "");
        assert_eq!((reply.status, reply.header("content-type")), (status, "application/problem+json"), "{path}: {}", String::from_utf8_lossy(&reply.bytes));
        let detail = reply.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(told), "{path}: {detail}");
    }
}

#[test]
fn what_is_wrong_with_a_body_is_said() {
    let house = House::make();
    let long = format!("{{\"format\":\"csv\",\"to\":\"{}\"}}", "x".repeat(3 << 20));
    for (media, body, status, told) in [
        ("application/json", "{\"to\":\"the court\"}", StatusCode::BAD_REQUEST, "`format`"),
        ("application/json", "{\"format\":7}", StatusCode::BAD_REQUEST, "integer `7`"),
        ("application/json", "{\"format\":\"stone\",\"to\":\"x\"}", StatusCode::BAD_REQUEST, "`stone`"),
        ("application/json", "{\"format\"", StatusCode::BAD_REQUEST, "line 1"),
        ("application/json; charset=utf-8", "", StatusCode::BAD_REQUEST, "line 1"),
        ("text/plain", "{\"format\":\"csv\",\"to\":\"x\"}", StatusCode::UNSUPPORTED_MEDIA_TYPE, "`text/plain`"),
        ("application/json", &long, StatusCode::PAYLOAD_TOO_LARGE, "2 MiB"),
    ] {
        let request = Request::post("/api/export").header(header::COOKIE, house.session("supervisor")).header("x-candour-purpose", "demo");
        let reply = house.send(request.header(header::CONTENT_TYPE, media).body(Body::from(body.to_owned())).unwrap());
        assert_eq!((reply.status, reply.header("content-type")), (status, "application/problem+json"), "{media} {told}");
        let detail = reply.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(told), "{detail}");
    }
}

#[test]
fn an_address_asked_the_wrong_way_says_so() {
    let house = House::make();
    for (method, path) in [(Method::POST, "/api/search"), (Method::GET, "/api/export"), (Method::DELETE, "/api/entities/ann")] {
        let reply = house.send(Request::builder().method(method).uri(path).body(Body::empty()).unwrap());
        assert_eq!((reply.status, reply.header("content-type")), (StatusCode::METHOD_NOT_ALLOWED, "application/problem+json"), "{path}");
        assert!(!reply.header("content-security-policy").is_empty(), "{path}");
    }
}

#[test]
fn a_purpose_is_stated_in_headers_percent_encoded() {
    let house = House::make();
    let ask = |headers: &[(&str, &str)]| {
        let request = Request::get("/api/search?q=quill").header(header::COOKIE, house.session("analyst"));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        house.send(request.body(Body::empty()).unwrap())
    };
    let refused = |headers: &[(&str, &str)], told: &str| {
        let reply = ask(headers);
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{headers:?}");
        assert!(reply.json()["detail"].as_str().unwrap().contains(told), "{}", reply.json());
    };
    refused(&[], "purpose");
    refused(&[("x-candour-purpose", "snooping")], "snooping");
    refused(&[("x-candour-purpose", "crime-investigation")], "case");
    let reply = ask(&[("x-candour-purpose", "crime-investigation"), ("x-candour-case", "CR%2F7%20%C3%A9")]);
    let fields = reply.json()["receipt"]["fields"].clone();
    let case = fields.as_array().unwrap().iter().find(|field| field["name"] == "case").unwrap();
    assert_eq!((reply.status, case["value"].as_str()), (StatusCode::OK, Some("CR/7 \u{e9}")));
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
