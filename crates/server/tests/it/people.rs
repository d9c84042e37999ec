//! Accounts over HTTP: who may change them, and that a change is there at once.

use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::house::{House, Setting};

fn add(house: &House, id: &str, roles: &[&str]) -> crate::house::Reply {
    let body = json!({ "id": id, "name": "Somebody New", "roles": roles, "clearance": "official", "compartments": [] });
    house.ask("administrator", Method::POST, "/api/people", &body.to_string())
}

#[test]
fn an_administrator_adds_somebody_who_then_signs_in() {
    let house = House::make();
    let reply = add(&house, "ann-quill", &["analyst"]);
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
    let token = reply.json()["token"].as_str().unwrap().to_owned();
    assert!(!house.file("people.toml").contains(&token));
    let entry = house.journal(1).pop().unwrap();
    assert_eq!([&entry[0], &entry[1]], ["administrator", "manage_people"]);
    let signed_in = house.post("/api/sign-in", &json!({ "token": token }).to_string());
    assert_eq!(signed_in.json()["person"]["roles"], json!(["analyst"]));
    assert!(house.journal(1)[0][3].contains("administrator made"), "the journal names who made the link: {:?}", house.journal(1));
    let people = house.ask("administrator", Method::GET, "/api/people", "").json();
    assert!(people["people"].as_array().unwrap().iter().any(|person| person["id"] == "ann-quill"));
}

#[test]
fn nobody_else_does() {
    let house = House::make();
    for person in ["analyst", "supervisor", "overseer", "data-protection-officer", "case-officer"] {
        for (method, path, body) in [
            (Method::GET, "/api/people", "{}"),
            (Method::POST, "/api/people", "{\"id\":\"x\",\"name\":\"X\",\"clearance\":\"open\"}"),
            (Method::PATCH, "/api/people/analyst", "{\"roles\":[]}"),
            (Method::POST, "/api/people/analyst/end", "{}"),
            (Method::POST, "/api/people/analyst/link", "{}"),
        ] {
            let reply = house.ask(person, method.clone(), path, body);
            assert_eq!(reply.status, StatusCode::FORBIDDEN, "{person} {method} {path}");
            assert_eq!(house.journal(1)[0][3], "refused", "{person} {method} {path}");
        }
    }
}

#[test]
fn nobody_widens_their_own_and_the_refusal_is_recorded() {
    let house = House::make();
    for body in ["{\"roles\":[\"administrator\",\"analyst\"]}", "{\"clearance\":\"secret\"}", "{\"compartments\":[\"harbour\"]}"] {
        let reply = house.ask("administrator", Method::PATCH, "/api/people/administrator", body);
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{body}");
        assert!(reply.json()["receipt_index"].is_u64(), "{body}");
        assert_eq!(house.journal(1)[0], ["administrator", "manage_people", "demo", "refused"], "{body}");
    }
    assert_eq!(house.desk.account("administrator").unwrap().roles, ["administrator"]);
    // Less, they may; and their own name they may change.
    assert_eq!(house.ask("administrator", Method::PATCH, "/api/people/administrator", "{\"name\":\"Someone\",\"clearance\":\"open\"}").status, StatusCode::OK);
}

#[test]
fn what_cannot_be_is_refused_in_words() {
    let house = House::make();
    for (method, path, body, told) in [
        (Method::POST, "/api/people", json!({"id": "Ann", "name": "A", "clearance": "open"}), "no id"),
        (Method::POST, "/api/people", json!({"id": "nobody", "name": "A", "clearance": "open"}), "no id"),
        (Method::POST, "/api/people", json!({"id": "analyst", "name": "A", "clearance": "open"}), "given once"),
        (Method::POST, "/api/people", json!({"id": "a", "name": " ", "clearance": "open"}), "name"),
        (Method::POST, "/api/people", json!({"id": "a", "name": "A", "clearance": "open", "roles": ["king"]}), "`king`"),
        (Method::POST, "/api/people", json!({"id": "a", "name": "A", "clearance": "cosmic"}), "cosmic"),
        (Method::PATCH, "/api/people/stranger", json!({"name": "A"}), "`stranger`"),
        (Method::PATCH, "/api/people/administrator", json!({"roles": []}), "last administrator"),
        (Method::POST, "/api/people/administrator/end", json!({}), "last administrator"),
    ] {
        let reply = house.ask("administrator", method, path, &body.to_string());
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{body}");
        assert!(reply.json()["detail"].as_str().unwrap().contains(told), "{}", reply.json());
    }
}

#[test]
fn a_change_takes_effect_in_open_sessions_at_once() {
    let house = House::make();
    let session = house.session("supervisor");
    let roles = || house.with_cookie(&session, Method::GET, "/api/me", "").json()["person"]["roles"].clone();
    assert_eq!(roles(), json!(["supervisor"]));
    house.ask("administrator", Method::PATCH, "/api/people/supervisor", "{\"roles\":[\"analyst\"]}");
    assert_eq!(roles(), json!(["analyst"]));
    house.ask("administrator", Method::POST, "/api/people/supervisor/end", "");
    assert_eq!(house.with_cookie(&session, Method::GET, "/api/me", "").status, StatusCode::UNAUTHORIZED);
    let link = format!("{{\"token\":\"{}\"}}", house.token("supervisor"));
    assert_eq!(house.post("/api/sign-in", &link).status, StatusCode::UNAUTHORIZED);
    let back = house.ask("administrator", Method::PATCH, "/api/people/supervisor", "{\"roles\":[\"analyst\"]}");
    assert!(back.json()["detail"].as_str().unwrap().contains("has ended"));
}

#[test]
fn a_new_link_takes_the_place_of_the_old() {
    let house = House::with(&Setting { production: true, ..Setting::default() });
    let administrator = house.session("administrator");
    let made = house.with_cookie(&administrator, Method::POST, "/api/people/analyst/link", "").json();
    let old = format!("{{\"token\":\"{}\"}}", house.token("analyst"));
    assert_eq!(house.post("/api/sign-in", &old).status, StatusCode::UNAUTHORIZED);
    assert_eq!(house.post("/api/sign-in", &json!({ "token": made["token"] }).to_string()).status, StatusCode::OK);
}
