//! Which markings a person sees for a purpose: decided once for each distinct marking, never for each row.

use candour_model::{id::MarkingNo, marking::Marking, purpose::Purpose, visible::Visible};

use crate::{actor::Actor, charter::Charter};

impl Charter {
    /// The markings that exist for a person and a purpose. Hand in every marking that the store knows; there are few.
    ///
    /// Nothing is visible to somebody without a declared role, or for a purpose that is not declared or lacks the case or
    /// the reason that it needs. A special-category marking is visible to nobody, whatever the policies say.
    #[must_use]
    pub fn visible<'m>(&self, actor: &Actor, purpose: &Purpose, markings: impl Iterator<Item = (MarkingNo, &'m Marking)>) -> Visible {
        if !self.has_role(actor) || self.incomplete(purpose).is_some() {
            return Visible::nothing();
        }
        let Ok(asker) = self.world.asker(actor) else { return Visible::nothing() };
        markings
            .filter(|(_, marking)| marking.special.is_empty())
            .filter(|(_, marking)| self.world.ask_sight(&asker, &purpose.id, marking).allowed)
            .map(|(number, _)| number)
            .collect()
    }
}
