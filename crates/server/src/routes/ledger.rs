//! The public ledger: its state and its files, without sign-in; and one's own receipts again.

use axum::{
    Json,
    extract::{Path, State},
    http::header,
    response::IntoResponse,
};
use candour_actions::{LogStatus, Receipt};
use serde::Serialize;
use utoipa::ToSchema;

use super::ask;
use crate::{Shared, asker::Asker, problem::Problem};

/// The log as it stands.
#[derive(Serialize, ToSchema)]
pub(crate) struct LedgerView {
    origin: String,
    size: u64,
    /// Root hash, base64.
    root: String,
    /// The signed checkpoint.
    checkpoint: String,
    /// The key to verify it with.
    log_key: String,
}

impl From<LogStatus> for LedgerView {
    fn from(status: LogStatus) -> Self {
        Self { origin: status.origin, size: status.size, root: status.root, checkpoint: status.checkpoint, log_key: status.log_key }
    }
}

/// A receipt.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReceiptView {
    #[schema(value_type = serde_json::Value)]
    receipt: Receipt,
}

/// Size, root and checkpoint of the log. Public.
#[utoipa::path(get, path = "/api/ledger", responses((status = 200, body = LedgerView)))]
pub(crate) async fn status(State(shared): State<Shared>) -> Result<Json<LedgerView>, Problem> {
    Ok(Json(ask(&shared, |desk| desk.public_log()).await?.into()))
}

/// The receipt of an entry in the newest tree. Its fields are shown to whoever made the entry.
#[utoipa::path(get, path = "/api/receipts/{index}", params(("index" = u64, Path,)), responses((status = 200, body = ReceiptView)))]
pub(crate) async fn receipt(State(shared): State<Shared>, asker: Asker, Path(index): Path<String>) -> Result<impl IntoResponse, Problem> {
    let index: u64 = index.parse().map_err(|_| Problem::bad_request(format!("the index `{index}` is no number of an entry; give a whole number")))?;
    let answer = ask(&shared, move |desk| desk.prove(&asker.who, index)).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(ReceiptView { receipt: answer.value })))
}

/// A file of the log in C2SP's static layout: `checkpoint`, `tile/...`. Public.
#[utoipa::path(get, path = "/log/{*path}", params(("path" = String, Path,)), responses((status = 200, content_type = "application/octet-stream"), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn file(State(shared): State<Shared>, Path(path): Path<String>) -> Result<impl IntoResponse, Problem> {
    let shown = format!("/log/{path}");
    let is_checkpoint = path == "checkpoint";
    let bytes = ask(&shared, move |desk| desk.public_log_file(&path)).await?.ok_or_else(|| Problem::no_such_page(&shown))?;
    let (media, caching) =
        if is_checkpoint { ("text/plain; charset=utf-8", "no-cache") } else { ("application/octet-stream", "public, max-age=31536000, immutable") };
    Ok(([(header::CONTENT_TYPE, media), (header::CACHE_CONTROL, caching)], bytes))
}
