//! What every operation may answer besides what its own file says, so that the description leaves nothing out.

use utoipa::openapi::{Content, OpenApi, Ref, RefOr, Response, path::Operation};

/// Operations that anybody may ask without signing in.
const PUBLIC: [&str; 9] = [
    "/api/sign-in",
    "/api/sign-in/ways",
    "/api/sign-in/passkey",
    "/api/sign-in/passkey/challenge",
    "/api/sign-in/openid",
    "/api/sign-in/openid/return",
    "/api/ontology",
    "/api/ledger",
    "/api/health",
];

/// Adds the problems that any request may meet.
pub(crate) fn complete(mut api: OpenApi) -> OpenApi {
    for (path, item) in &mut api.paths.paths {
        let asks_who = path.starts_with("/api/") && !path.starts_with("/api/public") && !PUBLIC.contains(&path.as_str());
        let methods = [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        for operation in methods.into_iter().flatten() {
            let takes_body = operation.request_body.is_some();
            let takes_path = path.contains('{');
            add(operation, 400, "The request cannot be understood.");
            add(operation, 403, "The charter refuses, or the request comes from another site.");
            add(operation, 429, "Too many attempts or requests; `Retry-After` says when to try again.");
            add(operation, 503, "The answer could not be recorded, and so there is none.");
            if asks_who {
                add(operation, 401, "Nobody is signed in.");
                add(operation, 409, "The charter changed meanwhile; ask again.");
            }
            if asks_who || takes_path || takes_body {
                add(operation, 404, "There is nothing of that name.");
            }
            if takes_body {
                add(operation, 408, "The body did not arrive in time.");
                add(operation, 413, "The body is too long.");
                add(operation, 415, "The body is not JSON.");
            }
        }
    }
    api
}

fn add(operation: &mut Operation, status: u16, description: &str) {
    operation.responses.responses.entry(status.to_string()).or_insert_with(|| {
        let mut response = Response::new(description);
        let problem = Content::new(Some(RefOr::Ref(Ref::from_schema_name("Problem"))));
        response.content.insert("application/problem+json".to_owned(), RefOr::T(problem));
        RefOr::T(response)
    });
}
