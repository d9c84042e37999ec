//! Names: white space collapsed, wrapping quotation marks removed. Nothing else is a rule for a name.

use std::borrow::Cow;

use super::{
    Refusal,
    sanitise::{narrow, squash},
};

pub(super) fn clean(text: Cow<'_, str>) -> Result<Cow<'_, str>, Refusal> {
    let mut name = squash(text);
    loop {
        let before = name.len();
        name = narrow(name, unquoted);
        if name.len() == before {
            break;
        }
    }
    if name.is_empty() { Err(Refusal::new("", "is empty, or nothing but quotation marks; leave the cell blank or write a name")) } else { Ok(name) }
}

/// The text between quotation marks that wrap the whole of it. Marks that also stand inside belong to the name, as in
/// `"Rose" and "Crown"`.
fn unquoted(text: &str) -> &str {
    for mark in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark))
            && !inner.contains(mark)
        {
            return inner.trim();
        }
    }
    text
}
