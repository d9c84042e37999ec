//! Who is signed in: a random cookie stands for a person, in memory only. Times are handed in.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use candour_actions::SessionLimits;

/// A session gets a new secret after this long. Milliseconds.
const ROTATE: i64 = 15 * 60 * 1000;
/// What was asked with the old secret at that moment is still answered. Milliseconds.
const GRACE: i64 = 60 * 1000;
/// Most sessions of one person; the one unused for longest makes room.
const MOST: usize = 20;

/// A session, without its secret.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    /// For lists; opens nothing.
    pub(crate) id: String,
    /// Whose.
    pub(crate) person: String,
    /// How they signed in.
    pub(crate) how: &'static str,
    /// The roles that the sign-in leaves them, where it leaves them fewer than they hold.
    pub(crate) roles: Option<Vec<String>>,
    /// Browser and system in short words.
    pub(crate) device: String,
    /// Milliseconds since 1970-01-01T00:00Z, like all times here.
    pub(crate) begun: i64,
    pub(crate) used: i64,
    rotated: i64,
}

/// A new session's person and way in.
pub(crate) struct Beginning {
    pub(crate) person: String,
    pub(crate) how: &'static str,
    pub(crate) roles: Option<Vec<String>>,
    pub(crate) device: String,
}

#[derive(Default)]
struct Open {
    by_secret: HashMap<String, Session>,
    /// Old secret, its successor, until when it is taken.
    former: HashMap<String, (String, i64)>,
}

/// All sessions.
#[derive(Default)]
pub(crate) struct Sessions {
    open: Mutex<Open>,
}

impl Sessions {
    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a session and gives its secret: always a new one, whatever the browser handed in.
    pub(crate) fn begin(&self, beginning: Beginning, now: i64, limits: SessionLimits) -> Option<String> {
        let secret = secret()?;
        let id = secret_of(6)?;
        let Beginning { person, how, roles, device } = beginning;
        let mut open = self.open();
        open.by_secret.retain(|_, session| is_open(session, now, limits));
        open.former.retain(|_, (_, until)| now < *until);
        let mut own: Vec<(i64, String)> =
            open.by_secret.iter().filter(|(_, session)| session.person == person).map(|(secret, session)| (session.used, secret.clone())).collect();
        own.sort();
        let too_many = (own.len() + 1).saturating_sub(MOST);
        for (_, oldest) in own.into_iter().take(too_many) {
            open.by_secret.remove(&oldest);
        }
        open.by_secret.insert(secret.clone(), Session { id, person, how, roles, device, begun: now, used: now, rotated: now });
        Some(secret)
    }

    /// The session behind a secret, used now.
    pub(crate) fn find(&self, secret: &str, now: i64, limits: SessionLimits) -> Option<Session> {
        let mut open = self.open();
        let current = match open.former.get(secret) {
            Some((successor, until)) if now < *until => successor.clone(),
            Some(_) => return None,
            None => secret.to_owned(),
        };
        let session = open.by_secret.get_mut(&current)?;
        if !is_open(session, now, limits) {
            open.by_secret.remove(&current);
            return None;
        }
        session.used = now;
        Some(session.clone())
    }

    /// A new secret for a session whose own has served long enough.
    pub(crate) fn rotate(&self, old: &str, now: i64) -> Option<String> {
        let mut open = self.open();
        let session = open.by_secret.get(old)?;
        if now - session.rotated < ROTATE {
            return None;
        }
        let new = secret()?;
        let mut session = open.by_secret.remove(old)?;
        session.rotated = now;
        open.by_secret.insert(new.clone(), session);
        open.former.insert(old.to_owned(), (new.clone(), now + GRACE));
        Some(new)
    }

    /// A person's open sessions, the last used first.
    pub(crate) fn of(&self, person: &str, now: i64, limits: SessionLimits) -> Vec<Session> {
        let mut own: Vec<Session> =
            self.open().by_secret.values().filter(|session| session.person == person && is_open(session, now, limits)).cloned().collect();
        own.sort_by(|a, b| (b.used, &b.id).cmp(&(a.used, &a.id)));
        own
    }

    /// Ends the session behind a secret.
    pub(crate) fn end(&self, secret: &str) {
        let mut open = self.open();
        let current = open.former.remove(secret).map_or_else(|| secret.to_owned(), |(successor, _)| successor);
        open.by_secret.remove(&current);
    }

