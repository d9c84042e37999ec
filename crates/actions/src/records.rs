//! Visible entities as resolution wants them: only fields that tell things apart, and never special-category ones.

use candour_links::NodeNo;
use candour_model::{
    id::{EntityNo, MarkingNo, order_key},
    ontology::{Ontology, Property, Schema},
    types::TypeKind,
};
use candour_resolve::Kind;
use candour_store::Reader;

use crate::{
    access::Access,
    desk::Desk,
    error::ActionError,
    world::{Sight, World},
};

/// What a property tells a thing apart by. Those of one field are values of one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    Forename,
    Surname,
    /// A whole name: a person's or an organisation's, as the table says in which it is compared.
    Name,
    Date,
    Postcode,
    Address,
    Phone,
    Email,
    Country,
    VehicleMark,
    /// A number that somebody issued, by the name of its property: numbers of different kinds are not compared.
    Identifier(&'static str),
}

impl Field {
    /// The name of its column and what the column means, in a table of organisations or of other things.
    pub(crate) fn column(self, is_organisation: bool) -> (&'static str, Kind) {
        match self {
            Self::Forename => ("forename", Kind::Forename),
            Self::Surname => ("surname", Kind::Surname),
            Self::Name if is_organisation => ("name", Kind::Organisation),
            Self::Name => ("name", Kind::FullName),
            Self::Date => ("date", Kind::Date),
            Self::Postcode => ("postcode", Kind::Postcode),
            Self::Address => ("address", Kind::Address),
            Self::Phone => ("phone", Kind::Phone),
            Self::Email => ("email", Kind::Email),
            Self::Country => ("country", Kind::Country),
            Self::VehicleMark => ("vehicle mark", Kind::VehicleMark),
            Self::Identifier(name) => (name, Kind::Identifier),
        }
    }
}

/// An entity with what its statements say for resolution, each with its marking.
pub(crate) struct Candidate {
    pub(crate) entity: EntityNo,
    fields: Vec<(MarkingNo, Field, String)>,
}

/// What a sight shows of a candidate.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Record<'c> {
    /// Place among the candidates.
    pub(crate) place: u32,
    pub(crate) schema: &'static Schema,
    /// In order of fields and values, so that nothing depends on what came in first.
    pub(crate) fields: Vec<(Field, &'c str)>,
}

impl Candidate {
    /// Its record as a sight shows it; `None` where its schema takes no part in resolution.
    pub(crate) fn record(&self, place: u32, sight: &Sight<'_>) -> Option<Record<'_>> {
        let schema = sight.world.captions.schema(self.entity, sight.visible).filter(|schema| schema.matchable && schema.edge.is_none())?;
        let seen = self.fields.iter().filter(|(marking, _, _)| sight.visible.sees(*marking));
        let mut fields: Vec<(Field, &str)> = seen.map(|(_, field, value)| (*field, value.as_str())).collect();
        fields.sort_unstable();
        fields.dedup();
        without_repetitions(&mut fields);
        Some(Record { place, schema, fields })
    }
}

/// Drops whole names that are made of a forename and a surname of the record: they say nothing more.
fn without_repetitions(fields: &mut Vec<(Field, &str)>) {
    let of = |wanted: Field| -> Vec<String> { fields.iter().filter(|(field, _)| *field == wanted).map(|(_, value)| value.to_lowercase()).collect() };
    let (forenames, surnames) = (of(Field::Forename), of(Field::Surname));
    let made: Vec<String> = forenames.iter().flat_map(|forename| surnames.iter().map(move |surname| format!("{forename} {surname}"))).collect();
    fields.retain(|(field, value)| *field != Field::Name || !made.contains(&value.to_lowercase()));
}

impl Desk {
    /// Every entity of which anything is visible, in public order: what depends on the order of records must not depend on
    /// when they were stored.
    pub(crate) fn candidates(&self, access: &Access, world: &World) -> Result<Vec<Candidate>, ActionError> {
        let sight = Sight::new(world, access.visible());
        let mut entities: Vec<EntityNo> = (0..world.ids.len()).map(EntityNo).filter(|entity| sight.view.exists(NodeNo::of(*entity))).collect();
        entities.sort_by_cached_key(|entity| (order_key(world.ids.get(*entity)), world.ids.get(*entity)));
        self.store().read(|reader| entities.into_iter().map(|entity| Ok(Candidate { entity, fields: gather(reader, access, entity)? })).collect())
    }
}

/// Records of all candidates that take part in resolution.
pub(crate) fn records<'c>(candidates: &'c [Candidate], sight: &Sight<'_>) -> Vec<Record<'c>> {
    (0_u32..).zip(candidates).filter_map(|(place, candidate)| candidate.record(place, sight)).collect()
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
    field_of(prop, schema.is_a("Vehicle"))
}

/// Which field a property fills.
fn field_of(prop: &'static Property, is_vehicle: bool) -> Option<Field> {
    Some(match (prop.kind, prop.name.as_str()) {
        (_, "firstName") => Field::Forename,
        (_, "lastName") => Field::Surname,
        (_, "postalCode") => Field::Postcode,
        (TypeKind::Date, "birthDate" | "incorporationDate") => Field::Date,
        (TypeKind::Name, _) if prop.matchable => Field::Name,
        (TypeKind::Phone, _) => Field::Phone,
        (TypeKind::Email, _) => Field::Email,
        (TypeKind::Identifier, "registrationNumber") if is_vehicle => Field::VehicleMark,
        (TypeKind::Identifier, name) if prop.matchable => Field::Identifier(name),
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
        assert_eq!(field("Vehicle", "registrationNumber"), Some(Field::VehicleMark));
        assert_eq!(field("Company", "registrationNumber"), Some(Field::Identifier("registrationNumber")));
    }

    /// Whatever the ontology comes to hold: nothing of a special category is ever compared.
    #[test]
    fn no_property_of_a_special_category_fills_a_field() {
        let mut special = 0;
        for schema in Ontology::builtin().schemata() {
            for prop in schema.properties().filter(|prop| prop.special.is_some()) {
                special += 1;
                assert_eq!(field(&schema.name, &prop.name), None, "{}.{}", schema.name, prop.name);
            }
        }
        assert!(special > 0);
    }
}
