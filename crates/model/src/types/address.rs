//! Addresses in one line: line breaks become commas, empty parts go, white space is collapsed.
//!
//! An address that FollowTheMoney would leave alone is left alone, even with a comma at its end; where there is something to
//! tidy, commas at the ends go as well.

use std::borrow::Cow;

use super::{Refusal, sanitise::squash};

/// What parts the lines of an address, besides the comma.
const BREAKS: &[&str] = &["\r\n", "\n", "\r", "\t", ";", "<BR/>", "<BR>"];

pub(super) fn clean(text: Cow<'_, str>) -> Result<Cow<'_, str>, Refusal> {
    let has_breaks = text.bytes().any(|byte| matches!(byte, b'\r' | b'\n' | b'\t' | b';' | b'<'));
    let broken = if has_breaks { Cow::Owned(BREAKS.iter().fold(text.into_owned(), |line, mark| line.replace(mark, ", "))) } else { text };
    let line = squash(broken);
    if !line.contains(char::is_alphanumeric) {
        return Err(Refusal::new(&line, "has neither letters nor digits; write the address in one line"));
    }
    if !has_breaks && is_tidy(&line) {
        return Ok(line);
    }
    let mut tidy = String::with_capacity(line.len());
    for c in line.chars() {
        let follows_comma = tidy.trim_end().ends_with(',');
        match c {
            ',' | '.' if follows_comma => {
                tidy.truncate(tidy.trim_end().len());
                tidy.push(' ');
            }
            ' ' if tidy.ends_with(' ') => {}
            other => tidy.push(other),
        }
    }
    Ok(Cow::Owned(tidy.trim_matches([',', ' ']).to_owned()))
}

/// Whether no comma stands before another comma or a full stop.
fn is_tidy(line: &str) -> bool {
    let mut before = [b' ', b' '];
    for byte in line.bytes() {
        let follows_comma = before.last() == Some(&b',') || before == [b',', b' '];
        if follows_comma && matches!(byte, b',' | b'.') {
            return false;
        }
        before.rotate_left(1);
        if let Some(last) = before.last_mut() {
            *last = byte;
        }
    }
    true
}
