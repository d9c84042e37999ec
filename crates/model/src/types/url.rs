//! Web addresses: a scheme (`http` where none is written), a host in lower case, a path.
//!
//! The rules are FollowTheMoney's, except that it leaves the host in the case it was written in.

use std::{borrow::Cow, net::IpAddr};

use unicode_normalization::UnicodeNormalization as _;

use super::Refusal;

/// Schemes with a host that are taken. `mailto:` is not among them: that is what the type for e-mail is for.
const SCHEMES: &[&str] = &["http", "https", "ftp", "file", "s3", "gs"];

pub(super) fn clean(text: Cow<'_, str>) -> Result<Cow<'_, str>, Refusal> {
    let (scheme, rest) = scheme(&text)?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
    check_authority(authority).map_err(|why| Refusal::new(&text, why))?;
    // A `?` or `#` with nothing after it says nothing.
    let path =
        ['#', '?'].iter().fold(path.trim_end(), |path, mark| if path.find(*mark) == path.len().checked_sub(1) { path.trim_end_matches(*mark) } else { path });
    let (user, host) = authority.rsplit_once('@').map_or(("", authority), |(user, host)| (user, host));
    let slash = if path.starts_with('/') { "" } else { "/" };
    let at = if user.is_empty() && !authority.contains('@') { "" } else { "@" };
    let url = format!("{scheme}://{user}{at}{}{slash}{}", lower(host), escape_breaks(path));
    Ok(if url == text.as_ref() { text } else { Cow::Owned(url) })
}

/// In lower case, and composed: that of `İ` is two characters.
fn lower(host: &str) -> String {
    if host.is_ascii() { host.to_ascii_lowercase() } else { host.to_lowercase().nfc().collect() }
}

/// Line breaks and tabs are taken out of a path, as browsers do.
fn escape_breaks(path: &str) -> Cow<'_, str> {
    if path.contains(['\n', '\r', '\t']) { Cow::Owned(path.replace(['\n', '\r', '\t'], "")) } else { Cow::Borrowed(path) }
}

/// The scheme in lower case, and what comes after `://`.
fn scheme(text: &str) -> Result<(String, &str), Refusal> {
    if let Some((scheme, rest)) = text.split_once("://")
        && !scheme.is_empty()
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    {
        let scheme = scheme.to_ascii_lowercase();
        if !SCHEMES.contains(&scheme.as_str()) {
            return Err(Refusal::new(text, format_args!("has the scheme `{scheme}`; web addresses here begin with http, https, ftp, file, s3 or gs")));
        }
        return Ok((scheme, rest));
    }
    if text.to_ascii_lowercase().starts_with("mailto:") {
        return Err(Refusal::new(text, "is an e-mail address; map it to a property of type email"));
    }
    let rest = text.strip_prefix("//").unwrap_or(text);
    if !rest.split(['/', '?', '#']).next().unwrap_or_default().contains('.') {
        return Err(Refusal::new(text, "has no host; write it whole, such as `https://example.org/page`"));
    }
    Ok(("http".to_owned(), rest))
}

fn check_authority(authority: &str) -> Result<(), &'static str> {
    if authority.contains(char::is_whitespace) {
        return Err("has a space in its host; write the web address alone");
    }
    let host = authority.rsplit('@').next().unwrap_or_default();
    let (host, port) = match host.strip_prefix('[') {
        Some(rest) => rest.split_once(']').ok_or("has an IPv6 host without `]`")?,
        None => host.rsplit_once(':').map_or((host, ""), |(host, port)| (host, port)),
    };
    let port = port.strip_prefix(':').unwrap_or(port);
    if !port.is_empty() && port.parse::<u16>().is_err() {
        return Err("has a port that is no number from 0 to 65535");
    }
    if host.is_empty() {
        return Err("has no host; write it whole, such as `https://example.org/page`");
    }
    if host.parse::<IpAddr>().is_ok() {
        return Ok(());
    }
    let host = host.trim_end_matches('.');
    for label in host.split('.') {
        let length = label.chars().count();
        if length > 63
            || !label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_' || unicode_normalization::char::is_combining_mark(c))
            || !label.contains(char::is_alphanumeric)
        {
            return Err("has a host that is no domain; letters, digits and hyphens, with full stops between");
        }
    }
    match host.rsplit_once('.') {
        Some((_, last)) if last.chars().count() < 2 || last.bytes().all(|byte| byte.is_ascii_digit()) => {
            Err("ends in no top-level domain such as `.org` or `.uk`")
        }
        _ => Ok(()),
    }
}
