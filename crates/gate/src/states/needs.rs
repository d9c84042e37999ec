//! What a row needs beyond state and role, and why a step is refused.

use std::collections::BTreeSet;

use candour_model::grade::InformationGrade;
use jiff::civil::Date;

use super::{
    Move, Role, State,
    case::Case,
    step::{Actor, EvidenceItem, Outcome, Step},
    table::{LONGEST_HOLD, REPLY_DAYS, STANDSTILL_DAYS},
};
use crate::{hook::Force, working_days::Calendar};

/// Why a step is refused. The case stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No row leads on from there by that.
    #[error("a case that is {state:?} allows no {by_move:?}; it allows: {allowed:?}")]
    NoSuchStep {
        /// Where the case stands.
        state: State,
        /// What was tried.
        by_move: Move,
        /// What it allows.
        allowed: Vec<Move>,
    },
    /// Not in that capacity.
    #[error("{by_move:?} is not for a {role:?}; it is for: {who:?}")]
    NotYours {
        /// What was tried.
        by_move: Move,
        /// In which capacity.
        role: Role,
        /// In which it can be done.
        who: &'static [Role],
    },
    /// Before what has already happened.
    #[error("the step is dated {today} and the case has moved on {last}; date it then or later")]
    TooEarly {
        /// Of the step.
        today: Date,
        /// Of the last step.
        last: Date,
    },
    /// A hold keeps the contract from moving on.
    #[error("the contract is held until {until}; it moves on when the hold ends or the case is decided")]
    Held {
        /// The last day.
        until: Date,
    },
    /// Something that the step needs is not there.
    #[error("{what}")]
    Needs {
        /// What, and what to do.
        what: String,
    },
}

fn needs(what: impl Into<String>) -> Refusal {
    Refusal::Needs { what: what.into() }
}

fn said(text: &str, what: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() { Err(needs(format!("{what} is missing; write it"))) } else { Ok(()) }
}

/// Checks what the table puts in words.
pub(super) fn check(case: &Case, step: &Step, by: &Actor, today: Date, calendar: &Calendar) -> Result<(), Refusal> {
    if by.role != Role::Machine {
        said(&by.person, "the name of who acts")?;
    }
    match step {
        Step::Screen | Step::Challenge => Ok(()),
        Step::Clear { reasons } | Step::Resume { reasons } => said(reasons, "the reason"),
        Step::Change { what } => said(what, "what has changed"),
        Step::Refer { rule, lint, evidence } => {
            said(rule, "the charter's rule")?;
            if lint.force != Force::MayHold {
                return Err(needs(format!("the value `{}` only informs: {}", lint.value, lint.reasons.join("; "))));
            }
            if evidence.is_empty() { Err(needs("a referral rests on evidence; name at least one item")) } else { Ok(()) }
        }
        Step::Hold { countersigner, until } => hold(case, by, countersigner, *until, today),
        Step::Expire => match case.hold() {
            Some(hold) if hold.until < today => Ok(()),
            Some(hold) => Err(needs(format!("the hold lasts until {} and ends the day after", hold.until))),
            None => Err(needs("there is no hold that could expire")),
        },
        Step::Notify { disclosed } => {
            if disclosed.is_empty() {
                Err(needs("a notice discloses evidence; name at least one item"))
            } else {
                Ok(())
            }
        }
        Step::Answer { text, .. } => said(text, "the answer"),
        Step::Convene => after(case.noted.noticed, REPLY_DAYS, "the notice", today, calendar),
        Step::Decide { recommendation, reasons, .. } => {
            said(recommendation, "the panel's recommendation")?;
            said(reasons, "the reason")?;
            if case.noted.referrer.as_deref() == Some(by.person.as_str()) {
                Err(needs("whoever referred a case does not decide it; let another holder of the mandate"))
            } else {
                Ok(())
            }
        }
        Step::Announce => match case.hold() {
            Some(hold) => Err(Refusal::Held { until: hold.until }),
            None if case.noted.outcome.is_some_and(|outcome| !outcome.permits_award()) => {
                Err(needs("the decision does not let the contract be awarded; close the case"))
            }
            None => Ok(()),
        },
        Step::Close => match case.noted.outcome {
            Some(Outcome::Exclude | Outcome::Reprocure) => Ok(()),
            _ => Err(needs("only a decision to exclude or to procure anew closes a case; announce the award")),
        },
        Step::Sign => after(case.noted.announced, STANDSTILL_DAYS, "the award notice", today, calendar),
    }
}

fn hold(case: &Case, by: &Actor, countersigner: &str, until: Option<Date>, today: Date) -> Result<(), Refusal> {
    said(countersigner, "the countersigner")?;
    let referrer = case.noted.referrer.as_deref();
    if countersigner == by.person || referrer == Some(countersigner) || referrer == Some(by.person.as_str()) {
        return Err(needs("a hold is signed by two who did not refer it; name another countersigner or holder"));
    }
    let Some(until) = until else { return Err(needs("a hold without a day of expiry does not exist; set one")) };
    let days = i64::from((until - today).get_days());
    if !(0..=LONGEST_HOLD).contains(&days) {
        return Err(needs(format!("a hold ends between today and {LONGEST_HOLD} days from now; {until} does not")));
    }
    standard(&case.noted.evidence)
}

/// The standard of evidence: not on grades C to E alone, and a final ruling or two independent sources.
fn standard(evidence: &[EvidenceItem]) -> Result<(), Refusal> {
    let firm: Vec<&EvidenceItem> =
        evidence.iter().filter(|item| matches!(item.grade.information, InformationGrade::KnownDirectly | InformationGrade::Corroborated)).collect();
    if firm.is_empty() {
        return Err(needs("nothing of it is graded A or B; information known indirectly, not known or suspected false holds no contract"));
    }
    let sources: BTreeSet<&str> = firm.iter().map(|item| item.source.trim()).filter(|source| !source.is_empty()).collect();
    if firm.iter().any(|item| item.final_ruling) || sources.len() >= 2 {
        Ok(())
    } else {
        Err(needs("it rests on one source and no final ruling; add a second, independent one"))
    }
}

fn after(since: Option<Date>, working_days: u32, what: &str, today: Date, calendar: &Calendar) -> Result<(), Refusal> {
    let Some(since) = since else { return Err(needs(format!("{what} has no date"))) };
    let earliest = calendar.after(since, working_days);
    if today > earliest {
        Ok(())
    } else {
        Err(needs(format!("{working_days} whole working days lie between {what} of {since} and this; do it after {earliest}")))
    }
}
