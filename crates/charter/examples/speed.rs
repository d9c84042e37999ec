//! How long a decision takes, and a set of markings: `cargo run --release -p candour-charter --example speed`.
//!
//! Decides the shipped charter's markings and as many more as asked for (1,000 by default), all distinct, for people who have not
//! asked before, and prints microseconds for each marking and for each decision as one line of JSON.
#![expect(clippy::print_stdout, reason = "it prints what it measured")]

use std::time::Instant;

use candour_charter::{Actor, Authority, Charter, CharterError};
use candour_model::{
    id::MarkingNo,
    marking::{Classification, Handling, Marking},
    purpose::Purpose,
};

/// People who ask, one after the other.
const PEOPLE: u16 = 20;
/// Decisions of each of them.
const DECISIONS: u32 = 1_000;

fn main() -> Result<(), CharterError> {
    let count: u16 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(1_000);
    let charter = Charter::builtin()?;
    let levels = [Classification::Open, Classification::Official, Classification::OfficialSensitive, Classification::Secret];
    let markings: Vec<Marking> = (0..count)
        .zip(levels.into_iter().cycle())
        .map(|(number, classification)| Marking {
            id: format!("marking-{number}"),
            classification,
            handling: Handling::P,
            conditions: None,
            compartment: (number % 2 == 0).then(|| format!("operation-{}", number / 2)),
            special: Vec::new(),
            retention: 4,
            restricted: number % 7 == 0,
        })
        .collect();
    let (purpose, authority) = (Purpose::plain("demo"), Authority::none(0));
    let people: Vec<Actor> = (0..PEOPLE)
        .map(|number| Actor {
            id: format!("person-{number}"),
            name: String::new(),
            roles: vec!["supervisor".to_owned()],
            clearance: Classification::Secret,
            compartments: vec![format!("operation-{number}")],
        })
        .collect();

    let start = Instant::now();
    let seen: usize = people.iter().map(|person| charter.visible(person, &purpose, &authority, (0_u16..).map(MarkingNo).zip(&markings)).iter().count()).sum();
    let per_marking = start.elapsed().as_secs_f64() * 1e6 / f64::from(PEOPLE) / f64::from(count.max(1));

    let start = Instant::now();
    let asked = people.iter().flat_map(|person| (0..DECISIONS).map(move |_| person));
    let allowed = asked.filter(|person| charter.decide(person, "search", Some(&purpose), &authority).allowed).count();
    let per_decision = start.elapsed().as_secs_f64() * 1e6 / f64::from(PEOPLE) / f64::from(DECISIONS);

    println!(
        "{{\"markings\":{count},\"people\":{PEOPLE},\"seen\":{seen},\"us_per_marking\":{per_marking:.2},\"decisions_allowed\":{allowed},\"us_per_decision\":{per_decision:.2}}}"
    );
    Ok(())
}
