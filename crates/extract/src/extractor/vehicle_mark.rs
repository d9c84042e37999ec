//! Registration marks of vehicles in Great Britain: current (`AB12 CDE`, from 2001), prefix (`A123 BCD`, 1983 to 2001) and
//! suffix (`ABC 123D`, 1963 to 1983). Letters that each never uses are left out (DVLA INF104).
//!
//! Dateless and Northern Irish marks are not looked for yet: `MAX 100` is too much like other words.

use super::Pattern;
use crate::{
    digits::{is_announced, stands_alone},
    mention::Spot,
};

static CURRENT: Pattern = Pattern::new(r"(?i-u)\b[a-hk-prsvwxy][a-hj-pr-y](?:0[2-9]|[1-9]\d) ?[a-hj-pr-z]{3}\b");
static PREFIX: Pattern = Pattern::new(r"(?i-u)\b[a-hj-npqrstv-y]\d{1,3} ?[a-hj-pr-y]{3}\b");
static SUFFIX: Pattern = Pattern::new(r"(?i-u)\b[a-hj-pr-y]{3} ?\d{1,3}[a-hj-nprstv-y]\b");
/// Words before a mark that say what it is.
const WORDS: &[&str] =
    &["reg", "registration", "registered", "index", "vrm", "plate", "plates", "number plate", "vehicle", "car", "van", "motorcycle", "lorry"];

/// Whether a mark can be told from other words by its looks.
type Looks = fn(&str) -> bool;

pub(super) fn find(text: &str, found: &mut dyn FnMut(Spot)) {
    // How a mark must look to be taken without a word before it, and how sure it then is.
    let forms: [(&Pattern, Looks, f32); 3] = [
        (&CURRENT, |_| true, 0.95),
        (&PREFIX, |mark| digits(mark) == 3, 0.8),
        // `THE 100M` has a space, so a space needs a word.
        (&SUFFIX, |mark| digits(mark) == 3 && !mark.contains(' '), 0.8),
    ];
    for (pattern, is_plain, confidence) in forms {
        for hit in pattern.matches(text) {
            if !stands_alone(text, &hit.range()) {
                continue;
            }
            let mark = hit.as_str();
            let is_upper = !mark.bytes().any(|byte| byte.is_ascii_lowercase());
            let is_announced = is_announced(text, hit.start(), WORDS);
            if is_announced || (is_upper && is_plain(mark)) {
                let confidence = if is_announced { 0.97 } else { confidence };
                found(Spot { range: hit.range(), value: mark.replace(' ', "").to_ascii_uppercase(), confidence });
            }
        }
    }
}

fn digits(mark: &str) -> usize {
    mark.bytes().filter(u8::is_ascii_digit).count()
}

#[cfg(test)]
#[test]
fn examples() {
    super::examples::check(
        crate::Kind::VehicleMark,
        &[
            ("a red Ford, ⟦RY52 APF⟧.", "RY52APF"),
            ("⟦AB12CDE⟧ was seen", "AB12CDE"),
            ("reg ⟦ab12 cde⟧", "AB12CDE"),
            ("⟦P123 ABC⟧ parked outside", "P123ABC"),
            ("registration ⟦M5 ABC⟧", "M5ABC"),
            ("index ⟦ABC 12D⟧", "ABC12D"),
            ("⟦ABC123D⟧", "ABC123D"),
        ],
        &["AB12 3CD", "AI12 CDE", "AB01 CDE", "the M25 TOLL", "M25 ONE way", "THE 100M race", "ab12 cde", "XAB12 CDE", "AB12 CDEF", "in 52 apf", "A1234 BCD"],
    );
}
