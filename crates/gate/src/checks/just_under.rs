//! Value just under a threshold: a little more, and stricter rules would have applied.

use jiff::civil::Date;

use crate::{
    data::{Sheet, Threshold},
    process::{Amount, Process},
    release::said,
    rule::{Evidence, Finding, Looked, Rule, Sure},
    when::day,
};

pub(crate) const RULE: Rule = Rule { id: "just-under", look };

fn look(process: &Process<'_, '_>, sheet: &Sheet) -> Looked {
    let Some((path, value)) = value(process) else { return Looked::missing(&["tender/value", "awards/value"]) };
    let Some(date) = date(process) else { return Looked::missing(&["date"]) };
    let category = process.tender().and_then(|tender| said(tender.main_procurement_category.as_ref()));
    let fits = |threshold: &&Threshold| threshold.currency == value.currency && threshold.from <= date && threshold.until.is_none_or(|until| date <= until);
    let dated: Vec<&Threshold> = sheet.numbers.thresholds.iter().filter(fits).collect();
    if dated.is_empty() {
        // No threshold in that currency or of that year is known, so nothing was compared.
        return Looked::missing(&["a threshold in this currency and year"]);
    }
    let Some(category) = category else { return Looked::missing(&["tender/mainProcurementCategory"]) };
    let share = sheet.numbers.just_under.share;
    let near = |threshold: &&&Threshold| value.amount < threshold.amount && value.amount >= threshold.amount * (1.0 - share);
    let found = dated.iter().filter(|threshold| threshold.categories.iter().any(|own| own == category)).find(near);
    let Some(threshold) = found else { return Looked::clear() };
    Looked::found(Finding {
        evidence: vec![
            Evidence::new(path, &value.amount),
            Evidence::new(format!("thresholds/{}", threshold.id), &threshold.amount),
            Evidence::new("tender/mainProcurementCategory", &category),
        ],
        text: format!(
            "The value, {} {}, lacks {:.1} % of {} {}, from which {} is regulated.",
            value.amount,
            value.currency,
            (threshold.amount - value.amount) / threshold.amount * 100.0,
            threshold.amount,
            threshold.currency,
            threshold.text
        ),
        sure: Sure::Possible,
        severity: None,
        // The standard does not say whether a value holds the tax, and thresholds differ in that.
        missing: vec!["whether the value includes VAT", "other purchases of the same kind"],
    })
}

/// The value that was agreed, or else that which was estimated.
fn value<'d>(process: &Process<'d, '_>) -> Option<(String, Amount<'d>)> {
    let award = process.awards().find_map(|(nth, award)| Some((format!("awards/{nth}/value/amount"), award.value.as_ref()?.known()?)));
    award.or_else(|| Some(("tender/value/amount".to_owned(), process.tender()?.value.as_ref()?.known()?)))
}

/// The day of the award, or else of the release.
fn date(process: &Process<'_, '_>) -> Option<Date> {
    let award = process.awards().find_map(|(_, award)| day(said(award.date.as_ref())?));
    award.or_else(|| day(said(process.release.date.as_ref())?))
}
