//! The words a town is made of. Lists of forenames, surnames and trades in common use, and of invented streets; the
//! combinations are chance.

use std::sync::LazyLock;

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident = $file:literal;)*) => {$(
        $(#[$doc])*
        pub(crate) static $name: LazyLock<Vec<&'static str>> = LazyLock::new(|| lines(include_str!(concat!("../data/", $file))));
    )*};
}

lists! {
    FEMALE = "forenames-female.txt";
    MALE = "forenames-male.txt";
    SURNAMES = "surnames.txt";
    NICKNAMES = "nicknames.txt";
    DISTRICTS = "districts.txt";
    STREET_STEMS = "street-stems.txt";
    STREET_KINDS = "street-kinds.txt";
    OCCUPATIONS = "occupations.txt";
    COMPANY_WORDS = "company-words.txt";
    COMPANY_TRADES = "company-trades.txt";
    OFFENCE_TYPES = "offence-types.txt";
    OUTCOMES = "outcomes.txt";
    VEHICLE_MODELS = "vehicle-models.txt";
    COLOURS = "colours.txt";
    REPORT_LINES = "report-lines.txt";
    GROUP_LINES = "group-lines.txt";
    CONTRACT_TITLES = "contract-titles.txt";
}

/// Lines that say something; `#` begins a remark.
fn lines(text: &'static str) -> Vec<&'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

/// The parts of a line separated by `;`.
pub(crate) fn fields(line: &'static str) -> impl Iterator<Item = &'static str> {
    line.split(';').map(str::trim)
}

/// Short forms of a forename.
pub(crate) fn nicknames(forename: &str) -> Vec<&'static str> {
    NICKNAMES
        .iter()
        .filter_map(|line| line.split_once(':'))
        .find(|(formal, _)| *formal == forename)
        .map(|(_, short)| short.split(',').map(str::trim).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_words_once() {
        for (name, list) in [("female", &FEMALE), ("male", &MALE), ("surnames", &SURNAMES), ("stems", &STREET_STEMS), ("company words", &COMPANY_WORDS)] {
            let mut sorted: Vec<_> = list.iter().collect();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(sorted.len(), list.len(), "{name} repeats a word");
            assert!(list.len() >= 40, "{name} is short");
        }
    }

    #[test]
    fn every_line_with_fields_has_all_of_them() {
        for (list, fields_wanted) in [(&COMPANY_TRADES, 2), (&OFFENCE_TYPES, 4), (&CONTRACT_TITLES, 4)] {
            for line in list.iter() {
                assert_eq!(fields(line).count(), fields_wanted, "{line}");
            }
        }
        assert_eq!(nicknames("Robert"), ["Rob", "Bob", "Bobby"]);
        assert!(nicknames("Zoe").is_empty());
    }
}
