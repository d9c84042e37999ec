//! From the texts of schema files to an [`Ontology`]: inheritance resolved, names turned into numbers, far sides added.

use rustc_hash::FxHashMap;

use super::{
    Edge, Ontology, Pole, Property, Schema,
    document::{EdgeDoc, PropertyDoc, SchemaDoc},
};
use crate::{
    id::{PropNo, SchemaNo},
    types::TypeKind,
};

/// A schema file that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OntologyError {
    /// Not the YAML of a schema.
    #[error("schema file {position}: {problem}")]
    Syntax {
        /// Which file, counted from 1.
        position: usize,
        /// What the parser says.
        problem: String,
    },
    /// A name that nothing bears.
    #[error("schema `{schema}`: {what} `{name}` does not exist")]
    Unknown {
        /// The schema.
        schema: String,
        /// What kind of name.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// Schemata that extend each other, or more than there are numbers.
    #[error("{0}")]
    Structure(String),
}

/// Builds the whole ontology.
pub(super) fn build(files: &[&str]) -> Result<Ontology, OntologyError> {
    let mut docs = Vec::with_capacity(files.len());
    for (position, text) in (1..).zip(files) {
        let doc: SchemaDoc = serde_saphyr::from_str(text).map_err(|problem| OntologyError::Syntax { position, problem: problem.to_string() })?;
        docs.push(doc);
    }
    docs.sort_by(|a, b| a.name.cmp(&b.name));
    let numbers: FxHashMap<&str, usize> = docs.iter().enumerate().map(|(no, doc)| (doc.name.as_str(), no)).collect();
    let mut ontology = Ontology::default();
    let mut own: Vec<Vec<PropNo>> = Vec::with_capacity(docs.len());
    for (no, doc) in docs.iter().enumerate() {
        let mut declared = Vec::new();
        for (name, prop) in &doc.properties {
            declared.push(push(&mut ontology, property(schema_no(no)?, &doc.name, name, prop)?)?);
        }
        own.push(declared);
    }
    add_far_sides(&mut ontology, &docs, &numbers, &mut own)?;
    for doc in &docs {
        let schema = schema(&ontology, doc, &docs, &numbers, &own)?;
        ontology.by_name.insert(schema.name.clone(), schema.no);
        ontology.schemata.push(schema);
    }
    Ok(ontology)
}

fn schema_no(no: usize) -> Result<SchemaNo, OntologyError> {
    u16::try_from(no).map(SchemaNo).map_err(|_| OntologyError::Structure("more than 65,536 schemata".to_owned()))
}

fn push(ontology: &mut Ontology, mut property: Property) -> Result<PropNo, OntologyError> {
    let no = u16::try_from(ontology.properties.len()).map(PropNo).map_err(|_| OntologyError::Structure("more than 65,536 properties".to_owned()))?;
    property.no = no;
    ontology.properties.push(property);
    Ok(no)
}

fn property(schema: SchemaNo, schema_name: &str, name: &str, doc: &PropertyDoc) -> Result<Property, OntologyError> {
    let kind = match &doc.kind {
        None => TypeKind::String,
        Some(kind) => TypeKind::by_name(kind).ok_or_else(|| OntologyError::Unknown { schema: schema_name.to_owned(), what: "type", name: kind.clone() })?,
    };
    let range = if kind == TypeKind::Entity { doc.range.clone().or_else(|| Some("Thing".to_owned())) } else { None };
    Ok(Property {
        no: PropNo(0),
        name: name.to_owned(),
        label: doc.label.clone(),
        schema,
        kind,
        range,
        stub: false,
        reverse: doc.reverse.as_ref().map(|reverse| reverse.name.clone()),
        format: doc.format.clone(),
        max_length: doc.max_length.unwrap_or_else(|| kind.max_length()),
        matchable: doc.matchable.unwrap_or_else(|| kind.is_matchable()),
        hidden: doc.hidden,
        special: doc.special,
    })
}

/// For every reference, the property by which its target sees it.
fn add_far_sides(ontology: &mut Ontology, docs: &[SchemaDoc], numbers: &FxHashMap<&str, usize>, own: &mut [Vec<PropNo>]) -> Result<(), OntologyError> {
    for doc in docs {
        for prop in doc.properties.values() {
            let (Some(reverse), Some(range)) = (&prop.reverse, &prop.range) else { continue };
            let unknown = || OntologyError::Unknown { schema: doc.name.clone(), what: "range", name: range.clone() };
            let target = *numbers.get(range.as_str()).ok_or_else(unknown)?;
            let stub = Property {
                no: PropNo(0),
                name: reverse.name.clone(),
                label: reverse.label.clone(),
                schema: schema_no(target)?,
                kind: TypeKind::Entity,
                range: Some(doc.name.clone()),
                stub: true,
                reverse: None,
                format: None,
                max_length: TypeKind::Entity.max_length(),
                matchable: false,
                hidden: reverse.hidden,
                special: None,
            };
            let no = push(ontology, stub)?;
            if let Some(list) = own.get_mut(target) {
                list.push(no);
            }
        }
    }
    Ok(())
}

