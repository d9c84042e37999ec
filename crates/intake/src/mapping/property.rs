//! One property of a mapping, understood.

use candour_model::{
    ontology::{Ontology, Property, Schema},
    types::{Context, TypeKind},
};

use super::{
    compile::{Columns, Fault, Siblings, no_date_pattern},
    document::PropertyDoc,
    recipe::{From, Literal, Prop},
};
use crate::error::IntakeError;

/// Checks one property of an entity of `schema`.
pub(super) fn compile_prop(
    fault: &Fault<'_>,
    schema: &Schema,
    name: &str,
    doc: &PropertyDoc,
    columns: &mut Columns,
    siblings: &Siblings<'_>,
) -> Result<Prop, IntakeError> {
    let prop = schema.prop(name).ok_or_else(|| unknown_property(fault, schema, name))?;
    if prop.stub {
        return Err(fault.error("it is the far side of a link and cannot be set", "set the property on the entity that is the link"));
    }
    let format = checked_format(fault, prop, doc)?;
    let from = source(fault, prop, format.as_deref(), doc, columns, siblings)?;
    let lang = match doc.lang.as_deref().map(|lang| TypeKind::Language.clean(lang, &Context::default())) {
        None => None,
        Some(Ok(lang)) => Some(lang.into_owned()),
        Some(Err(refusal)) => return Err(fault.error(&refusal.to_string(), "give `lang` as an ISO 639-3 code such as `eng`")),
    };
    if doc.split.as_deref() == Some("") {
        return Err(fault.error("`split` is empty", "give the text that separates the values, or leave it out"));
    }
    Ok(Prop {
        no: prop.no,
        name: prop.name.clone(),
        kind: prop.kind,
        max_length: prop.max_length,
        required: doc.required,
        lang,
        format,
        from,
        map: doc.map.iter().map(|(from, to)| (from.trim().to_owned(), to.trim().to_owned())).collect(),
        split: doc.split.clone(),
    })
}

/// The form that values must have: the mapping's, or the property's own.
fn checked_format(fault: &Fault<'_>, prop: &Property, doc: &PropertyDoc) -> Result<Option<String>, IntakeError> {
    let Some(format) = &doc.format else { return Ok(prop.format.clone()) };
    match prop.kind {
        TypeKind::Date if !format.contains('%') => Err(no_date_pattern(fault, format)),
        TypeKind::Identifier if !prop.kind.formats().contains(&format.as_str()) => {
            Err(fault.error(&format!("there is no identifier format `{format}`"), &format!("use one of {}", prop.kind.formats().join(", "))))
        }
        _ => Ok(Some(format.clone())),
    }
}

fn source(
    fault: &Fault<'_>,
    prop: &Property,
    format: Option<&str>,
    doc: &PropertyDoc,
    columns: &mut Columns,
    siblings: &Siblings<'_>,
) -> Result<From, IntakeError> {
    let has_values = doc.columns().next().is_some() || doc.literals().next().is_some();
    match (&doc.entity, &doc.template) {
        (Some(_), None) if has_values => Err(fault.error("it has both `entity` and values", "keep one of them; FollowTheMoney would take the entity alone")),
        (None, Some(_)) if has_values => {
            Err(fault.error("it has both `template` and other values", "keep one of them; FollowTheMoney would take the template alone"))
        }
        (Some(_), Some(_)) => Err(fault.error("it has both `entity` and `template`", "keep one of them")),
        (Some(entity), None) => Ok(From::Entity(referred(fault, prop, entity, siblings)?)),
        (None, Some(template)) => {
            let pieces = columns.pieces(template, &fault.place);
            if pieces.is_empty() { Err(fault.error("its template is empty", "write text with `{{columns}}` in it")) } else { Ok(From::Template(pieces)) }
        }
        (None, None) if !has_values => {
            Err(fault.error("it says not where its values come from", "add `column:`, `columns:`, `literal:`, `template:` or `entity:`"))
        }
        (None, None) => {
            let listed = doc.columns().map(|column| columns.number(column, &fault.place)).collect();
            match &doc.join {
                Some(by) => Ok(From::Joined { literals: doc.literals().cloned().collect(), columns: listed, by: by.clone() }),
                None => Ok(From::Values { literals: literals(fault, prop, format, doc)?, columns: listed }),
            }
        }
    }
}

/// A literal that is wrong is wrong in every row, so it is found before the first.
fn literals(fault: &Fault<'_>, prop: &Property, format: Option<&str>, doc: &PropertyDoc) -> Result<Vec<Literal>, IntakeError> {
    let mut literals = Vec::new();
    for raw in doc.literals() {
        let mapped = doc.map.get(raw).unwrap_or(raw);
        // How phones and addresses are read depends on the countries in the row.
        let depends = doc.split.is_some() || matches!(prop.kind, TypeKind::Phone | TypeKind::Address | TypeKind::Identifier);
        let cleaned = if depends {
            None
        } else {
            let value =
                prop.kind.clean(mapped, &Context { countries: &[], format }).map_err(|refusal| fault.error(&refusal.to_string(), "correct the literal"))?;
            if value.chars().count() > prop.max_length {
                return Err(fault.error(&format!("the literal has more than {} characters", prop.max_length), "shorten it"));
            }
            Some(value.into_owned())
        };
        literals.push(Literal { raw: raw.trim().to_owned(), cleaned });
    }
    Ok(literals)
}

fn referred(fault: &Fault<'_>, prop: &Property, entity: &str, siblings: &Siblings<'_>) -> Result<usize, IntakeError> {
    let (Some(position), Some(target)) = (siblings.order.iter().position(|name| name == entity), siblings.all.get(entity)) else {
        return Err(fault.error(&format!("the query has no entity `{entity}`"), &format!("use one of {}", siblings.order.join(", "))));
    };
    let Some(range) = &prop.range else {
        return Err(fault.error(&format!("its values are of type `{}`, not entities", prop.kind.name()), "use `column:` instead of `entity:`"));
    };
    let fits = Ontology::builtin().schema(&target.schema).is_none_or(|schema| schema.is_a(range));
    if !fits {
        return Err(fault.error(&format!("it takes a `{range}`, and `{entity}` is a `{}`", target.schema), "change the schema or the property"));
    }
    Ok(position)
}

fn unknown_property(fault: &Fault<'_>, schema: &Schema, name: &str) -> IntakeError {
    let mut known: Vec<&str> = schema.properties().filter(|prop| !prop.stub && !prop.hidden).map(|prop| prop.name.as_str()).collect();
    known.sort_unstable();
    fault.error(&format!("schema `{}` has no property `{name}`", schema.name), &format!("use one of {}", known.join(", ")))
}
