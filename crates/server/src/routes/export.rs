//! Disclosure.

use std::io::Read as _;

use axum::{
    extract::State,
    http::{HeaderName, header},
    response::IntoResponse,
};
use candour_actions::{ActionError, ExportFormat, ExportRequest};
use serde::Deserialize;
use utoipa::ToSchema;

use super::ask;
use crate::{Shared, asker::Asker, body::Body, problem::Problem};

/// What to hand out, to whom.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Export {
    /// ftm, statements, graphml, geojson, csv, xlsx or anx.
    format: String,
    /// Only what this search finds.
    #[serde(default)]
    query: Option<String>,
    /// The recipient.
    #[serde(default)]
    to: String,
}

/// Hands evidence to somebody outside. The body is the file; `X-Candour-Receipt` gives the number of the entry.
#[utoipa::path(post, path = "/api/export", request_body = Export, responses((status = 200, content_type = "application/octet-stream"), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn export(State(shared): State<Shared>, asker: Asker, Body(export): Body<Export>) -> Result<impl IntoResponse, Problem> {
    let format: ExportFormat = export.format.parse().map_err(Problem::bad_request)?;
    let request = ExportRequest { format, query: export.query, to: export.to };
    let (bytes, index) = ask(&shared, move |desk| {
        let answer = desk.export(&asker.who, &request)?;
        let (_, mut file) = answer.value.into_reader()?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|error| ActionError::BadInput(error.to_string()))?;
        Ok((bytes, answer.receipt.index))
    })
    .await?;
    let extension = match format {
        ExportFormat::Ftm => "ijson",
        ExportFormat::Statements | ExportFormat::Csv => "csv",
        ExportFormat::Graphml => "graphml",
        ExportFormat::Geojson => "geojson",
        ExportFormat::Xlsx => "xlsx",
        ExportFormat::Anx => "anx",
    };
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"candour-{index}.{extension}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (HeaderName::from_static("x-candour-receipt"), index.to_string()),
    ];
    Ok((headers, bytes))
}
