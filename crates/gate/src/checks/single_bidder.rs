//! Single bidder in a competitive procedure: Cardinal's R018.
//! Source: <https://cardinal.readthedocs.io/en/latest/cli/indicators/R/018.html>.

use crate::{
    data::Sheet,
    process::Process,
    rule::{Evidence, Finding, Looked, Rule, Sure},
};

pub(crate) const RULE: Rule = Rule { id: "single-bidder", look };

fn look(process: &Process<'_, '_>, _: &Sheet) -> Looked {
    let Some(method) = process.method().filter(|method| matches!(*method, "open" | "selective")) else {
        return match process.tender() {
            Some(_) if process.method().is_none() => Looked::missing(&["tender/procurementMethod"]),
            _ => Looked::not_applicable(),
        };
    };
    // Before an award nobody can know how many tenders there will be.
    let over = !process.release.awards.is_empty() || !process.release.contracts.is_empty();
    let Some((number, path)) = process.tenderers() else {
        return if over { Looked::missing(&["tender/numberOfTenderers", "tender/tenderers", "bids/details"]) } else { Looked::not_applicable() };
    };
    if (number - 1.0).abs() > f64::EPSILON {
        return Looked::clear();
    }
    Looked::found(Finding {
        evidence: vec![Evidence::new("tender/procurementMethod", &method), Evidence::new(path, &number)],
        text: "Only one supplier handed in a tender in a procedure that was open to several.".to_owned(),
        sure: if path == "tender/numberOfTenderers" { Sure::Certain } else { Sure::Likely },
        severity: None,
        missing: if path == "tender/numberOfTenderers" { Vec::new() } else { vec!["tender/numberOfTenderers"] },
    })
}
