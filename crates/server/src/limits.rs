//! How often somebody may try: sign-ins by address and by account with growing delay, requests by person. Times are handed
//! in, and what is remembered is bounded.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// From this failed sign-in on one waits.
const FREE: u32 = 5;
/// The wait after the next one, which doubles with each. Milliseconds.
const FIRST_WAIT: i64 = 1000;
/// The longest wait. Milliseconds.
const LONGEST_WAIT: i64 = 15 * 60 * 1000;
/// Failures are forgotten this long after the last. Milliseconds.
const FORGET: i64 = 60 * 60 * 1000;
/// A person's requests: one per so many milliseconds in the long run.
const PERIOD: i64 = 5;
/// So many of them at once.
const BURST: i64 = 2000;
/// Most keys remembered of each kind.
const MOST: usize = 10_000;

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: i64,
    until: i64,
}

/// What was tried lately.
#[derive(Default)]
pub(crate) struct Limits {
    failures: Mutex<HashMap<String, Failures>>,
    /// Person and the time at which their requests so far would be used up.
    requests: Mutex<HashMap<String, i64>>,
}

impl Limits {
    /// Whether a sign-in may be tried under all of these keys; else the seconds to wait.
    pub(crate) fn may_try(&self, keys: &[&str], now: i64) -> Result<(), u64> {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let until = keys.iter().filter_map(|key| failures.get(*key)).map(|known| known.until).max().unwrap_or(0);
        if now < until { Err(seconds(until - now)) } else { Ok(()) }
    }

    /// A sign-in has failed.
    pub(crate) fn failed(&self, keys: &[&str], now: i64) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        for key in keys {
            make_room(&mut failures, |known| now - known.last >= FORGET, |known| known.last);
            let known = failures.entry((*key).to_owned()).or_insert(Failures { count: 0, last: now, until: 0 });
            if now - known.last >= FORGET {
                known.count = 0;
            }
            known.count = known.count.saturating_add(1);
            known.last = now;
            if let Some(doublings) = known.count.checked_sub(FREE) {
                known.until = now + FIRST_WAIT.saturating_mul(1 << doublings.min(20)).min(LONGEST_WAIT);
            }
        }
    }

    /// Somebody has signed in to an account: its failures are forgotten. An address keeps its own.
    pub(crate) fn succeeded(&self, account: &str) {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner).remove(account);
    }

    /// Counts a request of a person; where there were too many, the seconds to wait.
    pub(crate) fn request(&self, person: &str, now: i64) -> Result<(), u64> {
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        make_room(&mut requests, |full| *full <= now, |full| *full);
        let full = requests.entry(person.to_owned()).or_insert(now);
        let next = (*full).max(now) + PERIOD;
        let over = next - now - BURST * PERIOD;
        if over > 0 {
            return Err(seconds(over));
        }
        *full = next;
        Ok(())
    }
}

/// Keeps a table small: what means nothing any more goes first, then the oldest.
fn make_room<V>(table: &mut HashMap<String, V>, is_over: impl Fn(&V) -> bool, age: impl Fn(&V) -> i64) {
    if table.len() < MOST {
        return;
    }
    table.retain(|_, value| !is_over(value));
    if table.len() >= MOST
        && let Some(oldest) = table.iter().min_by_key(|(_, value)| age(value)).map(|(key, _)| key.clone())
    {
        table.remove(&oldest);
    }
}

/// Whole seconds, at least one.
fn seconds(milliseconds: i64) -> u64 {
    u64::try_from((milliseconds + 999) / 1000).unwrap_or(0).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_and_is_forgotten() {
        let limits = Limits::default();
        let mut now = 0;
        let mut waits = Vec::new();
        for _ in 0..18 {
            limits.failed(&["address"], now);
            let wait = limits.may_try(&["address"], now).err().unwrap_or(0);
            waits.push(wait);
            now += i64::try_from(wait).unwrap() * 1000;
            assert!(limits.may_try(&["address"], now).is_ok());
        }
        assert_eq!(waits, [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]);
        assert!(limits.may_try(&["another"], 0).is_ok());
        limits.failed(&["address"], now + FORGET);
        assert!(limits.may_try(&["address"], now + FORGET).is_ok());
    }

    #[test]
    fn a_success_clears_the_account_alone() {
        let limits = Limits::default();
        (0..6).for_each(|_| limits.failed(&["address", "account"], 0));
        limits.succeeded("account");
        assert!(limits.may_try(&["account"], 0).is_ok());
        assert!(limits.may_try(&["account", "address"], 0).is_err());
    }

    #[test]
    fn a_person_may_ask_much_but_not_without_end() {
        let limits = Limits::default();
        let allowed = (0..BURST + 10).filter(|_| limits.request("ann", 0).is_ok()).count();
        assert_eq!(i64::try_from(allowed).unwrap(), BURST);
        assert_eq!(limits.request("ann", 0), Err(1));
        assert!(limits.request("bo", 0).is_ok() && limits.request("ann", PERIOD).is_ok());
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let limits = Limits::default();
        for number in 0..MOST + 50 {
            limits.failed(&[&number.to_string()], i64::try_from(number).unwrap());
            limits.request(&number.to_string(), 0).unwrap();
        }
        assert_eq!(limits.failures.lock().unwrap().len(), MOST);
        assert!(limits.requests.lock().unwrap().len() <= MOST);
    }
}
