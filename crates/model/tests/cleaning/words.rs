//! Names and other text, web and mail addresses, fixed lists.

use candour_model::types::{Context, TypeKind};

use super::check;

#[test]
fn names_and_text() {
    check(
        TypeKind::Name,
        &Context::default(),
        &[
            ("Jane Doe", Ok("Jane Doe")),
            ("  Jane \t Doe\n", Ok("Jane Doe")),
            ("\"Acme Ltd\"", Ok("Acme Ltd")),
            ("'\"Acme Ltd\"'", Ok("Acme Ltd")),
            ("\"Rose\" and \"Crown\"", Ok("\"Rose\" and \"Crown\"")),
            ("O'Neil", Ok("O'Neil")),
            ("Ja\u{200b}ne\u{0}", Ok("Jane")),
            ("Rene\u{301}", Ok("René")),
            ("Li\u{3000}Wei", Ok("Li Wei")),
            ("\"\"", Err("nothing but quotation marks")),
            ("\u{feff}", Err("is empty")),
        ],
    );
    for kind in [TypeKind::String, TypeKind::Text, TypeKind::Html, TypeKind::Json] {
        check(kind, &Context::default(), &[(" a  b\n\tc\u{7} ", Ok("a  b\n\tc")), ("   ", Err("is empty"))]);
    }
}

#[test]
fn mail_addresses() {
    check(
        TypeKind::Email,
        &Context::default(),
        &[
            ("jane@example.org", Ok("jane@example.org")),
            ("mailto:Jane.Doe@EXAMPLE.org", Ok("Jane.Doe@example.org")),
            ("Jane Doe <jane@example.org>", Ok("jane@example.org")),
            ("jane@xn--mnchen-3ya.de", Ok("jane@münchen.de")),
            ("jane@MÜNCHEN.de", Ok("jane@münchen.de")),
            ("jane@example.org.", Ok("jane@example.org")),
            ("jane.example.org", Err("has no `@`")),
            ("jane@localhost", Err("no full stop after the `@`")),
            ("jane@192.0.2.1", Err("top-level domain")),
            ("a@example.org, b@example.org", Err("write several addresses in several values")),
            ("@example.org", Err("before the `@`")),
            ("jane@exa_mple.org", Err("character in its domain")),
            ("jane@example..org", Err("empty or overlong part")),
        ],
    );
}

#[test]
fn web_addresses() {
    check(
        TypeKind::Url,
        &Context::default(),
        &[
            ("https://example.org/a?b=c#d", Ok("https://example.org/a?b=c#d")),
            ("www.example.org", Ok("http://www.example.org/")),
            ("HTTPS://Example.ORG/Path", Ok("https://example.org/Path")),
            ("//example.org/a", Ok("http://example.org/a")),
            ("http://user@example.org:8080", Ok("http://user@example.org:8080/")),
            ("http://[2001:db8::1]/", Ok("http://[2001:db8::1]/")),
            ("http://пример.рф/", Ok("http://пример.рф/")),
            ("s3://bucket/key", Ok("s3://bucket/key")),
            ("javascript://example.org/", Err("has the scheme `javascript`")),
            ("mailto:a@example.org", Err("property of type email")),
            ("see our page", Err("has no host")),
            ("3.4", Err("no top-level domain")),
            ("http://exam ple.org/", Err("has a space in its host")),
            ("http://example.org:99999/", Err("has a port")),
        ],
    );
    check(
        TypeKind::Ip,
        &Context::default(),
        &[
            ("192.0.2.7", Ok("192.0.2.7")),
            ("2001:DB8:0:0::7", Ok("2001:db8::7")),
            ("[2001:db8::7]", Ok("2001:db8::7")),
            ("fe80::1%eth0", Ok("fe80::1%eth0")),
            ("192.0.2.256", Err("four numbers from 0 to 255")),
            ("192.0.2.0/24", Err("is a network")),
            ("localhost", Err("no internet address")),
        ],
    );
}

#[test]
fn fixed_lists() {
    let none = Context::default();
    check(
        TypeKind::Gender,
        &none,
        &[("F", Ok("female")), ("Male", Ok("male")), ("divers", Ok("other")), ("unknown", Err("write `male`, `female` or `other`"))],
    );
    check(
        TypeKind::Topic,
        &none,
        &[("crime.fraud", Ok("crime.fraud")), ("CRIME", Ok("crime")), ("Cybercrime", Ok("crime.cyber")), ("crimes", Err("is no topic"))],
    );
    check(
        TypeKind::MimeType,
        &none,
        &[
            ("Text/HTML; charset=utf-8", Ok("text/html")),
            ("image/jpg", Ok("image/jpeg")),
            ("application/pdf", Ok("application/pdf")),
            ("pdf", Err("is no media type")),
            ("a/b/c", Err("is no media type")),
        ],
    );
    let sha1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
    check(
        TypeKind::Checksum,
        &none,
        &[(sha1, Ok(sha1)), ("DA39A3EE5E6B4B0D3255BFEF95601890AFD80709", Ok(sha1)), ("da39", Err("has 4 hex digits")), ("sha1:da39", Err("hex digits only"))],
    );
    check(TypeKind::Number, &none, &[("1,200.50", Ok("1,200.50")), (" 80  kg", Ok("80 kg")), ("n/a", Err("has no digit"))]);
    check(TypeKind::Entity, &none, &[("gb-coh-123", Ok("gb-coh-123")), ("Jane Doe", Err("write the id, not the name"))]);
}
