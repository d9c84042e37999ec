//! Mandates: their text, how they stand, and what they open.

use candour_charter::{Actor, Authority, Charter, Glass, Mandate, Standing};
use candour_model::{
    id::MarkingNo,
    marking::{Classification, Handling, Marking, SpecialCategory},
    purpose::Purpose,
};
use proptest::prelude::*;

use crate::setting::{DAY, NOW, changed, mandate, signed, texts};

fn charter() -> Charter {
    Charter::from_files(&texts()).unwrap()
}

#[test]
fn a_text_is_read_back() {
    let charter = charter();
    let text = mandate(&charter).to_text().replace(charter.hash(), &"ab".repeat(32));
    insta::assert_snapshot!(text, @"
    candour-mandate/v1
    id: harbour-2027
    version: 1
    purpose: protect-vulnerable-people
    group: analyst
    classes: health
    highest: official-sensitive
    not-before: 2026-12-31T00:00:00Z
    not-after: 2027-01-02T00:00:00Z
    charter: abababababababababababababababababababababababababababababababab
    grounds: Three reports of people missing from one care home
    ");
    assert_eq!(Mandate::parse(&text).unwrap().to_text(), text);
}

/// Each change `from => to` of a good text with what reading says then.
fn check(changes: &[&str]) -> String {
    let good = mandate(&charter()).to_text();
    let good = good.replace(good.lines().nth(9).unwrap(), &format!("charter: {}", "ab".repeat(32)));
    assert!(Mandate::parse(&good).is_ok());
    let mut report = String::new();
    for change in changes {
        let (from, to) = change.split_once(" => ").unwrap();
        let (from, to) = (from.replace("\\n", "\n"), to.replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\r"));
        assert!(good.contains(&from), "{change}");
        let read = Mandate::parse(&good.replacen(&from, &to, 1));
        report += &format!("{change}\n  {}\n", read.map_or_else(|problem| problem.to_string(), |_| "read".to_owned()));
    }
    report
}

#[test]
fn a_text_is_strict() {
    let report = check(&[
        "candour-mandate/v1 => candour-mandate/v2",
        "candour-mandate/v1\\n => ",
        "id: harbour-2027\\n => ",
        "id: harbour-2027\\n => id: harbour-2027\\nid: harbour-2027\\n",
        "id: harbour-2027\\nversion: 1\\n => version: 1\\nid: harbour-2027\\n",
        "id: harbour-2027 => id:harbour-2027",
        "id: harbour-2027 => id: Harbour 2027",
        "id: harbour-2027 => id: 2027-harbour",
        "version: 1 => version: 0",
        "version: 1 => version: 01",
        "version: 1 => version: +1",
        "version: 1 => version: 99999999999",
        "version: 1 => version: 2",
        "purpose: protect => purpose:  protect",
        "group: analyst => colour: blue",
        "classes: health => classes: ",
        "classes: health => classes: none",
        "classes: health => classes: none, health",
        "classes: health => classes: health, health",
        "classes: health => classes: health, belief",
        "classes: health => classes: belief, health",
        "classes: health => classes: horoscope",
        "highest: official-sensitive => highest: Official-Sensitive",
        "highest: official-sensitive => highest: secret",
        "not-before: 2026-12-31T00:00:00Z => not-before: 2026-12-31",
        "not-before: 2026-12-31T00:00:00Z => not-before: 2026-12-31T00:00:00.5Z",
        "not-before: 2026-12-31T00:00:00Z => not-before: 2026-12-31T01:00:00+01:00",
        "not-before: 2026-12-31T00:00:00Z => not-before: 2026-12-31 00:00:00Z",
        "not-before: 2026-12-31T00:00:00Z => not-before: 2027-01-02T00:00:00Z",
        "not-before: 2026-12-31T00:00:00Z => not-before: 2030-01-02T00:00:00Z",
        "charter: ab => charter: AB",
        "charter: ab => charter: a",
        "grounds: Three reports => grounds:  Three reports",
        "grounds: Three reports => grounds: Three\\treports",
        "care home\\n => care home \\n",
        "care home\\n => care home",
        "care home\\n => care home\\n\\n",
        "care home\\n => care home\\nsignature: me\\n",
        "care home\\n => care home\\r\\n",
        "grounds: Three reports of people missing from one care home\\n => grounds: \\n",
        "grounds: Three reports of people missing from one care home\\n => ",
    ]);
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!("strict", report) });
}

