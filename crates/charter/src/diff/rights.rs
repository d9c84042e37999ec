//! Who may do and see what: the policies of two charters asked the same questions.

use std::collections::{BTreeMap, BTreeSet};

use candour_model::marking::Classification;

use crate::{
    actor::Actor,
    charter::Charter,
    explain::list,
    grounds::Grounds,
    needs::{needs_purpose, touches_evidence},
    rules::PurposeRule,
    world::{Asker, SEE},
};

/// How something is granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grant {
    Plain,
    UnderMandate,
}

/// What becomes of a grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    Gains,
    GainsUnderMandate,
    NeedsNoMandate,
    NeedsMandate,
    Loses,
}

/// Grants by the purpose (empty for none) and the action or marking.
type Grants = BTreeMap<(String, String), Grant>;
/// Who shares a turn, its actions or markings, and its purposes.
type Groups<'h> = BTreeMap<(Turn, Vec<String>, Vec<String>), Vec<&'h Holder>>;
/// What becomes of them.
type Turns = BTreeMap<(String, String), Turn>;

/// Who is asked about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Holder {
    roles: Vec<String>,
}

/// How far somebody is let in beside their roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Profile {
    Full,
    NoMember,
    NotCleared,
}

/// Sentences about rights.
pub(super) fn rights(old: &Charter, new: &Charter) -> Vec<String> {
    let roles: BTreeSet<String> = old.roles().iter().chain(new.roles()).map(|role| role.id.clone()).collect();
    let order: Vec<String> = {
        let known = |charter: &Charter| charter.roles().iter().map(|role| role.id.clone()).collect::<Vec<_>>();
        let (mut first, second) = (known(old), known(new));
        first.extend(second.into_iter().filter(|id| roles.contains(id)).collect::<Vec<_>>());
        let mut seen = BTreeSet::new();
        first.retain(|id| seen.insert(id.clone()));
        first
    };
    let singles: Vec<Holder> = order.iter().map(|role| Holder { roles: vec![role.clone()] }).collect();
    let pairs: Vec<Holder> =
        order.iter().enumerate().flat_map(|(at, one)| order.iter().skip(at + 1).map(|other| Holder { roles: vec![one.clone(), other.clone()] })).collect();
    let mut lines = Vec::new();
    for sight in [false, true] {
        let turns = |holder: &Holder, profile: Profile| turns(&grants(old, holder, profile, sight), &grants(new, holder, profile, sight));
        let single: BTreeMap<&Holder, Turns> = singles.iter().map(|holder| (holder, turns(holder, Profile::Full))).collect();
        lines.extend(grouped(single.iter().map(|(holder, turns)| (*holder, turns.clone())), &singles, sight, Profile::Full));
        if sight {
            for profile in [Profile::NoMember, Profile::NotCleared] {
                let further = singles.iter().map(|holder| (holder, without(turns(holder, profile), single.get(holder))));
                lines.extend(grouped(further, &singles, sight, profile));
            }
        }
        let further = pairs.iter().map(|pair| {
            let each = singles.iter().filter(|single| single.roles.iter().all(|role| pair.roles.contains(role)));
            (pair, each.fold(turns(pair, Profile::Full), |rest, holder| without(rest, single.get(holder))))
        });
        lines.extend(grouped(further, &pairs, sight, Profile::Full));
    }
    lines
}

/// What these charters grant to somebody.
fn grants(charter: &Charter, holder: &Holder, profile: Profile, sight: bool) -> Grants {
    let known = |role: &String| charter.roles().iter().any(|declared| declared.id == *role);
    let compartments = charter.markings().iter().filter_map(|marking| marking.compartment.clone());
    let actor = Actor {
        id: holder.roles.join(" "),
        name: String::new(),
        roles: holder.roles.clone(),
        clearance: if profile == Profile::NotCleared { Classification::Open } else { Classification::TopSecret },
        compartments: if profile == Profile::NoMember { Vec::new() } else { compartments.collect() },
    };
    match charter.world.asker(&actor) {
        Ok(asker) if holder.roles.iter().all(known) && sight => sights(charter, &asker),
        Ok(asker) if holder.roles.iter().all(known) => actions(charter, &asker),
        _ => Grants::new(),
    }
}

fn actions(charter: &Charter, asker: &Asker) -> Grants {
    let mut grants = Grants::new();
    for action in charter.actions().filter(|action| *action != SEE) {
        let allowed =
            |purpose: Option<&PurposeRule>, grounds: &Grounds<'_>| charter.world.ask(asker, action, purpose.map(|rule| rule.id.as_str()), grounds).allowed;
        if !needs_purpose(action) && allowed(None, &Grounds::default()) {
            grants.insert((String::new(), action.to_owned()), Grant::Plain);
            continue;
        }
        for rule in charter.purposes() {
            let key = (rule.id.clone(), action.to_owned());
            if !(rule.needs_mandate && touches_evidence(action)) && allowed(Some(rule), &Grounds::default()) {
                grants.insert(key, Grant::Plain);
            } else if rule.takes_mandates() && allowed(Some(rule), &Grounds::fullest(rule)) {
                grants.insert(key, Grant::UnderMandate);
            }
        }
    }
    grants
}

fn sights(charter: &Charter, asker: &Asker) -> Grants {
    let numbered = || (0_u16..).map(candour_model::id::MarkingNo).zip(charter.markings());
    let mut grants = Grants::new();
    for rule in charter.purposes() {
        let mut add = |grounds: &Grounds<'_>, grant: Grant| {
            let seen = charter.seen(asker, &rule.id, grounds, numbered());
            for (_, marking) in numbered().filter(|(number, _)| seen.contains(number)) {
                grants.insert((rule.id.clone(), marking.id.clone()), grant);
            }
        };
        if rule.takes_mandates() {
            add(&Grounds::fullest(rule), Grant::UnderMandate);
        }
        add(&Grounds::default(), Grant::Plain);
    }
    grants
}

