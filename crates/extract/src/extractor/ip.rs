//! Internet addresses, version 4 and 6.

use candour_model::types::TypeKind;

use super::{Pattern, cleaned};
use crate::{
    digits::{is_announced, stands_alone},
    mention::Spot,
};

static V4: Pattern = Pattern::new(r"(?-u)(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}");
static V6: Pattern = Pattern::new(r"(?i-u)[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}");
/// Words before four numbers that are no address.
const NUMBERING: &[&str] =
    &["version", "ver", "v", "section", "sections", "paragraph", "para", "clause", "chapter", "part", "figure", "release", "firmware", "build"];

pub(super) fn find(text: &str, found: &mut dyn FnMut(Spot)) {
    for hit in V4.matches(text) {
        let Some(value) = cleaned(TypeKind::Ip, None, hit.as_str()) else { continue };
        if stands_alone(text, &hit.range()) && !is_announced(text, hit.start(), NUMBERING) {
            found(Spot { range: hit.range(), value, confidence: 0.9 });
        }
    }
    for hit in V6.matches(text) {
        let has_groups = hit.as_str().split(':').filter(|group| !group.is_empty()).count() >= 3;
        if !has_groups || !stands_alone(text, &hit.range()) {
            continue;
        }
        if let Some(value) = cleaned(TypeKind::Ip, None, hit.as_str()) {
            found(Spot { range: hit.range(), value, confidence: 0.97 });
        }
    }
}

#[cfg(test)]
#[test]
fn examples() {
    super::examples::check(
        crate::Kind::Ip,
        &[
            ("from ⟦192.0.2.7⟧ at noon", "192.0.2.7"),
            ("[⟦203.0.113.255⟧]", "203.0.113.255"),
            ("⟦198.51.100.1⟧:8080", "198.51.100.1"),
            ("host ⟦2001:DB8::1:7⟧.", "2001:db8::1:7"),
            ("⟦2001:db8:0:0:0:0:0:7⟧", "2001:db8::7"),
        ],
        &["version 1.2.3.4", "section 10.2.1.1", "256.1.1.1", "1.2.3", "1.2.3.4.5", "at 12:30:45", "std::vec::Vec", "::", "1.2.3.04a", "02.03.2017"],
    );
}
