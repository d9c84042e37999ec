//! Passkeys, with an authenticator of software: it answers challenges as a device does (Web Authentication, sections 6 and 7;
//! ES256; no attestation).

use axum::http::{Method, StatusCode};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use p256::ecdsa::{Signature, SigningKey, signature::Signer as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::house::{House, Reply};

/// The address of the house.
const ORIGIN: &str = "http://localhost:8460";
const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const WITH_KEY: u8 = 0x40;

/// A device with one passkey.
struct Device {
    key: SigningKey,
    id: Vec<u8>,
    owner: String,
    origin: String,
    flags: u8,
    counter: u32,
}

impl Device {
    fn new(seed: u8) -> Self {
        let key = SigningKey::from_slice(&[seed; 32]).unwrap();
        Self { key, id: vec![seed; 16], owner: String::new(), origin: ORIGIN.to_owned(), flags: PRESENT | VERIFIED, counter: 1 }
    }

    fn client_data(&self, kind: &str, challenge: &Value) -> Vec<u8> {
        json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false }).to_string().into_bytes()
    }

    fn data(&self, flags: u8) -> Vec<u8> {
        let mut data = Sha256::digest(b"localhost").to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// Makes the passkey.
    fn create(&mut self, challenge: &Value) -> Value {
        let options = &challenge["options"]["publicKey"];
        assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
        assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
        self.owner = options["user"]["id"].as_str().unwrap().to_owned();
        let mut data = self.data(self.flags | WITH_KEY);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        let point = self.key.verifying_key().to_sec1_point(false);
        let (x, y) = point.as_bytes()[1..].split_at(32);
        // COSE: key type 2 (two coordinates), algorithm -7 (ES256), curve 1 (P-256), x, y.
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(x);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(y);
        // CBOR: { "fmt": "none", "attStmt": {}, "authData": bytes }.
        let mut object = vec![0xa3, 0x63];
        object.extend(b"fmt\x64none\x67attStmt\xa0\x68authData\x58");
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(&data);
        let response =
            json!({ "attestationObject": BASE64.encode(object), "clientDataJSON": BASE64.encode(self.client_data("webauthn.create", &options["challenge"])) });
        json!({ "id": BASE64.encode(&self.id), "rawId": BASE64.encode(&self.id), "type": "public-key", "response": response })
    }

    /// Signs with the passkey.
    fn sign(&mut self, challenge: &Value) -> Value {
        self.counter += 1;
        let data = self.data(self.flags);
        let client = self.client_data("webauthn.get", &challenge["options"]["publicKey"]["challenge"]);
        let mut signed = data.clone();
        signed.extend(Sha256::digest(&client));
        let signature: Signature = self.key.sign(&signed);
        let response = json!({
            "authenticatorData": BASE64.encode(data),
            "clientDataJSON": BASE64.encode(client),
            "signature": BASE64.encode(signature.to_der().as_bytes()),
            "userHandle": self.owner,
        });
        json!({ "id": BASE64.encode(&self.id), "rawId": BASE64.encode(&self.id), "type": "public-key", "response": response })
    }
}

fn register(house: &House, person: &str, device: &mut Device) -> Reply {
    let challenge = house.ask(person, Method::POST, "/api/passkeys/challenge", "").json();
    let body = json!({ "ceremony": challenge["ceremony"], "label": "laptop", "credential": device.create(&challenge) });
    house.ask(person, Method::POST, "/api/passkeys", &body.to_string())
}

fn sign_in(house: &House, device: &mut Device) -> Reply {
    let challenge = house.post("/api/sign-in/passkey/challenge", "").json();
    let body = json!({ "ceremony": challenge["ceremony"], "credential": device.sign(&challenge) });
    house.post("/api/sign-in/passkey", &body.to_string())
}

