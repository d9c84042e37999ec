//! When something held in the world: two ISO 8601 prefixes as [`crate::types::TypeKind::Date`] cleans them, either of
//! which may be missing.

/// Whether the end lies before the beginning. A prefix stands for all of its year, month, day...: what began in
/// `2017-05` may well have ended in `2017`.
#[must_use]
pub fn is_backwards(from: &str, to: &str) -> bool {
    // Cleaned prefixes have their parts at the same places, so the shorter one says how far they can be compared.
    to.bytes().zip(from.bytes()).find(|(to, from)| to != from).is_some_and(|(to, from)| to < from)
}

#[cfg(test)]
mod tests {
    use super::is_backwards;

    #[test]
    fn only_what_surely_ends_before_it_begins_is_backwards() {
        for (from, to, expected) in [
            ("2017", "2017", false),
            ("2017", "2018", false),
            ("2017", "2016", true),
            ("2017-05", "2017", false),
            ("2017", "2017-05", false),
            ("2017-05", "2016", true),
            ("2017-05", "2017-04-30", true),
            ("2017-05-12T09:30", "2017-05-12", false),
            ("2017-05-12T09:30", "2017-05-12T09", false),
            ("2017-05-12T09:30", "2017-05-12T09:29:59", true),
        ] {
            assert_eq!(is_backwards(from, to), expected, "{from} to {to}");
        }
    }
}
