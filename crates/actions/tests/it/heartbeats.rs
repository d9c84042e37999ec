//! Signs of life: what they count, what the public sees of them, and that neither a new one nor a look reads their history.

use candour_actions::PublicView;

use crate::{
    home::{HOUR, NOW, TestHome},
    matrix::search,
};

#[test]
fn heartbeats_count_what_the_journal_holds_and_the_public_can_check_them() {
    let home = TestHome::new();
    for _ in 0..3 {
        home.desk.search(&home.who("analyst", "demo"), &search("kovak")).unwrap();
    }
    home.desk.heartbeat().unwrap();
    home.desk.search(&home.who("reviewer", "demo"), &search("kovak")).unwrap();
    home.desk.heartbeat().unwrap();
    let entries = home.entries(0);
    let day = home.desk.public_register().unwrap().counts;
    let searches = day.iter().filter(|count| count.action == "search" && count.purpose_class == "demo").map(|count| count.count).sum::<u64>();
    assert_eq!(searches, 4);
    let receipts = home.desk.public_heartbeats("2026-01-01").unwrap().receipts;
    assert_eq!(receipts.len(), 2);
    let key = candour_ledger::VerifierKey::parse(home.desk.log_key()).unwrap();
    for receipt in &receipts {
        assert_eq!(receipt.check(&key).1, []);
        let field = |name: &str| receipt.fields.iter().find(|field| field.name == name).unwrap().value.clone();
        let (first, end) = field("query").split_once("..").map(|(first, end)| (first.parse::<usize>().unwrap(), end.parse::<usize>().unwrap())).unwrap();
        let mut counts = std::collections::BTreeMap::new();
        for entry in &entries[first..end] {
            let purpose = if entry["purpose"].is_empty() { "-" } else { &entry["purpose"] };
            *counts.entry(format!("{}/{purpose}", entry["action"])).or_insert(0) += 1;
        }
        let told: Vec<String> = counts.into_iter().map(|(name, count)| format!("{name}={count}")).collect();
        assert_eq!(field("results"), told.join(" "));
    }
}

/// The days that are told of, and how many searches of each.
fn searches(view: &PublicView) -> Vec<(String, u64)> {
    view.counts.iter().filter(|count| count.action == "search").map(|count| (count.day.clone(), count.count)).collect()
}

#[test]
fn counts_of_thirty_days_are_public_whether_they_were_followed_or_read_when_the_home_opened() {
    let home = TestHome::new();
    // Two signs each day but for three days; on day n there are n searches. Looks in between fold in what is new.
    for day in 0..45_i64 {
        home.set_time(NOW + day * 24 * HOUR);
        for _ in 0..day {
            home.desk.search(&home.who("analyst", "demo"), &search("kovak")).unwrap();
        }
        if !(20..23).contains(&day) {
            home.desk.heartbeat().unwrap();
            home.set_time(NOW + day * 24 * HOUR + 60_000);
            home.desk.heartbeat().unwrap();
        }
        if day % 2 == 0 {
            home.desk.public_register().unwrap();
        }
    }
    let followed = home.desk.public_register().unwrap();
    let counts = searches(&followed);
    // Day 15 is the first of 30; what was done while there was no sign is counted by the next one.
    assert_eq!(counts.first().unwrap(), &("2026-01-16".to_owned(), 15));
    assert_eq!(counts.last().unwrap(), &("2026-02-14".to_owned(), 44));
    assert_eq!(counts.len(), 27);
    assert!(counts.contains(&("2026-01-24".to_owned(), 20 + 21 + 22 + 23)), "{counts:?}");
    assert_eq!(followed.heartbeat.last.as_deref(), Some("2026-02-14T00:01:00Z"));
    // Seven days of two signs, and the one of seven days ago to the minute.
    assert_eq!(followed.heartbeat.silent_minutes_7_days, 7 * 24 * 60 - 15);
    // The first sign of all was given long before the days that are read.
    let home = home.reopened();
    let read = home.desk.public_register().unwrap();
    assert_eq!(serde_json::to_value(&read.counts).unwrap(), serde_json::to_value(&followed.counts).unwrap());
    assert_eq!(serde_json::to_value(&read.heartbeat).unwrap(), serde_json::to_value(&followed.heartbeat).unwrap());
    for (day, beats) in [("2026-01-16", 2), ("2026-01-21", 0), ("2026-01-01", 2), ("2025-12-31", 0), ("", 0), ("%", 0)] {
        assert_eq!(home.desk.public_heartbeats(day).unwrap().receipts.len(), beats, "{day}");
    }
}

#[test]
fn neither_a_look_nor_a_new_sign_reads_history() {
    let home = TestHome::new();
    for day in 0..5 {
        home.set_time(NOW + day * 24 * HOUR);
        home.desk.search(&home.who("analyst", "demo"), &search("kovak")).unwrap();
        home.desk.heartbeat().unwrap();
    }
    let before = home.desk.public_register().unwrap();
    // Whoever read them again would miss them.
    let gone = home.database().execute("DELETE FROM event WHERE kind = 'heartbeat' AND subject < '2026-01-05'", []).unwrap();
    assert_eq!(gone, 4);
    let looked = home.desk.public_register().unwrap();
    assert_eq!(serde_json::to_value(&looked.counts).unwrap(), serde_json::to_value(&before.counts).unwrap());
    // The next sign goes on where the last one ended.
    home.set_time(home.desk.now() + HOUR);
    home.desk.search(&home.who("analyst", "demo"), &search("kovak")).unwrap();
    home.desk.heartbeat().unwrap();
    let last = home.entries(0).pop().unwrap();
    assert_eq!(last["results"], "heartbeat/-=1 search/demo=1");
    assert_eq!(searches(&home.desk.public_register().unwrap()).pop(), Some(("2026-01-05".to_owned(), 2)));
}