/// A change of a mandate, with the keys that sign it, whether it is revoked, the newest version and the time.
struct Case<'a> {
    what: &'a str,
    change: fn(&mut Mandate),
    keys: &'a [u8],
    revoked: bool,
    newest: u32,
    now: i64,
}

const GOOD: Case<'static> = Case { what: "good", change: |_| (), keys: &[1, 2], revoked: false, newest: 1, now: NOW };

#[test]
fn a_mandate_stands_or_says_why_not() {
    let charter = charter();
    let cases = [
        GOOD,
        Case { what: "its first moment", now: NOW - DAY, ..GOOD },
        Case { what: "a moment before", now: NOW - DAY - 1, ..GOOD },
        Case { what: "its last moment", now: NOW + DAY - 1, ..GOOD },
        Case { what: "a moment after", now: NOW + DAY, ..GOOD },
        Case { what: "revoked", revoked: true, ..GOOD },
        Case { what: "revoked and expired", revoked: true, now: NOW + DAY, ..GOOD },
        Case { what: "a newer version", newest: 2, ..GOOD },
        Case { what: "the newer version", change: |mandate| mandate.version = 2, newest: 2, ..GOOD },
        Case { what: "one signature", keys: &[1], ..GOOD },
        Case { what: "one signature, twice", keys: &[3, 3], ..GOOD },
        Case { what: "strangers", keys: &[8, 9], ..GOOD },
        Case { what: "three signatures", keys: &[3, 2, 1], ..GOOD },
        Case { what: "another charter", change: |mandate| mandate.charter = "0".repeat(64), ..GOOD },
        Case { what: "another purpose", change: |mandate| mandate.purpose = "snooping".to_owned(), ..GOOD },
        Case { what: "a purpose without mandates", change: |mandate| mandate.purpose = "demo".to_owned(), ..GOOD },
        Case { what: "an unknown role", change: |mandate| mandate.group = "wizard".to_owned(), ..GOOD },
        Case { what: "too many classes", change: |mandate| mandate.classes = vec![SpecialCategory::Belief, SpecialCategory::Health], ..GOOD },
        Case { what: "no classes", change: |mandate| mandate.classes = Vec::new(), ..GOOD },
        Case { what: "too long", change: |mandate| mandate.not_after = mandate.not_before + 92 * DAY + 1000, ..GOOD },
        Case { what: "as long as may be", change: |mandate| mandate.not_after = mandate.not_before + 92 * DAY, ..GOOD },
        Case { what: "backwards", change: |mandate| mandate.not_after = mandate.not_before, ..GOOD },
        Case { what: "half a second", change: |mandate| mandate.not_after += 500, ..GOOD },
        Case { what: "no plain word", change: |mandate| mandate.id = "a b".to_owned(), ..GOOD },
        Case { what: "version 0", change: |mandate| mandate.version = 0, ..GOOD },
        Case { what: "blank grounds", change: |mandate| mandate.grounds = " ".to_owned(), ..GOOD },
    ];
    let report: String = cases
        .iter()
        .map(|case| {
            let mut mandate = mandate(&charter);
            (case.change)(&mut mandate);
            let note = signed(&mandate.to_text(), case.keys);
            let standing = charter.mandate_standing(&mandate, &note, case.revoked, case.newest, case.now);
            assert_eq!(standing.in_force(), standing == Standing::InForce);
            format!("{}: {standing}\n", case.what)
        })
        .collect();
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!("standing", report) });
    let other = Mandate { version: 7, ..mandate(&charter) };
    let swapped = charter.mandate_standing(&other, &signed(&mandate(&charter).to_text(), &[1, 2]), false, 7, NOW);
    assert!(matches!(swapped, Standing::NotPermitted(_)), "a note stands for its own text only");
}

