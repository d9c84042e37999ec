//! Which mandates there are, and how each stands. Everybody may see them; the public page shows the same register.

use std::collections::BTreeSet;

use candour_charter::Role;

use crate::{
    access::Who,
    action::Action,
    actors::Person,
    desk::Desk,
    error::ActionError,
    mandate_view::{MandateView, MandatesView},
    sealed::{Answer, Sealed},
};

impl Desk {
    /// Every version of every mandate, by id and version.
    pub fn mandate_list(&self, who: &Who) -> Result<Answer<MandatesView>, ActionError> {
        self.answer(who, Action::MandateList, "", |access| {
            let mandates = self.mandates_now();
            let results = mandates.iter().map(|mandate| format!("{}@{}", mandate.id, mandate.version)).collect();
            Ok(Sealed::under(access, MandatesView { mandates }, results))
        })
    }

    /// The register, for answers and for the public page.
    pub(crate) fn mandates_now(&self) -> Vec<MandateView> {
        let (in_force, now) = (self.in_force(), self.now());
        in_force.mandates.all().flat_map(|record| record.versions.iter().map(|version| MandateView::of(&in_force, record, version, now))).collect()
    }

    /// The mandates in force that open something to a person: for menus, not for decisions.
    #[must_use]
    pub fn mandates_of(&self, person: &Person) -> Vec<MandateView> {
        let roles = self.with_charter(|charter| held(charter.roles(), &person.roles));
        self.mandates_now().into_iter().filter(|mandate| mandate.standing == "in-force" && roles.contains(&mandate.group)).collect()
    }
}

/// The roles that somebody holds, those that they include among them.
fn held(roles: &[Role], own: &[String]) -> BTreeSet<String> {
    let mut held = BTreeSet::new();
    let mut open: Vec<&String> = own.iter().collect();
    while let Some(id) = open.pop() {
        let Some(role) = roles.iter().find(|role| role.id == *id) else { continue };
        if held.insert(id.clone()) {
            open.extend(&role.includes);
        }
    }
    held
}
