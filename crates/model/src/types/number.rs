//! Numbers as text, with the unit they have: `1,200.50`, `-3.5`, `80 kg`, `£1,000`.
//!
//! FollowTheMoney keeps numbers as they are written and so does this: a separator that one country reads as thousands another
//! reads as a decimal point, and a guess would change the value without a trace. Only what holds no digit is refused.

use std::borrow::Cow;

use super::{Refusal, sanitise::squash};

pub(super) fn clean(text: Cow<'_, str>) -> Result<Cow<'_, str>, Refusal> {
    if !text.contains(char::is_numeric) {
        return Err(Refusal::new(&text, "has no digit, so it is no number; write digits, or leave the cell blank"));
    }
    Ok(squash(text))
}
