//! Visible entities as the resolver wants them: only fields that tell things apart, and never special-category ones.

use candour_model::{
    id::EntityNo,
    ontology::{Ontology, Property},
    statement::Statement,
    types::TypeKind,
};
use candour_resolve::{Field, Record};

use crate::{access::Access, desk::Desk, error::ActionError, world::Sight};

impl Desk {
    /// The record of one entity, as far as the bearer sees it; `None` where its schema takes no part in resolution.
    pub(crate) fn record(&self, sight: &Sight<'_>, access: &Access, entity: EntityNo) -> Result<Option<Record>, ActionError> {
        let Some(schema) = sight.world.captions.schema(entity, access.visible()).filter(|schema| schema.matchable && schema.edge.is_none()) else {
            return Ok(None);
        };
        let statements = self.store().read(|reader| reader.statements(entity, access.visible()))?;
        let fields = statements.iter().filter_map(field).collect();
        Ok(Some(Record { key: entity.0, schema: schema.name.clone(), fields }))
    }
}

fn field(statement: &Statement) -> Option<(Field, String)> {
    let schema = Ontology::builtin().schema(&statement.schema)?;
    let prop = schema.prop(&statement.prop).filter(|prop| prop.special.is_none())?;
    let field = field_of(prop, schema.is_a("Organization"))?;
    Some((field, statement.value.clone()))
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
        let statement = |prop: &str| Statement {
            entity_id: "e".to_owned(),
            schema: "Person".to_owned(),
            prop: prop.to_owned(),
            value: "v".to_owned(),
            original_value: None,
            lang: None,
            dataset: "d".to_owned(),
            source: "s".to_owned(),
            locator: candour_model::source::Locator::Whole,
            grade: candour_model::grade::Grade::default(),
            marking: "open".to_owned(),
            kind: candour_model::statement::Kind::Fact,
            status: candour_model::statement::Status::Asserted,
            method: "import".to_owned(),
            valid_from: None,
            valid_to: None,
            recorded_at: 0,
            actor: "a".to_owned(),
        };
        for prop in ["religion", "ethnicity", "political", "notes", "gender", "summary"] {
            assert!(field(&statement(prop)).is_none(), "{prop}");
        }
        for prop in ["name", "firstName", "lastName", "birthDate", "phone", "email", "idNumber", "address", "country"] {
            assert!(field(&statement(prop)).is_some(), "{prop}");
        }
    }
}
