//! When a charter comes into force: k of n of the old and of the new keys, one version after the other, nothing taken back.

use candour_charter::{AdoptError, Charter, SignedCharter};
use candour_ledger::Note;

use crate::setting::{DAY, NOW, changed, key, signed, texts};

/// The next version of a charter, with a change of its words beside.
fn next(old: &Charter, from: &str, to: &str) -> Charter {
    let version = format!("version = {}", old.version());
    let mut texts = changed(old.texts(), "charter.toml", &version, &format!("previous = \"{}\"\nversion = {}", old.hash(), old.version() + 1));
    if let Some(previous) = old.previous() {
        texts = changed(&texts, "charter.toml", &format!("previous = \"{previous}\"\n"), "");
    }
    Charter::from_files(&changed(&texts, "charter.toml", from, to)).unwrap()
}

fn first() -> Charter {
    Charter::from_files(&texts()).unwrap()
}

const PLAIN: (&str, &str) = ("review_notice_days = 90", "review_notice_days = 60");

#[test]
fn the_statement_says_what_is_signed() {
    let (one, two) = (first(), next(&first(), PLAIN.0, PLAIN.1));
    let (first_hash, second_hash) = (one.hash(), two.hash());
    assert_eq!(one.statement(), format!("candour-charter/v1\nExample Constabulary\nversion 1\nhash {first_hash}\nprevious none\nexpires 2029-01-01\n"));
    assert_eq!(
        two.statement(),
        format!("candour-charter/v1\nExample Constabulary\nversion 2\nhash {second_hash}\nprevious {first_hash}\nexpires 2029-01-01\n")
    );
}

#[test]
fn signatures_count_once_a_key() {
    let charter = first();
    let statement = charter.statement();
    let check = |note: &Note, expected: &[u8]| {
        let names: Vec<String> = expected.iter().map(|number| key(*number).name().to_owned()).collect();
        assert_eq!(charter.signers(note), names);
        assert_eq!(charter.succeeds(None, note, NOW).is_ok(), expected.len() >= 2, "two of three sign");
    };
    check(&signed(&statement, &[1]), &[1]);
    check(&signed(&statement, &[1, 1]), &[1]);
    check(&signed(&statement, &[1, 1, 1]), &[1]);
    check(&signed(&statement, &[3, 1]), &[1, 3]);
    check(&signed(&statement, &[1, 2, 3, 2]), &[1, 2, 3]);
    check(&signed(&statement, &[1, 9]), &[1]);
    // Another key under the name of the first is nobody of the authority.
    let namesake = candour_ledger::SigningKey::generate(key(1).name(), [77; 32]).unwrap();
    check(&Note::sign(&statement, &namesake).unwrap(), &[]);
    // A second line by a key that does not verify takes the first one with it.
    let lines = signed(&statement, &[1]).to_string() + signed("another text\n", &[1]).to_string().rsplit_once("\n\n").unwrap().1;
    check(&Note::parse(lines.as_bytes()).unwrap(), &[]);
}

/// The error in words, or "adopted".
fn outcome(new: &Charter, in_force: Option<&Charter>, note: &Note, now: i64) -> String {
    new.succeeds(in_force, note, now).map_or_else(|problem| problem.to_string(), |()| "adopted".to_owned())
}

#[test]
fn one_version_follows_the_other() {
    let one = first();
    let two = next(&one, PLAIN.0, PLAIN.1);
    let other_two = next(&one, "review_notice_days = 90", "review_notice_days = 30");
    let three = next(&two, "idle_minutes = 15", "idle_minutes = 10");
    let other_one = Charter::from_files(&changed(&texts(), "charter.toml", PLAIN.0, PLAIN.1)).unwrap();
    let both = |charter: &Charter| signed(&charter.statement(), &[1, 2]);
    let names = [(&one, "HASH-OF-1"), (&two, "HASH-OF-2"), (&other_two, "HASH-OF-ANOTHER-2")];
    let hide = |text: String| names.iter().fold(text, |text, (charter, name)| text.replace(charter.hash(), name));
    let report: String = [
        ("1 after nothing", outcome(&one, None, &both(&one), NOW)),
        ("3 after nothing", outcome(&three, None, &both(&three), NOW)),
        ("2 after 1", outcome(&two, Some(&one), &both(&two), NOW)),
        ("3 after 2", outcome(&three, Some(&two), &both(&three), NOW)),
        ("1 after 1", outcome(&one, Some(&one), &both(&one), NOW)),
        ("another 1 after 1", outcome(&other_one, Some(&one), &both(&other_one), NOW)),
        ("3 after 1", outcome(&three, Some(&one), &both(&three), NOW)),
        ("1 after 2", outcome(&one, Some(&two), &both(&one), NOW)),
        ("another 2 after 2", outcome(&other_two, Some(&two), &both(&other_two), NOW)),
        ("3 after another 2", outcome(&three, Some(&other_two), &both(&three), NOW)),
        ("2 with the note of 1", outcome(&two, Some(&one), &both(&one), NOW)),
        ("2 with one signature", outcome(&two, Some(&one), &signed(&two.statement(), &[2]), NOW)),
        ("2 on its last day", outcome(&two, Some(&one), &both(&two), two.expires_ms() - 1)),
        ("2 on the day after", outcome(&two, Some(&one), &both(&two), two.expires_ms())),
    ]
    .into_iter()
    .map(|(what, said)| format!("{what}: {}\n", hide(said)))
    .collect();
    insta::assert_snapshot!(report);
}

