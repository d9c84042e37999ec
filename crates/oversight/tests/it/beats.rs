//! Heartbeats: silence, and counts that are counted again.

use candour_oversight::{Beats, Heartbeats};

const MINUTE: i64 = 60_000;

/// A journal in short: entries as `action/purpose`, heartbeats as `minute FIRST..END counts`.
fn check(lines: &[&str], now: i64) -> Beats {
    let mut beats = Heartbeats::default();
    for (index, line) in (0..).zip(lines) {
        match line.split_once('/').filter(|_| !line.starts_with(|first: char| first.is_ascii_digit())) {
            Some((action, purpose)) => beats.entry(index, action, purpose),
            None => {
                let mut parts = line.splitn(3, ' ');
                let minute: i64 = parts.next().unwrap().parse().unwrap();
                beats.beat(index, minute * MINUTE, parts.next().unwrap(), parts.next().unwrap_or_default());
            }
        }
    }
    beats.finish(now * MINUTE)
}

fn wrong(beats: &Beats) -> Vec<(u64, &str)> {
    beats.mismatches.iter().map(|mismatch| (mismatch.index, mismatch.what.as_str())).collect()
}

#[test]
fn counts_are_counted_again() {
    let right = ["search/demo", "search/demo", "sign_in/", "1 0..3 search/demo=2 sign_in/-=1", "2 3..4 heartbeat/-=1", "3 4..5 heartbeat/-=1"];
    let beats = check(&right, 4);
    assert_eq!((beats.beats, beats.compared, wrong(&beats), beats.uncounted), (3, 3, vec![], 0));
    for (name, line, expected) in [
        ("one too few", "1 0..3 search/demo=1 sign_in/-=1", "search/demo: it says 1, the entries 2"),
        ("one not named", "1 0..3 search/demo=2", "sign_in/-: it says 0, the entries 1"),
        ("one made up", "1 0..3 search/demo=2 sign_in/-=1 export/demo=1", "export/demo: it says 1, the entries 0"),
        ("no range", "1 0-3 search/demo=2 sign_in/-=1", "`0-3` is no range of entries such as `7..12`"),
        ("ahead of time", "1 0..9 search/demo=2 sign_in/-=1", "it counts `0..9`, entries that are not before it"),
        ("no counts", "1 0..3 search/demo", "its counts are not of the form `action/class=n`"),
        ("twice the same", "1 0..3 search/demo=1 search/demo=1 sign_in/-=1", "its counts are not of the form `action/class=n`"),
    ] {
        let mut lines = right;
        lines[3] = line;
        let beats = check(&lines, 4);
        assert_eq!(wrong(&beats).first(), Some(&(3, expected)), "{name}");
    }
}

#[test]
fn entries_that_nobody_counts_are_told() {
    let beats = check(&["search/demo", "1 0..1 search/demo=1", "search/demo", "search/demo", "2 3..4 search/demo=1"], 3);
    assert_eq!(beats.uncounted, 2);
    assert_eq!(wrong(&beats), [(4, "it counts from entry 3 on, the one before it left off at 1")]);
}

#[test]
fn what_was_made_while_it_counted_is_counted_next_time() {
    let beats = check(&["search/demo", "export/demo", "1 0..1 search/demo=1", "2 1..3 export/demo=1 heartbeat/-=1"], 3);
    assert_eq!((wrong(&beats), beats.compared), (vec![], 2));
}

#[test]
fn a_window_that_begins_in_the_middle_compares_what_it_can() {
    let mut beats = Heartbeats::default();
    beats.entry(10, "search", "demo");
    beats.beat(11, MINUTE, "7..11", "search/demo=4");
    beats.beat(12, 2 * MINUTE, "11..12", "heartbeat/-=1");
    let beats = beats.finish(3 * MINUTE);
    assert_eq!((beats.beats, beats.compared, wrong(&beats)), (2, 1, vec![]));
}

#[test]
fn silence_is_told() {
    let lines = ["0 0..0", "2 0..1 heartbeat/-=1", "5 1..2 heartbeat/-=1", "search/demo", "9 2..4 heartbeat/-=1 search/demo=1"];
    let beats = check(&lines, 10);
    let told: Vec<_> = beats.silences.iter().map(|silence| (silence.after, silence.from / MINUTE, silence.until / MINUTE, silence.entries)).collect();
    assert_eq!(told, [(1, 2, 5, 0), (2, 5, 9, 1)]);
    assert_eq!(check(&lines, 30).silences.len(), 3, "and from the last one until now");
    assert_eq!(check(&["search/demo"], 30).silences.len(), 0, "where there never was one there is nothing to miss");
}
