//! Words of organisation names that tell of their form and not of which one it is.

const FORMS: &[&str] = &[
    "ab",
    "ag",
    "as",
    "asa",
    "bv",
    "cic",
    "co",
    "company",
    "corp",
    "corporation",
    "eurl",
    "gmbh",
    "group",
    "holding",
    "holdings",
    "inc",
    "incorporated",
    "kft",
    "kg",
    "limited",
    "llc",
    "llp",
    "lp",
    "ltd",
    "nv",
    "ooo",
    "oy",
    "plc",
    "pte",
    "pty",
    "sa",
    "sarl",
    "se",
    "sl",
    "sp",
    "spa",
    "srl",
    "sro",
    "the",
    "zoo",
];

/// Whether a folded word is one.
pub(crate) fn is_form(word: &str) -> bool {
    FORMS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_sorted_and_found() {
        assert!(FORMS.is_sorted());
        assert!(FORMS.iter().all(|form| is_form(form)));
        assert!(!is_form("harbour"));
    }
}