/// A later charter says whose mandates it keeps.
#[test]
fn mandates_outlive_a_charter_that_is_kept() {
    let old = charter();
    let note = signed(&mandate(&old).to_text(), &[1, 2]);
    let with =
        |kept: &str| Charter::from_files(&changed(&texts(), "charter.toml", "keeps_mandates_of = []", &format!("keeps_mandates_of = [\"{kept}\"]"))).unwrap();
    let standing = |charter: Charter| charter.mandate_standing(&mandate(&old), &note, false, 1, NOW);
    assert_eq!(standing(with(old.hash())), Standing::InForce);
    assert_eq!(standing(with(&"0".repeat(64))), Standing::OtherCharter { named: old.hash().to_owned() });
}

fn analyst() -> Actor {
    Actor { id: "ann".to_owned(), name: "Ann".to_owned(), roles: vec!["analyst".to_owned()], clearance: Classification::TopSecret, compartments: Vec::new() }
}

fn stated(id: &str, mandate: Option<&str>) -> Purpose {
    Purpose { id: id.to_owned(), case: Some("CR/1".to_owned()), reason: Some("a report".to_owned()), mandate: mandate.map(str::to_owned) }
}

/// What an analyst may do and sees for the purpose that needs a mandate.
fn opened(charter: &Charter, actor: &Actor, purpose: &Purpose, authority: &Authority<'_>) -> String {
    let mark = |id: &str, classification, compartment: Option<&str>, special: &[SpecialCategory]| Marking {
        id: id.to_owned(),
        classification,
        handling: Handling::P,
        conditions: None,
        compartment: compartment.map(str::to_owned),
        special: special.to_vec(),
        retention: 4,
        restricted: false,
    };
    let mut markings = vec![
        mark("open", Classification::Open, None, &[]),
        mark("official", Classification::Official, None, &[]),
        mark("secret", Classification::Secret, None, &[]),
        mark("harbour", Classification::Official, Some("harbour"), &[]),
        mark("beacon", Classification::Official, Some("beacon"), &[]),
        mark("health", Classification::Official, None, &[SpecialCategory::Health]),
        mark("secret-health", Classification::Secret, None, &[SpecialCategory::Health]),
        mark("health-and-belief", Classification::Official, None, &[SpecialCategory::Health, SpecialCategory::Belief]),
        mark("harbour-health", Classification::Official, Some("harbour"), &[SpecialCategory::Health]),
    ];
    markings.push(Marking { restricted: true, id: "restricted".to_owned(), ..markings[0].clone() });
    let visible = charter.visible(actor, purpose, authority, (0..).map(MarkingNo).zip(&markings));
    let seen: Vec<&str> = (0..).map(MarkingNo).zip(&markings).filter(|(number, _)| visible.sees(*number)).map(|(_, marking)| marking.id.as_str()).collect();
    let decision = charter.decide(actor, "search", Some(purpose), authority);
    let seen = if seen.is_empty() { "nothing".to_owned() } else { seen.join(", ") };
    if decision.allowed { format!("sees {seen}") } else { format!("sees {seen}; {}: {}", decision.policies.join(" "), decision.explanation) }
}

