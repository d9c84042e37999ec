//! E-mail addresses.

use candour_model::types::TypeKind;

use super::{Pattern, cleaned};
use crate::{digits::stands_alone, mention::Spot};

static ADDRESS: Pattern = Pattern::new(r"[\w.%+'-]{1,64}@(?:[\w-]{1,63}\.)+[\w-]{2,63}");

pub(super) fn find(text: &str, found: &mut dyn FnMut(Spot)) {
    for hit in ADDRESS.matches(text) {
        // Quotation marks and full stops before the address are the sentence's.
        let start = hit.start() + (hit.as_str().len() - hit.as_str().trim_start_matches(['\'', '.', '-', '_']).len());
        let range = start..hit.end();
        let Some(value) = text.get(range.clone()).and_then(|address| cleaned(TypeKind::Email, None, address)) else { continue };
        if stands_alone(text, &range) {
            found(Spot { range, value, confidence: 0.98 });
        }
    }
}

#[cfg(test)]
#[test]
fn examples() {
    super::examples::check(
        crate::Kind::Email,
        &[
            ("write to ⟦jane.doe@example.org⟧.", "jane.doe@example.org"),
            ("<⟦Jane+x@Example.ORG⟧>", "Jane+x@example.org"),
            ("'⟦o'brien@example.ie⟧'", "o'brien@example.ie"),
            ("mailto:⟦jane@example.org⟧?subject=x", "jane@example.org"),
            ("(⟦a_b-c@mail.example.co.uk⟧)", "a_b-c@mail.example.co.uk"),
            ("⟦jörg@münchen.de⟧, Jörg", "jörg@münchen.de"),
        ],
        &["jane @ example.org", "@jane on a site", "jane@localhost", "a@b", "cost 3@4.50 each", "jane@example..org", "see https://jane@example.org/page"],
    );
}
