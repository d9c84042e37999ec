//! The public ledger: anybody can fetch and verify it.

use axum::http::{Method, StatusCode};
use candour_ledger::{
    Receipt, VerifierKey,
    verify::{Request, Source, verify},
};

use crate::house::House;

struct Served<'h>(&'h House);

impl Source for Served<'_> {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        let reply = self.0.get(&format!("/log/{path}"));
        match reply.status {
            StatusCode::OK => Ok(Some(reply.bytes)),
            StatusCode::NOT_FOUND => Ok(None),
            other => Err(other.to_string()),
        }
    }
}

#[test]
fn what_is_served_verifies_with_the_receipt_of_an_answer() {
    let house = House::make();
    let answer = house.ask("analyst", Method::GET, "/api/search?q=quill", "").json();
    let receipt: Receipt = serde_json::from_value(answer["receipt"].clone()).unwrap();
    let key = VerifierKey::parse(house.get("/api/ledger").json()["log_key"].as_str().unwrap()).unwrap();
    let verified = verify(&Served(&house), &Request { key: &key, witnesses: &[], since: None, receipts: &[("receipt", &receipt)] });
    assert_eq!(verified.problems, []);
    assert_eq!(verified.size, house.desk.public_log().unwrap().size);

    // The same receipt, with one field said otherwise, does not hold.
    let mut forged = receipt;
    forged.fields.iter_mut().find(|field| field.name == "query").unwrap().value = "marsh".to_owned();
    let verified = verify(&Served(&house), &Request { key: &key, witnesses: &[], since: None, receipts: &[("receipt", &forged)] });
    assert!(!verified.ok());
}

#[test]
fn a_receipt_can_be_had_again_and_shows_its_fields_to_its_owner_alone() {
    let house = House::make();
    let index = house.ask("analyst", Method::GET, "/api/search?q=quill", "").json()["receipt"]["index"].as_u64().unwrap();
    let path = format!("/api/receipts/{index}");
    let fields = |person: &str| -> Vec<String> {
        let receipt: Receipt = serde_json::from_value(house.ask(person, Method::GET, &path, "").json()["receipt"].clone()).unwrap();
        receipt.fields.into_iter().map(|field| field.name).collect()
    };
    assert!(fields("analyst").contains(&"query".to_owned()));
    assert_eq!(fields("reviewer"), ["time"]);
}
