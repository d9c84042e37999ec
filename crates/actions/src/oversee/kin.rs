//! How records stand to the people who use the system, as far as the evidence itself says so: their own, a colleague's, one with
//! the same address, a relative's, a former partner's.

use candour_links::{LinkHit, LinkLabel, NodeNo};
use candour_model::{id::EntityNo, types::TypeKind};
use candour_oversight::{Relation, Relations};
use rustc_hash::FxHashMap;

use super::{
    gather::PersonId,
    namesakes::{Namesakes, words_of},
};
use crate::{desk::Desk, error::ActionError, world::Sight};

/// An address or telephone with more people is no household.
const HOUSEHOLD: usize = 12;

/// Relations by record: to whom, which, and whether it rests on a common name.
#[derive(Default)]
pub(super) struct Kin(FxHashMap<u32, Vec<(PersonId, Relation, bool)>>);

impl Kin {
    pub(super) fn of(desk: &Desk, sight: &Sight<'_>, namesakes: &Namesakes) -> Result<Self, ActionError> {
        let mut kin = Self::default();
        for namesake in &namesakes.all {
            for record in &namesake.records {
                kin.add(*record, &namesake.person, Relation::Own, namesake.is_common);
                for (other, relation) in around(desk, sight, *record)? {
                    let other = sight.representative(other);
                    if other != *record {
                        kin.add(other, &namesake.person, relation, namesake.is_common);
                    }
                }
            }
        }
        Ok(kin)
    }

    fn add(&mut self, record: EntityNo, person: &PersonId, relation: Relation, is_common: bool) {
        self.0.entry(record.0).or_default().push((person.clone(), relation, is_common));
    }

    /// How a record stands to somebody who looks at it.
    pub(super) fn relations(&self, actor: &str, record: u32) -> Relations {
        let mut relations = Relations::NONE;
        for (person, relation, is_common) in self.0.get(&record).into_iter().flatten() {
            match (&**person == actor, relation) {
                (true, relation) => relations.add(*relation, *is_common),
                (false, Relation::Own) => relations.add(Relation::Colleague, *is_common),
                (false, _) => {}
            }
        }
        relations
    }
}

/// The records in a relation to one.
fn around(desk: &Desk, sight: &Sight<'_>, record: EntityNo) -> Result<Vec<(EntityNo, Relation)>, ActionError> {
    let mut found = Vec::new();
    for member in sight.members(record) {
        for hit in sight.links(member) {
            let far = if hit.source == NodeNo::of(member) { hit.target } else { hit.source };
            if is_place(sight, far) {
                found.extend(household(sight, far).map(|other| (other, Relation::SameAddress)));
            } else if let Some((other, relation)) = far.entity().zip(personal(desk, sight, &hit)?) {
                found.push((other, relation));
            }
        }
    }
    Ok(found)
}

/// Whether a node is an address or a telephone.
fn is_place(sight: &Sight<'_>, node: NodeNo) -> bool {
    match node.entity() {
        Some(entity) => sight.kind(entity).schema == "Address",
        None => sight.world.graph.value_of(node).is_some_and(|(kind, _)| matches!(kind, TypeKind::Address | TypeKind::Phone)),
    }
}

/// People linked with a place, where they may be a household.
fn household<'s>(sight: &'s Sight<'_>, place: NodeNo) -> impl Iterator<Item = EntityNo> + 's {
    let is_small = sight.view.degree(place) <= HOUSEHOLD;
    let near = if is_small { sight.view.neighbours(place, 1).nodes } else { Vec::new() };
    near.into_iter().filter_map(|(node, _)| node.entity()).filter(|entity| sight.kind(*entity).schema == "Person")
}

/// The relation that a link between two people stands for.
fn personal(desk: &Desk, sight: &Sight<'_>, hit: &LinkHit) -> Result<Option<Relation>, ActionError> {
    let LinkLabel::Entity(link) = hit.label else { return Ok(None) };
    let schema = sight.world.captions.schema(link, sight.visible).map_or("", |schema| schema.name.as_str());
    if !matches!(schema, "Family" | "Associate" | "UnknownLink") {
        return Ok(None);
    }
    let words = words_of(&sight.detail(link));
    let was_partner = speaks_of_partner(&words) && (speaks_of_past(&words) || has_ended(desk, sight, link)?);
    Ok(if was_partner || (speaks_of_past_alone(&words)) {
        Some(Relation::FormerPartner)
    } else if schema == "Family" {
        Some(Relation::Family)
    } else {
        None
    })
}

fn speaks_of_partner(words: &[String]) -> bool {
    const PARTNERS: [&str; 8] = ["partner", "wife", "husband", "spouse", "girlfriend", "boyfriend", "fiance", "fiancee"];
    words.iter().any(|word| PARTNERS.contains(&word.as_str()))
}

fn speaks_of_past(words: &[String]) -> bool {
    words.iter().any(|word| matches!(word.as_str(), "ex" | "former" | "formerly" | "estranged" | "separated"))
}

/// Words that speak of a former partner without naming one.
fn speaks_of_past_alone(words: &[String]) -> bool {
    words.iter().any(|word| matches!(word.as_str(), "divorced" | "expartner" | "exwife" | "exhusband"))
}

/// Whether a link is said to have ended.
fn has_ended(desk: &Desk, sight: &Sight<'_>, link: EntityNo) -> Result<bool, ActionError> {
    desk.store().read(|reader| {
        let mut ended = false;
        reader.rows(link, sight.visible, |row| ended |= reader.names().symbol(row.prop) == Some("endDate"))?;
        Ok(ended)
    })
}
