//! A case and its steps.

use jiff::civil::Date;

use super::{
    Move, State,
    needs::{Refusal, check},
    step::{Actor, EvidenceItem, Outcome, Step},
    table::{Row, TABLE},
};
use crate::working_days::Calendar;

/// A hold that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// The mandate holder.
    pub by: String,
    /// Who signed beside.
    pub countersigner: String,
    /// Its last day.
    pub until: Date,
}

/// What later steps depend on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Noted {
    /// Who referred it.
    pub referrer: Option<String>,
    /// On what it rests.
    pub evidence: Vec<EvidenceItem>,
    /// The day of the notice.
    pub noticed: Option<Date>,
    /// How it was decided.
    pub outcome: Option<Outcome>,
    /// The day of the award notice.
    pub announced: Option<Date>,
    /// Where it stood before a court or reviewer took it.
    pub before_review: Option<State>,
}

/// A case about one purchase. A step gives a new case and leaves the old one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    state: State,
    last: Date,
    hold: Option<Hold>,
    pub(super) noted: Noted,
}

impl Case {
    /// A case as it is registered.
    #[must_use]
    pub fn register(today: Date) -> Self {
        Self { state: State::Registered, last: today, hold: None, noted: Noted::default() }
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> State {
        self.state
    }

    /// The hold that runs, if one does.
    #[must_use]
    pub fn hold(&self) -> Option<&Hold> {
        self.hold.as_ref()
    }

    /// What later steps depend on.
    #[must_use]
    pub fn noted(&self) -> &Noted {
        &self.noted
    }

    /// The kinds of step that some row allows from here. Whether one is possible today also depends on what it needs.
    #[must_use]
    pub fn allowed_next(&self) -> Vec<Move> {
        TABLE.iter().filter(|row| row.from.contains(&self.state)).map(|row| row.by_move).collect()
    }

    /// Does a step, or says why not.
    ///
    /// # Errors
    /// [`Refusal`], with what the step needs.
    pub fn step(&self, step: &Step, by: &Actor, today: Date, calendar: &Calendar) -> Result<Self, Refusal> {
        let by_move = step.kind();
        let row = TABLE.iter().find(|row| row.by_move == by_move && row.from.contains(&self.state));
        let row = row.ok_or_else(|| Refusal::NoSuchStep { state: self.state, by_move, allowed: self.allowed_next() })?;
        if !row.who.contains(&by.role) {
            return Err(Refusal::NotYours { by_move, role: by.role, who: row.who });
        }
        if today < self.last {
            return Err(Refusal::TooEarly { today, last: self.last });
        }
        check(self, step, by, today, calendar)?;
        Ok(self.after(row, step, by, today))
    }

    fn after(&self, row: &Row, step: &Step, by: &Actor, today: Date) -> Self {
        let mut next = self.clone();
        next.last = today;
        let back = if row.by_move == Move::Resume { self.noted.before_review } else { None };
        next.state = row.to.or(back).unwrap_or(self.state);
        match step {
            Step::Refer { evidence, .. } => {
                next.noted.referrer = Some(by.person.clone());
                next.noted.evidence.clone_from(evidence);
            }
            Step::Hold { countersigner, until: Some(until) } => {
                next.hold = Some(Hold { by: by.person.clone(), countersigner: countersigner.clone(), until: *until });
            }
            Step::Expire | Step::Clear { .. } => next.hold = None,
            Step::Notify { .. } => next.noted.noticed = Some(today),
            // The decision takes the place of the hold.
            Step::Decide { outcome, .. } => {
                next.noted.outcome = Some(*outcome);
                next.hold = None;
            }
            Step::Announce => next.noted.announced = Some(today),
            Step::Challenge => next.noted.before_review = Some(self.state),
            // What was found before says nothing about what has changed.
            Step::Change { .. } => next.noted = Noted::default(),
            _ => {}
        }
        next
    }
}
