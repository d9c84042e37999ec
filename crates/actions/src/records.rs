//! Visible entities as the resolver wants them: only fields that tell things apart, and never special-category ones.

use candour_links::NodeNo;
use candour_model::{
    id::{EntityNo, MarkingNo, order_key},
    ontology::{Ontology, Property},
    types::TypeKind,
};
use candour_resolve::{Field, Record};
use candour_store::Reader;

use crate::{
    access::Access,
    desk::Desk,
    error::ActionError,
    world::{Sight, World},
};

/// An entity with what its statements say for resolution, each with its marking.
pub(crate) struct Candidate {
    pub(crate) entity: EntityNo,
    fields: Vec<(MarkingNo, Field, String)>,
}

impl Candidate {
    /// Its record, keyed by a number of the caller's, as a sight shows it; `None` where its schema takes no part in resolution.
    pub(crate) fn record(&self, key: u32, sight: &Sight<'_>) -> Option<Record> {
        let schema = sight.world.captions.schema(self.entity, sight.visible).filter(|schema| schema.matchable && schema.edge.is_none())?;
        let seen = self.fields.iter().filter(|(marking, _, _)| sight.visible.sees(*marking));
        Some(Record { key, schema: schema.name.clone(), fields: seen.map(|(_, field, value)| (*field, value.clone())).collect() })
    }
}

impl Desk {
    /// One entity, as far as the bearer sees it.
    pub(crate) fn candidate(&self, access: &Access, entity: EntityNo) -> Result<Candidate, ActionError> {
        let fields = self.store().read(|reader| gather(reader, access, entity))?;
        Ok(Candidate { entity, fields })
    }

    /// Every entity of which anything is visible, in public order: what depends on the order of records must not depend on
    /// when they were stored.
    pub(crate) fn candidates(&self, access: &Access, world: &World) -> Result<Vec<Candidate>, ActionError> {
        let sight = Sight::new(world, access.visible());
        let mut entities: Vec<EntityNo> = (0..world.ids.len()).map(EntityNo).filter(|entity| sight.view.exists(NodeNo::of(*entity))).collect();
        entities.sort_by_cached_key(|entity| (order_key(world.ids.get(*entity)), world.ids.get(*entity)));
        self.store().read(|reader| entities.into_iter().map(|entity| Ok(Candidate { entity, fields: gather(reader, access, entity)? })).collect())
    }
}

/// Records of all candidates that take part in resolution, keyed by their place among the candidates.
pub(crate) fn records(candidates: &[Candidate], sight: &Sight<'_>) -> Vec<Record> {
    (0_u32..).zip(candidates).filter_map(|(key, candidate)| candidate.record(key, sight)).collect()
}

fn gather(reader: &Reader<'_>, access: &Access, entity: EntityNo) -> Result<Vec<(MarkingNo, Field, String)>, ActionError> {
    let names = reader.names();
    let mut fields = Vec::new();
    reader.rows(entity, access.visible(), |row| {
        let field = names.symbol(row.schema).zip(names.symbol(row.prop)).and_then(|(schema, prop)| field(schema, prop));
        fields.extend(field.zip(reader.marking_of(row)).map(|(field, marking)| (marking, field, row.value.to_owned())));
    })?;
    Ok(fields)
}

fn field(schema: &str, prop: &str) -> Option<Field> {
    let schema = Ontology::builtin().schema(schema)?;
    let prop = schema.prop(prop).filter(|prop| prop.special.is_none())?;
    field_of(prop, schema.is_a("Organization"))
}

/// Which field of the resolver a property fills.
fn field_of(prop: &Property, is_organisation: bool) -> Option<Field> {
    Some(match (prop.kind, prop.name.as_str()) {
        (_, "firstName") => Field::Forename,
        (_, "lastName") => Field::Surname,
        (_, "postalCode") => Field::Postcode,
        (TypeKind::Date, "birthDate" | "incorporationDate") => Field::Date,
        (TypeKind::Name, _) if is_organisation => Field::Organisation,
        (TypeKind::Name, _) => Field::FullName,
        (TypeKind::Phone, _) => Field::Phone,
        (TypeKind::Email, _) => Field::Email,
        (TypeKind::Identifier, _) if prop.matchable => Field::Identifier,
        (TypeKind::Address, _) => Field::Address,
        (TypeKind::Country, _) if prop.matchable => Field::Country,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_categories_and_free_text_fill_no_field() {
        for prop in ["religion", "ethnicity", "political", "notes", "gender", "summary"] {
            assert!(field("Person", prop).is_none(), "{prop}");
        }
        for prop in ["name", "firstName", "lastName", "birthDate", "phone", "email", "idNumber", "address", "country"] {
            assert!(field("Person", prop).is_some(), "{prop}");
        }
    }
}
