//! Signing in through an OpenID provider: a small one on the loopback, which signs with Ed25519 and says what a test tells it.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};

use crate::house::{House, Reply, Setting};

/// What the provider answers to the next exchange of a code, and what it was asked with.
#[derive(Default)]
struct Script {
    token: String,
    asked: String,
}

struct Provider {
    address: SocketAddr,
    script: Arc<Mutex<Script>>,
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn signed(header: &Value, claims: &Value, key: &SigningKey) -> String {
    let text = format!("{}.{}", BASE64.encode(header.to_string()), BASE64.encode(claims.to_string()));
    let signature = key.sign(text.as_bytes()).to_bytes();
    format!("{text}.{}", BASE64.encode(signature))
}

fn answer(stream: &TcpStream, issuer: &str, script: &Mutex<Script>) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let (mut line, mut length) = (String::new(), 0);
    reader.read_line(&mut line).ok()?;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        if header.trim().is_empty() {
            break;
        }
        let header = header.to_ascii_lowercase();
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let answer = match line.split(' ').nth(1)? {
        "/.well-known/openid-configuration" => json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/authorize"),
            "token_endpoint": format!("{issuer}/token"),
            "jwks_uri": format!("{issuer}/keys"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["EdDSA"],
        }),
        "/keys" => {
            json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": "1", "x": BASE64.encode(key(1).verifying_key().as_bytes()) }] })
        }
        "/token" => {
            let mut script = script.lock().unwrap();
            script.asked = String::from_utf8(body).ok()?;
            json!({ "access_token": "unused", "token_type": "Bearer", "id_token": script.token })
        }
        _ => json!({}),
    };
    let text = answer.to_string();
    let mut stream = stream;
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{text}", text.len()).ok()
}

impl Provider {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let script: Arc<Mutex<Script>> = Arc::default();
        let told = Arc::clone(&script);
        // Ends with the process of the tests.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                answer(&stream, &format!("http://{address}"), &told);
            }
        });
        Self { address, script }
    }

    fn issuer(&self) -> String {
        format!("http://{}", self.address)
    }

    fn house(&self, more: &str) -> House {
        let file = format!("issuer = '{}'\nclient_id = 'candour'\nlabel = 'Sign in with Harbourton'\n{more}", self.issuer());
        let house = House::with(&Setting { files: vec![("oidc.toml", file)], ..Setting::default() });
        house.ask("administrator", axum::http::Method::PATCH, "/api/people/analyst", "{\"subject\":\"a-17\"}");
        house
    }

    fn claims(&self, nonce: &str) -> Value {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
        json!({ "iss": self.issuer(), "sub": "a-17", "aud": "candour", "exp": now + 300, "iat": now, "nonce": nonce })
    }
}

/// A browser that is on its way to the provider.
struct Gone {
    cookie: String,
    state: String,
    nonce: String,
}

fn go(house: &House) -> Gone {
    let reply = house.get("/api/sign-in/openid");
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", String::from_utf8_lossy(&reply.bytes));
    let address = reply.header("location").to_owned();
    let parameter = |name: &str| {
        let query = address.split_once('?').unwrap().1;
        query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}="))).unwrap().to_owned()
    };
    assert_eq!((parameter("code_challenge_method").as_str(), parameter("response_type").as_str()), ("S256", "code"));
    let cookie = reply.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    Gone { cookie: cookie.split(';').next().unwrap().to_owned(), state: parameter("state"), nonce: parameter("nonce") }
}

fn back(house: &House, cookie: &str, state: &str) -> Reply {
    let request = Request::get(format!("/api/sign-in/openid/return?code=c0de&state={state}")).header(header::COOKIE, cookie);
    house.send(request.header("sec-fetch-site", "cross-site").body(Body::empty()).unwrap())
}

const HEADER: &str = "{\"alg\":\"EdDSA\",\"typ\":\"JWT\",\"kid\":\"1\"}";

/// Goes to the provider and comes back with a token.
fn round(provider: &Provider, house: &House, token: impl FnOnce(Value) -> String) -> Reply {
    let gone = go(house);
    provider.script.lock().unwrap().token = token(provider.claims(&gone.nonce));
    back(house, &gone.cookie, &gone.state)
}

fn plain(claims: &Value) -> String {
    signed(&serde_json::from_str(HEADER).unwrap(), claims, &key(1))
}

fn is_signed_in(reply: &Reply) -> bool {
    reply.header("location") == "/#/sign-in/openid" && reply.header("set-cookie").starts_with("candour_session=")
}

fn refused(house: &House, reply: &Reply, what: &str) {
    assert_eq!((reply.status, reply.header("location")), (StatusCode::SEE_OTHER, "/#/sign-in/openid-refused"), "{what}");
    assert!(!reply.header("set-cookie").starts_with("candour_session="), "{what}");
    let entry = house.journal(1).pop().unwrap();
    assert!(entry[0] == "nobody" && entry[1] == "sign_in" && entry[3].starts_with("refused"), "{what}: {entry:?}");
}

