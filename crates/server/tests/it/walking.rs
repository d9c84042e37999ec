//! The way of an analyst through the interface.

use axum::http::{Method, StatusCode};

use crate::house::House;

#[test]
fn from_a_word_to_a_path() {
    let house = House::make();
    let get = |path: &str| {
        let reply = house.ask("analyst", Method::GET, path, "");
        assert_eq!((reply.status, reply.header("cache-control")), (StatusCode::OK, "no-store"), "{path}");
        reply.json()
    };
    let found = get("/api/search?q=quill&schema=Person");
    assert_eq!((found["total"].as_u64(), found["hits"][0]["id"].as_str()), (Some(1), Some("ann")));
    assert_eq!(get("/api/suggest?q=mar")["suggestions"].as_array().unwrap().len(), 2);
    let entity = get("/api/entities/ann");
    assert_eq!((entity["caption"].as_str(), entity["statements"].as_array().unwrap().len()), (Some("Ann Quill"), 3));
    let chart = get("/api/entities/phone:+441632960001/neighbours?depth=1");
    assert_eq!(chart["nodes"].as_array().unwrap().len(), 3);
    let path = get("/api/path?from=ann&to=firm");
    assert_eq!((path["length"].as_u64(), path["paths"][0].as_array().unwrap().len()), (Some(3), 7));
    assert_eq!(get("/api/timeline?id=ann")["events"][0]["date"], "1980-02-03");
    assert!(get("/api/charter")["matrix"].as_str().unwrap().contains("open_entity"));
}

#[test]
fn a_disclosure_is_a_file_with_its_entry_in_a_header() {
    let house = House::make();
    let body = "{\"format\":\"ftm\",\"to\":\"the court\"}";
    assert_eq!(house.ask("analyst", Method::POST, "/api/export", body).status, StatusCode::FORBIDDEN);
    let reply = house.ask("supervisor", Method::POST, "/api/export", body);
    assert_eq!(reply.status, StatusCode::OK);
    assert!(reply.header("content-disposition").contains("attachment"));
    assert_eq!(reply.header("x-candour-receipt").parse::<u64>().unwrap(), house.desk.public_log().unwrap().size - 1);
    assert_eq!(String::from_utf8(reply.bytes).unwrap().lines().count(), 4);
    assert_eq!(house.ask("supervisor", Method::POST, "/api/export", "{\"format\":\"ftm\",\"to\":\" \"}").status, StatusCode::BAD_REQUEST);
}
