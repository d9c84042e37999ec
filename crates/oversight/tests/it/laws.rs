//! Laws of the ranking, over random journals.

use candour_oversight::{Outcome, Relation};
use proptest::{prelude::*, sample::select};

use crate::journal::{Line, always, look, nothing, reckon};

fn line() -> impl Strategy<Value = Line> {
    let known = (select(&["ana", "ben", "cas", "dot", "eve", "fay"][..]), 0_u32..6, select(&["", "", "C1", "C2"][..]));
    let when = (0_i64..9, 0_i64..24, 0_i64..60);
    let what = (any::<bool>(), 0_u8..8, select(&["Anna Kovak", "Otto", "Ida Mere", "AB12", "Jon", "Lea"][..]));
    (known, when, what, 0_u8..10).prop_map(|((actor, record, case), (day, hour, minute), (explained, relation, query), kind)| {
        let line = match kind {
            0..3 => nothing(day, actor, query),
            3 => Line { action: "export", results: u64::from(record) * 60, records: Vec::new(), ..look(day, actor, record) },
            4 => Line { outcome: Outcome::Refused, ..look(day, actor, record) },
            5 => Line { outcome: Outcome::Failed, ..look(day, actor, record) },
            _ => look(day, actor, record),
        };
        let line = line.case(case).at(hour, minute);
        let line = match relation {
            0 => line.related(Relation::Own, false),
            1 => line.related(Relation::Colleague, true),
            2 => line.related(Relation::Family, false),
            _ => line,
        };
        if explained { line.explained() } else { line }
    })
}

fn journal() -> impl Strategy<Value = Vec<Line>> {
    prop::collection::vec(line(), 1..120).prop_map(|mut lines| {
        lines.sort_by_key(|line| line.time);
        lines
    })
}

proptest! {
    #[test]
    fn the_order_is_total_and_does_not_change(lines in journal()) {
        let (once, twice) = (reckon(&lines, always()), reckon(&lines, always()));
        prop_assert_eq!(&once.ranking, &twice.ranking);
        for pair in once.ranking.windows(2) {
            let key = |ranked: &candour_oversight::Ranked| (ranked.explained.is_some(), std::cmp::Reverse(ranked.score), ranked.index);
            prop_assert!(key(&pair[0]) < key(&pair[1]), "{:?}", pair);
        }
    }

    #[test]
    fn an_explained_access_never_raises_the_score_of_another(lines in journal(), extra in line(), place in any::<prop::sample::Index>()) {
        // Entries are numbered by place, so that the new one goes in with a time between its neighbours'.
        let at = place.index(lines.len());
        let added = Line { time: lines[at].time, ..extra.explained() };
        let mut more = lines.clone();
        more.insert(at, added);
        let (before, after) = (reckon(&lines, always()), reckon(&more, always()));
        for ranked in &before.ranking {
            let moved = ranked.index + u64::from(ranked.index >= u64::try_from(at).unwrap());
            let now = after.ranking.iter().find(|other| other.index == moved).unwrap();
            prop_assert!(now.score <= ranked.score, "entry {} went from {} to {}", ranked.index, ranked.score, now.score);
        }
    }

    #[test]
    fn totals_add_up(lines in journal()) {
        let reckoned = reckon(&lines, always());
        let usage = &reckoned.usage;
        for table in [&usage.purposes, &usage.roles, &usage.people, &usage.units, &usage.actions, &usage.hours] {
            let sum = |part: fn(&candour_oversight::Count) -> u64| table.iter().map(part).sum::<u64>();
            prop_assert_eq!(sum(|count| count.accesses), usage.total.accesses);
            prop_assert_eq!(sum(|count| count.refused), usage.total.refused);
            prop_assert_eq!(sum(|count| count.unexplained), usage.total.unexplained);
            prop_assert_eq!(sum(|count| count.alerts), usage.total.alerts);
        }
        prop_assert_eq!(usage.total.accesses + usage.total.refused + usage.failed, u64::try_from(lines.len()).unwrap());
        prop_assert_eq!(u64::try_from(reckoned.unexplained()).unwrap(), usage.total.unexplained);
        let alerts = reckoned.ranking.iter().filter(|ranked| ranked.is_alert()).count();
        prop_assert_eq!(u64::try_from(alerts).unwrap(), usage.total.alerts);
        prop_assert!(usage.total.unexplained <= usage.total.accesses && usage.empty <= usage.total.accesses);
    }

    #[test]
    fn what_lies_outside_the_window_is_neither_counted_nor_ranked(lines in journal(), from in 0_i64..9, days in 1_i64..5) {
        let day = |number: i64| crate::journal::MONDAY + number * 86_400_000;
        let window = candour_oversight::Window { since: day(from), until: day(from + days), ..always() };
        let inside = |line: &Line| (day(from)..day(from + days)).contains(&line.time);
        let reckoned = reckon(&lines, window);
        let total = &reckoned.usage.total;
        prop_assert_eq!(total.accesses + total.refused + reckoned.usage.failed, u64::try_from(lines.iter().filter(|line| inside(line)).count()).unwrap());
        for ranked in &reckoned.ranking {
            prop_assert!(inside(&lines[usize::try_from(ranked.index).unwrap()]));
        }
    }
}
