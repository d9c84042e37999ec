//! Identifiers, by format.

use candour_model::types::{Context, TypeKind, check as checks};

use super::{Row, check, format};

#[test]
fn as_written_without_a_known_format() {
    check(TypeKind::Identifier, &Context::default(), &[(" AB-12 34 ", Ok("AB-12 34"))]);
    check(TypeKind::Identifier, &format("no-such-format"), &[("AB-12 34", Ok("AB-12 34"))]);
}

/// By format: what is given, and the value or a part of the refusal.
const FORMATS: &[(&str, &[Row<'_>])] = &[
    (
        "iban",
        &[
            ("gb82 west 1234 5698 7654 32", Ok("GB82WEST12345698765432")),
            ("GB82WEST12345698765433", Err("check digits of an IBAN")),
            ("GB82WEST1234569876543", Err("has 21 characters; an IBAN of GB has 22")),
            ("ZZ82WEST12345698765432", Err("written `ZZ`")),
            ("GB82WES112345698765432", Err("has `1` where an IBAN of GB has a letter")),
            ("12", Err("is no IBAN")),
        ],
    ),
    (
        "bic",
        &[
            ("deutdeff500", Ok("DEUTDEFF")),
            ("DEUTDEFF", Ok("DEUTDEFF")),
            ("DEUTDEF", Err("8 or 11 characters")),
            ("DEUTZZFF", Err("`ZZ` are no country")),
            ("DE1TDEFF", Err("first six characters")),
        ],
    ),
    ("swift", &[("deutdeff", Ok("DEUTDEFF"))]),
    (
        "lei",
        &[
            ("213800KUD8LAJWSQ9D15", Ok("213800KUD8LAJWSQ9D15")),
            ("213800KUD8LXJWSQ9D15", Err("check digits of an LEI")),
            ("213800", Err("this has 6 characters")),
        ],
    ),
    (
        "imo",
        &[
            ("IMO 9074729", Ok("IMO9074729")),
            ("9074729", Ok("IMO9074729")),
            ("IMO9074729", Ok("IMO9074729")),
            ("9074728", Err("check digit of an IMO number")),
            ("Queen", Err("seven digits")),
        ],
    ),
    (
        "isin",
        &[
            ("US0378331005", Ok("US0378331005")),
            ("us 037833 100 5", Ok("US0378331005")),
            ("US0378331003", Err("check digit of an ISIN")),
            ("QQ0378331005", Err("`QQ` is no country")),
            ("US03783310", Err("12 letters")),
        ],
    ),
    ("npi", &[("1234567893", Ok("1234567893")), ("1234567890", Err("check digit of an NPI")), ("12345", Err("ten digits"))]),
    ("ssn", &[("536-90-4399", Ok("536904399")), ("536904399", Ok("536904399")), ("666-12-3456", Err("none is issued")), ("1112-23333", Err("nine digits"))]),
    (
        "inn",
        &[("1234567894", Ok("1234567894")), ("123456789047", Ok("123456789047")), ("1234567895", Err("check digits of an INN")), ("123", Err("has 3 digits"))],
    ),
    (
        "ogrn",
        &[
            ("1027739642281", Ok("1027739642281")),
            ("OGRN 1027739642281", Ok("1027739642281")),
            ("1027739642282", Err("check digit of an OGRN")),
            ("12", Err("13 digits")),
        ],
    ),
    ("uei", &[("zqggh5hxtaf8", Ok("ZQGGH5HXTAF8")), ("ZQGGH5HXTAFO", Err("without I and O")), ("0QGGH5HXTAF8", Err("begins with 0"))]),
    ("uscc", &[("91110000600037341L", Ok("91110000600037341L")), ("91110000600037342L", Err("check character")), ("12345", Err("18 characters"))]),
    (
        "figi",
        &[
            ("BBG000BLNQ16", Ok("BBG000BLNQ16")),
            ("BBG000BLNQ14", Err("check digit of a FIGI")),
            ("BBX000BLNQ16", Err("third character is `G`")),
            ("BBG", Err("12 characters")),
        ],
    ),
    ("wikidata", &[("Q42", Ok("Q42")), ("http://www.wikidata.org/entity/q42", Ok("Q42")), ("P31", Err("`Q` and digits"))]),
    (
        "nhs",
        &[
            ("943 476 5919", Ok("9434765919")),
            ("943-476-5918", Err("check digit of an NHS number")),
            ("117-66-8129", Err("ten digits")),
            ("1111111111", Err("check digit")),
        ],
    ),
    (
        "nino",
        &[
            ("ab 12 34 56 c", Ok("AB123456C")),
            ("AB123456E", Err("a letter from A to D")),
            ("GB123456C", Err("none is issued")),
            ("QQ123456C", Err("none is issued")),
        ],
    ),
    ("imei", &[("49-015420-323751-8", Ok("490154203237518")), ("490154203237519", Err("check digit of an IMEI")), ("12", Err("15 digits"))]),
    (
        "vin",
        &[
            ("1m8gdm9a_kp042788", Err("17 letters")),
            ("1M8GDM9AXKP042788", Ok("1M8GDM9AXKP042788")),
            ("1M8GDM9A1KP042788", Err("North American VIN")),
            ("WVWZZZ1JZXW000001", Ok("WVWZZZ1JZXW000001")),
        ],
    ),
    ("strict", &[("no. é-12/3", Ok("NOE123")), ("№", Ok("NO")), ("-", Err("too few"))]),
];

#[test]
fn every_format_accepts_and_refuses() {
    for (name, table) in FORMATS {
        check(TypeKind::Identifier, &format(name), table);
    }
    let tested: Vec<&str> = FORMATS.iter().map(|(name, _)| *name).collect();
    let untested: Vec<&str> = TypeKind::Identifier.formats().into_iter().filter(|name| !tested.contains(name) && !["qid", "openfigi"].contains(name)).collect();
    assert!(untested.is_empty(), "formats without a row: {untested:?}");
}

#[test]
fn shared_check_digits() {
    assert!(checks::luhn("4111111111111111") && checks::luhn("0") && !checks::luhn("4111111111111112") && !checks::luhn("") && !checks::luhn("4111 1111"));
    assert_eq!(checks::mod97(b"213800KUD8LAJWSQ9D15".iter().copied()), Some(1));
    assert_eq!(checks::mod97(b"A-1".iter().copied()), None);
}
