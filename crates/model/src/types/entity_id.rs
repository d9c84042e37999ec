//! References to other entities, by their ids.

use std::borrow::Cow;

use super::Refusal;

pub(super) fn clean(text: Cow<'_, str>) -> Result<Cow<'_, str>, Refusal> {
    if text.contains(char::is_whitespace) {
        return Err(Refusal::new(&text, "has a space, so it is no id of an entity; write the id, not the name"));
    }
    Ok(text)
}
