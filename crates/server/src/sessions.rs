//! Who is signed in: a random cookie stands for a person, in memory only.

use std::{
    collections::HashMap,
    sync::Mutex,
    time::{Duration, Instant},
};

use candour_actions::Person;

/// A session ends after this long without a request.
const IDLE: Duration = Duration::from_secs(8 * 60 * 60);
/// Name of the cookie.
pub(crate) const COOKIE: &str = "candour_session";

struct Session {
    person: Person,
    last: Instant,
}

/// All sessions.
#[derive(Default)]
pub(crate) struct Sessions {
    open: Mutex<HashMap<String, Session>>,
}

impl Sessions {
    /// Begins a session and gives its secret.
    pub(crate) fn begin(&self, person: Person) -> Option<String> {
        let mut random = [0; 32];
        getrandom::fill(&mut random).ok()?;
        let secret = hex::encode(random);
        let now = Instant::now();
        let mut open = self.open.lock().ok()?;
        open.retain(|_, session| now.duration_since(session.last) < IDLE);
        open.insert(secret.clone(), Session { person, last: now });
        Some(secret)
    }

    /// The person behind a secret.
    pub(crate) fn person(&self, secret: &str) -> Option<Person> {
        let mut open = self.open.lock().ok()?;
        let now = Instant::now();
        let session = open.get_mut(secret).filter(|session| now.duration_since(session.last) < IDLE)?;
        session.last = now;
        Some(session.person.clone())
    }

    /// Ends a session.
    pub(crate) fn end(&self, secret: &str) {
        if let Ok(mut open) = self.open.lock() {
            open.remove(secret);
        }
    }
}

/// The session's secret in a `Cookie` header.
pub(crate) fn secret(cookies: &str) -> Option<&str> {
    cookies.split(';').filter_map(|cookie| cookie.trim().split_once('=')).find(|(name, _)| *name == COOKIE).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_secret_is_found_among_cookies() {
        for (cookies, expected) in [("candour_session=abc", Some("abc")), ("a=b; candour_session=abc; c=d", Some("abc")), ("other=abc", None), ("", None)] {
            assert_eq!(super::secret(cookies), expected, "{cookies}");
        }
    }
}
