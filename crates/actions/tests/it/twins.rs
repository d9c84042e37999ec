//! What you may not see does not exist: every answer is byte for byte what it is in the twin world in which the hidden
//! statements were never stored. Statements are hidden by their markings, by a restriction, or by an erasure.

mod asking;
mod happening;
mod vanished;

use candour_actions::Verdict;
use proptest::{prelude::*, test_runner::RngSeed};

use self::{asking::everything, happening::happen};
use crate::worlds::{Asker, Step, Vanishing, World, world};

/// The two worlds tell the same.
fn check(world: &World) -> Result<(), TestCaseError> {
    let (home, mut answers) = happen(world, true);
    let (twin, mut expected) = happen(world, false);
    answers.extend(everything(&home, world));
    expected.extend(everything(&twin, world));
    prop_assert_eq!(answers.len(), expected.len());
    let differing: Vec<_> = answers.iter().zip(&expected).filter(|(answer, expected)| answer != expected).collect();
    let questions: Vec<&str> = differing.iter().map(|(answer, _)| answer.0.as_str()).collect();
    prop_assert!(differing.is_empty(), "{:?}\nfirst is {:?}\nshould be {:?}", questions, differing[0].0, differing[0].1);
    Ok(())
}

/// How many worlds are compared, and from which seed they are drawn. Each makes two homes and asks them dozens of things, so
/// the usual run draws the same 500 every time; `CANDOUR_TEST_CASES` asks for so many others, drawn anew.
fn config() -> ProptestConfig {
    let asked: Option<u32> = std::env::var("CANDOUR_TEST_CASES").ok().map(|cases| cases.parse().unwrap());
    let rng_seed = if asked.is_some() { RngSeed::Random } else { RngSeed::Fixed(2026) };
    ProptestConfig { cases: asked.unwrap_or(500), max_shrink_iters: 40, rng_seed, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn hidden_statements_change_no_answer(world in world()) {
        check(&world)?;
    }
}

fn import(marking: &'static str, lines: &[&str]) -> Step {
    Step::Import { marking, dataset: "alpha", entities: lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect() }
}

fn judged(a: &'static str, b: &'static str, verdict: Verdict) -> Step {
    Step::Judge { sees_all: true, a, b, verdict }
}

/// What once told of hidden statements, or well might.
#[test]
fn known_ways_to_tell_are_closed() {
    const ANNA: &str = r#"{"id":"p-anna","schema":"Person","properties":{"name":["Anna Kovak"],"birthDate":["1980-02-03"]}}"#;
    const ANN: &str = r#"{"id":"p-ann","schema":"Person","properties":{"name":["Anna Kovak"],"birthDate":["1980-02-03"]}}"#;
    const OTTO: &str = r#"{"id":"p-otto","schema":"Person","properties":{"name":["Anna Kovak"],"email":["otto@example.org"]}}"#;
    let crowd: Vec<String> =
        (0..40).map(|no| format!(r#"{{"id":"crowd-{no}","schema":"Person","properties":{{"name":["Anna Kovak"],"birthDate":["1980-02-03"]}}}}"#)).collect();
    let crowd: Vec<&str> = crowd.iter().map(String::as_str).collect();
    let named = |id: &str, name: &str| format!(r#"{{"id":"{id}","schema":"Person","properties":{{"name":["{name}"]}}}}"#);
    let reached = |id: &str| {
        format!(r#"{{"id":"{id}","schema":"Person","properties":{{"email":["ak@example.org"],"phone":["+441632960001"],"birthDate":["1980-02-03"]}}}}"#)
    };
    let hidden = "official-sensitive";
    let worlds = [
        // A link for one source, a person for another.
        vec![
            import("open", &[r#"{"id":"x-odd","schema":"Person","properties":{"name":["Anna Kovak"]}}"#]),
            import(hidden, &[r#"{"id":"x-odd","schema":"Ownership","properties":{"owner":["p-anna"],"asset":["c-mere"]}}"#]),
        ],
        // Two that are one through a hidden third.
        vec![import("open", &[ANNA, ANN]), import(hidden, &[OTTO]), judged("p-anna", "p-otto", Verdict::Same), judged("p-otto", "p-ann", Verdict::Same)],
        // A hidden word on a visible pair, after a visible one and before.
        vec![
            import("open", &[ANNA, ANN]),
            judged("p-anna", "p-ann", Verdict::Same),
            import(hidden, &[r#"{"id":"p-ann","schema":"Person","properties":{"deathDate":["2019"]}}"#]),
            judged("p-anna", "p-ann", Verdict::Different),
        ],
        vec![
            import(hidden, &[r#"{"id":"p-ann","schema":"Person","properties":{"deathDate":["2019"]}}"#]),
            import("open", &[ANNA, ANN]),
            judged("p-anna", "p-ann", Verdict::Same),
            Step::Judge { sees_all: false, a: "p-ann", b: "p-anna", verdict: Verdict::Unsure },
        ],
        // Names are rare or common by what is seen, and the resolver weighs them so.
        vec![import("open", &[ANNA, ANN, OTTO]), import(hidden, &crowd), Step::Resolve { sees_all: true }],
        vec![import(hidden, &crowd), import("open", &[ANNA, ANN, OTTO]), Step::Resolve { sees_all: true }, Step::Resolve { sees_all: false }],
        // Alike by what is hidden alone.
        vec![
            import("open", &[&named("p-anna", "Anna Kovak"), &named("p-ann", "A. Kovak")]),
            import(hidden, &[&reached("p-anna"), &reached("p-ann")]),
            Step::Resolve { sees_all: true },
        ],
        // What a link says of itself, and when, only somebody else may know.
        vec![
            import("open", &[ANNA, OTTO, r#"{"id":"l-5","schema":"UnknownLink","properties":{"subject":["p-anna"],"object":["p-otto"]}}"#]),
            import(hidden, &[r#"{"id":"l-5","schema":"UnknownLink","properties":{"subject":["p-anna"],"object":["p-otto"],"role":["paid in cash"]}}"#]),
        ],
        // When it falls due is decided by a hidden statement, and by a decision that rests on one.
        vec![import("official", &[ANNA]), import("open", &[ANNA, OTTO]), import(hidden, &[ANNA])],
        vec![import("official", &[ANNA, ANN]), import(hidden, &[ANNA]), Step::Review { id: "p-anna" }, Step::Review { id: "p-ann" }],
        // A hidden statement of what a visible one says too, from the same file.
        vec![import(hidden, &[ANNA]), import("open", &[ANNA]), import(hidden, &[ANN, ANNA])],
    ];
    for steps in worlds {
        for asker in [Asker::Official, Asker::Open] {
            check(&World { steps: steps.clone(), asker, one_in: 1, seed: 0 }).unwrap();
        }
    }
}

/// Whoever restricts a record is told of no statement that they do not see.
#[test]
fn a_restriction_counts_what_is_seen() {
    const ANNA: &str = r#"{"id":"p-anna","schema":"Person","properties":{"name":["Anna Kovak"],"birthDate":["1980-02-03"]}}"#;
    const MORE: &str = r#"{"id":"p-anna","schema":"Person","properties":{"alias":["Annie"],"deathDate":["2019"]}}"#;
    let told = [true, false].map(|with_hidden| {
        let world = World { steps: vec![import("open", &[ANNA]), import("official-sensitive", &[MORE])], asker: Asker::Official, one_in: 1, seed: 0 };
        let (home, _) = happen(&world, with_hidden);
        let restricted = home.desk.restrict(&happening::person(&home, world.asker), "p-anna", "its accuracy is contested", false).unwrap().value;
        serde_json::to_value(restricted).unwrap()
    });
    assert_eq!(told[0], told[1]);
    assert_eq!(told[0]["statements"], 2);
}

/// What an asker with a mandate or an emergency access does not see either, and what goes out of a world.
#[test]
fn every_way_of_hiding_hides_from_every_question() {
    const ANNA: &str = r#"{"id":"p-anna","schema":"Person","properties":{"name":["Anna Kovak"],"birthDate":["1980-02-03"],"phone":["+441632960001"]}}"#;
    const OTTO: &str = r#"{"id":"p-otto","schema":"Person","properties":{"name":["Otto Kovak"],"phone":["+441632960001"]}}"#;
    const ANN: &str = r#"{"id":"p-ann","schema":"Person","properties":{"name":["Ann Kovak"],"birthDate":["1980-02-03"],"addressEntity":["p-otto"]}}"#;
    const OWNS: &str = r#"{"id":"l-1","schema":"Ownership","properties":{"owner":["p-otto"],"asset":["p-anna"],"startDate":["2019"]}}"#;
    let known = |marking: &'static str| {
        vec![import("open", &[ANNA, ANN]), import(marking, &[OTTO, OWNS]), judged("p-anna", "p-otto", Verdict::Same), judged("p-otto", "p-ann", Verdict::Same)]
    };
    let gone = |how| {
        let mut steps = vec![import("open", &[ANNA, ANN, OTTO, OWNS]), Step::Export { sees_all: true }];
        steps.extend([judged("p-anna", "p-otto", Verdict::Same), judged("p-otto", "p-ann", Verdict::Same), Step::Vanish { id: "p-otto", how }]);
        steps
    };
    let worlds = [
        (known("official-sensitive"), Asker::Mandate),
        (known("health"), Asker::Emergency),
        (known("health"), Asker::Official),
        (gone(Vanishing::Restricted), Asker::Open),
        (gone(Vanishing::Restricted), Asker::Emergency),
        (gone(Vanishing::Erased), Asker::Official),
        (gone(Vanishing::Erased), Asker::Emergency),
    ];
    for (steps, asker) in worlds {
        check(&World { steps, asker, one_in: 1, seed: 0 }).unwrap();
    }
}
