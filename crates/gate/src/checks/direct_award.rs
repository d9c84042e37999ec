//! Direct award without a rationale: given to one supplier, and no reason is published.

use crate::{
    data::Sheet,
    process::Process,
    rule::{Evidence, Finding, Looked, Rule, Sure},
};

pub(crate) const RULE: Rule = Rule { id: "direct-award", look };

fn look(process: &Process<'_, '_>, _: &Sheet) -> Looked {
    match (process.method(), process.rationale()) {
        (None, _) if process.awards().next().is_some() => Looked::missing(&["tender/procurementMethod"]),
        (Some("direct"), None) => Looked::found(Finding {
            evidence: vec![Evidence::new("tender/procurementMethod", &"direct"), Evidence::new("tender/procurementMethodRationale", &"")],
            text:
                "The contract was given directly to a supplier, and the notice gives no reason. A direct award needs a justification and a transparency notice."
                    .to_owned(),
            sure: Sure::Certain,
            severity: None,
            missing: vec!["tender/procurementMethodRationale"],
        }),
        (Some("direct"), Some(_)) => Looked::clear(),
        _ => Looked::not_applicable(),
    }
}
