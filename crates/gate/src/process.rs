//! One contracting process as a check sees it: the newest whole view, and what stood before.

use std::collections::BTreeSet;

use crate::release::{Award, Contract, Document, Identifier, Money, Organisation, Tender, said};

/// What is screened.
pub(crate) struct Process<'d, 'a> {
    pub(crate) ocid: &'d str,
    /// The release, or the compiled release of a record.
    pub(crate) release: &'d Document<'a>,
    /// The releases of a record, as they stand in it.
    pub(crate) history: &'d [Document<'a>],
}

/// An amount with its currency and where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Amount<'d> {
    pub(crate) amount: f64,
    pub(crate) currency: &'d str,
}

impl<'d, 'a> Process<'d, 'a> {
    /// Every process in a document; what has no `ocid` is handed to `nameless`.
    pub(crate) fn of(document: &'d Document<'a>, take: &mut impl FnMut(Process<'d, 'a>), nameless: &mut impl FnMut(&str)) {
        if !document.records.is_empty() {
            for record in &document.records {
                Self::of(record, take, nameless);
            }
            return;
        }
        let named = said(document.ocid.as_ref());
        if let Some(compiled) = &document.compiled_release {
            return match named.or(said(compiled.ocid.as_ref())) {
                Some(ocid) => take(Process { ocid, release: compiled, history: &document.releases }),
                None => nameless("the record has no `ocid`"),
            };
        }
        if document.releases.is_empty() {
            return match named {
                Some(ocid) => take(Process { ocid, release: document, history: &[] }),
                None => nameless("the release has no `ocid`"),
            };
        }
        match named {
            // A record that nobody compiled: its newest release stands for it.
            Some(ocid) => {
                let newest = document.releases.iter().max_by_key(|release| said(release.date.as_ref()));
                if let Some(release) = newest {
                    take(Process { ocid, release, history: &document.releases });
                }
            }
            None => {
                for release in &document.releases {
                    Self::of(release, take, nameless);
                }
            }
        }
    }

    /// The tender, if it says anything that a check reads.
    pub(crate) fn tender(&self) -> Option<&'d Tender<'a>> {
        self.release.tender.as_ref()
    }

    /// How the standard classes the procedure: `open`, `selective`, `limited` or `direct`.
    pub(crate) fn method(&self) -> Option<&'d str> {
        said(self.tender()?.procurement_method.as_ref())
    }

    /// Why that procedure was chosen.
    pub(crate) fn rationale(&self) -> Option<&'d str> {
        said(self.tender()?.procurement_method_rationale.as_ref())
    }

    /// Awards that stand, with their position.
    pub(crate) fn awards(&self) -> impl Iterator<Item = (usize, &'d Award<'a>)> {
        let falls = |award: &Award<'_>| matches!(said(award.status.as_ref()), Some("cancelled" | "unsuccessful" | "pending"));
        self.release.awards.iter().enumerate().filter(move |(_, award)| !falls(award))
    }

    /// Contracts that stand, with their position.
    pub(crate) fn contracts(&self) -> impl Iterator<Item = (usize, &'d Contract<'a>)> {
        self.release.contracts.iter().enumerate().filter(|(_, contract)| said(contract.status.as_ref()) != Some("cancelled"))
    }

    /// The identifier of an organisation that is referred to: its own, or that of the party with its id.
    pub(crate) fn identifier(&self, reference: &'d Organisation<'a>) -> Option<&'d Identifier<'a>> {
        let own = reference.identifier.as_ref();
        let id = said(reference.id.as_ref());
        let party = || self.release.parties.iter().find(|party| id.is_some() && said(party.id.as_ref()) == id);
        own.filter(|identifier| identifier.names_something()).or_else(|| party()?.identifier.as_ref())
    }

    /// How many handed in a tender, and where that stands: as it is stated, or counted from the tenderers or the bids.
    pub(crate) fn tenderers(&self) -> Option<(f64, &'static str)> {
        let tender = self.tender();
        if let Some(number) = tender.and_then(|tender| tender.number_of_tenderers) {
            return Some((number, "tender/numberOfTenderers"));
        }
        let count = |organisations: &mut dyn Iterator<Item = &Organisation<'_>>| {
            let names: BTreeSet<&str> = organisations.filter_map(|one| one.key()).collect();
            (!names.is_empty()).then(|| u32::try_from(names.len()).map(f64::from).ok()).flatten()
        };
        if let Some(number) = tender.and_then(|tender| count(&mut tender.tenderers.iter())) {
            return Some((number, "tender/tenderers"));
        }
        let bids = self.release.bids.iter().flat_map(|bids| &bids.details);
        let made = bids.filter(|bid| !matches!(said(bid.status.as_ref()), Some("invited" | "withdrawn" | "draft")));
        count(&mut made.flat_map(|bid| &bid.tenderers)).map(|number| (number, "bids/details"))
    }
}

impl Organisation<'_> {
    /// What tells it from another: its identifier, its id or its name.
    fn key(&self) -> Option<&str> {
        let identifier = self.identifier.as_ref().and_then(|identifier| said(identifier.id.as_ref()));
        identifier.or(said(self.id.as_ref())).or(said(self.name.as_ref()))
    }

    /// What people call it.
    pub(crate) fn label(&self) -> &str {
        said(self.name.as_ref()).or(said(self.id.as_ref())).unwrap_or("(no name)")
    }
}

impl Identifier<'_> {
    /// A scheme and a number in it.
    pub(crate) fn names_something(&self) -> bool {
        said(self.scheme.as_ref()).is_some() && said(self.id.as_ref()).is_some()
    }
}

impl Money<'_> {
    /// The amount, if it has a currency and is no less than nothing.
    pub(crate) fn known(&self) -> Option<Amount<'_>> {
        let amount = self.amount.filter(|amount| amount.is_finite() && *amount >= 0.0)?;
        Some(Amount { amount, currency: said(self.currency.as_ref())? })
    }
}