/// New keys come in only by the old ones, and old keys are let go only by the new ones.
#[test]
fn a_change_of_keys_takes_both() {
    let one = first();
    let new_keys = format!("keys = [\"{}\", \"{}\"]", key(4).vkey(), key(5).vkey());
    let old_keys = one.texts().iter().find(|(path, _)| path == "charter.toml").unwrap().1.lines().find(|line| line.starts_with("keys = ")).unwrap();
    let two = next(&one, old_keys, &new_keys);
    let try_with = |keys: &[u8]| two.succeeds(Some(&one), &signed(&two.statement(), keys), NOW);
    assert_eq!(try_with(&[1, 2, 4, 5]), Ok(()));
    assert_eq!(try_with(&[4, 5]), Err(AdoptError::UnderSigned { whose: "old", have: 0, need: 2 }));
    assert_eq!(try_with(&[3, 4, 5]), Err(AdoptError::UnderSigned { whose: "old", have: 1, need: 2 }));
    assert_eq!(try_with(&[1, 2]), Err(AdoptError::UnderSigned { whose: "new", have: 0, need: 2 }));
    assert_eq!(try_with(&[1, 2, 3, 5]), Err(AdoptError::UnderSigned { whose: "new", have: 1, need: 2 }));
}

/// A lower threshold must be agreed to by as many as the higher one asked for.
#[test]
fn a_lower_threshold_takes_the_higher_one() {
    let one = first();
    let two = next(&one, "threshold = 2", "threshold = 1");
    assert_eq!(two.succeeds(Some(&one), &signed(&two.statement(), &[1]), NOW), Err(AdoptError::UnderSigned { whose: "old", have: 1, need: 2 }));
    assert_eq!(two.succeeds(Some(&one), &signed(&two.statement(), &[1, 3]), NOW), Ok(()));
}

/// An authority that let its charter run out can still sign the next one.
#[test]
fn an_expired_charter_is_followed() {
    let one = Charter::from_files(&changed(&texts(), "charter.toml", "expires = \"2029-01-01\"", "expires = \"2026-12-30\"")).unwrap();
    let two = next(&one, "expires = \"2026-12-30\"", "expires = \"2027-12-30\"");
    assert!(one.expires_ms() < NOW && one.expires_ms() == NOW - DAY);
    assert!(matches!(one.succeeds(None, &signed(&one.statement(), &[1, 2]), NOW), Err(AdoptError::Expired { .. })));
    assert_eq!(two.succeeds(Some(&one), &signed(&two.statement(), &[1, 2]), NOW), Ok(()));
}

/// A charter with a rule that does nothing is not adopted, whoever signs it.
#[test]
fn what_check_refuses_is_not_adopted() {
    let broken = changed(
        &texts(),
        "policies/analysis.cedar",
        "context.purpose in [Purpose::\"demo\", Purpose::\"disclosure\"]",
        "context.purpose == Purpose::\"demo\" && context.purpose == Purpose::\"disclosure\"",
    );
    let charter = Charter::from_files(&broken).unwrap();
    let problem = charter.succeeds(None, &signed(&charter.statement(), &[1, 2]), NOW).unwrap_err().to_string();
    assert!(problem.contains("policies/analysis.cedar:") && problem.contains("never applies"), "{problem}");
}

#[test]
fn folders_are_loaded_with_their_note() {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in texts() {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let fails = || SignedCharter::load(folder.path()).map(|_| ()).unwrap_err().to_string();
    assert_eq!(fails(), "the charter has no `charter.note`; have the authority sign it with `candour charter sign`");
    let file = folder.path().join("charter.note");
    std::fs::write(&file, "no note").unwrap();
    assert_eq!(fails(), "`charter.note`: this is no signed note: no blank line comes before its signatures");
    let note = signed(&first().statement(), &[1, 2]);
    std::fs::write(&file, note.to_string()).unwrap();
    let loaded = SignedCharter::load(folder.path()).unwrap();
    assert_eq!((loaded.charter.hash(), &loaded.note), (first().hash(), &note), "the note is no part of what it signs");
    assert_eq!(loaded.charter.succeeds(None, &loaded.note, NOW), Ok(()));
}
