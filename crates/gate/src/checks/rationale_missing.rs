//! A procedure that the law permits on stated grounds only, and no ground is published.

use crate::{
    data::Sheet,
    process::Process,
    release::said,
    rule::{Evidence, Finding, Looked, Rule, Sure},
};

pub(crate) const RULE: Rule = Rule { id: "rationale-missing", look };

fn look(process: &Process<'_, '_>, sheet: &Sheet) -> Looked {
    let Some(tender) = process.tender() else { return Looked::not_applicable() };
    let details = said(tender.procurement_method_details.as_ref());
    let procedure = tender.procedure.as_ref();
    let accelerated = procedure.is_some_and(|procedure| procedure.is_accelerated == Some(true));
    if accelerated && procedure.is_some_and(|procedure| said(procedure.accelerated_rationale.as_ref()).is_none()) {
        let evidence = vec![Evidence::new("tender/procedure/isAccelerated", &"true"), Evidence::new("tender/procedure/acceleratedRationale", &"")];
        return Looked::found(finding(
            evidence,
            "The procedure was shortened as urgent, and the notice does not say why.",
            Sure::Certain,
            "tender/procedure/acceleratedRationale",
        ));
    }
    match process.method() {
        None => Looked::missing(&["tender/procurementMethod"]),
        // The rule about direct awards asks that.
        Some("direct") => Looked::not_applicable(),
        Some(method) => {
            let named = details.filter(|details| sheet.numbers.rationale.procedures.iter().any(|procedure| same(procedure, details)));
            if method != "limited" && named.is_none() {
                return if accelerated { Looked::clear() } else { Looked::not_applicable() };
            }
            if process.rationale().is_some() {
                return Looked::clear();
            }
            let evidence = vec![
                Evidence::new("tender/procurementMethod", &method),
                Evidence::new("tender/procurementMethodDetails", &details.unwrap_or_default()),
                Evidence::new("tender/procurementMethodRationale", &""),
            ];
            let text = format!(
                "The procedure, {}, needs a ground, and the notice gives none. It may stand in the tender documents.",
                details.unwrap_or(method).to_lowercase()
            );
            Looked::found(finding(evidence, &text, Sure::Possible, "tender/procurementMethodRationale"))
        }
    }
}

fn finding(evidence: Vec<Evidence>, text: &str, sure: Sure, missing: &'static str) -> Finding {
    Finding { evidence, text: text.to_owned(), sure, severity: None, missing: vec![missing] }
}

/// The same words without regard to case and spaces: some publishers break them in the middle.
fn same(left: &str, right: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect::<String>();
    letters(left) == letters(right)
}
