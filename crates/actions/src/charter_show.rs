//! The charter in force, for anyone who signs in.

use candour_charter::{Authority, PurposeRule};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    access::Who,
    action::Action,
    actors::Person,
    desk::Desk,
    error::ActionError,
    sealed::{Answer, Sealed},
    view::{instant, word},
};

/// The charter in force.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CharterView {
    /// Whose it is.
    pub organisation: String,
    /// Its version.
    pub version: u32,
    /// SHA-256 of its text.
    pub hash: String,
    /// Until when it decides anything; RFC 3339.
    pub expires: String,
    /// Names of the authority's keys, and how many must sign.
    pub authority: Vec<String>,
    /// How many of them it takes.
    pub threshold: usize,
    /// For what one may look.
    pub purposes: Vec<PurposeView>,
    /// Role and what it is for.
    pub roles: Vec<RoleView>,
    /// Ids of the markings, lowest first.
    pub markings: Vec<String>,
    /// Who may do what, as a table of text.
    pub matrix: String,
}

/// A declared purpose.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PurposeView {
    /// Id.
    pub id: String,
    /// Name for people.
    pub label: String,
    /// What it covers.
    pub description: String,
    /// On what legal ground.
    pub lawful_basis: String,
    /// Whether a case reference must be given.
    pub needs_case: bool,
    /// Whether a reason must be given in words.
    pub needs_reason: bool,
    /// Whether nothing is opened without a mandate.
    pub needs_mandate: bool,
    /// Special categories that a mandate for it may name.
    pub data_classes: Vec<String>,
}

/// A role.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RoleView {
    /// Id.
    pub id: String,
    /// Name for people.
    pub label: String,
    /// What it is for.
    pub description: String,
}

impl From<&PurposeRule> for PurposeView {
    fn from(rule: &PurposeRule) -> Self {
        Self {
            id: rule.id.clone(),
            label: rule.label.clone(),
            description: rule.description.clone(),
            lawful_basis: rule.lawful_basis.clone(),
            needs_case: rule.needs_case,
            needs_reason: rule.needs_reason,
            needs_mandate: rule.needs_mandate,
            data_classes: rule.data_classes.iter().map(word).collect(),
        }
    }
}

impl Desk {
    /// Shows the charter in force.
    pub fn charter_show(&self, who: &Who) -> Result<Answer<CharterView>, ActionError> {
        self.answer(who, Action::CharterShow, "", |access| {
            let view = self.with_charter(|charter| CharterView {
                organisation: self.home().organisation().to_owned(),
                version: charter.version(),
                expires: instant(charter.expires_ms()),
                authority: charter.authority().keys.iter().map(|key| key.name().to_owned()).collect(),
                threshold: charter.authority().threshold,
                hash: charter.hash().to_owned(),
                purposes: charter.purposes().iter().map(PurposeView::from).collect(),
                roles: charter
                    .roles()
                    .iter()
                    .map(|role| RoleView { id: role.id.clone(), label: role.label.clone(), description: role.description.clone() })
                    .collect(),
                markings: charter.markings().iter().map(|marking| marking.id.clone()).collect(),
                matrix: charter.matrix().actions_table(),
            });
            Ok(Sealed::under(access, view, Vec::new()))
        })
    }

    /// The purposes that open something to a person which they could not do without one: for menus, not for decisions.
    #[must_use]
    pub fn purposes_of(&self, person: &Person) -> Vec<PurposeView> {
        let (in_force, actor, now) = (self.in_force(), person.actor(), self.now());
        let charter = &in_force.charter;
        let closed = |action: &&Action| !charter.decide(&actor, action.name(), None, &Authority::none(now)).allowed;
        let closed: Vec<&Action> = Action::ALL.iter().filter(closed).collect();
        let opens = |rule: &&PurposeRule| rule.needs_mandate || closed.iter().any(|action| in_force.may(&actor, action.name(), &rule.id, now));
        charter.purposes().iter().filter(opens).map(PurposeView::from).collect()
    }
}
