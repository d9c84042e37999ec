//! Which markings a person sees for a purpose: decided once for each distinct marking, never for each row.

use candour_model::{id::MarkingNo, marking::Marking, purpose::Purpose, visible::Visible};

use crate::{actor::Actor, authority::Authority, charter::Charter, grounds::Grounds, world::Asker};

impl Charter {
    /// The markings that exist for a person and a purpose. Hand in every marking that the store knows; there are few.
    ///
    /// Nothing is visible to somebody without a declared role, for a purpose that is not declared or lacks the case, the reason
    /// or the mandate that it needs, under a stated mandate that does not count, or under a charter that has expired. Whatever
    /// the policies say, a special-category marking is visible only under a mandate that names all its categories and reaches
    /// its classification, and a restricted one only for purposes that read what is restricted.
    #[must_use]
    pub fn visible<'m>(
        &self,
        actor: &Actor,
        purpose: &Purpose,
        authority: &Authority<'_>,
        markings: impl Iterator<Item = (MarkingNo, &'m Marking)>,
    ) -> Visible {
        if !self.has_role(actor) || self.incomplete(purpose).is_some() || authority.now >= self.expires_ms() {
            return Visible::nothing();
        }
        let (Ok(asker), Ok(grounds)) = (self.world.asker(actor), self.grounds(actor, purpose, authority)) else {
            return Visible::nothing();
        };
        self.seen(&asker, &purpose.id, &grounds, markings).into_iter().collect()
    }

    /// The same for a purpose that lacks nothing.
    pub(crate) fn seen<'m>(
        &self,
        asker: &Asker,
        purpose: &str,
        grounds: &Grounds<'_>,
        markings: impl Iterator<Item = (MarkingNo, &'m Marking)>,
    ) -> Vec<MarkingNo> {
        let Some(rule) = self.purpose(purpose) else { return Vec::new() };
        let open: Vec<_> = markings.filter(|(_, marking)| !grounds.hides(rule, marking)).collect();
        self.world.ask_sights(asker, purpose, grounds, &open)
    }
}
