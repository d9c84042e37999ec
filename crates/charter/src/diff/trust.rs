//! What trust rests on: the authority and its keys, expiry, and the limits.

use std::collections::BTreeMap;

use super::{Change, becomes, changes};
use crate::{
    charter::Charter,
    declared::{Confidence, Retention},
    explain::list,
};

/// Sentences about whose signatures count, and for how long.
pub(super) fn authority(old: &Charter, new: &Charter) -> Vec<String> {
    let keys =
        |charter: &Charter| -> BTreeMap<String, String> { charter.authority().keys.iter().map(|key| (key.name().to_owned(), key.to_string())).collect() };
    let mut lines = changes(&keys(old), &keys(new), |name, change| match change {
        Change::New(_) => format!("the key `{name}` joins the authority"),
        Change::Gone => format!("the key `{name}` leaves the authority"),
        Change::Other(_, _) => format!("the key `{name}` of the authority is replaced by another of the same name"),
    });
    let takes = |charter: &Charter| format!("{} of {}", charter.authority().threshold, charter.authority().keys.len());
    lines.extend(becomes("the number of keys that have to sign", &takes(old), &takes(new)));
    let days = |charter: &Charter| format!("{} days", charter.authority().max_mandate_days);
    lines.extend(becomes("the longest mandate", &days(old), &days(new)));
    let kept = |charter: &Charter, hash: &String| charter.authority().keeps_mandates_of.contains(hash);
    let more = new.authority().keeps_mandates_of.iter().filter(|hash| !kept(old, hash));
    lines.extend(more.map(|hash| format!("mandates made under the charter {hash} stay in force")));
    let fewer = old.authority().keeps_mandates_of.iter().filter(|hash| !kept(new, hash));
    lines.extend(fewer.map(|hash| format!("mandates made under the charter {hash} end")));
    lines.extend(becomes("the last day", &old.expires(), &new.expires()));
    lines
}

/// Sentences about limits.
pub(super) fn limits(old: &Charter, new: &Charter) -> Vec<String> {
    let mut lines = retention(old, new);
    let (was, is) = (old.thresholds(), new.thresholds());
    lines.extend(becomes("`break_glass_minutes`", &was.break_glass_minutes, &is.break_glass_minutes));
    lines.extend(becomes("`break_glass_review_days`", &was.break_glass_review_days, &is.break_glass_review_days));
    lines.extend(becomes("`review_notice_days`", &was.review_notice_days, &is.review_notice_days));
    let (was, is) = (old.sessions(), new.sessions());
    lines.extend(becomes("`idle_minutes`", &was.idle_minutes, &is.idle_minutes));
    lines.extend(becomes("`absolute_hours`", &was.absolute_hours, &is.absolute_hours));
    lines.extend(becomes("`token_days`", &was.token_days, &is.token_days));
    lines.extend(ledger(old, new));
    lines
}

fn retention(old: &Charter, new: &Charter) -> Vec<String> {
    let by_group =
        |charter: &Charter| -> BTreeMap<String, Retention> { charter.retention().iter().map(|rule| (rule.group.to_string(), rule.clone())).collect() };
    changes(&by_group(old), &by_group(new), |group, change| match change {
        Change::New(rule) => format!("the retention group {group} is new: {}", terms(rule)),
        Change::Gone => format!("the retention group {group} is gone"),
        Change::Other(old, new) if terms(old) == terms(new) => format!("the retention group {group} has another label, source or check: {}", checked(new)),
        Change::Other(old, new) => format!("the retention group {group} is kept otherwise: {} (was: {})", terms(new), terms(old)),
    })
}

fn terms(rule: &Retention) -> String {
    let clear = rule.clear_years.map(|years| format!(", after {years} clear years")).unwrap_or_default();
    let until = rule.until_age.map(|age| format!(", until the age of {age}")).unwrap_or_default();
    format!("reviewed every {} years{clear}{until}", rule.review_years)
}

fn checked(rule: &Retention) -> String {
    let how = match rule.confidence {
        Confidence::Primary => "read in the primary text",
        Confidence::Secondary => "read in a secondary source",
        Confidence::Recalled => "from memory",
    };
    format!("“{}”, {how}, {}", rule.label, rule.checked)
}

fn ledger(old: &Charter, new: &Charter) -> Vec<String> {
    let witnesses = |charter: &Charter| -> BTreeMap<String, String> {
        charter.ledger().witnesses.iter().map(|witness| (witness.key.to_string(), witness.url.clone())).collect()
    };
    let name = |key: &str| key.split('+').next().unwrap_or_default().to_owned();
    let mut lines = changes(&witnesses(old), &witnesses(new), |key, change| match change {
        Change::New(url) => format!("the witness `{}` at {url} is new", name(key)),
        Change::Gone => format!("the witness `{}` is gone", name(key)),
        Change::Other(old, new) => format!("the witness `{}` is at {new} (was {old})", name(key)),
    });
    lines.extend(becomes("the number of witnesses that have to cosign", &old.ledger().threshold, &new.ledger().threshold));
    let wait = |charter: &Charter| match charter.ledger().wait_for.as_slice() {
        [] => "nothing".to_owned(),
        some => list(some.iter().map(String::as_str), "and"),
    };
    lines.extend(becomes("what waits for witnesses", &wait(old), &wait(new)));
    lines
}
