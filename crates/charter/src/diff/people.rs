//! Purposes, roles, markings and the values declared: the words that change.

use std::collections::BTreeMap;

use candour_model::marking::Marking;

use super::{Change, becomes, changes};
use crate::{
    charter::Charter,
    declared::Value,
    explain::list,
    rules::{PurposeRule, Role},
    words::{category_word, classification_word},
};

/// Sentences about words.
pub(super) fn words(old: &Charter, new: &Charter) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(becomes("the organisation", old.organisation(), new.organisation()));
    lines.extend(becomes("the default marking", old.default_marking(), new.default_marking()));
    lines.extend(sentences(old.purposes(), new.purposes(), "purpose", |rule: &PurposeRule| rule.id.clone(), purpose));
    lines.extend(sentences(old.roles(), new.roles(), "role", |role: &Role| role.id.clone(), role));
    lines.extend(sentences(old.markings(), new.markings(), "marking", |marking: &Marking| marking.id.clone(), marking));
    lines.extend(sentences(old.values(), new.values(), "value", |value: &Value| value.id.clone(), value));
    lines
}

fn sentences<T: PartialEq>(old: &[T], new: &[T], kind: &str, id: impl Fn(&T) -> String, inner: impl Fn(&T, &T) -> Vec<String>) -> Vec<String> {
    let by_id = |all: &[T]| -> BTreeMap<String, usize> { all.iter().enumerate().map(|(at, one)| (id(one), at)).collect() };
    let (olds, news) = (by_id(old), by_id(new));
    let compared: BTreeMap<String, &T> = olds.iter().filter_map(|(id, at)| old.get(*at).map(|one| (id.clone(), one))).collect();
    let with: BTreeMap<String, &T> = news.iter().filter_map(|(id, at)| new.get(*at).map(|one| (id.clone(), one))).collect();
    changes(&compared, &with, |id, change| match change {
        Change::New(_) => format!("the {kind} `{id}` is new"),
        Change::Gone => format!("the {kind} `{id}` is gone"),
        Change::Other(old, new) => inner(old, new).into_iter().map(|what| format!("the {kind} `{id}` {what}")).collect::<Vec<_>>().join("\n"),
    })
    .iter()
    .flat_map(|lines| lines.lines().map(str::to_owned))
    .collect()
}

/// What now holds of something and did not, or the other way round.
fn turned(old: bool, new: bool, on: &str, off: &str) -> Option<String> {
    (old != new).then(|| if new { on } else { off }.to_owned())
}

fn purpose(old: &PurposeRule, new: &PurposeRule) -> Vec<String> {
    let classes = |rule: &PurposeRule| match rule.data_classes.as_slice() {
        [] => "no special category".to_owned(),
        some => list(some.iter().map(|category| category_word(*category)), "and"),
    };
    let (was, is) = (classes(old), classes(new));
    [
        turned(old.needs_case, new.needs_case, "now needs a case", "no longer needs a case"),
        turned(old.needs_reason, new.needs_reason, "now needs a reason", "no longer needs a reason"),
        turned(old.needs_mandate, new.needs_mandate, "now needs a mandate", "no longer needs a mandate"),
        turned(old.reads_restricted, new.reads_restricted, "now reads what is restricted", "no longer reads what is restricted"),
        (was != is).then(|| format!("lets its mandates name {is} (was {was})")),
        (old.lawful_basis != new.lawful_basis).then(|| format!("rests on “{}” (was “{}”)", new.lawful_basis, old.lawful_basis)),
        (old.label != new.label).then(|| format!("is called “{}” (was “{}”)", new.label, old.label)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn role(old: &Role, new: &Role) -> Vec<String> {
    let more = new.includes.iter().filter(|id| !old.includes.contains(id)).map(|id| format!("now includes `{id}`"));
    let fewer = old.includes.iter().filter(|id| !new.includes.contains(id)).map(|id| format!("no longer includes `{id}`"));
    let label = (old.label != new.label).then(|| format!("is called “{}” (was “{}”)", new.label, old.label));
    more.chain(fewer).chain(label).collect()
}

fn marking(old: &Marking, new: &Marking) -> Vec<String> {
    let compartment = |marking: &Marking| marking.compartment.as_ref().map_or_else(|| "no compartment".to_owned(), |id| format!("the compartment `{id}`"));
    let special = |marking: &Marking| match marking.special.as_slice() {
        [] => "no special category".to_owned(),
        some => list(some.iter().map(|category| category_word(*category)), "and"),
    };
    let from_to = |what: &str, old: String, new: String| (old != new).then(|| format!("{what} {new} (was {old})"));
    let class = |marking: &Marking| format!("`{}`", classification_word(marking.classification));
    let conditions =
        |marking: &Marking| marking.conditions.clone().map_or_else(|| "without conditions".to_owned(), |text| format!("on the conditions “{text}”"));
    [
        from_to("is classified", class(old), class(new)),
        from_to("is shared", conditions(old), conditions(new)),
        from_to("belongs to", compartment(old), compartment(new)),
        from_to("holds", special(old), special(new)),
        from_to("is kept by retention group", old.retention.to_string(), new.retention.to_string()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn value(old: &Value, new: &Value) -> Vec<String> {
    let may_hold = |value: &Value| value.informs_only().is_none();
    let hook = |value: &Value| value.hook.as_ref().map_or_else(|| "nothing".to_owned(), |hook| format!("“{}”", hook.law));
    [
        (old.text != new.text).then(|| format!("says “{}” (was “{}”)", new.text, old.text)),
        turned(may_hold(old), may_hold(new), "may now hold a contract", "now informs only and holds no contract"),
        (old.hook != new.hook).then(|| format!("hangs on {} (was {})", hook(new), hook(old))),
    ]
    .into_iter()
    .flatten()
    .collect()
}
