//! Postcodes of the United Kingdom, of the areas that exist (BS 7666; Office for National Statistics, postcode directory).

use super::Pattern;
use crate::{
    digits::{is_announced, stands_alone},
    mention::Spot,
};

static CODE: Pattern = Pattern::new(r"(?i-u)\b[a-z]{1,2}\d[a-z\d]? {0,2}\d[abd-hjlnp-uw-z]{2}\b");

/// The letters with which postcodes begin.
const AREAS: &str = " AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD \
                     HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA \
                     SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE ";

pub(super) fn find(text: &str, found: &mut dyn FnMut(Spot)) {
    for hit in CODE.matches(text) {
        let code: String = hit.as_str().chars().filter(|c| *c != ' ').map(|c| c.to_ascii_uppercase()).collect();
        let Some((outward, inward)) = code.split_at_checked(code.len().saturating_sub(3)) else { continue };
        let area = outward
            .trim_end_matches(|c: char| c.is_ascii_digit())
            .trim_end_matches(|c: char| c.is_ascii_alphabetic() && outward.ends_with(c) && !outward.starts_with(c));
        let area = area.trim_end_matches(|c: char| c.is_ascii_digit());
        if !AREAS.contains(&format!(" {area} ")) || !stands_alone(text, &hit.range()) {
            continue;
        }
        let is_lower = hit.as_str().bytes().any(|byte| byte.is_ascii_lowercase());
        if is_lower && !is_announced(text, hit.start(), &["postcode", "post code", "postal code"]) && !hit.as_str().contains(' ') {
            continue;
        }
        let confidence = if is_lower { 0.8 } else { 0.95 };
        found(Spot { range: hit.range(), value: format!("{outward} {inward}"), confidence });
    }
}

#[cfg(test)]
#[test]
fn examples() {
    super::examples::check(
        crate::Kind::Postcode,
        &[
            ("London ⟦SW1A 1AA⟧.", "SW1A 1AA"),
            ("⟦M1 1AE⟧", "M1 1AE"),
            ("⟦B338TH⟧,", "B33 8TH"),
            ("⟦EC1A  1BB⟧", "EC1A 1BB"),
            ("at ⟦cr2 6xh⟧", "CR2 6XH"),
            ("postcode ⟦dn551pt⟧", "DN55 1PT"),
        ],
        &["QV1 1AA", "M1 1AC", "AB12 CDE", "SW1A", "SW1A 11A", "XSW1A 1AA", "route 66 4ab", "section b12 3 rooms", "ZZ1 1AA", "dn551pt"],
    );
}