#[test]
fn a_mandate_opens_what_it_names() {
    let charter = charter();
    let good = mandate(&charter);
    let glass = Glass { id: "glass-1".to_owned(), opens: vec!["harbour".to_owned()] };
    let now = |mandate, glass| Authority { mandate, glass, now: NOW };
    let low = Mandate { highest: Classification::Open, ..good.clone() };
    let classless = Mandate { classes: Vec::new(), ..good.clone() };
    let for_demo = Mandate { purpose: "demo".to_owned(), ..good.clone() };
    let for_officers = Mandate { group: "data-protection-officer".to_owned(), ..good.clone() };
    let (protect, harbour) = ("protect-vulnerable-people", Some("harbour-2027"));
    let supervisor = Actor { roles: vec!["supervisor".to_owned()], ..analyst() };
    let report: String = [
        ("stated and in force", opened(&charter, &analyst(), &stated(protect, harbour), &now(Some(&good), None))),
        ("by a role that includes the group", opened(&charter, &supervisor, &stated(protect, harbour), &now(Some(&good), None))),
        ("not stated", opened(&charter, &analyst(), &stated(protect, None), &now(Some(&good), None))),
        ("stated, not in force", opened(&charter, &analyst(), &stated(protect, harbour), &now(None, None))),
        ("another is in force", opened(&charter, &analyst(), &stated(protect, Some("other")), &now(Some(&good), None))),
        ("none", opened(&charter, &analyst(), &stated(protect, None), &now(None, None))),
        ("before its time", opened(&charter, &analyst(), &stated(protect, harbour), &Authority { now: NOW - 2 * DAY, ..now(Some(&good), None) })),
        ("after its time", opened(&charter, &analyst(), &stated(protect, harbour), &Authority { now: NOW + DAY, ..now(Some(&good), None) })),
        ("only up to open", opened(&charter, &analyst(), &stated(protect, harbour), &now(Some(&low), None))),
        ("of no class", opened(&charter, &analyst(), &stated(protect, harbour), &now(Some(&classless), None))),
        ("of another purpose", opened(&charter, &analyst(), &stated(protect, harbour), &now(Some(&for_demo), None))),
        ("for another purpose", opened(&charter, &analyst(), &stated("demo", harbour), &now(Some(&good), None))),
        ("of another group", opened(&charter, &analyst(), &stated(protect, harbour), &now(Some(&for_officers), None))),
        ("broken glass alone", opened(&charter, &analyst(), &stated(protect, None), &now(None, Some(&glass)))),
        ("broken glass and a low mandate", opened(&charter, &analyst(), &stated(protect, harbour), &now(Some(&low), Some(&glass)))),
        ("broken glass and a mandate", opened(&charter, &analyst(), &stated(protect, harbour), &now(Some(&good), Some(&glass)))),
        ("broken glass for another purpose", opened(&charter, &analyst(), &stated("demo", None), &now(None, Some(&glass)))),
        ("what is restricted, for disclosure", opened(&charter, &supervisor, &stated("disclosure", None), &now(None, None))),
        ("under an expired charter", opened(&charter, &analyst(), &stated("demo", None), &Authority::none(charter.expires_ms()))),
        ("on its last day", opened(&charter, &analyst(), &stated("demo", None), &Authority::none(charter.expires_ms() - 1))),
    ]
    .into_iter()
    .map(|(what, said)| format!("{what}: {said}\n"))
    .collect();
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!("opened", report) });
}

/// An expired charter still lets people check, follow it up and hand in the next one.
/// Under a charter that permits everything to everybody: of special categories a mandate opens those that it names, up to
/// its classification, and nothing else.
#[test]
fn no_policy_opens_more_than_the_mandate_names() {
    let mut files: Vec<_> = texts().into_iter().filter(|(path, _)| !path.starts_with("policies/")).collect();
    files.push(("policies/all.cedar".to_owned(), "permit (principal, action, resource);".to_owned()));
    let charter = Charter::from_files(&files).unwrap();
    let (health, belief) = (SpecialCategory::Health, SpecialCategory::Belief);
    let (official, secret) = (Classification::Official, Classification::Secret);
    for (classes, highest, special, classification, opens) in [
        (vec![health], official, vec![health], official, true),
        (vec![health], official, vec![], official, true),
        (vec![], official, vec![health], official, false),
        (vec![belief], official, vec![health], official, false),
        (vec![health], official, vec![belief, health], official, false),
        (vec![health], official, vec![health], secret, false),
    ] {
        let given = Mandate { classes, highest, ..mandate(&charter) };
        let authority = Authority { mandate: Some(&given), glass: None, now: NOW };
        let marking = Marking {
            id: "m".to_owned(),
            classification,
            handling: Handling::P,
            conditions: None,
            compartment: None,
            special,
            retention: 1,
            restricted: false,
        };
        let seen = charter.visible(&analyst(), &stated(&given.purpose, Some(&given.id)), &authority, std::iter::once((MarkingNo(0), &marking)));
        assert_eq!(seen.sees(MarkingNo(0)), opens, "{given:?} {marking:?}");
    }
}

