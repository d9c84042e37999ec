//! Where the workspace is found by browsers, and what follows from it for cookies.

use std::net::SocketAddr;

use webauthn_rs::prelude::Url;

use crate::ServerError;

/// The address that browsers use.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    origin: Url,
    is_secure: bool,
    behind_proxy: bool,
}

impl Site {
    /// `public_url` is what people type; without one it is `http://localhost` at the port listened on.
    pub(crate) fn new(public_url: Option<&str>, address: SocketAddr) -> Result<Self, ServerError> {
        let wrong = |text: &str, problem: &str| ServerError::PublicUrl { text: text.to_owned(), problem: problem.to_owned() };
        let Some(text) = public_url else {
            let text = format!("http://localhost:{}", address.port());
            let origin = Url::parse(&text).map_err(|error| wrong(&text, &error.to_string()))?;
            // What is reached over a network without a public address gets cookies that only TLS carries.
            return Ok(Self { origin, is_secure: !address.ip().is_loopback(), behind_proxy: false });
        };
        let origin = Url::parse(text).map_err(|error| wrong(text, &error.to_string()))?;
        let is_local = origin.host_str().is_some_and(|host| host == "localhost" || host.ends_with(".localhost"));
        if origin.scheme() != "https" && !(origin.scheme() == "http" && is_local) {
            return Err(wrong(text, "it must begin with `https://`; `http://` will do for `localhost` alone"));
        }
        if origin.path() != "/" || origin.query().is_some() || origin.fragment().is_some() || !origin.username().is_empty() {
            return Err(wrong(text, "give scheme, host and port alone"));
        }
        if origin.domain().is_none() {
            return Err(wrong(text, "passkeys need a name, not a number; give the host's name"));
        }
        Ok(Self { is_secure: origin.scheme() == "https", origin, behind_proxy: true })
    }

    /// Scheme, host and port.
    pub(crate) fn origin(&self) -> &Url {
        &self.origin
    }

    /// The origin as browsers write it.
    pub(crate) fn origin_text(&self) -> String {
        self.origin.origin().ascii_serialization()
    }

    /// Whether browsers reach it over TLS.
    pub(crate) fn is_secure(&self) -> bool {
        self.is_secure
    }

    /// Whether something stands before it that says in `X-Forwarded-For` who asks.
    pub(crate) fn behind_proxy(&self) -> bool {
        self.behind_proxy
    }

    /// Name of the session's cookie. `__Host-` keeps neighbouring hosts and plain HTTP from setting it.
    pub(crate) fn cookie_name(&self) -> &'static str {
        if self.is_secure { "__Host-candour_session" } else { "candour_session" }
    }

    /// The header that hands a session's secret to the browser.
    pub(crate) fn cookie(&self, secret: &str) -> String {
        format!("{}={secret}; Path=/; HttpOnly; SameSite=Strict{}", self.cookie_name(), self.secure())
    }

    /// The header that takes it away.
    pub(crate) fn no_cookie(&self) -> String {
        format!("{}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0{}", self.cookie_name(), self.secure())
    }

    /// The header of a cookie that lives while an OpenID provider is asked. The browser comes back from another site, so it
    /// is sent then as well.
    pub(crate) fn passing_cookie(&self, value: &str, seconds: u64) -> String {
        format!("{}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{}", self.passing_name(), self.secure())
    }

    /// Name of that cookie.
    pub(crate) fn passing_name(&self) -> &'static str {
        if self.is_secure { "__Host-candour_openid" } else { "candour_openid" }
    }

    fn secure(&self) -> &'static str {
        if self.is_secure { "; Secure" } else { "" }
    }
}

/// The value of a cookie in a `Cookie` header.
pub(crate) fn cookie_in<'c>(cookies: &'c str, name: &str) -> Option<&'c str> {
    cookies.split(';').filter_map(|cookie| cookie.trim().split_once('=')).find(|(known, _)| *known == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_secure_wherever_a_network_lies_between() {
        for (url, address, expected) in [
            (None, "127.0.0.1:8460", Some("candour_session")),
            (None, "[::1]:8460", Some("candour_session")),
            (None, "192.0.2.1:8460", Some("__Host-candour_session")),
            (Some("https://candour.example.org"), "127.0.0.1:8460", Some("__Host-candour_session")),
            (Some("http://localhost:9000"), "127.0.0.1:8460", Some("candour_session")),
            (Some("http://candour.example.org"), "127.0.0.1:8460", None),
            (Some("https://192.0.2.1"), "127.0.0.1:8460", None),
            (Some("https://candour.example.org/under"), "127.0.0.1:8460", None),
            (Some("candour.example.org"), "127.0.0.1:8460", None),
        ] {
            let site = Site::new(url, address.parse().unwrap());
            assert_eq!(site.as_ref().ok().map(Site::cookie_name), expected, "{url:?} {address}");
            if let Ok(site) = site {
                assert_eq!(site.cookie("x").contains("; Secure"), site.is_secure());
            }
        }
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        for (cookies, expected) in [("candour_session=abc", Some("abc")), ("a=b; candour_session=abc; c=d", Some("abc")), ("other=abc", None), ("", None)] {
            assert_eq!(cookie_in(cookies, "candour_session"), expected, "{cookies}");
        }
    }
}
