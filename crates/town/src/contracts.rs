//! Public contracts of the town's bodies, most of them in order, some with a fault that a check of procedure finds.

use std::sync::Arc;

use jiff::civil::{Date, date};

use crate::{
    companies::Company,
    dice::{Dice, Part, later},
    group::Group,
    lists::{CONTRACT_TITLES, fields},
    town::NAME,
};

/// What is wrong with a contract, for the truth file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    DirectWithoutRationale,
    DirectWithRationale,
    NoTender,
    NoIdentifier,
    JustUnder,
    Grown,
    SingleBidder,
    ShortPeriod,
}

impl Fault {
    /// As the truth file calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::None => "",
            Self::DirectWithoutRationale => "direct award, no rationale",
            Self::DirectWithRationale => "direct award, rationale given",
            Self::NoTender => "award without a tender",
            Self::NoIdentifier => "supplier without identifier",
            Self::JustUnder => "value just under a threshold",
            Self::Grown => "grown by changes",
            Self::SingleBidder => "single bidder",
            Self::ShortPeriod => "short tender period",
        }
    }

    pub(crate) fn is_direct(self) -> bool {
        matches!(self, Self::DirectWithoutRationale | Self::DirectWithRationale | Self::NoTender)
    }
}

/// How often each, in a thousand contracts.
const FAULTS: &[(Fault, usize)] = &[
    (Fault::None, 560),
    (Fault::DirectWithoutRationale, 60),
    (Fault::DirectWithRationale, 60),
    (Fault::NoTender, 40),
    (Fault::NoIdentifier, 90),
    (Fault::JustUnder, 40),
    (Fault::Grown, 60),
    (Fault::SingleBidder, 50),
    (Fault::ShortPeriod, 40),
];

/// One contract.
#[derive(Debug)]
pub(crate) struct Contract {
    pub(crate) ocid: String,
    pub(crate) title: &'static str,
    pub(crate) category: &'static str,
    pub(crate) buyer: Buyer,
    pub(crate) supplier: Arc<Company>,
    /// Whole pounds.
    pub(crate) value: i64,
    /// Value after each change, with its day.
    pub(crate) changes: Vec<(Date, i64)>,
    pub(crate) tender: (Date, Date),
    pub(crate) tenderers: usize,
    pub(crate) awarded: Date,
    pub(crate) until: Date,
    pub(crate) fault: Fault,
}

/// A body that buys.
#[derive(Debug, Clone)]
pub(crate) struct Buyer {
    pub(crate) id: String,
    pub(crate) name: String,
}

/// The three bodies of the town.
pub(crate) fn buyers() -> Vec<Buyer> {
    let bodies = ["Town Council", "Harbour Board", "Schools Trust"];
    (1..).zip(bodies).map(|(nth, body)| Buyer { id: format!("bod-{nth:02}"), name: format!("{NAME} {body}") }).collect()
}

/// Contracts of four years with so many suppliers.
pub(crate) fn generate(seed: u64, count: usize, suppliers: usize, companies: &[Arc<Company>], group: Option<&Group>) -> Vec<Contract> {
    let mut dice = Dice::new(seed, Part::Contracts);
    let kin = |company: &Company| group.is_some_and(|group| group.supplier.as_ref().is_some_and(|own| own.id == company.id));
    let front = |company: &Company| group.is_some_and(|group| company.id == group.front.id || company.id == group.holding.id);
    let mut pool: Vec<&Arc<Company>> = companies.iter().filter(|company| company.trade != "holding" && !kin(company) && !front(company)).collect();
    dice.shuffle(&mut pool);
    pool.truncate(suppliers.saturating_sub(1));
    let mut contracts: Vec<Contract> = (0..count).filter_map(|nth| contract(&mut dice, nth, &pool)).collect();
    // The supplier in which the holding has its share was given the fleet's cleaning without a tender or a reason.
    if let (Some(first), Some(supplier)) = (contracts.first_mut(), group.and_then(|group| group.supplier.as_ref())) {
        first.title = "Fleet cleaning and valeting";
        first.category = "services";
        first.supplier = Arc::clone(supplier);
        first.value = 96_400;
        first.fault = Fault::DirectWithoutRationale;
        first.tenderers = 1;
        first.changes = vec![(later(first.awarded, 120), 131_000)];
    }
    contracts
}

fn contract(dice: &mut Dice, nth: usize, pool: &[&Arc<Company>]) -> Option<Contract> {
    let mut parts = fields(dice.word(&CONTRACT_TITLES));
    let (title, category, typical, trade) = (parts.next()?, parts.next()?, parts.next()?.parse::<i64>().ok()?, parts.next()?);
    let able: Vec<&Arc<Company>> = pool.iter().filter(|company| company.trade == trade).copied().collect();
    let supplier = dice.pick(&able).copied().or(dice.pick(pool).copied())?;
    let fault = dice.weighted(FAULTS, |(_, share)| *share).map_or(Fault::None, |(fault, _)| *fault);
    let opened = dice.date(date(2021, 6, 1), date(2024, 9, 30));
    let days = if fault == Fault::ShortPeriod { dice.between(4, 9) } else { dice.between(31, 60) };
    let closed = later(opened, days);
    let awarded = later(closed, dice.between(21, 80));
    let value = match fault {
        Fault::JustUnder => 29_600 + i64::from(dice.between(0, 380)),
        // Whole fives, away from any threshold's edge by the spread of the typical values.
        _ => typical * i64::from(dice.between(70, 140)) / 100 / 5 * 5,
    };
    let mut changes = Vec::new();
    if fault == Fault::Grown {
        changes.push((later(awarded, 150), value * i64::from(dice.between(155, 210)) / 100));
    } else if dice.chance(120) {
        changes.push((later(awarded, 200), value * i64::from(dice.between(101, 108)) / 100));
    }
    Some(Contract {
        ocid: format!("ocds-tallow-{:06}", nth + 1),
        title,
        category,
        buyer: dice.pick_early(&buyers())?.clone(),
        supplier: Arc::clone(supplier),
        value,
        changes,
        tender: (opened, closed),
        tenderers: if fault == Fault::SingleBidder || fault.is_direct() { 1 } else { 2 + dice.below(6) },
        awarded,
        until: later(awarded, 365 * dice.between(1, 5)),
        fault,
    })
}
