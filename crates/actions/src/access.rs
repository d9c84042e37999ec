//! A permission to compute: made by a policy decision, and by nothing else.

use std::sync::Arc;

use candour_charter::Actor;
use candour_model::{purpose::Purpose, visible::Visible};

use crate::{action::Action, record::Under};

/// Who asks, and why, before anything is decided.
#[derive(Debug, Clone)]
pub struct Who {
    /// The person.
    pub actor: Actor,
    /// The stated purpose; nothing that touches evidence works without one.
    pub purpose: Option<Purpose>,
}

/// A decided permission for one action. Its fields are private and [`crate::Desk`] alone makes it.
#[derive(Debug, Clone)]
pub struct Access {
    who: Arc<Who>,
    action: Action,
    visible: Arc<Visible>,
    decided: Decided,
}

/// Under what a decision was made, and how long it holds.
#[derive(Debug, Clone)]
pub(crate) struct Decided {
    /// The policy epoch.
    pub(crate) epoch: u64,
    /// Hash of the charter.
    pub(crate) charter: String,
    /// The mandate or emergency access, as the journal names it; may be empty.
    pub(crate) mandate: String,
    /// When it stops holding; milliseconds.
    pub(crate) until: i64,
    /// The policies that decided.
    pub(crate) policies: Vec<String>,
}

impl Access {
    pub(crate) fn granted(who: Arc<Who>, action: Action, visible: Arc<Visible>, decided: Decided) -> Self {
        Self { who, action, visible, decided }
    }

    /// The person.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.who.actor
    }

    /// What is permitted.
    #[must_use]
    pub fn action(&self) -> Action {
        self.action
    }

    /// Why; absent only where no evidence is touched.
    #[must_use]
    pub fn purpose(&self) -> Option<&Purpose> {
        self.who.purpose.as_ref()
    }

    /// What exists for the bearer.
    #[must_use]
    pub fn visible(&self) -> &Visible {
        &self.visible
    }

    /// The policy epoch in which it was decided.
    #[must_use]
    pub fn epoch(&self) -> u64 {
        self.decided.epoch
    }

    /// Hash of the charter that decided.
    #[must_use]
    pub fn charter(&self) -> &str {
        &self.decided.charter
    }

    /// Under what it was decided, for the journal.
    pub(crate) fn under(&self) -> Under<'_> {
        Under { charter: self.charter(), mandate: self.mandate(), policies: self.policies() }
    }

    /// The policies that decided.
    #[must_use]
    pub fn policies(&self) -> &[String] {
        &self.decided.policies
    }

    /// The mandate with its version, or the emergency access, under which it was decided; empty where there is none.
    #[must_use]
    pub fn mandate(&self) -> &str {
        &self.decided.mandate
    }

    /// When it stops holding, whatever else happens; milliseconds since 1970-01-01T00:00Z.
    #[must_use]
    pub fn until(&self) -> i64 {
        self.decided.until
    }
}
