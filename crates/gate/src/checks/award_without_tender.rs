//! Award without a tender: somebody was given a contract, and nothing shows that it was ever tendered.

use crate::{
    data::Sheet,
    process::Process,
    release::said,
    rule::{Evidence, Finding, Looked, Rule, Sure},
};

pub(crate) const RULE: Rule = Rule { id: "award-without-tender", look };

fn look(process: &Process<'_, '_>, _: &Sheet) -> Looked {
    let (awards, contracts) = (process.awards().count(), process.contracts().count());
    if awards + contracts == 0 {
        return Looked::not_applicable();
    }
    let tender = process.tender().is_some() || process.history.iter().any(|release| release.tender.is_some());
    let framework = process
        .release
        .related_processes
        .iter()
        .flat_map(|related| &related.relationship)
        .any(|how| matches!(how.as_str(), "framework" | "prior" | "planning" | "renewalProcess"));
    if tender || framework {
        return Looked::clear();
    }
    // A single release may be the award of a tender that another release published; a record has all of them.
    let whole = !process.history.is_empty() || process.release.tag.iter().any(|tag| tag.as_str() == "compiled");
    let supplier = process.awards().flat_map(|(_, award)| &award.suppliers).next().map_or("a supplier", |supplier| supplier.label());
    let evidence = vec![
        Evidence::new("tender", &""),
        Evidence::new("awards", &awards),
        Evidence::new("contracts", &contracts),
        Evidence::new("tag", &process.release.tag.iter().filter_map(|tag| said(Some(tag))).collect::<Vec<_>>().join(", ")),
    ];
    Looked::found(Finding {
        evidence,
        text: format!("A contract was awarded to {supplier}, and no tender and no framework is published with it."),
        sure: if whole { Sure::Certain } else { Sure::Possible },
        severity: None,
        missing: if whole { vec!["tender"] } else { vec!["tender", "the other releases of the process"] },
    })
}
