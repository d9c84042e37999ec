//! Mandates as answers show them.

use candour_charter::Standing;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    in_force::InForce,
    mandates::{Record, Version},
    view::{instant, word},
};

/// A version of a mandate and how it stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MandateView {
    /// Id.
    pub id: String,
    /// Version; the newest signed one takes the place of all before it.
    pub version: u32,
    /// The purpose that it opens.
    pub purpose: String,
    /// The role whose holders it serves.
    pub group: String,
    /// Special categories of data that it opens.
    pub classes: Vec<String>,
    /// The highest classification that it reaches.
    pub highest: String,
    /// From when; RFC 3339.
    pub not_before: String,
    /// Until when; RFC 3339.
    pub not_after: String,
    /// Hash of the charter that it was given under.
    pub charter: String,
    /// Why it is given.
    pub grounds: String,
    /// One word: `in-force`, `not-yet`, `expired`, `revoked`, `superseded`, `under-signed`, `other-charter` or `not-permitted`.
    pub standing: String,
    /// The same in a sentence.
    pub standing_words: String,
    /// Names of the authority's keys that have signed it.
    pub signers: Vec<String>,
    /// How many of them it takes.
    pub needed: usize,
    /// The text that is signed.
    pub text: String,
    /// Who wrote it down.
    pub drafted_by: String,
    /// When; RFC 3339.
    pub drafted_at: String,
    /// Who ended it, where somebody has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked: Option<RevocationView>,
}

/// The end of a mandate before its time.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RevocationView {
    /// Who ended it.
    pub by: String,
    /// When; RFC 3339.
    pub at: String,
    /// Why.
    pub why: String,
}

/// All mandates.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MandatesView {
    /// Every version, by id and version.
    pub mandates: Vec<MandateView>,
}

impl MandateView {
    /// One version as it stands at an instant.
    pub(crate) fn of(in_force: &InForce, record: &Record, version: &Version, now: i64) -> Self {
        let charter = &in_force.charter;
        let mandate = &version.mandate;
        let standing = record.standing(charter, version, now);
        Self {
            id: mandate.id.clone(),
            version: mandate.version,
            purpose: mandate.purpose.clone(),
            group: mandate.group.clone(),
            classes: mandate.classes.iter().map(word).collect(),
            highest: word(&mandate.highest),
            not_before: instant(mandate.not_before),
            not_after: instant(mandate.not_after),
            charter: mandate.charter.clone(),
            grounds: mandate.grounds.clone(),
            standing: standing_word(&standing).to_owned(),
            standing_words: standing.to_string(),
            signers: version.note.as_ref().map(|note| charter.signers(note)).unwrap_or_default(),
            needed: charter.authority().threshold,
            text: version.text.clone(),
            drafted_by: version.drafted_by.clone(),
            drafted_at: instant(version.drafted_at),
            revoked: record.revoked.as_ref().map(|end| RevocationView { by: end.by.clone(), at: instant(end.at), why: end.why.clone() }),
        }
    }
}

/// The word for a standing.
fn standing_word(standing: &Standing) -> &'static str {
    match standing {
        Standing::InForce => "in-force",
        Standing::NotYet { .. } => "not-yet",
        Standing::Expired { .. } => "expired",
        Standing::Revoked => "revoked",
        Standing::Superseded { .. } => "superseded",
        Standing::UnderSigned { .. } => "under-signed",
        Standing::OtherCharter { .. } => "other-charter",
        Standing::NotPermitted(_) => "not-permitted",
    }
}
