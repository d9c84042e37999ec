//! The web workspace, out of the binary.

use axum::{
    http::{StatusCode, Uri, header},
    response::{Html, IntoResponse, Response},
};

use crate::problem::Problem;

/// Path and bytes of every file of the built workspace.
const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/workspace_files.rs"));

/// Shown where the program was built without its workspace.
const NOT_BUILT: &str = "<!doctype html><html lang=\"en-GB\"><title>Candour</title><h1>The workspace is not part of this build</h1><p>Build it with <code>npm ci &amp;&amp; npm run build</code> in <code>web/</code>, then build <code>candour</code> again. The HTTP interface works; see <a href=\"/openapi.json\">its description</a>.</p></html>";

/// Serves a file of the workspace; everything else is not there.
pub(crate) async fn serve(uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    let wanted = if path.is_empty() { "index.html" } else { path };
    match FILES.iter().find(|(name, _)| *name == wanted) {
        Some((name, bytes)) => {
            // Names of built assets hold a hash of their content.
            let caching = if name.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
            (StatusCode::OK, [(header::CONTENT_TYPE, media_type(name)), (header::CACHE_CONTROL, caching)], *bytes).into_response()
        }
        None if path.is_empty() => Html(NOT_BUILT).into_response(),
        None => Problem::no_such_page(uri.path()).into_response(),
    }
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("json" | "map" | "webmanifest") => "application/json",
        Some("woff2") => "font/woff2",
        Some("wasm") => "application/wasm",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
