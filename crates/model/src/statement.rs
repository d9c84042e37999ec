//! The statement: one source's claim that one entity has one property with one value.
//!
//! Compatible with FollowTheMoney's statement model, so that exports round-trip; what is ours on top (grade, marking,
//! kind, status, method) says how far to trust it and who may see it.

use std::fmt;

use sha1::{Digest as _, Sha1};

use crate::{grade::Grade, source::Locator};

/// Statement id: SHA-1 of `dataset.entity_id.prop.value`, then `@lang`, then `.ext`, as FollowTheMoney computes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementId(pub [u8; 20]);

impl StatementId {
    /// The id of the statement with these parts. `external` marks FollowTheMoney's enrichment candidates.
    #[must_use]
    pub fn of(dataset: &str, entity_id: &str, prop: &str, value: &str, lang: Option<&str>, external: bool) -> Self {
        let mut digest = Sha1::new();
        for (position, part) in [dataset, entity_id, prop, value].into_iter().enumerate() {
            if position > 0 {
                digest.update(b".");
            }
            digest.update(part.as_bytes());
        }
        if let Some(lang) = lang {
            digest.update(b"@");
            digest.update(lang.as_bytes());
        }
        if external {
            digest.update(b".ext");
        }
        Self(digest.finalize().into())
    }
}

impl fmt::Display for StatementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

/// Whether a statement reports a fact or somebody's opinion (Data Protection Act 2018 s.38(2)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Based on facts.
    Fact,
    /// Based on a personal assessment.
    Assessment,
}

impl Kind {
    /// The word that people write.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Fact => "fact",
            Self::Assessment => "assessment",
        }
    }
}

/// Where a statement stands. A retraction is a statement too: nothing is overwritten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// A machine proposes it.
    Proposed,
    /// A record or person states it.
    Asserted,
    /// A person has checked it.
    Affirmed,
    /// Somebody contests it.
    Disputed,
    /// Withdrawn.
    Retracted,
}

impl Status {
    /// The word that people write.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Asserted => "asserted",
            Self::Affirmed => "affirmed",
            Self::Disputed => "disputed",
            Self::Retracted => "retracted",
        }
    }
}

/// One statement with all that is known of its origin, as it is read from a store.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The entity as its dataset names it.
    pub entity_id: String,
    /// Schema name, such as `Person`.
    pub schema: String,
    /// Property name, such as `birthDate`.
    pub prop: String,
    /// The cleaned value.
    pub value: String,
    /// The value as the source wrote it, where that differs.
    pub original_value: Option<String>,
    /// ISO 639-3 language of the value.
    pub lang: Option<String>,
    /// Dataset name.
    pub dataset: String,
    /// Path of the source document.
    pub source: String,
    /// Place inside the source.
    pub locator: Locator,
    /// 3x5x2 grade.
    pub grade: Grade,
    /// Id of the marking.
    pub marking: String,
    /// Fact or assessment.
    pub kind: Kind,
    /// Where it stands.
    pub status: Status,
    /// How it came to be: `import`, or the name and version of an extractor.
    pub method: String,
    /// From when it held, ISO 8601 prefix.
    pub valid_from: Option<String>,
    /// Until when it held, ISO 8601 prefix.
    pub valid_to: Option<String>,
    /// When the store learnt it, milliseconds since 1970-01-01T00:00Z.
    pub recorded_at: i64,
    /// Who brought it in.
    pub actor: String,
}

impl Statement {
    /// The id as FollowTheMoney computes it.
    #[must_use]
    pub fn id(&self) -> StatementId {
        StatementId::of(&self.dataset, &self.entity_id, &self.prop, &self.value, self.lang.as_deref(), false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_followthemoneys() {
        let id = StatementId::of("donations", "6d03aec76fdeec8f9697d8b19954ab6fc2568bc8", "name", "MLPD", None, false);
        assert_eq!(id.to_string(), "c60f52d67ec45a1d02591e3b64fc7e2798e773c4");
    }

    #[test]
    fn language_and_externality_change_the_id() {
        let plain = StatementId::of("d", "e", "name", "v", None, false);
        assert_ne!(plain, StatementId::of("d", "e", "name", "v", Some("deu"), false));
        assert_ne!(plain, StatementId::of("d", "e", "name", "v", None, true));
    }
}