#[test]
fn an_expired_charter_lets_people_check() {
    let charter = charter();
    let late = Authority::none(charter.expires_ms());
    let actor = |role: &str| Actor { roles: vec![role.to_owned()], ..analyst() };
    for (role, action, purpose, allowed) in [
        ("overseer", "read_journal", Some("oversight"), true),
        ("overseer", "oversee", Some("oversight"), true),
        ("administrator", "charter_adopt", None, true),
        ("overseer", "ledger_publish", None, true),
        ("data-protection-officer", "mandate_revoke", None, true),
        ("analyst", "search", Some("demo"), false),
        ("data-protection-officer", "erase", Some("retention"), false),
        ("supervisor", "export", Some("disclosure"), false),
    ] {
        let purpose = purpose.map(|id| stated(id, None));
        let decision = charter.decide(&actor(role), action, purpose.as_ref(), &late);
        assert_eq!(decision.allowed, allowed, "{role} {action}: {decision:?}");
        assert!(allowed || decision.policies == ["program:charter-expired"], "{decision:?}");
    }
}

fn any_mandate() -> impl Strategy<Value = Mandate> {
    let classes = prop::sample::subsequence(
        vec![SpecialCategory::Ethnicity, SpecialCategory::Politics, SpecialCategory::Belief, SpecialCategory::Health, SpecialCategory::SexLife],
        0..5,
    );
    let id = || "[a-z][a-z0-9-]{0,30}";
    (id(), 1_u32.., id(), id(), classes, -60_000_000_000_i64..200_000_000_000, 1_i64..10_000_000, "[0-9a-f]{64}", "[!-~]([ -~]{0,40}[!-~])?").prop_map(
        |(id, version, purpose, group, classes, from, length, charter, grounds)| Mandate {
            id,
            version,
            purpose,
            group,
            classes,
            highest: Classification::Secret,
            not_before: from * 1000,
            not_after: (from + length) * 1000,
            charter,
            grounds,
        },
    )
}

proptest! {
    /// One mandate, one text.
    #[test]
    fn every_mandate_is_read_back(mandate in any_mandate()) {
        let text = mandate.to_text();
        prop_assert_eq!(Mandate::parse(&text).map_err(|problem| problem.to_string()), Ok(mandate));
    }

    /// One text, one mandate: nothing that is read has a second form.
    #[test]
    fn what_is_read_is_written_alike(mandate in any_mandate(), at in any::<prop::sample::Index>(), length in 0_usize..30, put in "[a-z0-9:, \nTZ.+-]{0,12}") {
        let text = mandate.to_text();
        let start = at.index(text.len());
        let end = (start + length).min(text.len());
        let changed = format!("{}{put}{}", text.get(..start).unwrap(), text.get(end..).unwrap());
        if let Ok(read) = Mandate::parse(&changed) {
            prop_assert_eq!(read.to_text(), changed);
        }
    }

    /// Whatever the text, reading it ends in a mandate or in an error with a line and a remedy.
    #[test]
    fn no_text_upsets_the_parser(text in prop_oneof![any::<String>(), "(candour-mandate/v1\n)?((id|version|purpose|group|classes|highest|not-before|not-after|charter|grounds): [a-z0-9:TZ, -]{0,24}\n){0,12}"]) {
        match Mandate::parse(&text) {
            Ok(read) => prop_assert_eq!(read.to_text(), text),
            Err(problem) => prop_assert!(problem.to_string().starts_with("mandate:"), "{}", problem),
        }
    }
}
