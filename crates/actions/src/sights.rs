//! The sights that people of a home may have.

use std::collections::BTreeSet;

use candour_model::{id::MarkingNo, visible::Visible};

use crate::{access::Access, desk::Desk};

impl Desk {
    /// What people of this home may see, for whichever purpose, of what the bearer sees: each sight once, narrow ones first,
    /// the bearer's own last. Where nothing is visible there is none.
    pub(crate) fn sights_within(&self, access: &Access) -> Vec<Visible> {
        let own = access.visible();
        let names = self.store().names();
        let mut sights: BTreeSet<(usize, Vec<MarkingNo>)> = BTreeSet::new();
        let mut add = |seen: &Visible| {
            let markings: Vec<MarkingNo> = seen.iter().filter(|marking| own.sees(*marking)).collect();
            sights.insert((markings.len(), markings));
        };
        add(own);
        let (in_force, now) = (self.in_force(), self.now());
        for person in self.people() {
            for purpose in in_force.charter.purposes() {
                for backing in in_force.backings(&person.id, &purpose.id, now) {
                    add(&in_force.charter.visible(&person.actor(), &backing.stated(&purpose.id), &backing.authority(), names.markings()));
                }
            }
        }
        sights.into_iter().filter(|(count, _)| *count > 0).map(|(_, markings)| markings.into_iter().collect()).collect()
    }
}
