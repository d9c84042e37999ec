//! Telephone calls: everyday ones, and the group's, which come in bursts around its offences.

use std::sync::Arc;

use jiff::{
    ToSpan as _,
    civil::{DateTime, date},
};

use crate::{
    companies::Company,
    dice::{Dice, Part},
    fictitious::Phone,
    group::Group,
    people::Person,
};

/// One call.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) from: Phone,
    pub(crate) to: Phone,
    pub(crate) at: DateTime,
    pub(crate) seconds: i32,
}

/// Calls of nine months, in the order of time.
pub(crate) fn generate(seed: u64, count: usize, adults: &[Arc<Person>], companies: &[Arc<Company>], group: Option<&Group>) -> Vec<Call> {
    let mut dice = Dice::new(seed, Part::Calls);
    let mut calls = Vec::with_capacity(count + 400);
    while calls.len() < count {
        let Some(call) = everyday(&mut dice, adults, companies) else { break };
        calls.push(call);
    }
    if let Some(group) = group {
        bursts(&mut dice, group, &mut calls);
        reports_to_the_top(&mut dice, group, &mut calls);
    }
    calls.sort_by(|a, b| (a.at, &a.from, &a.to).cmp(&(b.at, &b.from, &b.to)));
    calls
}

/// Most calls are to the same few people, some to a company, some to anybody.
fn everyday(dice: &mut Dice, adults: &[Arc<Person>], companies: &[Arc<Company>]) -> Option<Call> {
    let caller = dice.pick(adults)?;
    let to = match dice.below(10) {
        0..=5 => adults.get((caller.no * 31 + dice.below(4) * 977) % adults.len().max(1))?.phone.clone(),
        6..=8 => dice.pick_early(companies)?.phone.clone(),
        _ => dice.pick(adults)?.phone.clone(),
    };
    let day = dice.date(date(2024, 7, 1), date(2025, 3, 31));
    let at = day.at(0, 0, 0, 0).saturating_add(i64::from(dice.between(7 * 3600, 23 * 3600)).seconds());
    Some(Call { from: caller.phone.clone(), to, at, seconds: dice.between(4, 1500) })
}

/// Before each offence the spotter rings the driver, the driver the work telephone; afterwards the work telephone rings
/// the handler.
fn bursts(dice: &mut Dice, group: &Group, calls: &mut Vec<Call>) {
    let [driver, spotter, handler] = &group.burners;
    let work = &group.work_phone;
    for (_, at) in &group.offences {
        let mut ring = |from: &Phone, to: &Phone, minutes: i32| {
            let at = at.saturating_add(i64::from(minutes * 60 + dice.between(0, 59)).seconds());
            calls.push(Call { from: from.clone(), to: to.clone(), at, seconds: dice.between(6, 70) });
        };
        ring(spotter, driver, -41);
        ring(driver, work, -38);
        ring(work, driver, -33);
        ring(spotter, driver, -12);
        ring(spotter, driver, -4);
        ring(driver, work, 9);
        ring(work, handler, 14);
        ring(driver, work, 36);
        ring(handler, work, 55);
    }
}

/// The work telephone rings the organiser at home, a day or two after.
fn reports_to_the_top(dice: &mut Dice, group: &Group, calls: &mut Vec<Call>) {
    let Some(organiser) = group.member("organiser") else { return };
    for (_, at) in group.offences.iter().step_by(3) {
        let at = at.saturating_add(i64::from(dice.between(20, 50)).hours());
        calls.push(Call { from: group.work_phone.clone(), to: organiser.phone.clone(), at, seconds: dice.between(60, 400) });
    }
}