#[test]
fn somebody_whom_the_provider_vouches_for_is_signed_in() {
    let provider = Provider::start();
    let house = provider.house("");
    assert_eq!(house.get("/api/sign-in/ways").json()["openid"], "Sign in with Harbourton");
    let reply = round(&provider, &house, |claims| plain(&claims));
    assert!(is_signed_in(&reply), "{:?} {:?}", reply.headers, house.journal(1));
    let asked = provider.script.lock().unwrap().asked.clone();
    assert!(asked.contains("code_verifier=") && asked.contains("code=c0de"), "{asked}");
    let cookie = reply.header("set-cookie").split(';').next().unwrap().to_owned();
    assert_eq!(house.with_cookie(&cookie, axum::http::Method::GET, "/api/me", "").json()["person"]["id"], "analyst");
    assert_eq!(house.journal(1)[0], ["analyst", "sign_in", "", "signed in through the OpenID provider"]);
}

#[test]
fn what_the_provider_did_not_say_signs_nobody_in() {
    type Forge<'f> = (&'f str, Box<dyn Fn(Value) -> String>);
    let with = |change: fn(&mut Value)| {
        move |mut claims: Value| {
            change(&mut claims);
            plain(&claims)
        }
    };
    let none = BASE64.encode("{\"alg\":\"none\"}");
    let forged: Vec<Forge<'_>> = vec![
        ("another nonce", Box::new(with(|claims| claims["nonce"] = json!("other")))),
        ("no nonce", Box::new(with(|claims| drop(claims.as_object_mut().unwrap().remove("nonce"))))),
        ("another audience", Box::new(with(|claims| claims["aud"] = json!("somebody-else")))),
        ("another issuer", Box::new(with(|claims| claims["iss"] = json!("http://127.0.0.1:1")))),
        ("expired", Box::new(with(|claims| claims["exp"] = json!(1_700_000_000)))),
        ("somebody unknown", Box::new(with(|claims| claims["sub"] = json!("stranger")))),
        ("another key", Box::new(|claims| signed(&serde_json::from_str(HEADER).unwrap(), &claims, &key(2)))),
        ("no signature", Box::new(move |claims| format!("{none}.{}.", BASE64.encode(claims.to_string())))),
        ("no token", Box::new(|_| String::new())),
    ];
    let provider = Provider::start();
    let house = provider.house("");
    for (what, forge) in forged {
        house.clock.advance(20 * 60 * 1000);
        refused(&house, &round(&provider, &house, forge), what);
    }
    house.clock.advance(20 * 60 * 1000);
    assert!(is_signed_in(&round(&provider, &house, |claims| plain(&claims))), "and what it did say does");
}

#[test]
fn a_state_belongs_to_one_browser_and_one_return() {
    let provider = Provider::start();
    let house = provider.house("");
    let gone = go(&house);
    provider.script.lock().unwrap().token = plain(&provider.claims(&gone.nonce));
    refused(&house, &back(&house, &gone.cookie, "made-up"), "a state that nobody handed out");
    refused(&house, &back(&house, "", &gone.state), "a browser without the cookie");
    let (one, other) = (go(&house), go(&house));
    provider.script.lock().unwrap().token = plain(&provider.claims(&one.nonce));
    refused(&house, &back(&house, &other.cookie, &one.state), "another browser");
    let gone = go(&house);
    provider.script.lock().unwrap().token = plain(&provider.claims(&gone.nonce));
    assert!(is_signed_in(&back(&house, &gone.cookie, &gone.state)));
    refused(&house, &back(&house, &gone.cookie, &gone.state), "the same return again");
    house.clock.advance(20 * 60 * 1000);
    let gone = go(&house);
    house.clock.advance(10 * 60 * 1000);
    refused(&house, &back(&house, &gone.cookie, &gone.state), "late");
}

#[test]
fn the_provider_can_take_roles_and_never_give_them() {
    let provider = Provider::start();
    let house = provider.house("roles_claim = 'groups'\n[roles]\ndetectives = 'analyst'\nheads = 'supervisor'\n");
    for (groups, roles) in [(json!(["detectives", "heads"]), json!(["analyst"])), (json!(["heads"]), json!([])), (json!([]), json!([]))] {
        let reply = round(&provider, &house, |mut claims| {
            claims["groups"] = groups.clone();
            plain(&claims)
        });
        let cookie = reply.header("set-cookie").split(';').next().unwrap().to_owned();
        assert_eq!(house.with_cookie(&cookie, axum::http::Method::GET, "/api/me", "").json()["person"]["roles"], roles, "{groups}");
    }
}

#[test]
fn a_home_without_a_provider_says_so() {
    let house = House::make();
    assert_eq!(house.get("/api/sign-in/ways").json()["openid"], Value::Null);
    assert_eq!(house.get("/api/sign-in/openid").status, StatusCode::NOT_FOUND);
    refused(&house, &back(&house, "", "made-up"), "a return to a home without a provider");
}
