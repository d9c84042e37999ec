//! The words by which texts and policies call classifications, categories, ids and hashes.

use candour_model::marking::{Classification, SpecialCategory};

/// Every classification, from the least protected.
pub(crate) const CLASSIFICATIONS: [Classification; 5] =
    [Classification::Open, Classification::Official, Classification::OfficialSensitive, Classification::Secret, Classification::TopSecret];

/// Every special category, in the order in which texts list them.
pub(crate) const CATEGORIES: [SpecialCategory; 8] = [
    SpecialCategory::Ethnicity,
    SpecialCategory::Politics,
    SpecialCategory::Belief,
    SpecialCategory::TradeUnion,
    SpecialCategory::Genetic,
    SpecialCategory::Biometric,
    SpecialCategory::Health,
    SpecialCategory::SexLife,
];

/// Longest id.
const LONGEST_ID: usize = 64;

/// Classifications as policies compare them.
pub(crate) fn level(classification: Classification) -> i64 {
    match classification {
        Classification::Open => 0,
        Classification::Official => 1,
        Classification::OfficialSensitive => 2,
        Classification::Secret => 3,
        Classification::TopSecret => 4,
    }
}

/// Classifications as texts write them.
pub(crate) fn classification_word(classification: Classification) -> &'static str {
    match classification {
        Classification::Open => "open",
        Classification::Official => "official",
        Classification::OfficialSensitive => "official-sensitive",
        Classification::Secret => "secret",
        Classification::TopSecret => "top-secret",
    }
}

/// Special categories as texts and policies write them.
pub(crate) fn category_word(category: SpecialCategory) -> &'static str {
    match category {
        SpecialCategory::Ethnicity => "ethnicity",
        SpecialCategory::Politics => "politics",
        SpecialCategory::Belief => "belief",
        SpecialCategory::TradeUnion => "trade-union",
        SpecialCategory::Genetic => "genetic",
        SpecialCategory::Biometric => "biometric",
        SpecialCategory::Health => "health",
        SpecialCategory::SexLife => "sex-life",
    }
}

/// Whether an id is a plain word: lower-case letters, digits and hyphens, a letter first. Ids go into headers, commands and
/// policies.
pub(crate) fn is_plain(id: &str) -> bool {
    id.len() <= LONGEST_ID
        && id.starts_with(|first: char| first.is_ascii_lowercase())
        && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// Whether a text is a SHA-256 in lower-case hexadecimal.
pub(crate) fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}
