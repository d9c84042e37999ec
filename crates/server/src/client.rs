//! From where a request comes: the address that attempts are counted by, and what the browser calls itself.

use std::{convert::Infallible, net::IpAddr};

use axum::{
    extract::FromRequestParts,
    http::{
        HeaderName,
        header::{COOKIE, USER_AGENT},
        request::Parts,
    },
};

use crate::{Shared, sessions, site::cookie_in};

/// The address at the other end of the connection; the loop that takes connections adds it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// Who sends a request, before anybody has signed in.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    /// Key for counting attempts.
    pub(crate) address: String,
    /// Browser and system in short words.
    pub(crate) device: String,
    /// The session's secret that the browser handed in, if any.
    pub(crate) secret: Option<String>,
    /// The secret of a way to an OpenID provider, if any.
    pub(crate) passing: Option<String>,
}

impl Client {
    pub(crate) fn of(parts: &Parts, shared: &Shared) -> Self {
        let text = |name: HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let peer = parts.extensions.get::<Peer>().map(|peer| peer.0);
        // Behind a proxy of one's own the last address is the one the proxy saw; those before it say what they like.
        let forwarded = || text(HeaderName::from_static("x-forwarded-for")).rsplit(',').next().and_then(|address| address.trim().parse::<IpAddr>().ok());
        let is_proxy = shared.site.behind_proxy() && peer.is_none_or(|address| address.is_loopback());
        let address = if is_proxy { forwarded().or(peer) } else { peer };
        let cookies = text(COOKIE);
        Self {
            address: format!("address {}", address.map(block).unwrap_or_default()),
            device: sessions::device(text(USER_AGENT)),
            secret: cookie_in(cookies, shared.site.cookie_name()).map(str::to_owned),
            passing: cookie_in(cookies, shared.site.passing_name()).map(str::to_owned),
        }
    }
}

impl FromRequestParts<Shared> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Infallible> {
        Ok(Self::of(parts, shared))
    }
}

/// Whoever holds one IPv6 address holds its whole network of 64 bits.
fn block(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(mapped) => mapped.to_string(),
            None => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        },
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn networks_are_counted_as_one() {
        for (address, expected) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ] {
            assert_eq!(super::block(address.parse().unwrap()), expected);
        }
    }
}