    /// Ends those sessions of a person that `which` names. Gives how many.
    pub(crate) fn end_of(&self, person: &str, which: impl Fn(&Session) -> bool) -> usize {
        let mut open = self.open();
        let before = open.by_secret.len();
        open.by_secret.retain(|_, session| session.person != person || !which(session));
        before - open.by_secret.len()
    }
}

fn is_open(session: &Session, now: i64, limits: SessionLimits) -> bool {
    now - session.used < limits.idle && now - session.begun < limits.absolute
}

/// A secret that nobody guesses.
pub(crate) fn secret() -> Option<String> {
    secret_of(32)
}

fn secret_of(bytes: usize) -> Option<String> {
    let mut random = vec![0; bytes];
    getrandom::fill(&mut random).ok()?;
    Some(hex::encode(random))
}

/// Browser and system out of a `User-Agent` header, in words that a person recognises.
pub(crate) fn device(agent: &str) -> String {
    const BROWSERS: [(&str, &str); 7] =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"), ("python", "Python")];
    const SYSTEMS: [(&str, &str); 6] =
        [("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS X", "macOS"), ("Linux", "Linux")];
    let name = |table: &[(&'static str, &'static str)]| table.iter().find(|(part, _)| agent.contains(part)).map(|(_, name)| *name);
    match (name(&BROWSERS), name(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(only), None) | (None, Some(only)) => only.to_owned(),
        (None, None) => "unknown".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: SessionLimits = SessionLimits { idle: 30 * 60 * 1000, absolute: 12 * 60 * 60 * 1000 };
    const MINUTE: i64 = 60 * 1000;

    fn begin(sessions: &Sessions, now: i64) -> String {
        sessions.begin(Beginning { person: "ann".to_owned(), how: "link", roles: None, device: String::new() }, now, LIMITS).unwrap()
    }

    #[test]
    fn a_session_ends_by_idleness_and_by_age() {
        let sessions = Sessions::default();
        let secret = begin(&sessions, 0);
        assert!(sessions.find(&secret, 29 * MINUTE, LIMITS).is_some());
        assert!(sessions.find(&secret, 58 * MINUTE, LIMITS).is_some(), "a use begins the wait anew");
        assert!(sessions.find(&secret, 88 * MINUTE, LIMITS).is_none());
        let secret = begin(&sessions, 0);
        for minute in (20..720).step_by(20) {
            assert!(sessions.find(&secret, minute * MINUTE, LIMITS).is_some(), "{minute}");
        }
        assert!(sessions.find(&secret, 720 * MINUTE, LIMITS).is_none());
    }

    #[test]
    fn the_secret_changes_and_the_old_one_soon_opens_nothing() {
        let sessions = Sessions::default();
        let old = begin(&sessions, 0);
        assert_eq!(sessions.rotate(&old, 14 * MINUTE), None);
        let new = sessions.rotate(&old, 15 * MINUTE).unwrap();
        assert_ne!(old, new);
        assert_eq!(sessions.rotate(&old, 15 * MINUTE), None, "once");
        assert!(sessions.find(&old, 15 * MINUTE + 59_000, LIMITS).is_some());
        assert!(sessions.find(&old, 16 * MINUTE, LIMITS).is_none());
        assert!(sessions.find(&new, 16 * MINUTE, LIMITS).is_some());
        sessions.end(&new);
        assert!(sessions.find(&new, 16 * MINUTE, LIMITS).is_none());
    }

    #[test]
    fn a_person_has_only_so_many_and_can_end_them() {
        let sessions = Sessions::default();
        let secrets: Vec<String> = (0..25).map(|minute| begin(&sessions, minute)).collect();
        assert_eq!(sessions.of("ann", 25, LIMITS).len(), MOST);
        assert!(sessions.find(&secrets[4], 25, LIMITS).is_none() && sessions.find(&secrets[24], 25, LIMITS).is_some());
        let kept = sessions.find(&secrets[24], 25, LIMITS).unwrap().id;
        assert_eq!(sessions.end_of("ann", |session| session.id != kept), MOST - 1);
        assert_eq!(sessions.end_of("bo", |_| true), 0);
        assert!(sessions.find(&secrets[24], 26, LIMITS).is_some());
    }

    #[test]
    fn devices_are_named_in_words() {
        for (agent, expected) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.0 Safari/604.1", "Safari on iPhone"),
            ("curl/8.14.1", "curl"),
            ("<script>", "unknown"),
        ] {
            assert_eq!(device(agent), expected);
        }
    }
}
