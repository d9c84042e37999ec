//! Telephone numbers: E.164 (`+441632960123`) where the country is known, from a `+`, from `00` or from the context; the bare
//! digits where it is not, so that no number is lost because nobody wrote down its country.
//!
//! Lengths are checked per calling code. Whether a number is in use, or what kind of line it is, is not.

use std::borrow::Cow;

use smallvec::SmallVec;

use super::{
    Context, Refusal,
    calling_table::{ROWS, Row},
};

/// Fewest digits of a number without a country.
const SHORTEST: usize = 5;
/// Most digits of any number (ITU-T E.164).
const LONGEST: usize = 15;
/// Fewest digits after `00` for it to be read as the way out of a country, where no country is known.
const AFTER_DOUBLE_ZERO: usize = 10;

type Number = SmallVec<[u8; 24]>;

pub(super) fn clean<'v>(text: Cow<'v, str>, context: &Context<'_>) -> Result<Cow<'v, str>, Refusal> {
    let (has_plus, digits) = digits(&text)?;
    if has_plus {
        let (row, national) = international(&digits).ok_or_else(|| Refusal::new(&text, why_not_international(&digits)))?;
        return Ok(reuse(text, &write(row, national)));
    }
    if digits.len() > LONGEST + 2 {
        return Err(too_long(&text, digits.len()));
    }
    if let Some(abroad) = digits.strip_prefix(b"00").filter(|abroad| abroad.len() >= AFTER_DOUBLE_ZERO)
        && let Some((row, national)) = international(abroad)
    {
        return Ok(reuse(text, &write(row, national)));
    }
    if digits.len() > LONGEST {
        return Err(too_long(&text, digits.len()));
    }
    if digits.len() < SHORTEST {
        let count = digits.len();
        return Err(Refusal::new(&text, format_args!("has {count} digits; a telephone number has at least {SHORTEST}, so add the area code")));
    }
    if let Some(number) = at_home(&digits, context) {
        return Ok(reuse(text, &number));
    }
    let national: String = digits.iter().map(|digit| char::from(*digit)).collect();
    Ok(reuse(text, &national))
}

fn reuse<'v>(text: Cow<'v, str>, number: &str) -> Cow<'v, str> {
    if text == number { text } else { Cow::Owned(number.to_owned()) }
}

fn too_long(text: &str, count: usize) -> Refusal {
    Refusal::new(text, format_args!("has {count} digits; a telephone number has at most {LONGEST}, so write several numbers in several values"))
}

/// Whether a `+` comes first, and the digits without separators and extension.
fn digits(text: &str) -> Result<(bool, Number), Refusal> {
    let bare = text.strip_prefix("tel:").or_else(|| text.strip_prefix("Tel:")).unwrap_or(text).trim();
    let bare = without_extension(bare);
    let (has_plus, rest) = match bare.strip_prefix(['+', '＋']).or_else(|| bare.strip_prefix("(+")) {
        Some(rest) => (true, rest),
        None => (false, bare),
    };
    let mut digits = Number::new();
    for c in rest.chars() {
        match c {
            // Digits of other scripts carry their value in the last four bits, as ours do.
            '0'..='9' | '０'..='９' | '٠'..='٩' | '۰'..='۹' => digits.extend(u8::try_from(u32::from(c) & 0xF).map(|value| b'0' + value)),
            ' ' | '-' | '.' | '(' | ')' | '/' | '\u{a0}' | '\u{2010}'..='\u{2015}' => {}
            '+' => return Err(Refusal::new(text, "has a `+` inside; write several numbers in several values")),
            ',' | ';' | '|' | '&' => {
                return Err(Refusal::new(text, format_args!("has `{c}` inside; write several numbers in several values, or give the mapping a `split`")));
            }
            c if c.is_alphabetic() => return Err(Refusal::new(text, "has letters; write the digits of one telephone number")),
            c => return Err(Refusal::new(text, format_args!("has `{c}` inside, which no telephone number has"))),
        }
    }
    Ok((has_plus, digits))
}

