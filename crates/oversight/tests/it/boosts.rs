//! Each reason with journals in which it shows and journals in which it does not.

use candour_oversight::{Reason, Relation};

use crate::journal::{Line, always, look, nothing, reckon};

/// Whether a reason shows in the last look of a journal.
fn check(name: &str, reason: Reason, lines: &[Line], expected: bool) {
    let reckoned = reckon(lines, always());
    let last = u64::try_from(lines.len()).unwrap() - 1;
    let ranked = reckoned.ranking.iter().find(|ranked| ranked.index == last);
    let found = ranked.map(|ranked| reckoned.found(ranked)).unwrap_or_default();
    assert_eq!(found.iter().any(|found| found.reason == reason), expected, "{name}: {found:?}");
    if let Some(ranked) = ranked {
        assert_eq!(found.iter().map(|found| found.weight).sum::<u32>(), ranked.score, "{name}: the score is the sum of what is shown");
        assert!(found.iter().all(|found| !found.words.is_empty()), "{name}");
    }
}

fn each(count: i64, line: impl Fn(i64) -> Line) -> Vec<Line> {
    (0..count).map(line).collect()
}

#[test]
fn grounds() {
    let plain = look(0, "ana", 1);
    check("nothing stated", Reason::NoGround, std::slice::from_ref(&plain), true);
    check("a case stated", Reason::NoGround, &[plain.clone().case("C1")], false);
    check("blanks are no case", Reason::NoGround, &[plain.clone().case("  ")], true);
    check("a case of one", Reason::CaseAlone, &[plain.clone().case("C1"), plain.clone().case("C1")], true);
    check("a case of two", Reason::CaseAlone, &[look(0, "ben", 9).case("C1"), plain.clone().case("C1")], false);
    check("a case of two", Reason::CaseOfSeveral, &[look(0, "ben", 9).case("C1"), plain.clone().case(" C1 ")], true);
    check("explained", Reason::NoGround, &[plain.explained()], false);
}

#[test]
fn relations() {
    for (relation, reason) in [
        (Relation::Own, Reason::Own),
        (Relation::Colleague, Reason::Colleague),
        (Relation::SameAddress, Reason::SameAddress),
        (Relation::Family, Reason::Family),
        (Relation::FormerPartner, Reason::FormerPartner),
    ] {
        check("related", reason, &[look(0, "ana", 1).related(relation, false)], true);
        check("related and explained", reason, &[look(0, "ana", 1).related(relation, false).explained()], true);
        check("another relation", reason, &[look(0, "ana", 1).related(if relation == Relation::Own { Relation::Family } else { Relation::Own }, false)], false);
        let common = reckon(&[look(0, "ana", 1).related(relation, true)], always());
        let found = common.found(&common.ranking[0]);
        let found = found.iter().find(|found| found.reason == reason).unwrap();
        assert_eq!((found.weight, found.words.contains("many records bear")), (reason.row().weight / 2, true));
        let both = look(0, "ana", 1).related(relation, true).related(relation, false);
        assert_eq!(reckon(&[both], always()).ranking[0].score, Reason::NoGround.row().weight + reason.row().weight, "a rare name outweighs a common one");
    }
}

#[test]
fn celebrity() {
    let people = ["ana", "ben", "cas", "dot", "eve"];
    let look_each = |case: &dyn Fn(&str) -> String| -> Vec<Line> { people.iter().map(|person| look(0, person, 7).case(&case(person))).collect() };
    check("five people, no case", Reason::Celebrity, &look_each(&|_| String::new()), true);
    check("five people, a case each", Reason::Celebrity, &look_each(&|person| format!("case of {person}")), true);
    check("five people on one case", Reason::Celebrity, &look_each(&|_| "C1".to_owned()), false);
    check("four people", Reason::Celebrity, &look_each(&|_| String::new())[1..], false);
    check("one person five times", Reason::Celebrity, &each(5, |day| look(day, "ana", 7)), false);
    let explained: Vec<Line> =
        look_each(&|_| String::new()).into_iter().enumerate().map(|(place, line)| if place < 4 { line.explained() } else { line }).collect();
    check("four of five are explained", Reason::Celebrity, &explained, false);
}

