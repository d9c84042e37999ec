//! What is refused, and the headers that every answer carries.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use serde_json::Value;

use crate::house::House;

/// Routes that anybody may ask without signing in.
const PUBLIC: [&str; 10] = [
    "/api/sign-in",
    "/api/sign-in/ways",
    "/api/sign-in/passkey",
    "/api/sign-in/passkey/challenge",
    "/api/sign-in/openid",
    "/api/sign-in/openid/return",
    "/api/ontology",
    "/api/ledger",
    "/log/{path}",
    "/api/health",
];

/// Every operation of the description: method, address with something in the place of its parameters, whether it is public.
fn operations() -> Vec<(String, String, bool)> {
    let description: Value = serde_json::from_str(&candour_server::openapi()).unwrap();
    for public in PUBLIC {
        assert!(description["paths"].get(public).is_some(), "{public} is described");
    }
    let mut all = Vec::new();
    for (path, methods) in description["paths"].as_object().unwrap() {
        let is_public = PUBLIC.contains(&path.as_str()) || path.starts_with("/api/public");
        let mut uri = path.replace("{index}", "0").replace("{path}", "checkpoint").replace("{day}", "2024-03-01");
        while let (Some(from), Some(to)) = (uri.find('{'), uri.find('}')) {
            uri.replace_range(from..=to, "ann");
        }
        for method in methods.as_object().unwrap().keys().filter(|key| ["get", "post", "put", "patch", "delete"].contains(&key.as_str())) {
            all.push((method.to_uppercase(), uri.clone(), is_public));
        }
    }
    all
}

#[test]
fn every_route_is_public_by_name_or_asks_who_one_is() {
    let house = House::make();
    let mut guarded = 0;
    for (method, uri, _) in operations().into_iter().filter(|(_, _, is_public)| !is_public) {
        let request = Request::builder().method(method.as_str()).uri(&uri).header(header::CONTENT_TYPE, "application/json");
        let reply = house.send(request.body(Body::from("{}")).unwrap());
        assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "{method} {uri}");
        assert_eq!(reply.json()["type"], "urn:candour:not-signed-in", "{method} {uri}");
        guarded += 1;
    }
    assert!(guarded >= 24, "{guarded} guarded routes");
}

#[test]
fn every_answer_carries_the_headers() {
    const ALWAYS: [(&str, &str); 6] = [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", ""),
    ];
    let options = candour_server::Options { public_url: Some("https://candour.example.org".to_owned()), ..Default::default() };
    for (house, over_tls) in [(House::make(), false), (House::with(&crate::house::Setting { options, ..Default::default() }), true)] {
        let mut addresses = operations();
        addresses.extend(["/", "/nothing", "/api/nothing", "/openapi.json"].map(|uri| ("GET".to_owned(), uri.to_owned(), true)));
        addresses.push(("DELETE".to_owned(), "/api/me".to_owned(), true));
        for (method, uri, _) in addresses {
            let reply = house.send(Request::builder().method(method.as_str()).uri(&uri).body(Body::empty()).unwrap());
            let policy = reply.header("content-security-policy");
            assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{method} {uri}: {policy}");
            for (name, value) in ALWAYS {
                assert!(reply.headers.contains_key(name) && (value.is_empty() || reply.header(name) == value), "{method} {uri}: {name}");
            }
            assert_eq!(reply.headers.contains_key("strict-transport-security"), over_tls, "{method} {uri}");
            assert!(!reply.headers.contains_key("access-control-allow-origin") && !reply.headers.contains_key("server"), "{method} {uri}");
            if uri.starts_with("/api/") {
                assert!(reply.header("cache-control").contains("no-store"), "{method} {uri}");
            }
        }
    }
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
        ("/api/receipts/18446744073709551615", StatusCode::BAD_REQUEST, "no journal entry"),
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
        let request = request.header("x-candour-request", "1");
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
fn a_change_is_taken_from_the_workspace_alone() {
    let options = candour_server::Options { public_url: Some("https://candour.example.org".to_owned()), ..Default::default() };
    let house = House::with(&crate::house::Setting { options, ..Default::default() });
    let cookie = house.session("analyst");
    for (headers, has_cookie, taken) in [
        (vec![("sec-fetch-site", "cross-site")], false, false),
        (vec![("sec-fetch-site", "same-site")], true, false),
        (vec![("sec-fetch-site", "cross-site"), ("x-candour-request", "1")], true, false),
        (vec![("origin", "https://elsewhere.example")], true, false),
        (vec![("origin", "null")], true, false),
        (vec![("origin", "https://candour.example.org.elsewhere.example")], true, false),
        (vec![("origin", "https://elsewhere.example"), ("x-candour-request", "1")], true, false),
        (vec![], true, false),
        (vec![("x-candour-request", "0")], true, false),
        (vec![], false, true),
        (vec![("sec-fetch-site", "same-origin")], true, true),
        (vec![("sec-fetch-site", "none")], true, true),
        (vec![("origin", "https://candour.example.org")], true, true),
        (vec![("x-candour-request", "1")], true, true),
    ] {
        let mut request = Request::post("/api/sign-in").header(header::HOST, "candour.example.org").header(header::CONTENT_TYPE, "application/json");
        if has_cookie {
            request = request.header(header::COOKIE, &cookie);
        }
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let reply = house.send(request.body(Body::from(format!("{{\"token\":\"{}\"}}", house.token("analyst")))).unwrap());
        assert_eq!(reply.status, if taken { StatusCode::OK } else { StatusCode::FORBIDDEN }, "{headers:?} {has_cookie}");
        assert_eq!(reply.headers.contains_key("set-cookie"), taken, "{headers:?} {has_cookie}");
    }
}

#[test]
fn nothing_outside_the_log_and_the_workspace_is_served() {
    let house = House::make();
    for path in [
        "/log/../people.toml",
        "/log/%2e%2e/people.toml",
        "/log/..%2fpeople.toml",
        "/log/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/log//etc/passwd",
        "/log/tile/0/../../people.toml",
        "/log/tile%5c..%5cpeople.toml",
        "/log/checkpoint%00.toml",
        "/log/keys/log.key",
        "/../people.toml",
        "/%2e%2e/people.toml",
        "/assets/../people.toml",
        "/assets/%2e%2e/%2e%2e/Cargo.toml",
        "/people.toml",
        "/credentials.json",
        "/.git/config",
    ] {
        let reply = house.get(path);
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(reply.header("content-type"), "application/problem+json", "{path}");
    }
}