/// The text before an extension such as `ext. 12` or `x12`: it is dialled after the call is answered.
fn without_extension(text: &str) -> &str {
    if !text.bytes().any(|byte| matches!(byte, b'x' | b'X' | b'#')) {
        return text;
    }
    let lower = text.to_ascii_lowercase();
    for mark in ["extension", "extn", "ext", "x", "#"] {
        if let Some((head, tail)) = lower.rsplit_once(mark) {
            let number = tail.trim_matches([' ', '.', ':']);
            if (1..=7).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit()) {
                return text.get(..head.len()).unwrap_or(text).trim_end_matches([' ', ',', ';']);
            }
        }
    }
    text
}

/// The calling code with which the digits begin, and the national number after it, if its length fits.
fn international(digits: &[u8]) -> Option<(&'static Row, &[u8])> {
    let (row, rest) = calling_code(digits)?;
    // The trunk zero of `+44 (0)1632 960123` is not dialled from abroad.
    let national = if row.trunk == "0" { rest.strip_prefix(b"0").unwrap_or(rest) } else { rest };
    fits(row, national).then_some((row, national))
}

fn calling_code(digits: &[u8]) -> Option<(&'static Row, &[u8])> {
    (1..=3).find_map(|length| {
        let (code, rest) = digits.split_at_checked(length)?;
        let at = ROWS.binary_search_by(|row| row.code.as_bytes().cmp(code)).ok()?;
        Some((ROWS.get(at)?, rest))
    })
}

fn fits(row: &Row, national: &[u8]) -> bool {
    // In the North American plan neither area code nor exchange begins with 0 or 1.
    let is_plausible = match national {
        [area, _, _, exchange, ..] if row.code == "1" => *area > b'1' && *exchange > b'1',
        [b'0', ..] => row.trunk != "0",
        _ => true,
    };
    is_plausible && (row.min..=row.max).contains(&national.len())
}

fn write(row: &Row, national: &[u8]) -> String {
    let digits = national.iter().map(|digit| char::from(*digit));
    std::iter::once('+').chain(row.code.chars()).chain(digits).collect()
}

fn why_not_international(digits: &[u8]) -> String {
    let Some((row, national)) = calling_code(digits) else {
        return "begins with no calling code after the `+`; check the digits, or leave the `+` out".to_owned();
    };
    let (code, count) = (row.code, national.len());
    let want = if row.min == row.max { row.min.to_string() } else { format!("{} to {}", row.min, row.max) };
    if count < row.min || count > row.max {
        return format!("has {count} digits after +{code}, where numbers have {want}; check the digits, or leave the `+` out");
    }
    format!("has digits after +{code} with which no number there begins; check the digits, or leave the `+` out")
}

/// The number as dialled in the countries of the context, if they agree on one.
fn at_home(digits: &[u8], context: &Context<'_>) -> Option<String> {
    let hint = context.format.filter(|format| format.len() < 8 && !format.contains('%'));
    let mut found: Option<String> = None;
    for country in context.countries.iter().copied().chain(hint) {
        let country = country.split('-').next().unwrap_or_default();
        let Some(row) = row_of(country) else { continue };
        let Some(number) = dialled(digits, row) else { continue };
        match &found {
            Some(other) if *other != number => return None,
            _ => found = Some(number),
        }
    }
    found
}

fn row_of(country: &str) -> Option<&'static Row> {
    let usual = ROWS.iter().find(|row| country.eq_ignore_ascii_case("gb") && row.code == "44");
    usual.or_else(|| ROWS.iter().find(|row| row.countries.split(' ').any(|code| code.eq_ignore_ascii_case(country))))
}

/// The number that these digits reach when dialled in the country of this row.
fn dialled(digits: &[u8], row: &Row) -> Option<String> {
    if row.code == "1"
        && let Some((abroad, national)) = digits.strip_prefix(b"011").and_then(international)
    {
        return Some(write(abroad, national));
    }
    if !row.trunk.is_empty()
        && let Some(national) = digits.strip_prefix(row.trunk.as_bytes())
        && fits(row, national)
    {
        return Some(write(row, national));
    }
    // Written as from abroad, with the `+` left out.
    if let Some(national) = digits.strip_prefix(row.code.as_bytes())
        && national.len() == row.max
        && fits(row, national)
    {
        return Some(write(row, national));
    }
    // Where a trunk prefix is usual, digits without it may lack the area code as well, unless they are as long as numbers get.
    let is_whole = row.trunk.is_empty() || digits.len() == row.max;
    (is_whole && fits(row, digits)).then(|| write(row, digits))
}
