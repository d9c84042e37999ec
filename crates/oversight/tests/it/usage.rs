//! Usage, and whose days and nights.

use candour_oversight::{Relation, Window};
use jiff::tz::{TimeZone, offset};

use crate::journal::{Line, always, look, nothing, reckon};

#[test]
fn a_small_journal_is_counted() {
    let lines = [
        look(0, "ana", 1).explained(),
        look(0, "ana", 2),
        nothing(0, "ben", "Kovak"),
        look(0, "ben", 3).related(Relation::Own, false),
        Line { outcome: candour_oversight::Outcome::Refused, ..look(0, "ben", 3) },
        Line { outcome: candour_oversight::Outcome::Failed, ..look(0, "ben", 3) },
    ];
    let usage = reckon(&lines, always()).usage;
    let shown = |counts: &[candour_oversight::Count]| {
        let line = |count: &candour_oversight::Count| format!("{}:{}/{}/{}/{}", count.key, count.accesses, count.refused, count.unexplained, count.alerts);
        counts.iter().filter(|count| count.accesses + count.refused > 0).map(line).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(shown(std::slice::from_ref(&usage.total)), ":4/1/3/1");
    assert_eq!((usage.empty, usage.failed), (1, 1));
    assert_eq!(shown(&usage.people), "ben:2/1/2/1 ana:2/0/1/0");
    assert_eq!(shown(&usage.actions), "open_entity:3/1/2/1 search:1/0/1/0");
    assert_eq!(shown(&usage.hours), "12:4/1/3/1");
    assert_eq!(usage.hours.len(), 24);
    assert!((usage.alerts_per_thousand() - 250.0).abs() < 1e-9);
    assert!(reckon(&[], always()).usage.alerts_per_thousand().abs() < 1e-9);
}

#[test]
fn hours_are_those_of_the_zone() {
    let lines = [look(0, "ana", 1).at(23, 30)];
    for (hours, expected) in [(0, "23"), (1, "00"), (-10, "13")] {
        let window = Window { zone: TimeZone::fixed(offset(hours)), ..always() };
        let usage = reckon(&lines, window).usage;
        let busy: Vec<&str> = usage.hours.iter().filter(|count| count.accesses > 0).map(|count| count.key.as_str()).collect();
        assert_eq!(busy, [expected]);
    }
}

#[test]
fn explained_looks_at_ones_own_record_come_after_all_the_others() {
    let lines = [look(0, "ana", 1).related(Relation::Own, false).explained(), look(0, "ben", 2).case("C1"), look(0, "cas", 3).case("C1")];
    let ranked: Vec<(u64, bool)> = reckon(&lines, always()).ranking.iter().map(|ranked| (ranked.index, ranked.explained.is_some())).collect();
    assert_eq!(ranked, [(1, false), (2, false), (0, true)]);
}
