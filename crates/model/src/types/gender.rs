//! Gender as registers write it: `male`, `female` or `other`.

use std::borrow::Cow;

use super::Refusal;

/// Spelling in lower case, and what is stored. The words of registers in the languages that FollowTheMoney knows, and the
/// commoner English ones.
const SPELLINGS: &[(&str, &str)] = &[
    ("male", "male"),
    ("female", "female"),
    ("other", "other"),
    ("m", "male"),
    ("f", "female"),
    ("o", "other"),
    ("man", "male"),
    ("woman", "female"),
    ("boy", "male"),
    ("girl", "female"),
    ("masculin", "male"),
    ("masculine", "male"),
    ("masculino", "male"),
    ("feminine", "female"),
    ("féminin", "female"),
    ("feminin", "female"),
    ("femenino", "female"),
    ("männlich", "male"),
    ("weiblich", "female"),
    ("мужской", "male"),
    ("женский", "female"),
    ("男", "male"),
    ("女", "female"),
    ("d", "other"),
    ("x", "other"),
    ("divers", "other"),
    ("diverse", "other"),
    ("non-binary", "other"),
    ("nonbinary", "other"),
];

pub(super) fn clean(text: &str) -> Result<Cow<'static, str>, Refusal> {
    let find = |word: &str| SPELLINGS.iter().find(|(spelling, _)| *spelling == word).map(|(_, code)| *code);
    let code = find(text).or_else(|| find(&text.to_lowercase()));
    code.map(Cow::Borrowed).ok_or_else(|| Refusal::new(text, "is no gender that registers use; write `male`, `female` or `other`, or leave it blank"))
}
