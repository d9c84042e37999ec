//! A permission to compute: made by a policy decision, and by nothing else.

use std::sync::Arc;

use candour_charter::Actor;
use candour_model::{purpose::Purpose, visible::Visible};

use crate::action::Action;

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
    epoch: u64,
    charter: String,
    policies: Vec<String>,
}

impl Access {
    /// `decided` is the policy epoch and the hash of the charter that said yes.
    pub(crate) fn granted(who: Arc<Who>, action: Action, visible: Arc<Visible>, decided: (u64, String), policies: Vec<String>) -> Self {
        let (epoch, charter) = decided;
        Self { who, action, visible, epoch, charter, policies }
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
        self.epoch
    }

    /// Hash of the charter that decided.
    #[must_use]
    pub fn charter(&self) -> &str {
        &self.charter
    }

    /// The policies that decided.
    #[must_use]
    pub fn policies(&self) -> &[String] {
        &self.policies
    }
}
