//! The checks of procedure, in the order in which they run and are shown.

mod award_without_tender;
mod contract_grown;
mod direct_award;
mod just_under;
mod rationale_missing;
mod short_period;
mod single_bidder;
mod supplier_identifier;

use crate::rule::Rule;

/// All of them.
pub(crate) const RULES: &[Rule] = &[
    direct_award::RULE,
    award_without_tender::RULE,
    supplier_identifier::RULE,
    just_under::RULE,
    rationale_missing::RULE,
    contract_grown::RULE,
    single_bidder::RULE,
    short_period::RULE,
];
