//! Columns of special categories of data, known by their names. They are never compared.
//!
//! The categories are those of [`SpecialCategory`] (Data Protection Act 2018 s.35(8)). A name is split into words at
//! everything that is no letter and at capitals within it, so `ethnicGroup` is two words and `racecourse` one.

use candour_model::marking::SpecialCategory::{self, Belief, Biometric, Ethnicity, Genetic, Health, Politics, SexLife, TradeUnion};

/// Beginnings of words, and of which category a column is that has one in its name.
const BEGINNINGS: &[(&str, SpecialCategory)] = &[
    ("ethnic", Ethnicity),
    ("racial", Ethnicity),
    ("politic", Politics),
    ("religi", Belief),
    ("belief", Belief),
    ("philosoph", Belief),
    ("genetic", Genetic),
    ("genom", Genetic),
    ("genotyp", Genetic),
    ("biometr", Biometric),
    ("fingerprint", Biometric),
    ("faceprint", Biometric),
    ("voiceprint", Biometric),
    ("health", Health),
    ("disab", Health),
    ("diagnos", Health),
    ("medic", Health),
    ("illness", Health),
    ("disease", Health),
    ("pregnan", Health),
    ("sexual", SexLife),
    ("homosexual", SexLife),
    ("heterosexual", SexLife),
    ("bisexual", SexLife),
    ("lgbt", SexLife),
    ("tradeunion", TradeUnion),
    ("unionmember", TradeUnion),
    ("sexlife", SexLife),
];

/// Whole words.
const WORDS: &[(&str, SpecialCategory)] = &[
    ("race", Ethnicity),
    ("races", Ethnicity),
    ("caste", Ethnicity),
    ("tribe", Ethnicity),
    ("faith", Belief),
    ("church", Belief),
    ("denomination", Belief),
    ("dna", Genetic),
    ("iris", Biometric),
    ("retina", Biometric),
    ("hiv", Health),
    ("gay", SexLife),
    ("lesbian", SexLife),
];

/// Words that mean it only together, in this order.
const TOGETHER: &[(&[&str], SpecialCategory)] = &[
    (&["trade", "union"], TradeUnion),
    (&["trades", "union"], TradeUnion),
    (&["labour", "union"], TradeUnion),
    (&["labor", "union"], TradeUnion),
    (&["union", "member"], TradeUnion),
    (&["union", "membership"], TradeUnion),
    (&["sex", "life"], SexLife),
    (&["voting", "intention"], Politics),
    (&["skin", "colour"], Ethnicity),
    (&["skin", "color"], Ethnicity),
    (&["face", "template"], Biometric),
    (&["finger", "print"], Biometric),
];

/// The category that a column of this name is of, if any.
pub(crate) fn category_of(name: &str) -> Option<SpecialCategory> {
    let words = words(name);
    let by_word = words.iter().find_map(|word| {
        let begins = BEGINNINGS.iter().find(|(start, _)| word.starts_with(start));
        begins.or_else(|| WORDS.iter().find(|(whole, _)| word == whole)).map(|(_, category)| *category)
    });
    by_word.or_else(|| {
        let found = TOGETHER.iter().find(|(parts, _)| words.windows(parts.len()).any(|window| window.iter().zip(*parts).all(|(word, part)| word == part)));
        found.map(|(_, category)| *category)
    })
}

/// The word for a category, as charters write it.
pub(crate) fn word(category: SpecialCategory) -> &'static str {
    match category {
        Ethnicity => "ethnicity",
        Politics => "politics",
        Belief => "belief",
        TradeUnion => "trade-union",
        Genetic => "genetic",
        Biometric => "biometric",
        Health => "health",
        SexLife => "sex-life",
    }
}

fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let (mut inside, mut lower_before) = (false, false);
    for letter in name.chars() {
        if !letter.is_alphabetic() {
            (inside, lower_before) = (false, false);
            continue;
        }
        if !inside || (lower_before && letter.is_uppercase()) {
            words.push(String::new());
        }
        (inside, lower_before) = (true, letter.is_lowercase());
        if let Some(word) = words.last_mut() {
            word.extend(letter.to_lowercase());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_category() {
        for (name, category) in [
            ("ethnicity", Some(Ethnicity)),
            ("selfDefinedEthnicGroup", Some(Ethnicity)),
            ("RACE", Some(Ethnicity)),
            ("religion_2021", Some(Belief)),
            ("faith", Some(Belief)),
            ("political party", Some(Politics)),
            ("trade_union", Some(TradeUnion)),
            ("TradeUnionMember", Some(TradeUnion)),
            ("union-membership", Some(TradeUnion)),
            ("health_condition", Some(Health)),
            ("is_disabled", Some(Health)),
            ("medical_notes", Some(Health)),
            ("sexual_orientation", Some(SexLife)),
            ("sex life", Some(SexLife)),
            ("dna_profile", Some(Genetic)),
            ("fingerprint_hash", Some(Biometric)),
            ("sex", None),
            ("gender", None),
            ("racecourse", None),
            ("trace", None),
            ("union", None),
            ("nationality", None),
            ("forename", None),
            ("birth_place", None),
            ("", None),
        ] {
            assert_eq!(category_of(name), category, "{name}");
        }
    }
}
