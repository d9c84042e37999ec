//! What holds for every text: places are exact, mentions keep their order and do not overlap, and nothing panics.

use std::{fs, path::Path};

use candour_extract::{Kind, Mention, extract, methods};
use proptest::prelude::*;

/// The characters from `start` to `end`, counted the slow way.
fn slice(text: &str, mention: &Mention) -> String {
    text.chars().skip(mention.start).take(mention.end - mention.start).collect()
}

fn check(text: &str) -> Vec<Mention> {
    let mentions = extract(text);
    let mut end = 0;
    for mention in &mentions {
        assert_eq!(slice(text, mention), mention.text, "{mention:?} in {text:?}");
        assert!(mention.start >= end && mention.end > mention.start, "{mention:?} overlaps in {text:?}");
        assert!((0.0..=1.0).contains(&mention.confidence) && !mention.value.is_empty(), "{mention:?}");
        end = mention.end;
    }
    mentions
}

/// Text of pieces that are mentions, nearly mentions, and characters of every length.
fn pieces() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "jane@example.org",
        "07700 900123",
        "+44 1632 960123",
        "AB12 CDE",
        "SW1A 1AA",
        "GB82 WEST 1234 5698 7654 32",
        "IMEI 490154203237518",
        "£1,200.50",
        "24/08/2017",
        "14:05",
        "https://example.org/ä",
        "192.0.2.7",
        "2001:db8::1:7",
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
        "VIN 1M8GDM9AXKP042788",
        "4111 1111 1111 1111",
        "AB 12 34 56 C",
        "NHS 943 476 5919",
        " ",
        ", ",
        ".\r\n",
        "\u{202e}",
        "👮🏽‍♀️",
        "e\u{301}",
        "שלום",
        "ẞ",
        "İ",
        "0",
        "+",
        "(",
        ")",
        "@",
        "GB",
        "£",
        "\u{0}",
    ]);
    prop::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn places_are_exact(text in prop_oneof![any::<String>(), pieces(), "[0-9 +().:/-]{0,60}", "[A-Z0-9 £@.-]{0,60}"]) {
        check(&text);
    }

    #[test]
    fn what_is_around_a_mention_does_not_change_it(before in "\\PC{0,12}", after in "\\PC{0,12}") {
        let text = format!("{before} \u{2014} jane@example.org \u{2014} {after}");
        prop_assert!(check(&text).iter().any(|mention| mention.kind == Kind::Email && mention.value == "jane@example.org"));
    }
}

#[test]
fn a_report_is_read_whole() {
    let text = "On 24/08/2017 at 14:05 hrs a silver VW (AB12 CDE) left SW1A 1AA. 👮 The driver, on 07700 900123 or\r\njane@example.org, paid £1,500 into GB82 WEST 1234 5698 7654 32.";
    let found: Vec<String> = check(text).iter().map(|mention| format!("{} {}", mention.kind, mention.value)).collect();
    insta::assert_snapshot!(found.join("\n"), @r"
    TEMPORAL 2017-08-24
    TEMPORAL T14:05
    VEHICLE_MARK AB12CDE
    POSTCODE SW1A 1AA
    PHONE +447700900123
    EMAIL jane@example.org
    MONEY GBP 1500
    IBAN GB82WEST12345698765432
    ");
}

#[test]
fn of_overlapping_mentions_the_longest_stays() {
    let found: Vec<String> = check("https://jane@example.org/24/08/2017?ip=192.0.2.7").iter().map(|mention| mention.kind.to_string()).collect();
    assert_eq!(found, ["URL"]);
}

#[test]
fn every_method_names_its_version() {
    assert_eq!(methods().count(), Kind::ALL.len());
    assert!(methods().all(|method| method.split_once('/').is_some_and(|(name, version)| !name.is_empty() && version.parse::<u32>().is_ok())));
}

#[test]
fn places_are_exact_in_real_reports() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/re3d");
    let Ok(sources) = fs::read_dir(&folder) else {
        println!("skipped: {} is absent", folder.display());
        return;
    };
    let mut found = 0;
    for source in sources.map(|source| source.unwrap().path()) {
        let Ok(text) = fs::read_to_string(source.join("documents.json")) else { continue };
        found += check(&text).len();
    }
    assert!(found > 0, "no mention in any of the reports");
}
