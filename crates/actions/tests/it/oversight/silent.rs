//! Heartbeats that are counted again, silence that shows, and entries of which fields were erased.

use candour_actions::{BeatsView, OverseePart, OverseeRequest, OverseeSpan, RetentionDecision, ReviewRequest};

use super::force::Force;

const MINUTE: i64 = 60_000;

fn beats(force: &Force) -> BeatsView {
    let request = OverseeRequest { part: OverseePart::State, span: OverseeSpan::default() };
    force.desk.oversee(&force.overseer(), &request).unwrap().value.state.unwrap().heartbeats
}

#[test]
fn the_counts_of_heartbeats_are_those_of_the_entries_and_silence_shows() {
    let force = Force::new(&[("ana", "Ana Holm")]);
    force.import(r#"{"id":"otto","schema":"Person","properties":{"name":["Otto Brandt"]}}"#);
    assert_eq!((beats(&force).beats, beats(&force).silence_count), (0, 0));
    for minute in 0..6 {
        force.desk.heartbeat().unwrap();
        for _ in 0..minute {
            force.open(&force.on_no_case("ana"), "otto");
            force.desk.open_entity(&force.on_no_case("overseer"), "otto", None).unwrap_err();
        }
        force.clock.advance(MINUTE);
    }
    let found = beats(&force);
    assert_eq!((found.beats, found.compared, found.mismatch_count, found.uncounted, found.silence_count), (6, 6, 0, 0, 0), "{:?}", found.mismatches);
    force.clock.advance(10 * MINUTE);
    force.open(&force.on_no_case("ana"), "otto");
    assert_eq!(beats(&force).silence_count, 1, "it has been silent until now");
    force.desk.heartbeat().unwrap();
    let found = beats(&force);
    assert_eq!((found.silence_count, found.mismatch_count, found.uncounted), (1, 0, 0), "{:?}", found.mismatches);
    assert!((660..=661).contains(&found.silences[0].seconds) && found.silences[0].entries > 0, "{:?}", found.silences);
}

#[test]
fn an_access_whose_fields_were_erased_stays_in_the_list_without_them() {
    let force = Force::new(&[("ana", "Ana Holm")]);
    force.import(r#"{"id":"otto","schema":"Person","properties":{"name":["Otto Brandt"]}}"#);
    let entry = force.open(&force.on_no_case("ana"), "otto");
    let before = force.ranked(entry).unwrap();
    assert_eq!((before.records.join(" "), before.erased.len()), ("otto".to_owned(), 0));
    let decision = ReviewRequest { decision: RetentionDecision::Erase, rationale: "no longer needed".to_owned(), next: None, whole: false };
    force.desk.review_decide(&force.who("reviewer", "retention", ""), "otto", &decision).unwrap();
    force.desk.erase(&force.who("data-protection-officer", "retention", ""), "otto", false).unwrap();
    let after = force.ranked(entry).unwrap();
    assert_eq!((after.person, after.time, after.score), (before.person, before.time, before.score));
    assert!(after.records.is_empty() && after.erased.iter().any(|field| field == "query"), "{:?}", after.erased);
}
