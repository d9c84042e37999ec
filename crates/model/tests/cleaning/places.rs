//! Countries, languages, addresses.

use candour_model::types::{Context, TypeKind};

use super::check;

#[test]
fn countries() {
    check(
        TypeKind::Country,
        &Context::default(),
        &[
            ("gb", Ok("gb")),
            ("GB", Ok("gb")),
            ("GBR", Ok("gb")),
            ("uk", Ok("gb")),
            ("Great Britain", Ok("gb")),
            ("England", Ok("gb")),
            ("Scotland", Ok("gb-sct")),
            ("GB-SCT", Ok("gb-sct")),
            ("Wales", Ok("gb-wls")),
            ("Northern Ireland", Ok("gb-nir")),
            ("Republic of Ireland", Ok("ie")),
            ("U.S.A.", Ok("us")),
            ("us-ca", Ok("us")),
            ("Côte d’Ivoire", Ok("ci")),
            ("Cote d'Ivoire", Ok("ci")),
            ("St. Kitts & Nevis", Ok("kn")),
            ("The Gambia", Ok("gm")),
            ("Soviet Union", Ok("suhh")),
            ("Deutschland", Ok("de")),
            ("British", Ok("gb")),
            ("Kosovo", Ok("xk")),
            ("Ruritania", Err("write its ISO 3166-1 code, such as `gb`")),
            ("n/a", Err("is no country")),
        ],
    );
    let values = TypeKind::Country.values();
    assert!(values.contains(&("gb", "United Kingdom")) && values.is_sorted(), "codes are in order, for they are searched by halves");
}

#[test]
fn languages() {
    check(
        TypeKind::Language,
        &Context::default(),
        &[
            ("eng", Ok("eng")),
            ("en", Ok("eng")),
            ("EN-gb", Ok("eng")),
            ("pt_BR", Ok("por")),
            ("ger", Ok("deu")),
            ("Polish", Ok("pol")),
            ("cy", Ok("cym")),
            ("xx", Err("write its ISO 639-3 code")),
        ],
    );
}

#[test]
fn addresses() {
    check(
        TypeKind::Address,
        &Context::default(),
        &[
            ("Schillerstraße 19, 76135 Karlsruhe", Ok("Schillerstraße 19, 76135 Karlsruhe")),
            ("1 High Street\nAnytown\r\nAN1 1AA", Ok("1 High Street, Anytown, AN1 1AA")),
            ("1 High Street, , Anytown,, AN1 1AA, ,", Ok("1 High Street, Anytown, AN1 1AA")),
            (" ,\tAnytown;AN1 1AA", Ok("Anytown, AN1 1AA")),
            ("Flat  2<BR/>1 High Street", Ok("Flat 2, 1 High Street")),
            ("Anytown,", Ok("Anytown,")),
            ("PO Box 1,200", Ok("PO Box 1,200")),
            (" , ", Err("neither letters nor digits")),
        ],
    );
}
