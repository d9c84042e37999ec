//! Unified Social Credit Code of China (GB 32100-2015): 18 characters, the last a check character modulo 31.

use std::borrow::Cow;

use super::compact;

const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

pub(super) fn clean(text: &str) -> Result<String, Cow<'static, str>> {
    let code = compact(text);
    let values: Option<Vec<usize>> = code.chars().map(|c| ALPHABET.find(c)).collect();
    let values = values.filter(|values| values.len() == 18 && values.iter().take(8).all(|value| *value < 10));
    let Some(values) = values else { return Err("is no Unified Social Credit Code: 18 characters, the first eight digits, none of I, O, S, V, Z".into()) };
    let sum: usize = values.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
    if values.last() == Some(&((31 - sum % 31) % 31)) {
        Ok(code)
    } else {
        Err("fails the check character of a Unified Social Credit Code; compare it with the source".into())
    }
}