#[test]
fn a_passkey_is_registered_and_signs_in() {
    let house = House::make();
    let mut device = Device::new(7);
    let reply = register(&house, "analyst", &mut device);
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
    assert_eq!(house.journal(1)[0], ["analyst", "passkey", "", "added"]);
    let reply = sign_in(&house, &mut device);
    assert_eq!((reply.status, reply.json()["person"]["id"].as_str()), (StatusCode::OK, Some("analyst")), "{}", reply.json());
    assert_eq!(house.journal(1)[0], ["analyst", "sign_in", "", "signed in with a passkey"]);
    let cookie = reply.header("set-cookie").split(';').next().unwrap().to_owned();
    let known = house.with_cookie(&cookie, Method::GET, "/api/passkeys", "").json();
    assert!(known["passkeys"][0]["used"].is_string(), "{known}");
    assert_eq!(house.with_cookie(&cookie, Method::GET, "/api/sessions", "").json()["sessions"][0]["how"], "passkey");
    // Removed, it opens nothing.
    let path = format!("/api/passkeys/{}", known["passkeys"][0]["id"].as_str().unwrap());
    assert_eq!(house.ask("reviewer", Method::DELETE, &path, "").status, StatusCode::NOT_FOUND);
    assert_eq!(house.with_cookie(&cookie, Method::DELETE, &path, "").status, StatusCode::NO_CONTENT);
    assert_eq!(sign_in(&house, &mut device).status, StatusCode::UNAUTHORIZED);
    assert_eq!(house.journal(1)[0], ["nobody", "sign_in", "", "unknown passkey"]);
}

#[test]
fn what_is_not_a_passkey_of_this_place_and_moment_opens_nothing() {
    let house = House::make();
    let mut device = Device::new(7);
    assert_eq!(register(&house, "analyst", &mut device).status, StatusCode::OK);
    let refused = |device: &mut Device, what: &str| {
        house.clock.advance(20 * 60 * 1000);
        let reply = sign_in(&house, device);
        assert_eq!((reply.status, reply.header("set-cookie")), (StatusCode::UNAUTHORIZED, ""), "{what}");
        assert_eq!(house.journal(1)[0][0], "nobody", "{what}");
    };
    let with = |change: &dyn Fn(&mut Device)| {
        let mut other = Device { owner: device.owner.clone(), counter: 50, ..Device::new(7) };
        change(&mut other);
        other
    };
    refused(&mut with(&|device| device.origin = "http://localhost:9999".to_owned()), "another origin");
    refused(&mut with(&|device| device.origin = "https://elsewhere.example".to_owned()), "another site");
    refused(&mut with(&|device| device.flags = PRESENT), "nobody verified");
    refused(&mut with(&|device| device.key = SigningKey::from_slice(&[8; 32]).unwrap()), "another key");
    refused(&mut with(&|device| device.owner = BASE64.encode([1; 16])), "another owner");
    refused(&mut with(&|device| device.id = vec![9; 16]), "another id");
    house.clock.advance(20 * 60 * 1000);
    assert_eq!(sign_in(&house, &mut with(&|_| ())).status, StatusCode::OK, "and the right one does");
}

#[test]
fn a_challenge_serves_once_in_time_and_for_what_it_was_made() {
    let house = House::make();
    let mut device = Device::new(7);
    register(&house, "analyst", &mut device);
    let challenge = house.post("/api/sign-in/passkey/challenge", "").json();
    let body = json!({ "ceremony": challenge["ceremony"], "credential": device.sign(&challenge) }).to_string();
    assert_eq!(house.post("/api/sign-in/passkey", &body).status, StatusCode::OK);
    assert_eq!(house.post("/api/sign-in/passkey", &body).status, StatusCode::BAD_REQUEST, "replayed");
    let challenge = house.post("/api/sign-in/passkey/challenge", "").json();
    house.clock.advance(5 * 60 * 1000);
    let body = json!({ "ceremony": challenge["ceremony"], "credential": device.sign(&challenge) }).to_string();
    assert_eq!(house.post("/api/sign-in/passkey", &body).status, StatusCode::BAD_REQUEST, "late");
    // The answer to one challenge is no answer to another.
    let (first, second) = (house.post("/api/sign-in/passkey/challenge", "").json(), house.post("/api/sign-in/passkey/challenge", "").json());
    let body = json!({ "ceremony": second["ceremony"], "credential": device.sign(&first) }).to_string();
    assert_eq!(house.post("/api/sign-in/passkey", &body).status, StatusCode::UNAUTHORIZED);
    // One person's challenge makes no passkey for another.
    let challenge = house.ask("analyst", Method::POST, "/api/passkeys/challenge", "").json();
    let body = json!({ "ceremony": challenge["ceremony"], "label": "laptop", "credential": Device::new(3).create(&challenge) }).to_string();
    assert_eq!(house.ask("supervisor", Method::POST, "/api/passkeys", &body).status, StatusCode::BAD_REQUEST);
    // And the same passkey is not registered twice.
    let again = register(&house, "reviewer", &mut Device::new(7));
    assert_eq!(again.status, StatusCode::BAD_REQUEST);
}
