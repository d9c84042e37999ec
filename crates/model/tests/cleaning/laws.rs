//! What holds for every type and every text.

use std::{fs, path::Path};

use candour_model::{
    ontology::Ontology,
    types::{Context, TypeKind},
};
use proptest::prelude::*;

/// Formats to try with any text: those of identifiers, date patterns, countries.
const FORMATS: &[&str] = &["%d/%m/%Y", "%d.%m.%y", "%b %d, %Y %I:%M %p", "%Y%j", "%Y", "gb", "us", "ru"];
const COUNTRIES: &[&[&str]] = &[&[], &["gb"], &["us"], &["it"], &["ru"], &["gb", "fr"]];

fn clean_twice(kind: TypeKind, raw: &str, context: &Context<'_>) {
    if let Ok(once) = kind.clean(raw, context) {
        let twice = kind.clean(&once, context);
        assert_eq!(twice.as_deref(), Ok(once.as_ref()), "{} under {context:?} from {raw:?}", kind.name());
    }
}

/// Text that comes near to what types look for.
fn nearly() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "2017", "-", "08", "24", "/", ".", ",", " ", "T", ":", "Z", "+", "Aug", "%", "0", "00", "44", "1632", "960123", "@", "xn--", "example", ".org", "http",
        "://", "GB", "82", "Q", "'", "\"", "<BR>", "\n", "é", "e\u{301}", "\u{200b}", "(", ")", "x", "IMO", "٣", "\u{a0}", ";", "#", "?", "[", "]", "%2F",
        "St", "&", "the", "_", "ß", "İ",
    ]);
    prop::collection::vec(pieces, 0..9).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn never_panics_and_cleaning_twice_is_cleaning_once(raw in prop_oneof![any::<String>(), nearly(), "\\PC{0,20}", "[0-9 +().-]{1,20}", "[A-Z0-9 -]{8,34}"], country in 0..COUNTRIES.len()) {
        let countries = COUNTRIES[country];
        for kind in TypeKind::ALL {
            clean_twice(*kind, &raw, &Context { countries, format: None });
        }
        for format in TypeKind::Identifier.formats() {
            clean_twice(TypeKind::Identifier, &raw, &Context { countries, format: Some(format) });
        }
        for format in FORMATS {
            clean_twice(TypeKind::Date, &raw, &Context { countries, format: Some(format) });
            clean_twice(TypeKind::Phone, &raw, &Context { countries, format: Some(format) });
        }
    }

    #[test]
    fn dates_come_back_whole(year in 1000_i16..3000, month in 1_i8..=12, day in 1_i8..=28, hour in 0_i8..24, minute in 0_i8..60, second in 0_i8..60) {
        let whole = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
        for length in [4, 7, 10, 13, 16, 19] {
            let prefix = whole.get(..length).unwrap();
            let cleaned = TypeKind::Date.clean(prefix, &Context::default()).unwrap();
            assert_eq!(cleaned, prefix);
        }
        let british = format!("{day}/{month}/{year:04}");
        let cleaned = TypeKind::Date.clean(&british, &Context { countries: &[], format: Some("%d/%m/%Y") }).unwrap();
        assert_eq!(Some(cleaned.as_ref()), whole.get(..10));
    }

    #[test]
    fn one_wrong_digit_is_always_found(digits in "[0-9]{14}", place in 0_usize..15, change in 1_u8..10) {
        let imei = (0..10).map(|check| format!("{digits}{check}")).find(|number| candour_model::types::check::luhn(number)).unwrap();
        let mut wrong = imei.into_bytes();
        wrong[place] = b'0' + (wrong[place] - b'0' + change) % 10;
        let wrong = String::from_utf8(wrong).unwrap();
        prop_assert!(!candour_model::types::check::luhn(&wrong));
    }
}

#[test]
fn what_follow_the_money_has_cleaned_passes_unchanged() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/ftm/donations.ijson");
    let Ok(text) = fs::read_to_string(&path) else {
        println!("skipped: {} is absent", path.display());
        return;
    };
    let mut values = 0;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let entity: serde_json::Value = serde_json::from_str(line).unwrap();
        let schema = Ontology::builtin().schema(entity["schema"].as_str().unwrap()).unwrap();
        for (name, list) in entity["properties"].as_object().unwrap() {
            let prop = schema.prop(name).expect(name);
            for value in list.as_array().unwrap() {
                let value = value.as_str().unwrap();
                let context = Context { countries: &["de"], format: prop.format.as_deref() };
                assert_eq!(prop.kind.clean(value, &context).as_deref(), Ok(value), "{name} of type {}", prop.kind.name());
                values += 1;
            }
        }
    }
    assert!(values > 474, "{values} values");
}
