//! Contracts as releases of the Open Contracting Data Standard, version 1.1, one a line.
//! Source: <https://standard.open-contracting.org/1.1/en/schema/reference/>.

use serde::Serialize;

use crate::contracts::{Contract, Fault};

/// The town's own scheme of company numbers; `ZZ` stands for no country in ISO 3166.
const SCHEME: &str = "ZZ-THR";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Release<'a> {
    ocid: &'a str,
    id: String,
    date: String,
    tag: Vec<&'static str>,
    initiation_type: &'static str,
    language: &'static str,
    parties: Vec<Party<'a>>,
    buyer: Reference<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tender: Option<Tender<'a>>,
    awards: Vec<Award<'a>>,
    contracts: Vec<Signed<'a>>,
}

#[derive(Serialize)]
struct Party<'a> {
    id: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<Identifier<'a>>,
    roles: Vec<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Identifier<'a> {
    scheme: &'static str,
    id: &'a str,
    legal_name: &'a str,
}

#[derive(Serialize)]
struct Reference<'a> {
    id: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Tender<'a> {
    id: String,
    title: &'a str,
    status: &'static str,
    main_procurement_category: &'a str,
    procurement_method: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    procurement_method_rationale: Option<&'static str>,
    value: Money,
    #[serde(skip_serializing_if = "Option::is_none")]
    tender_period: Option<Period>,
    number_of_tenderers: usize,
}

#[derive(Serialize)]
struct Money {
    amount: i64,
    currency: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Period {
    start_date: String,
    end_date: String,
}

#[derive(Serialize)]
struct Award<'a> {
    id: String,
    status: &'static str,
    date: String,
    value: Money,
    suppliers: Vec<Reference<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Signed<'a> {
    id: String,
    #[serde(rename = "awardID")]
    award_id: String,
    title: &'a str,
    status: &'static str,
    period: Period,
    value: Money,
    date_signed: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    amendments: Vec<Amendment>,
}

#[derive(Serialize)]
struct Amendment {
    id: String,
    date: String,
    rationale: &'static str,
    description: String,
}

/// One line of the file.
pub(crate) fn release(contract: &Contract) -> Result<String, serde_json::Error> {
    let pounds = |amount| Money { amount, currency: "GBP" };
    let day = |date: jiff::civil::Date| format!("{date}T00:00:00Z");
    let supplier = &contract.supplier;
    let identifier = (contract.fault != Fault::NoIdentifier).then(|| Identifier { scheme: SCHEME, id: &supplier.number, legal_name: &supplier.name });
    let last = contract.changes.last().map_or(contract.value, |(_, value)| *value);
    let number = contract.ocid.rsplit('-').next().unwrap_or_default();
    let mut tag = vec!["award", "contract"];
    if !contract.changes.is_empty() {
        tag.push("contractAmendment");
    }
    let release = Release {
        ocid: &contract.ocid,
        id: format!("{}-release", contract.ocid),
        date: day(contract.changes.last().map_or(contract.awarded, |(date, _)| *date)),
        tag,
        initiation_type: "tender",
        language: "en",
        parties: vec![
            Party { id: &contract.buyer.id, name: &contract.buyer.name, identifier: None, roles: vec!["buyer"] },
            Party { id: &supplier.id, name: &supplier.name, identifier, roles: vec!["supplier", "tenderer"] },
        ],
        buyer: Reference { id: &contract.buyer.id, name: &contract.buyer.name },
        tender: (contract.fault != Fault::NoTender).then(|| tender(contract, number, pounds(contract.value))),
        awards: vec![Award {
            id: format!("{number}-award"),
            status: "active",
            date: day(contract.awarded),
            value: pounds(contract.value),
            suppliers: vec![Reference { id: &supplier.id, name: &supplier.name }],
        }],
        contracts: vec![Signed {
            id: format!("{number}-contract"),
            award_id: format!("{number}-award"),
            title: contract.title,
            status: "active",
            period: Period { start_date: day(contract.awarded), end_date: day(contract.until) },
            value: pounds(last),
            date_signed: day(contract.awarded),
            amendments: amendments(contract),
        }],
    };
    serde_json::to_string(&release)
}

fn tender<'a>(contract: &'a Contract, number: &str, value: Money) -> Tender<'a> {
    let day = |date: jiff::civil::Date| format!("{date}T12:00:00Z");
    let direct = contract.fault.is_direct();
    let rationale = (contract.fault == Fault::DirectWithRationale).then_some("Only this supplier can connect to the equipment in place (technical reasons).");
    Tender {
        id: format!("{number}-tender"),
        title: contract.title,
        status: "complete",
        main_procurement_category: contract.category,
        procurement_method: if direct { "direct" } else { "open" },
        procurement_method_rationale: rationale,
        value,
        tender_period: (!direct).then(|| Period { start_date: day(contract.tender.0), end_date: day(contract.tender.1) }),
        number_of_tenderers: contract.tenderers,
    }
}

fn amendments(contract: &Contract) -> Vec<Amendment> {
    let change = |(nth, (date, value)): (usize, &(jiff::civil::Date, i64))| Amendment {
        id: format!("{}", nth + 1),
        date: format!("{date}T00:00:00Z"),
        rationale: "Further work was needed.",
        description: format!("The value becomes {value} pounds."),
    };
    contract.changes.iter().enumerate().map(change).collect()
}
