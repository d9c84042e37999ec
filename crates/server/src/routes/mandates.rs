//! Mandates: the register, drafts, signatures, revocations.

use axum::{
    extract::{Path, State},
    response::IntoResponse,
};
use candour_actions::{Classification, MandateRequest, MandateView, MandatesView, SpecialCategory, known_at};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

use super::{answered, ask};
use crate::{Shared, asker::Asker, body::Body, problem::Problem};

/// What a mandate is to say.
#[derive(Deserialize, ToSchema)]
pub(crate) struct DraftMandate {
    /// Id: lower-case letters, digits and hyphens. One that is known gets a new version.
    id: String,
    /// The purpose that it opens.
    purpose: String,
    /// The role whose holders it serves.
    group: String,
    /// Special categories of data that it opens.
    #[serde(default)]
    classes: Vec<String>,
    /// The highest classification that it reaches.
    highest: String,
    /// From when; RFC 3339.
    not_before: String,
    /// Until when; RFC 3339.
    not_after: String,
    /// Why it is given, in one line.
    grounds: String,
}

/// Signatures.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Signatures {
    /// A signed note, or its signature lines alone.
    note: String,
}

/// A reason.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Why {
    /// In words; published.
    why: String,
}

/// A mandate.
#[derive(Serialize, ToSchema)]
pub(crate) struct OneMandate {
    mandate: MandateView,
}

/// Every version of every mandate and how it stands.
#[utoipa::path(get, path = "/api/mandates", responses((status = 200, body = super::WithReceipt<MandatesView>), (status = 401, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(State(shared): State<Shared>, asker: Asker) -> Result<impl IntoResponse, Problem> {
    Ok(answered(ask(&shared, move |desk| desk.mandate_list(&asker.who)).await?))
}

/// Writes a mandate down for the authority's keys to sign.
#[utoipa::path(post, path = "/api/mandates", request_body = DraftMandate, responses((status = 200, body = super::WithReceipt<OneMandate>), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn draft(State(shared): State<Shared>, asker: Asker, Body(draft): Body<DraftMandate>) -> Result<impl IntoResponse, Problem> {
    let request = draft.request()?;
    Ok(answered(ask(&shared, move |desk| desk.mandate_draft(&asker.who, &request).map(one)).await?))
}

/// Adds signatures to a mandate's newest version.
#[utoipa::path(post, path = "/api/mandates/{id}/signatures", params(("id" = String, Path,)), request_body = Signatures, responses((status = 200, body = super::WithReceipt<OneMandate>), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn sign(
    State(shared): State<Shared>,
    asker: Asker,
    Path(id): Path<String>,
    Body(signatures): Body<Signatures>,
) -> Result<impl IntoResponse, Problem> {
    Ok(answered(ask(&shared, move |desk| desk.mandate_sign(&asker.who, &id, &signatures.note).map(one)).await?))
}

/// Ends a mandate before its time, for good.
#[utoipa::path(post, path = "/api/mandates/{id}/revoke", params(("id" = String, Path,)), request_body = Why, responses((status = 200, body = super::WithReceipt<OneMandate>), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn revoke(State(shared): State<Shared>, asker: Asker, Path(id): Path<String>, Body(why): Body<Why>) -> Result<impl IntoResponse, Problem> {
    Ok(answered(ask(&shared, move |desk| desk.mandate_revoke(&asker.who, &id, &why.why).map(one)).await?))
}

fn one(answer: candour_actions::Answer<MandateView>) -> candour_actions::Answer<OneMandate> {
    candour_actions::Answer { value: OneMandate { mandate: answer.value }, receipt: answer.receipt }
}

impl DraftMandate {
    fn request(self) -> Result<MandateRequest, Problem> {
        let classes = self.classes.iter().map(|class| word::<SpecialCategory>("classes", class)).collect::<Result<_, _>>()?;
        let highest = word::<Classification>("highest", &self.highest)?;
        let time = |name: &str, text: &str| known_at(text).map_err(|problem| Problem::bad_request(format!("`{name}`: {problem}")));
        let (not_before, not_after) = (time("not_before", &self.not_before)?, time("not_after", &self.not_after)?);
        Ok(MandateRequest { id: self.id, purpose: self.purpose, group: self.group, classes, highest, not_before, not_after, grounds: self.grounds })
    }
}

/// A value of one word.
fn word<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, Problem> {
    serde_json::from_value(serde_json::Value::from(text)).map_err(|error| Problem::bad_request(format!("`{name}`: {error}")))
}
