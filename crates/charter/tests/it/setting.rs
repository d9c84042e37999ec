//! What several tests begin with: keys, charters made for an authority, mandates in force.

use candour_charter::{Authority, Charter, DEFAULT, Mandate, shipped_for};
use candour_ledger::{Note, SigningKey};
use candour_model::marking::{Classification, SpecialCategory};

/// The first second of 2027, in milliseconds since 1970.
pub(crate) const NOW: i64 = 1_798_761_600_000;
/// Milliseconds of a day.
pub(crate) const DAY: i64 = 86_400_000;

/// One of the authority's keys.
pub(crate) fn key(number: u8) -> SigningKey {
    SigningKey::generate(&format!("authority.example/{number}"), [number; 32]).unwrap()
}

/// The texts of the shipped charter for an authority of two of the keys 1, 2 and 3.
pub(crate) fn texts() -> Vec<(String, String)> {
    shipped_for("Example Constabulary", &[key(1).vkey(), key(2).vkey(), key(3).vkey()], 2, NOW)
}

/// The texts of the shipped charter as they stand in the repository.
pub(crate) fn default_texts() -> Vec<(String, String)> {
    DEFAULT.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// Texts with a part of one of them put in place of another.
pub(crate) fn changed(texts: &[(String, String)], path: &str, from: &str, to: &str) -> Vec<(String, String)> {
    let change = |(name, text): &(String, String)| {
        assert!(name != path || text.contains(from), "`{from}` stands in {path}");
        (name.clone(), if name == path { text.replacen(from, to, 1) } else { text.clone() })
    };
    texts.iter().map(change).collect()
}

/// A text signed by some of the authority's keys.
pub(crate) fn signed(text: &str, keys: &[u8]) -> Note {
    let mut lines = format!("{text}\n");
    for number in keys {
        let note = Note::sign(text, &key(*number)).unwrap().to_string();
        lines += note.strip_prefix(text).unwrap().trim_start_matches('\n');
    }
    Note::parse(lines.as_bytes()).unwrap()
}

/// A mandate for the one shipped purpose that needs one.
pub(crate) fn mandate(charter: &Charter) -> Mandate {
    Mandate {
        id: "harbour-2027".to_owned(),
        version: 1,
        purpose: "protect-vulnerable-people".to_owned(),
        group: "analyst".to_owned(),
        classes: vec![SpecialCategory::Health],
        highest: Classification::OfficialSensitive,
        not_before: NOW - DAY,
        not_after: NOW + DAY,
        charter: charter.hash().to_owned(),
        grounds: "Three reports of people missing from one care home".to_owned(),
    }
}

/// No mandate, no break-glass access, now.
pub(crate) fn plain() -> Authority<'static> {
    Authority::none(NOW)
}
