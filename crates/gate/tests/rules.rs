//! Each rule on releases made for it: what it flags, what it clears, what it leaves alone, what it could not look at.

#![expect(clippy::expect_used, clippy::panic, reason = "a test stops where it fails")]

use candour_gate::{Screened, Severity, Sheet, Sure, screen};

fn screened(json: &str) -> Screened {
    let sheet = Sheet::builtin().expect("the shipped texts");
    let mut all = Vec::new();
    let summary = screen(json.as_bytes(), &sheet, |one| all.push(one.clone())).expect("memory does not fail");
    assert_eq!(summary.problems, [], "{json}");
    assert_eq!(all.len(), 1, "{json}");
    all.remove(0)
}

/// What a rule says of a release.
#[derive(Debug, PartialEq)]
enum Says {
    Flags(Sure),
    Nothing,
    Untested(&'static str),
}
use Says::{Flags, Nothing, Untested};

/// `parts` are the fields of a release beside its `ocid`.
fn check(rule: &str, parts: &str, says: &Says) {
    let one = screened(&format!("{{\"ocid\": \"ocds-1\", {parts}}}"));
    let flag = one.flags.iter().find(|flag| flag.rule == rule);
    let untested = one.untested.iter().find(|untested| untested.rule == rule);
    match says {
        Flags(sure) => {
            let flag = flag.unwrap_or_else(|| panic!("{rule} does not flag {parts}: {one:#?}"));
            assert_eq!(flag.sure, *sure, "{parts}: {flag:?}");
            assert!(flag.hook.is_some() && !flag.text.is_empty() && !flag.evidence.is_empty(), "{flag:?}");
            assert!(flag.sure == Sure::Certain || !flag.missing.is_empty(), "{rule} is unsure and does not say for want of what: {flag:?}");
        }
        Nothing => assert!(flag.is_none() && untested.is_none(), "{parts}: {one:#?}"),
        Untested(field) => {
            assert!(flag.is_none(), "{parts}: {flag:?}");
            assert!(untested.is_some_and(|untested| untested.missing.iter().any(|missing| missing == field)), "{parts}: {one:#?}");
        }
    }
}

#[test]
fn direct_award() {
    let check = |parts: &str, says: &Says| check("direct-award", parts, says);
    check(r#""tender": {"procurementMethod": "direct"}"#, &Flags(Sure::Certain));
    check(r#""tender": {"procurementMethod": "direct", "procurementMethodRationale": "  "}"#, &Flags(Sure::Certain));
    check(r#""tender": {"procurementMethod": "direct", "procurementMethodRationale": "extreme urgency"}"#, &Nothing);
    check(r#""tender": {"procurementMethod": "open"}"#, &Nothing);
    check(r#""tender": {}, "awards": [{"id": 1}]"#, &Untested("tender/procurementMethod"));
    check(r#""tender": {}"#, &Nothing);
}

#[test]
fn award_without_tender() {
    let check = |parts: &str, says: &Says| check("award-without-tender", parts, says);
    check(r#""tag": ["award"], "awards": [{"id": "1", "suppliers": [{"name": "Ox Ltd"}]}]"#, &Flags(Sure::Possible));
    check(r#""tag": ["compiled"], "contracts": [{"id": "1"}]"#, &Flags(Sure::Certain));
    check(r#""tag": ["award"], "awards": [{"id": "1", "status": "unsuccessful"}]"#, &Nothing);
    check(r#""tag": ["award"], "awards": [{"id": "1"}], "tender": {"id": "t"}"#, &Nothing);
    check(r#""tag": ["award"], "awards": [{"id": "1"}], "relatedProcesses": [{"relationship": ["framework"]}]"#, &Nothing);
    check(r#""tag": ["tender"]"#, &Nothing);
    check(r#""compiledRelease": {"awards": [{"id": "1"}]}, "releases": [{"tender": {"id": 7}}, {"awards": [{"id": 1}]}]"#, &Nothing);
    check(r#""compiledRelease": {"awards": [{"id": "1"}]}, "releases": [{"awards": [{"id": 1}]}]"#, &Flags(Sure::Certain));
}

#[test]
fn supplier_identifier() {
    let check = |parts: &str, says: &Says| check("supplier-identifier", parts, says);
    let award = r#""awards": [{"suppliers": [{"id": "p1", "name": "Ox Ltd"}]}]"#;
    check(award, &Flags(Sure::Certain));
    check(&format!(r#"{award}, "parties": [{{"id": "p1", "identifier": {{"legalName": "Ox Ltd"}}}}]"#), &Flags(Sure::Certain));
    check(&format!(r#"{award}, "parties": [{{"id": "p1", "identifier": {{"scheme": "GB-COH", "id": 123}}}}]"#), &Nothing);
    check(r#""awards": [{"suppliers": [{"identifier": {"scheme": "UA-EDR", "id": "1"}}]}]"#, &Nothing);
    check(r#""awards": [{"id": "1"}]"#, &Untested("awards/suppliers"));
    check(r#""tender": {}"#, &Nothing);
}

#[test]
fn just_under() {
    let check = |parts: &str, says: &Says| check("just-under", parts, says);
    let release = |category: &str, date: &str, amount: &str, currency: &str| {
        format!(r#""date": "{date}", "tender": {{{category} "value": {{"amount": {amount}, "currency": "{currency}"}}}}"#)
    };
    let services = r#""mainProcurementCategory": "services","#;
    check(&release(services, "2024-06-01T00:00:00Z", "213000", "GBP"), &Flags(Sure::Possible));
    check(&release(services, "2024-06-01", "29900.5", "GBP"), &Flags(Sure::Possible));
    check(&release(services, "2024-06-01", "214904", "GBP"), &Nothing);
    check(&release(services, "2024-06-01", "100000", "GBP"), &Nothing);
    check(&release(r#""mainProcurementCategory": "works","#, "2024-06-01", "213000", "GBP"), &Nothing);
    check(&release("", "2024-06-01", "213000", "GBP"), &Untested("tender/mainProcurementCategory"));
    check(&release(services, "2024-06-01", "213000", "UAH"), &Untested("a threshold in this currency and year"));
    check(&release(services, "2024-06-01", "-5", "GBP"), &Untested("tender/value"));
    check(&release(services, "some day", "213000", "GBP"), &Untested("date"));
    check(r#""tender": {"value": {"amount": 1}}"#, &Untested("tender/value"));
    check(
        &format!(
            r#"{}, "awards": [{{"date": "2024-06-01", "value": {{"amount": 213000, "currency": "GBP"}}}}]"#,
            release(services, "2024-06-01", "500000", "GBP")
        ),
        &Flags(Sure::Possible),
    );
}

#[test]
fn rationale_missing() {
    let check = |parts: &str, says: &Says| check("rationale-missing", parts, says);
    check(r#""tender": {"procurementMethod": "limited"}"#, &Flags(Sure::Possible));
    check(r#""tender": {"procurementMethod": "limited", "procurementMethodRationale": "only one can"}"#, &Nothing);
    check(r#""tender": {"procurementMethod": "selective", "procurementMethodDetails": "Competitive  dia logue"}"#, &Flags(Sure::Possible));
    check(r#""tender": {"procurementMethod": "selective", "procurementMethodDetails": "Restricted procedure"}"#, &Nothing);
    check(r#""tender": {"procurementMethod": "open", "procedure": {"isAccelerated": true}}"#, &Flags(Sure::Certain));
    check(r#""tender": {"procurementMethod": "open", "procedure": {"isAccelerated": true, "acceleratedRationale": "flood"}}"#, &Nothing);
    check(r#""tender": {"procurementMethod": "direct"}"#, &Nothing);
    check(r#""tender": {"id": 1}"#, &Untested("tender/procurementMethod"));
}

#[test]
fn contract_grown() {
    let check = |parts: &str, says: &Says| check("contract-grown", parts, says);
    let release = |category: &str, award: &str, contract: &str| {
        format!(
            r#""tender": {{"mainProcurementCategory": "{category}"}}, "awards": [{{"id": "a", "value": {award}}}],
            "contracts": [{{"id": "c", "awardID": "a", "value": {contract}, "amendments": [{{"id": "1"}}]}}]"#
        )
    };
    let gbp = |amount: u32| format!(r#"{{"amount": {amount}, "currency": "GBP"}}"#);
    check(&release("services", &gbp(100), &gbp(111)), &Flags(Sure::Certain));
    check(&release("services", &gbp(100), &gbp(110)), &Nothing);
    check(&release("works", &gbp(100), &gbp(114)), &Nothing);
    check(&release("works", &gbp(100), &gbp(90)), &Nothing);
    check(&release("works", &gbp(0), &gbp(90)), &Nothing);
    check(&release("works", &gbp(100), r#"{"amount": 300, "currency": "EUR"}"#), &Untested("award and contract in one currency"));
    check(&release("works", "null", &gbp(90)), &Untested("awards/value"));
    check(&release("works", &gbp(100), "null"), &Untested("contracts/value"));
    check(r#""contracts": [{"id": "c", "status": "cancelled"}]"#, &Nothing);
    let history = format!(
        r#""compiledRelease": {{"contracts": [{{"id": 1, "value": {}}}]}}, "releases": [
            {{"date": "2024-02", "contracts": [{{"id": 1, "value": {}}}]}}, {{"date": "2024-01", "contracts": [{{"id": 1, "value": {}}}]}}]"#,
        gbp(200),
        gbp(200),
        gbp(100)
    );
    check(&history, &Flags(Sure::Likely));
    let grown = screened(&format!(r#"{{"ocid": "o", {}}}"#, release("services", &gbp(100), &gbp(151))));
    assert_eq!(grown.flags.iter().find(|flag| flag.rule == "contract-grown").map(|flag| flag.severity), Some(Severity::High));
}

#[test]
fn single_bidder() {
    let check = |parts: &str, says: &Says| check("single-bidder", parts, says);
    check(r#""tender": {"procurementMethod": "open", "numberOfTenderers": 1}"#, &Flags(Sure::Certain));
    check(r#""tender": {"procurementMethod": "selective", "tenderers": [{"id": "x"}, {"id": "x"}]}"#, &Flags(Sure::Likely));
    check(
        r#""tender": {"procurementMethod": "open"}, "bids": {"details": [{"status": "valid", "tenderers": [{"name": "Ox"}]}, {"status": "withdrawn", "tenderers": [{"name": "Cow"}]}]}"#,
        &Flags(Sure::Likely),
    );
    check(r#""tender": {"procurementMethod": "open", "numberOfTenderers": 2}"#, &Nothing);
    check(r#""tender": {"procurementMethod": "limited", "numberOfTenderers": 1}"#, &Nothing);
    check(r#""tender": {"procurementMethod": "open"}, "awards": [{"id": "1"}]"#, &Untested("bids/details"));
    check(r#""tender": {"procurementMethod": "open"}"#, &Nothing);
}

#[test]
fn short_period() {
    let check = |parts: &str, says: &Says| check("short-period", parts, says);
    let tender = |start: &str, end: &str| {
        format!(
            r#""tag": ["tender"], "date": "2024-01-01T00:00:00Z", "tender": {{"procurementMethod": "open", "tenderPeriod": {{{start} "endDate": "{end}"}}}}"#
        )
    };
    check(&tender(r#""startDate": "2024-01-10T00:00:00Z","#, "2024-01-24T23:59:59Z"), &Flags(Sure::Certain));
    check(&tender(r#""startDate": "2024-01-10T00:00:00Z","#, "2024-01-25T00:00:00Z"), &Nothing);
    check(&tender("", "2024-01-11"), &Flags(Sure::Likely));
    check(&tender("", "2024-02-11"), &Nothing);
    check(&tender(r#""startDate": "2024-02-10","#, "2024-01-25"), &Untested("tender/tenderPeriod with its end after its beginning"));
    check(&tender(r#""startDate": "2024-02-10","#, "soon"), &Untested("tender/tenderPeriod/endDate"));
    check(
        r#""tag": ["award"], "date": "2024-01-01", "tender": {"procurementMethod": "open", "tenderPeriod": {"endDate": "2024-01-03"}}"#,
        &Untested("tender/tenderPeriod/startDate"),
    );
    check(r#""tender": {"procurementMethod": "selective"}"#, &Nothing);
}
