//! A served example home with a handful of entities, and requests to it.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use candour_actions::{Desk, ImportRequest, NewHome, Purpose, Who};
use candour_server::Options;
use candour_testkit::FakeClock;
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt as _;

/// Invented people, a firm and what ties them.
const ENTITIES: &str = r#"{"id":"ann","schema":"Person","properties":{"name":["Ann Quill"],"phone":["+441632960001"],"birthDate":["1980-02-03"]}}
{"id":"bo","schema":"Person","properties":{"name":["Bo Marsh"],"phone":["+441632960001"]}}
{"id":"firm","schema":"Company","properties":{"name":["Quill & Marsh Ltd"]}}
{"id":"own","schema":"Ownership","properties":{"owner":["bo"],"asset":["firm"],"percentage":["60"]}}
"#;

/// The home and the router over it.
pub(crate) struct House {
    pub(crate) desk: Arc<Desk>,
    pub(crate) clock: FakeClock,
    router: Router,
    tokens: BTreeMap<String, String>,
    folder: TempDir,
}

/// What a house may have that others have not.
#[derive(Default)]
pub(crate) struct Setting {
    pub(crate) production: bool,
    pub(crate) options: Options,
    /// Files put into the home before it is served.
    pub(crate) files: Vec<(&'static str, String)>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl House {
    pub(crate) fn make() -> Self {
        Self::with(&Setting::default())
    }

    pub(crate) fn with(setting: &Setting) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let new = NewHome { organisation: "Harbourton".to_owned(), example: !setting.production, made_by: "test".to_owned() };
        let clock = FakeClock::default();
        let desk = Desk::init(&folder.path().join("home"), &new, clock.outside(1)).unwrap();
        let file = folder.path().join("people.ijson");
        std::fs::write(&file, ENTITIES).unwrap();
        let actor = desk.account("analyst").unwrap().actor();
        let purpose = if setting.production { Purpose::plain("record-keeping") } else { Purpose::plain("demo") };
        let purpose = Purpose { case: Some("1".to_owned()), reason: Some("a test".to_owned()), ..purpose };
        let who = Who { actor, purpose: Some(purpose) };
        desk.import(&who, &ImportRequest { paths: vec![file], ..ImportRequest::default() }, &mut |_| ()).unwrap();
        let tokens = desk.renew_sign_ins().unwrap().into_iter().map(|sign_in| (sign_in.person, sign_in.token)).collect();
        for (name, text) in &setting.files {
            std::fs::write(folder.path().join("home").join(name), text).unwrap();
        }
        let desk = Arc::new(desk);
        let address = "127.0.0.1:8460".parse().unwrap();
        let router = candour_server::router(Arc::clone(&desk), address, &setting.options).unwrap();
        Self { router, desk, clock, tokens, folder }
    }

    /// What a file of the home holds.
    pub(crate) fn file(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path().join("home").join(name)).unwrap_or_default()
    }

    /// The newest entries of the journal: actor, action, purpose and outcome, oldest first.
    pub(crate) fn journal(&self, newest: u64) -> Vec<[String; 4]> {
        let who = Who {
            actor: self.desk.account("overseer").unwrap().actor(),
            purpose: Some(Purpose { reason: Some("a test".to_owned()), ..Purpose::plain("oversight") }),
        };
        let size = self.desk.public_log().unwrap().size;
        let view = self.desk.read_journal(&who, size.saturating_sub(newest), newest).unwrap().value;
        let field =
            |fields: &[(String, String)], name: &str| fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap_or_default();
        view.entries.iter().map(|entry| ["actor", "action", "purpose", "outcome"].map(|name| field(&entry.fields, name))).collect()
    }

    pub(crate) fn token(&self, person: &str) -> &str {
        &self.tokens[person]
    }

    /// Sends a request and waits for the whole answer.
    pub(crate) fn send(&self, request: Request<Body>) -> Reply {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            Reply { status: parts.status, headers: parts.headers, bytes: to_bytes(body, usize::MAX).await.unwrap().to_vec() }
        })
    }

    /// A request without body, from nobody.
    pub(crate) fn get(&self, path: &str) -> Reply {
        self.send(Request::get(path).body(Body::empty()).unwrap())
    }

    /// A session's cookie.
    pub(crate) fn session(&self, person: &str) -> String {
        let body = format!("{{\"token\":\"{}\"}}", self.token(person));
        let reply = self.send(Request::post("/api/sign-in").header(header::CONTENT_TYPE, "application/json").body(Body::from(body)).unwrap());
        assert_eq!(reply.status, StatusCode::OK, "{reply:?}");
        reply.header("set-cookie").split(';').next().unwrap().to_owned()
    }

    /// A request of somebody who is signed in, for the example purpose.
    pub(crate) fn ask(&self, person: &str, method: Method, path: &str, body: &str) -> Reply {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::COOKIE, self.session(person))
            .header(header::CONTENT_TYPE, "application/json")
            .header("x-candour-purpose", "demo")
            .header("x-candour-request", "1")
            .body(Body::from(body.to_owned()));
        self.send(request.unwrap())
    }

    /// A request with a session's cookie, marked as the workspace's own.
    pub(crate) fn with_cookie(&self, cookie: &str, method: Method, path: &str, body: &str) -> Reply {
        let request = Request::builder().method(method).uri(path).header(header::COOKIE, cookie).header("x-candour-request", "1");
        self.send(request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_owned())).unwrap())
    }

    /// A JSON request of a stranger.
    pub(crate) fn post(&self, path: &str, body: &str) -> Reply {
        self.send(Request::post(path).header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_owned())).unwrap())
    }
}
