//! Contract grown by changes: worth more now than when it was awarded.

use crate::{
    data::Sheet,
    process::{Amount, Process},
    release::{Contract, said},
    rule::{Evidence, Finding, Looked, Rule, Severity, Sure},
};

pub(crate) const RULE: Rule = Rule { id: "contract-grown", look };

fn look(process: &Process<'_, '_>, sheet: &Sheet) -> Looked {
    let mut looked = Looked::not_applicable();
    let category = process.tender().and_then(|tender| said(tender.main_procurement_category.as_ref()));
    let grown = &sheet.numbers.grown;
    let limit = match category {
        Some("goods") => grown.goods,
        Some("services") => grown.services,
        // Whoever does not say what was bought is held to the wider limit.
        _ => grown.works,
    };
    for (nth, contract) in process.contracts() {
        looked.applies = true;
        let Some(now) = contract.value.as_ref().and_then(|value| value.known()) else {
            looked.missing.push("contracts/value");
            continue;
        };
        let Some((from, first)) = first(process, contract) else {
            looked.missing.push("awards/value");
            continue;
        };
        if first.currency != now.currency {
            looked.missing.push("award and contract in one currency");
            continue;
        }
        if first.amount <= 0.0 || now.amount <= first.amount * (1.0 + limit) {
            continue;
        }
        let share = now.amount / first.amount - 1.0;
        let amended = !contract.amendments.is_empty();
        looked.findings.push(Finding {
            evidence: vec![
                Evidence::new(from, &first.amount),
                Evidence::new(format!("contracts/{nth}/value/amount"), &now.amount),
                Evidence::new(format!("contracts/{nth}/amendments"), &contract.amendments.len()),
            ],
            text: format!(
                "The contract is worth {} {} now and was awarded at {}: {:.0} % more, where {:.0} % is the limit compared with.",
                now.amount,
                now.currency,
                first.amount,
                share * 100.0,
                limit * 100.0
            ),
            sure: if amended { Sure::Certain } else { Sure::Likely },
            severity: (share > grown.serious).then_some(Severity::High),
            missing: if amended { Vec::new() } else { vec!["contracts/amendments"] },
        });
    }
    looked
}

/// The value of the contract in the earliest release of the record that has one, or else of its award.
fn first<'d>(process: &Process<'d, '_>, contract: &Contract<'_>) -> Option<(String, Amount<'d>)> {
    let id = said(contract.id.as_ref());
    let mut before: Vec<_> = process.history.iter().collect();
    before.sort_by_key(|release| said(release.date.as_ref()));
    let earlier = before.into_iter().find_map(|release| {
        let same = release.contracts.iter().find(|own| id.is_some() && said(own.id.as_ref()) == id)?;
        Some((format!("releases/{}/contracts/value/amount", release.id.as_ref().map_or("", |id| id.as_str())), same.value.as_ref()?.known()?))
    });
    let awarded = || {
        let award_id = said(contract.award_id.as_ref())?;
        let (nth, award) = process.awards().find(|(_, award)| said(award.id.as_ref()) == Some(award_id))?;
        Some((format!("awards/{nth}/value/amount"), award.value.as_ref()?.known()?))
    };
    awarded().or(earlier)
}
