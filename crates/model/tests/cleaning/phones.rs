//! Telephone numbers. Those of the United Kingdom and North America are from the ranges reserved for drama.

use candour_model::types::{Context, TypeKind};

use super::{check, format};

#[test]
fn international_numbers() {
    check(
        TypeKind::Phone,
        &Context::default(),
        &[
            ("+441632960123", Ok("+441632960123")),
            ("+44 1632 960123", Ok("+441632960123")),
            ("+44 (0)1632 960123", Ok("+441632960123")),
            ("tel:+44-1632-960123", Ok("+441632960123")),
            ("0044 1632 960123", Ok("+441632960123")),
            ("(+44) 1632 960123 ext. 12", Ok("+441632960123")),
            ("+1 (202) 555-0143 x9", Ok("+12025550143")),
            ("＋４４１６３２９６０１２３", Ok("+441632960123")),
            ("+39 06 1234 5678", Ok("+390612345678")),
            ("+44 1632", Err("has 4 digits after +44, where numbers have 7 to 10")),
            ("+999 12345678", Err("begins with no calling code after the `+`")),
            ("+1 155 555 0143", Err("with which no number there begins")),
        ],
    );
}

#[test]
fn numbers_without_a_country_keep_their_digits() {
    check(
        TypeKind::Phone,
        &Context::default(),
        &[
            ("0-(070)893-3322", Ok("00708933322")),
            ("5-(997)640-5104", Ok("59976405104")),
            ("01632 960123", Ok("01632960123")),
            ("12345", Ok("12345")),
            ("1234", Err("has 4 digits; a telephone number has at least 5, so add the area code")),
            ("1234567890123456", Err("has 16 digits; a telephone number has at most 15")),
            ("0800 FLOWERS", Err("has letters; write the digits of one telephone number")),
            ("01632 960123 / +44 1632 960124", Err("write several numbers in several values")),
            ("01632 960123; 01632 960124", Err("give the mapping a `split`")),
            ("01632*960123", Err("has `*` inside")),
        ],
    );
}

#[test]
fn numbers_dialled_at_home() {
    let gb = Context { countries: &["gb"], format: None };
    check(
        TypeKind::Phone,
        &gb,
        &[
            ("01632 960123", Ok("+441632960123")),
            ("07700 900123", Ok("+447700900123")),
            ("7700900123", Ok("+447700900123")),
            ("447700900123", Ok("+447700900123")),
            ("960123", Ok("960123")),
            ("0-(070)893-3322", Ok("00708933322")),
        ],
    );
    check(TypeKind::Phone, &format("gb-sct"), &[("01632 960123", Ok("+441632960123"))]);
    check(
        TypeKind::Phone,
        &format("us"),
        &[("(202) 555-0143", Ok("+12025550143")), ("1-202-555-0143", Ok("+12025550143")), ("011 44 1632 960123", Ok("+441632960123"))],
    );
    check(TypeKind::Phone, &format("ru"), &[("8 (495) 123-45-67", Ok("+74951234567"))]);
    check(TypeKind::Phone, &format("it"), &[("06 1234 5678", Ok("+390612345678"))]);
    // Two countries that read it differently prove nothing.
    let either = Context { countries: &["gb", "fr"], format: None };
    check(TypeKind::Phone, &either, &[("01632 960123", Ok("+441632960123")), ("0612345678", Ok("0612345678"))]);
}