fn turns(old: &Grants, new: &Grants) -> Turns {
    let keys = old.keys().chain(new.keys()).cloned().collect::<BTreeSet<_>>();
    let turn = |key: &(String, String)| match (old.get(key), new.get(key)) {
        (None, Some(Grant::Plain)) => Some(Turn::Gains),
        (None, Some(Grant::UnderMandate)) => Some(Turn::GainsUnderMandate),
        (Some(Grant::UnderMandate), Some(Grant::Plain)) => Some(Turn::NeedsNoMandate),
        (Some(Grant::Plain), Some(Grant::UnderMandate)) => Some(Turn::NeedsMandate),
        (Some(_), None) => Some(Turn::Loses),
        _ => None,
    };
    keys.into_iter().filter_map(|key| turn(&key).map(|turn| (key, turn))).collect()
}

/// What is not said already.
fn without(mut turns: Turns, said: Option<&Turns>) -> Turns {
    turns.retain(|key, turn| said.and_then(|said| said.get(key)) != Some(turn));
    turns
}

/// Sentences: first actions or markings that turn alike, then purposes, then people for whom all of it is the same.
fn grouped<'h>(turned: impl Iterator<Item = (&'h Holder, Turns)>, order: &[Holder], sight: bool, profile: Profile) -> Vec<String> {
    let mut people = Groups::new();
    for (holder, turns) in turned {
        let mut by_purpose: BTreeMap<(Turn, String), Vec<String>> = BTreeMap::new();
        for ((purpose, what), turn) in turns {
            by_purpose.entry((turn, purpose)).or_default().push(what);
        }
        let mut by_things: BTreeMap<(Turn, Vec<String>), Vec<String>> = BTreeMap::new();
        for ((turn, purpose), things) in by_purpose {
            by_things.entry((turn, things)).or_default().push(purpose);
        }
        for ((turn, things), purposes) in by_things {
            people.entry((turn, things, purposes)).or_default().push(holder);
        }
    }
    let place = |holder: &&Holder| order.iter().position(|known| known == *holder);
    let mut groups: Vec<_> = people.into_iter().collect();
    for (_, holders) in &mut groups {
        holders.sort_by_key(place);
    }
    groups.sort_by_key(|((turn, _, _), holders)| (*turn, holders.first().and_then(place)));
    groups.iter().map(|((turn, things, purposes), holders)| sentence(*turn, things, purposes, holders, sight, profile)).collect()
}

fn sentence(turn: Turn, things: &[String], purposes: &[String], holders: &[&Holder], sight: bool, profile: Profile) -> String {
    let (who, one) = people(holders);
    let s = if one { "s" } else { "" };
    let things = list(things.iter().map(String::as_str), "and");
    let named: Vec<&str> = purposes.iter().map(String::as_str).filter(|purpose| !purpose.is_empty()).collect();
    let purposes = if named.is_empty() { String::new() } else { format!(" for {}", list(named.iter().copied(), "and")) };
    let even = match profile {
        Profile::Full => "",
        Profile::NoMember => ", as no member of any compartment",
        Profile::NotCleared => ", with no clearance",
    };
    if !sight {
        return match turn {
            Turn::Gains => format!("{who} gain{s} {things}{purposes}"),
            Turn::GainsUnderMandate => format!("{who} gain{s} {things}{purposes} under a mandate"),
            Turn::NeedsNoMandate => format!("{who} no longer need{s} a mandate to do {things}{purposes}"),
            Turn::NeedsMandate => format!("{who} now need{s} a mandate to do {things}{purposes}"),
            Turn::Loses => format!("{who} lose{s} {things}{purposes}"),
        };
    }
    let plural = if named.len() == 1 { "" } else { "s" };
    let lead = format!("for the purpose{plural} {}, {who}", list(named.into_iter(), "and"));
    match turn {
        Turn::Gains => format!("{lead} now see{s} {things}{even}"),
        Turn::GainsUnderMandate => format!("{lead} now see{s} {things} under a mandate{even}"),
        Turn::NeedsNoMandate => format!("{lead} now see{s} {things} without a mandate{even}"),
        Turn::NeedsMandate => format!("{lead} see{s} {things} only under a mandate now{even}"),
        Turn::Loses => format!("{lead} no longer see{s} {things}{even}"),
    }
}

/// Roles, or whoever holds several at once; and whether it is one word for the verb.
fn people(holders: &[&Holder]) -> (String, bool) {
    let words = |roles: &[String], last: &str| list(roles.iter().map(String::as_str), last);
    let Some(first) = holders.first() else { return (String::new(), true) };
    if first.roles.len() == 1 {
        return (list(holders.iter().flat_map(|holder| &holder.roles).map(String::as_str), "and"), holders.len() == 1);
    }
    let shared = first.roles.iter().find(|role| holders.iter().all(|holder| holder.roles.contains(role)));
    match (holders, shared) {
        ([only], _) => (format!("whoever is both {}", words(&only.roles, "and")), true),
        (_, Some(shared)) => {
            let others: Vec<String> = holders.iter().flat_map(|holder| &holder.roles).filter(|role| *role != shared).cloned().collect();
            (format!("whoever is `{shared}` and also {}", words(&others, "or")), true)
        }
        _ => {
            let pairs: Vec<String> = holders.iter().map(|holder| words(&holder.roles, "and")).collect();
            (format!("whoever is both {}", pairs.join(", or both ")), true)
        }
    }
}
