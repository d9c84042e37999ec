//! Supplier without an identifier: nobody can tell for certain which company was given the contract.

use std::collections::BTreeSet;

use crate::{
    data::Sheet,
    process::Process,
    rule::{Evidence, Finding, Looked, Rule, Sure},
};

pub(crate) const RULE: Rule = Rule { id: "supplier-identifier", look };

fn look(process: &Process<'_, '_>, _: &Sheet) -> Looked {
    let mut looked = Looked::not_applicable();
    let mut evidence = Vec::new();
    let mut names = BTreeSet::new();
    for (nth, award) in process.awards() {
        looked.applies = true;
        if award.suppliers.is_empty() {
            looked.missing.push("awards/suppliers");
        }
        for (place, supplier) in award.suppliers.iter().enumerate() {
            if !process.identifier(supplier).is_some_and(|identifier| identifier.names_something()) {
                names.insert(supplier.label());
                evidence.push(Evidence::new(format!("awards/{nth}/suppliers/{place}"), &supplier.label()));
            }
        }
    }
    if !names.is_empty() {
        let named = names.into_iter().collect::<Vec<_>>().join(", ");
        looked.findings.push(Finding {
            evidence,
            text: format!("No scheme and number identify {named}; owners, sanctions and other contracts cannot be looked up with certainty."),
            sure: Sure::Certain,
            severity: None,
            missing: vec!["parties/identifier/scheme", "parties/identifier/id"],
        });
    }
    looked
}
