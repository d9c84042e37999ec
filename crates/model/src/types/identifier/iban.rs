//! IBAN, ISO 13616: the country, two check digits, and the account as the country's banks write it.

use std::borrow::Cow;

use super::{compact, iban_table::STRUCTURES};
use crate::types::check::mod97;

pub(super) fn clean(text: &str) -> Result<String, Cow<'static, str>> {
    let code = compact(text);
    if !code.bytes().all(|byte| byte.is_ascii_alphanumeric()) || code.len() < 5 {
        return Err("is no IBAN: letters and digits, beginning with the country, such as `GB82 WEST 1234 5698 7654 32`".into());
    }
    let (country, account) = (code.get(..2).unwrap_or_default(), code.get(4..).unwrap_or_default());
    let Some((_, structure)) = STRUCTURES.iter().find(|(known, _)| *known == country) else {
        return Err(format!("is no IBAN: no country that has IBANs is written `{country}`").into());
    };
    check_structure(account, structure, country)?;
    let moved = code.bytes().skip(4).chain(code.bytes().take(4));
    if mod97(moved) == Some(1) { Ok(code) } else { Err("fails the check digits of an IBAN (remainder by 97); compare it with the source".into()) }
}

/// Compares the account with runs such as `a4 n14`: letters, digits, or (`c`) either.
fn check_structure(account: &str, structure: &str, country: &str) -> Result<(), Cow<'static, str>> {
    let runs = || structure.split(' ').filter_map(|run| Some((run.bytes().next()?, run.get(1..)?.parse::<usize>().ok()?)));
    let want: usize = runs().map(|(_, length)| length).sum();
    if account.len() != want {
        let (have, want) = (account.len() + 4, want + 4);
        return Err(format!("has {have} characters; an IBAN of {country} has {want}").into());
    }
    let kinds = runs().flat_map(|(kind, length)| std::iter::repeat_n(kind, length));
    for (byte, kind) in account.bytes().zip(kinds) {
        let fits = match kind {
            b'a' => byte.is_ascii_uppercase(),
            b'n' => byte.is_ascii_digit(),
            _ => true,
        };
        if !fits {
            let want = if kind == b'a' { "a letter" } else { "a digit" };
            return Err(format!("has `{}` where an IBAN of {country} has {want}", char::from(byte)).into());
        }
    }
    Ok(())
}
