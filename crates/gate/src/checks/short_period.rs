//! Short tender period in an open procedure: Cardinal's R003, and where the beginning of the period is not given, the days
//! from the notice to the deadline.
//! Source: <https://cardinal.readthedocs.io/en/latest/cli/indicators/R/003.html>.

use crate::{
    data::Sheet,
    process::Process,
    release::said,
    rule::{Evidence, Finding, Looked, Rule, Sure},
    when::{days_between, instant},
};

pub(crate) const RULE: Rule = Rule { id: "short-period", look };

fn look(process: &Process<'_, '_>, sheet: &Sheet) -> Looked {
    let Some(tender) = process.tender() else { return Looked::not_applicable() };
    match process.method() {
        None => return Looked::missing(&["tender/procurementMethod"]),
        Some("open") => {}
        Some(_) => return Looked::not_applicable(),
    }
    let period = tender.tender_period.as_ref();
    let end = period.and_then(|period| said(period.end_date.as_ref()));
    let start = period.and_then(|period| said(period.start_date.as_ref()));
    let Some((end, closes)) = end.and_then(|text| Some((text, instant(text)?))) else { return Looked::missing(&["tender/tenderPeriod/endDate"]) };
    // Only a release that announces the tender is dated at its beginning.
    let announces = process.history.is_empty() && process.release.tag.iter().any(|tag| tag.as_str() == "tender");
    let notice = said(process.release.date.as_ref()).filter(|_| announces);
    let stated = start.map(|text| ("tender/tenderPeriod/startDate", text));
    let Some((path, start, opens)) = stated.or(notice.map(|text| ("date", text))).and_then(|(path, text)| Some((path, text, instant(text)?))) else {
        return Looked::missing(&["tender/tenderPeriod/startDate"]);
    };
    let days = days_between(opens, closes);
    if days < 0 {
        return Looked::missing(&["tender/tenderPeriod with its end after its beginning"]);
    }
    let stated = path != "date";
    if days >= sheet.numbers.short_period.days {
        let inferred = if stated { Vec::new() } else { vec!["tender/tenderPeriod/startDate"] };
        return Looked { inferred, ..Looked::clear() };
    }
    Looked::found(Finding {
        evidence: vec![Evidence::new(path, &start), Evidence::new("tender/tenderPeriod/endDate", &end)],
        text: format!(
            "Tenders could be handed in for {days} {}{}; fewer than {} leave little time for those who did not know of it before.",
            if days == 1 { "day" } else { "days" },
            if stated { "" } else { ", counted from the notice" },
            sheet.numbers.short_period.days
        ),
        sure: if stated { Sure::Certain } else { Sure::Likely },
        severity: None,
        missing: if stated { Vec::new() } else { vec!["tender/tenderPeriod/startDate"] },
    })
}
