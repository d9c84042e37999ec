//! The machine as a table to read. Source of the rules: the plan of the gate; the periods of standstill and reply are the
//! least that it allows, of which the standstill follows the Procurement Act 2023 s.51 (recalled, verify).

use super::{Move, Role, State};

/// Least working days between the notice and the panel.
pub(super) const REPLY_DAYS: u32 = 10;
/// Least working days between the award notice and the signature.
pub(super) const STANDSTILL_DAYS: u32 = 8;
/// Most days for which a hold may be set at once.
pub(super) const LONGEST_HOLD: i64 = 90;

/// One row: from any of these states, this is done by one of these, and leads there.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// Where the case must stand.
    pub from: &'static [State],
    /// What is done.
    pub by_move: Move,
    /// Who may do it.
    pub who: &'static [Role],
    /// Where it leads; nowhere else, or back to where it stood if there is none.
    pub to: Option<State>,
    /// What it needs, for people.
    pub needs: &'static str,
}

/// Everything that can be done.
#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    Row { from: &[State::Registered], by_move: Move::Screen, who: &[Role::Machine], to: Some(State::Screened), needs: "nothing" },
    Row { from: &[State::Screened, State::Referred], by_move: Move::Clear, who: &[Role::CaseOfficer], to: Some(State::Cleared), needs: "reasons" },
    Row { from: &[State::Screened], by_move: Move::Refer, who: &[Role::CaseOfficer], to: Some(State::Referred), needs: "a rule of the charter that may hold, its lawful hook, evidence" },
    Row { from: &[State::Referred], by_move: Move::Hold, who: &[Role::MandateHolder], to: Some(State::Held), needs: "a countersigner who is neither referrer nor holder, an expiry within 90 days, evidence to the standard" },
    Row { from: &[State::Held], by_move: Move::Expire, who: &[Role::Machine], to: Some(State::Cleared), needs: "the day of expiry to be past" },
    Row { from: &[State::Notice, State::Reply, State::Panel], by_move: Move::Expire, who: &[Role::Machine], to: None, needs: "a hold whose day of expiry is past" },
    Row { from: &[State::Referred, State::Held], by_move: Move::Notify, who: &[Role::CaseOfficer], to: Some(State::Notice), needs: "the full case and the evidence that can be disclosed" },
    Row { from: &[State::Notice, State::Reply], by_move: Move::Answer, who: &[Role::Supplier, Role::Buyer], to: Some(State::Reply), needs: "the representations" },
    Row { from: &[State::Notice, State::Reply], by_move: Move::Convene, who: &[Role::CaseOfficer], to: Some(State::Panel), needs: "ten working days since the notice" },
    Row { from: &[State::Panel], by_move: Move::Decide, who: &[Role::MandateHolder], to: Some(State::Decided), needs: "the panel's recommendation, reasons, and a person who did not refer it" },
    Row { from: &[State::Cleared, State::Decided], by_move: Move::Announce, who: &[Role::CommercialLead], to: Some(State::Standstill), needs: "a case that was cleared, or decided so that the contract can be awarded" },
    Row { from: &[State::Decided], by_move: Move::Close, who: &[Role::CommercialLead], to: Some(State::Watch), needs: "a decision to exclude or to procure anew" },
    Row { from: &[State::Standstill], by_move: Move::Sign, who: &[Role::CommercialLead], to: Some(State::Watch), needs: "eight working days since the award notice" },
    Row { from: &[State::Referred, State::Held, State::Notice, State::Reply, State::Panel, State::Decided, State::Standstill], by_move: Move::Challenge, who: &[Role::Supplier, Role::Buyer, Role::Reviewer], to: Some(State::Review), needs: "nothing" },
    Row { from: &[State::Review], by_move: Move::Resume, who: &[Role::Reviewer], to: None, needs: "reasons" },
    Row { from: &[State::Watch], by_move: Move::Change, who: &[Role::Machine, Role::CaseOfficer], to: Some(State::Screened), needs: "what has changed" },
];
