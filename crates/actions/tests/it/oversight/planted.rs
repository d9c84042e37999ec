//! A planted misuse among two thousand honest looks. The figures say how one invented pattern fares in one invented
//! force; they say nothing of how often misuse is found in a real one.

use std::{collections::BTreeSet, fmt::Write as _, time::Instant};

use candour_actions::{ActionError, OverseePart, OverseeRequest, OverseeSpan};

use super::force::{Force, HOUR};
use crate::matrix::search;

const DAY: i64 = 24 * HOUR;
const OFFICERS: usize = 20;
const CASES: usize = 120;
const HONEST: usize = 2000;

const FIRST: [&str; 10] = ["Marlow", "Tessa", "Edda", "Rufus", "Nell", "Piers", "Greta", "Ivor", "Maud", "Silas"];
const LAST: [&str; 10] = ["Finch", "Quill", "Thorne", "Wray", "Locke", "Marsh", "Pell", "Vane", "Stroud", "Hale"];

fn name(number: usize) -> String {
    format!("{} {}", FIRST[number % 10], LAST[(number / 10 + number) % 10])
}

/// Repeatable numbers, after Marsaglia.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound).unwrap()).unwrap()
    }
}

/// Offences with three people each, who have addresses; records that bear the names of the first five officers.
fn records() -> String {
    let mut lines = String::new();
    for case in 0..CASES {
        writeln!(lines, r#"{{"id":"o-{case}","schema":"Offence","properties":{{"name":["Offence"],"crimeReference":["HM/{case}/24"]}}}}"#).unwrap();
        for person in case * 3..case * 3 + 3 {
            writeln!(lines, r#"{{"id":"p-{person}","schema":"Person","properties":{{"name":["Vic Nominal{person}"],"address":["{person} Mere Road"]}}}}"#)
                .unwrap();
            writeln!(lines, r#"{{"id":"i-{person}","schema":"Involvement","properties":{{"party":["p-{person}"],"event":["o-{case}"],"role":["suspect"]}}}}"#)
                .unwrap();
        }
    }
    for officer in 0..5 {
        writeln!(lines, r#"{{"id":"like-{officer}","schema":"Person","properties":{{"name":["{}"]}}}}"#, name(officer)).unwrap();
    }
    // One of them is the victim of a recorded offence, so that colleagues have good reason to look.
    lines.push_str("{\"id\":\"i-like\",\"schema\":\"Involvement\",\"properties\":{\"party\":[\"like-1\"],\"event\":[\"o-0\"],\"role\":[\"victim\"]}}\n");
    lines.push_str("{\"id\":\"once\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Nan Former\"]}}\n");
    lines.push_str(
        "{\"id\":\"i-once\",\"schema\":\"Associate\",\"properties\":{\"person\":[\"like-0\"],\"associate\":[\"once\"],\"relationship\":[\"ex-partner\"]}}\n",
    );
    lines
}

/// Who does what, when.
enum Deed {
    /// Works on a case: opens a record of it.
    Case { officer: usize, case: usize, record: String },
    /// States a case that is on no record yet.
    NewCase { officer: usize, record: String },
    /// Looks without a case.
    Plain { officer: usize, record: String },
    /// Searches on a case and finds nothing.
    Nothing { officer: usize, case: usize },
    /// Misuse.
    Planted { record: &'static str },
}

/// Honest work over sixty days with what makes honest work look odd: night duty, cases that are on no record yet, looks without a
/// case, and now and then a colleague's record.
fn honest(dice: &mut Dice) -> Vec<(i64, Deed)> {
    (0..HONEST)
        .map(|number| {
            let officer = 1 + dice.below(OFFICERS - 1);
            // Officers 1 to 3 are on night duty.
            let hour = if officer <= 3 { (20 + dice.below(10)) % 24 } else { 7 + dice.below(12) };
            let time = i64::try_from(dice.below(60)).unwrap() * DAY + i64::try_from(hour).unwrap() * HOUR + i64::try_from(dice.below(3_600_000)).unwrap();
            let case = dice.below(CASES);
            let record = format!("p-{}", case * 3 + dice.below(3));
            let deed = match number % 100 {
                // Colleagues' records without a case: somebody's car was hit, a name came up.
                0 if number < 1000 => Deed::Plain { officer, record: format!("like-{}", 1 + dice.below(4)) },
                1 => Deed::Case { officer, case: 0, record: "like-1".to_owned() },
                2..=8 => Deed::Plain { officer, record },
                9..=16 => Deed::NewCase { officer, record },
                17..=24 => Deed::Nothing { officer, case },
                _ => Deed::Case { officer, case, record },
            };
            (time, deed)
        })
        .collect()
}

/// Officer 0 looks up himself, a colleague and a former partner at night, the last on ten days in a row, and does honest work
/// besides.
fn planted() -> Vec<(i64, Deed)> {
    let at = |day: i64, hour: i64, record| (day * DAY + hour * HOUR + 60_000, Deed::Planted { record });
    let mut deeds = vec![at(12, 23, "like-0"), at(13, 1, "like-0"), at(14, 23, "like-2"), at(15, 2, "like-2")];
    deeds.extend((0..10).map(|day| at(20 + day, 23, "once")));
    deeds
}

fn act(force: &Force, deed: Deed) -> u64 {
    let id = |officer: usize| format!("officer-{officer}");
    match deed {
        Deed::Case { officer, case, record } => force.open(&force.on_case(&id(officer), &format!("HM/{case}/24")), &record),
        Deed::NewCase { officer, record } => force.open(&force.on_case(&id(officer), &format!("NEW/{officer}/24")), &record),
        Deed::Plain { officer, record } => force.open(&force.on_no_case(&id(officer)), &record),
        Deed::Nothing { officer, case } => {
            force.desk.search(&force.on_case(&id(officer), &format!("HM/{case}/24")), &search("Unknown Nominal")).unwrap().receipt.index
        }
        Deed::Planted { record } => force.open(&force.on_no_case("officer-0"), record),
    }
}

#[test]
fn a_planted_misuse_stands_above_two_thousand_honest_looks() {
    let people: Vec<(String, String)> = (0..OFFICERS).map(|officer| (format!("officer-{officer}"), name(officer))).collect();
    let people: Vec<(&str, &str)> = people.iter().map(|(id, name)| (id.as_str(), name.as_str())).collect();
    let force = Force::new(&people);
    force.import(&records());
    // To the next midnight, from which days are counted.
    let begun = (force.clock.now() / DAY + 1) * DAY;
    let mut deeds = honest(&mut Dice(88_172_645_463_325_252));
    let misuse = planted();
    let wanted = misuse.len();
    deeds.extend(misuse);
    deeds.sort_by_key(|(time, _)| *time);
    let mut planted = BTreeSet::new();
    for (time, deed) in deeds {
        force.clock.advance((begun + time - force.clock.now()).max(0));
        let is_planted = matches!(deed, Deed::Planted { .. });
        let entry = act(&force, deed);
        if is_planted {
            planted.insert(entry);
        }
    }
    let clock = Instant::now();
    let by_person = usage(&force);
    let seconds = clock.elapsed().as_secs_f64();
    // The heartbeats need every entry and nothing else: what reading the journal costs.
    let clock = Instant::now();
    let state = OverseeRequest { part: OverseePart::State, span: OverseeSpan::default() };
    force.desk.oversee(&force.overseer(), &state).unwrap();
    let reading = clock.elapsed().as_secs_f64();
    let ranking = force.ranking();
    assert_eq!(ranking.of_accesses, u64::try_from(HONEST + wanted).unwrap());
    let is_hit = |access: &&candour_actions::RankedView| planted.contains(&access.entry);
    let first = ranking.accesses.iter().take(wanted).filter(is_hit).count();
    let alerts = ranking.accesses.iter().filter(|access| access.alert);
    let (alerts, true_alerts) = (alerts.clone().count(), alerts.filter(is_hit).count());
    let share = |part: usize, whole: usize| f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(whole.max(1)).unwrap());
    println!(
        "planted {wanted} among {HONEST}: unexplained {} of {}, alerts {alerts} ({:.1} for every thousand); among the first {wanted}: precision {:.2}, recall {:.2}; \
         among alerts: precision {:.2}, recall {:.2}; reckoned in {seconds:.2} s, of which reading the journal takes {reading:.2}",
        ranking.total,
        ranking.of_accesses,
        ranking.alerts_per_thousand,
        share(first, wanted),
        share(first, wanted),
        share(true_alerts, alerts),
        share(true_alerts, wanted),
    );
    let missed: Vec<_> = ranking.accesses.iter().take(wanted).filter(|access| !is_hit(access)).collect();
    assert!(planted.contains(&ranking.accesses[0].entry) && planted.contains(&ranking.accesses[9].entry), "{missed:?}");
    assert!(share(first, wanted) >= 0.7, "{missed:?}");
    assert!(share(true_alerts, wanted) >= 0.9 && ranking.alerts_per_thousand < 20.0);
    assert_eq!(by_person.iter().max_by_key(|(_, alerts)| *alerts).map(|(person, _)| person.as_str()), Some("officer-0"));
}

fn usage(force: &Force) -> Vec<(String, u64)> {
    let request = OverseeRequest { part: OverseePart::Usage, span: OverseeSpan::default() };
    let usage = force.desk.oversee(&force.overseer(), &request).unwrap().value.usage.unwrap();
    assert_eq!(usage.by_person.iter().map(|count| count.accesses).sum::<u64>(), usage.total.accesses);
    usage.by_person.into_iter().map(|count| (count.key, count.alerts)).collect()
}

#[test]
fn the_window_and_the_page_are_checked() {
    let force = Force::new(&[]);
    let ask = |part, span| force.desk.oversee(&force.overseer(), &OverseeRequest { part, span }).map(|answer| answer.value);
    let page = |limit| OverseePart::Unexplained { limit, offset: 0 };
    let now = force.clock.now();
    for (name, part, span) in [
        ("ends before it begins", page(1), OverseeSpan { since: Some(2), until: Some(1), zone: None }),
        ("no such zone", page(1), OverseeSpan { zone: Some("Mere/Quay".to_owned()), ..OverseeSpan::default() }),
        ("too many", page(1001), OverseeSpan::default()),
    ] {
        assert!(matches!(ask(part, span), Err(ActionError::BadInput(_))), "{name}");
    }
    let later = OverseeSpan { since: Some(now + DAY), until: Some(now + 2 * DAY), zone: None };
    assert_eq!(ask(OverseePart::Usage, later).unwrap().usage.unwrap().total.accesses, 0);
    let first = OverseeRequest { part: page(1), span: OverseeSpan::default() };
    assert!(matches!(force.desk.oversee(&force.on_no_case("analyst"), &first), Err(ActionError::Refused { .. })));
}
