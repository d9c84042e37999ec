//! Laws that hold for any two names, in any script.

use proptest::prelude::*;

use super::{Kind, Prepared, THRESHOLD, explain_names, score, score_names};

/// Names of every shape: of words that occur in names, and of any characters at all.
fn name() -> impl Strategy<Value = String> {
    const PARTS: &[&str] = &[
        "Ottilie",
        "Brandt",
        "Брандт",
        "al-",
        "bin ",
        "Abdul",
        "Abdulrahman",
        "محمد",
        "김정은",
        "習近平",
        "Ltd",
        "Limited",
        "GmbH & Co. KG",
        "Open Joint Stock Company",
        "The ",
        "Harbour",
        "Fund XII",
        "2007-A1",
        "(Hong Kong)",
        ", ",
        "/",
        "Jr.",
        "Dr ",
        "O.",
        "A.B.C.",
        "I9or",
        "’",
        "",
        " ",
        "Bank of ",
        "Maria",
        "Marie-Thérèse",
        "Sergey",
        "Сергей",
        "3%",
        "\u{200c}",
        "ﬁ",
        "Ⅻ",
    ];
    prop_oneof![
        prop::collection::vec(prop::sample::select(PARTS), 0..7).prop_map(|parts| parts.join(" ")),
        prop::collection::vec(prop::sample::select(PARTS), 0..5).prop_map(|parts| parts.concat()),
        any::<String>(),
        "[a-z]{1,9}( [a-z]{1,9}){0,3}",
    ]
}

fn kind() -> impl Strategy<Value = Kind> {
    prop::sample::select(&[Kind::Person, Kind::Organisation, Kind::Other][..])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_score_is_a_share_and_has_no_direction(a in name(), b in name(), kind in kind()) {
        let found = score_names(&a, &b, kind);
        prop_assert!((0.0..=1.0).contains(&found));
        prop_assert_eq!(found, score_names(&b, &a, kind));
    }

    #[test]
    fn a_name_is_itself(a in name(), kind in kind()) {
        let prepared = Prepared::new(&a, kind);
        prop_assert_eq!(score(&prepared, &prepared), if prepared.is_empty() { 0.0 } else { 1.0 });
        prop_assert_eq!(score_names(&a.to_lowercase().to_uppercase(), &a.to_lowercase().to_uppercase(), kind), score_names(&a, &a, kind));
    }

    #[test]
    fn what_is_explained_is_the_score(a in name(), b in name(), kind in kind()) {
        let explanation = explain_names(&a, &b, kind);
        prop_assert_eq!(explanation.score, score_names(&a, &b, kind));
        let taken: f32 = explanation.costs.iter().map(|cost| cost.cost).sum();
        if !Prepared::new(&a, kind).is_empty() && !Prepared::new(&b, kind).is_empty() {
            prop_assert!((explanation.score - (1.0 - taken).clamp(0.0, 1.0)).abs() < 1e-5);
        }
        prop_assert_eq!(explanation.matches, explanation.score >= THRESHOLD);
        let mirrored = explain_names(&b, &a, kind);
        prop_assert_eq!(explanation.costs, mirrored.costs);
    }

    #[test]
    fn a_surname_may_stand_first(words in prop::collection::vec("[b-df-hj-np-tv-z][aeiou]{1,2}[b-df-hj-np-tv-z]{1,2}[aeiou][b-df-hj-np-tv-z]", 2..5)) {
        let mut turned = words.clone();
        turned.rotate_right(1);
        let (name, turned_name) = (words.join(" "), turned.join(" "));
        prop_assert!(score_names(&name, &turned_name, Kind::Person) >= THRESHOLD);
        let comma = format!("{}, {}", turned.first().cloned().unwrap_or_default(), turned.iter().skip(1).cloned().collect::<Vec<_>>().join(" "));
        prop_assert_eq!(score_names(&name, &comma, Kind::Person), 1.0);
    }

    #[test]
    fn another_word_never_makes_a_name_liker(words in prop::collection::vec("[a-z]{4,8}", 1..4), more in "[a-z]{4,8}", kind in kind()) {
        let name = words.join(" ");
        let longer = format!("{name} {more}");
        prop_assert!(score_names(&name, &longer, kind) <= score_names(&name, &name, kind));
    }
}

#[test]
fn what_generalises() {
    let check = |a: &str, b: &str, schema: &str, matches: bool| {
        let explanation = explain_names(a, b, Kind::from_schema(schema));
        assert_eq!(explanation.matches, matches, "{explanation:#?}");
    };
    for (a, b) in [
        ("Ottilie Brandt", "BRANDT, Ottilie"),
        ("Dr. Ottilie Brandt", "Ottilie Brandt"),
        ("OttilieBrandt", "Ottilie Brandt"),
        ("O. Brandt", "Ottilie Brandt"),
        ("Ottilie Brand", "Ottilie Brandt"),
        ("Yevgeny Morozenko", "Евгений Морозенко"),
        ("Mohamed Ben Salah", "Muhammad bin Salah"),
        ("Bill Harrowgate", "William Harrowgate"),
        ("Abdelrahman Quay", "Abd al-Rahman Quay"),
    ] {
        check(a, b, "Person", true);
    }
    for (a, b) in [
        ("Ottilie Brandt", "Ottilie Grau"),
        ("Friedrich Hans", "Hans Friedrich"),
        ("Salem bin Farid Quay", "Farid bin Salem Quay"),
        ("O. Brandt", "Ludmilla Brandt"),
        ("Ottilie Brandt", "Brandt"),
        ("Ottilie Brandt Sr", "Ottilie Brandt Jr"),
    ] {
        check(a, b, "Person", false);
    }
    for (a, b) in [
        ("Quay Trading Ltd", "Quay Trading Limited"),
        ("OOO Quay", "Quay Limited Liability Company"),
        ("The Quay Company", "Quay Co."),
        ("Quay & Mole GmbH", "Quay and Mole GmbH"),
        ("QHC", "Quay Harbour Conservancy"),
    ] {
        check(a, b, "Company", true);
    }
    for (a, b) in [
        ("Quay Trading Ltd", "Mole Trading Ltd"),
        ("Quay of Boston Inc.", "Quay of Chicago Inc."),
        ("Trading Company", "Quay Trading Company"),
        ("Quay Fund", "Quay Fund II"),
    ] {
        check(a, b, "Company", false);
    }
}