/// Positions of a schema and all it extends, nearest first.
fn ancestry(doc: usize, docs: &[SchemaDoc], numbers: &FxHashMap<&str, usize>) -> Result<Vec<usize>, OntologyError> {
    let mut line = vec![doc];
    let mut next = 0;
    while let Some(current) = line.get(next).and_then(|no| docs.get(*no)) {
        next += 1;
        for parent in &current.extends {
            let unknown = || OntologyError::Unknown { schema: current.name.clone(), what: "parent", name: parent.clone() };
            let parent = *numbers.get(parent.as_str()).ok_or_else(unknown)?;
            if parent == doc {
                return Err(OntologyError::Structure(format!("schema `{}` extends itself", current.name)));
            }
            if !line.contains(&parent) {
                line.push(parent);
            }
        }
    }
    Ok(line)
}

fn schema(ontology: &Ontology, doc: &SchemaDoc, docs: &[SchemaDoc], numbers: &FxHashMap<&str, usize>, own: &[Vec<PropNo>]) -> Result<Schema, OntologyError> {
    let position = numbers.get(doc.name.as_str()).copied().unwrap_or_default();
    let line = ancestry(position, docs, numbers)?;
    let mut props: FxHashMap<String, PropNo> = FxHashMap::default();
    let mut order: Vec<PropNo> = Vec::new();
    // From the root down, so that a schema's own declaration replaces an inherited one.
    for no in line.iter().rev().filter_map(|no| own.get(*no)).flatten() {
        let Some(prop) = ontology.prop(*no) else { continue };
        if let Some(replaced) = props.insert(prop.name.clone(), *no) {
            order.retain(|known| *known != replaced);
        }
        order.push(*no);
    }
    let find = |names: &[String], what: &'static str| -> Result<Vec<PropNo>, OntologyError> {
        let unknown = |name: &String| OntologyError::Unknown { schema: doc.name.clone(), what, name: name.clone() };
        names.iter().map(|name| props.get(name).copied().ok_or_else(|| unknown(name))).collect()
    };
    let nearest = |pick: fn(&SchemaDoc) -> &Vec<String>| -> &[String] {
        line.iter().filter_map(|no| docs.get(*no)).map(pick).find(|names| !names.is_empty()).map_or(&[], Vec::as_slice)
    };
    let edge_doc = line.iter().filter_map(|no| docs.get(*no)).find_map(|doc| doc.edge.as_ref());
    let pole = line.iter().filter_map(|no| docs.get(*no)).find_map(|doc| doc.pole).unwrap_or(Pole::Object);
    Ok(Schema {
        no: schema_no(position)?,
        name: doc.name.clone(),
        label: doc.label.clone(),
        plural: doc.plural.clone(),
        description: doc.description.clone(),
        pole: if edge_doc.is_some() && doc.pole.is_none() { Pole::Link } else { pole },
        is_abstract: doc.is_abstract,
        matchable: doc.matchable.unwrap_or(false),
        ancestors: line.iter().map(|no| schema_no(*no)).collect::<Result<_, _>>()?,
        caption: find(nearest(|doc| &doc.caption), "caption property")?,
        featured: find(nearest(|doc| &doc.featured), "featured property")?,
        required: find(&doc.required, "required property")?,
        begins: find(nearest(|doc| &doc.temporal.start), "temporal property")?,
        ends: find(nearest(|doc| &doc.temporal.end), "temporal property")?,
        edge: edge_doc.map(|edge| compile_edge(edge, &find)).transpose()?,
        props,
        order,
    })
}

fn compile_edge(doc: &EdgeDoc, find: &impl Fn(&[String], &'static str) -> Result<Vec<PropNo>, OntologyError>) -> Result<Edge, OntologyError> {
    let ends = find(&[doc.source.clone(), doc.target.clone()], "edge property")?;
    let [source, target] = ends.as_slice() else { return Err(OntologyError::Structure("an edge needs two ends".to_owned())) };
    Ok(Edge { source: *source, target: *target, label: doc.label.clone(), directed: doc.directed, caption: find(&doc.caption, "edge caption property")? })
}
