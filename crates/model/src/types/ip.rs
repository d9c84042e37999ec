//! Internet addresses, version 4 and 6, in the one spelling of RFC 5952.

use std::{borrow::Cow, net::IpAddr};

use super::Refusal;

pub(super) fn clean(text: Cow<'_, str>) -> Result<Cow<'_, str>, Refusal> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(&text);
    // The zone of a link-local address (RFC 4007) says on which interface it holds.
    let (address, zone) = bare.split_once('%').filter(|(_, zone)| !zone.is_empty() && !zone.contains(char::is_whitespace)).unwrap_or((bare, ""));
    let Some(address) = address.parse::<IpAddr>().ok().filter(|address| address.is_ipv6() || zone.is_empty()) else {
        return Err(Refusal::new(&text, why(&text)));
    };
    let spelling = if zone.is_empty() { address.to_string() } else { format!("{address}%{zone}") };
    Ok(if spelling == text.as_ref() { text } else { Cow::Owned(spelling) })
}

fn why(text: &str) -> &'static str {
    if text.contains('/') {
        "is a network, not an address; write one address, such as `192.0.2.7`"
    } else if text.matches('.').count() == 3 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        "is no IPv4 address: four numbers from 0 to 255 without leading zeros"
    } else {
        "is no internet address; write IPv4 such as `192.0.2.7` or IPv6 such as `2001:db8::7`"
    }
}