#[test]
fn fishing() {
    let names = ["Anna Kovak", "Otto Brandt", "Ida Mere", "Jon Quay", "Lea Wharf"];
    let trying = |minutes: i64| -> Vec<Line> {
        (0..).zip(names).map(|(place, name)| nothing(0, "ana", name).at(12 + place * minutes / 60, place * minutes % 60)).collect()
    };
    check("five names", Reason::Fishing, &trying(2), true);
    check("four names", Reason::Fishing, &trying(2)[1..], false);
    check("an hour between them", Reason::Fishing, &trying(60), false);
    check("one name typed", Reason::Fishing, &["K*", "Ko*", "Kov*", "Kova*", "Kovak*"].map(|query| nothing(0, "ana", query)), false);
    check("plates", Reason::Fishing, &["AB12 CDE", "AB13 CDE", "AB14 CDE", "AB15 CDE", "AB16 CDE"].map(|query| nothing(0, "ana", query)), false);
    let mut found = trying(2);
    found.insert(3, Line { action: "search", ..look(0, "ana", 1).at(12, 5) });
    check("one was found", Reason::Fishing, &found, false);
    check("explained", Reason::Fishing, &trying(2).into_iter().map(Line::explained).collect::<Vec<_>>(), false);
}

#[test]
fn drip() {
    check("four days", Reason::Drip, &each(4, |day| look(day, "ana", 7)), true);
    check("three days", Reason::Drip, &each(3, |day| look(day, "ana", 7)), false);
    check("four people", Reason::Drip, &each(4, |day| look(day, ["ana", "ben", "cas", "dot"][usize::try_from(day).unwrap()], 7)), false);
    check("four records", Reason::Drip, &each(4, |day| look(day, "ana", u32::try_from(day).unwrap())), false);
    check("a day's work on each", Reason::Drip, &each(16, |number| look(number / 4, "ana", 7)), false);
    check("explained", Reason::Drip, &each(4, |day| look(day, "ana", 7).explained()), false);
    let mut first = each(4, |day| look(day, "ana", 7));
    first.rotate_left(1);
    first.sort_by_key(|line| std::cmp::Reverse(line.time));
    first.reverse();
    let reckoned = reckon(&first, always());
    assert!(reckoned.ranking.iter().all(|ranked| reckoned.found(ranked).iter().any(|found| found.reason == Reason::Drip)), "the first drop is one too");
}

#[test]
fn odd_hours() {
    check("at midnight", Reason::OddHours, &[look(0, "ana", 1).at(0, 0)], true);
    check("at ten in the evening", Reason::OddHours, &[look(0, "ana", 1).at(22, 0)], true);
    check("just before", Reason::OddHours, &[look(0, "ana", 1).at(21, 59)], false);
    check("at six", Reason::OddHours, &[look(0, "ana", 1).at(6, 0)], false);
    let duty = |nights: i64, explained: bool| -> Vec<Line> {
        let mut lines = each(nights, |day| if explained { look(day, "ana", 1).at(2, 0).explained() } else { look(day, "ana", 1).at(2, 0) });
        lines.push(look(nights, "ana", 1).at(3, 0));
        lines
    };
    check("on night duty", Reason::OddHours, &duty(3, true), false);
    check("the second night", Reason::OddHours, &duty(2, true), true);
    check("nights without a ground are no duty", Reason::OddHours, &duty(9, false), true);
}

#[test]
fn bulk() {
    let many = |count: i64, seconds: i64| {
        each(count, |number| Line { time: look(0, "ana", 0).time + number * seconds * 1000, ..look(0, "ana", u32::try_from(number).unwrap()) })
    };
    check("sixty records in ten minutes", Reason::Bulk, &many(60, 10), true);
    check("fifty-nine", Reason::Bulk, &many(59, 10), false);
    check("sixty records in two hours", Reason::Bulk, &many(60, 120), false);
    check("one record sixty times", Reason::Bulk, &many(60, 10).into_iter().map(|line| Line { records: vec![1], ..line }).collect::<Vec<_>>(), false);
    check("explained", Reason::Bulk, &many(60, 10).into_iter().map(Line::explained).collect::<Vec<_>>(), false);
    let export = |results| Line { action: "export", results, records: Vec::new(), ..look(0, "ana", 0) };
    check("a large export", Reason::Bulk, &[export(200)], true);
    check("a small export", Reason::Bulk, &[export(199)], false);
}
