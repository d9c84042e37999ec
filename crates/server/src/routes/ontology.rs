//! The ontology, which is no secret.

use axum::Json;
use candour_model::ontology::{Ontology, Schema};
use serde::Serialize;
use utoipa::ToSchema;

/// All schemata.
#[derive(Serialize, ToSchema)]
pub(crate) struct OntologyView {
    schemata: Vec<SchemaView>,
}

#[derive(Serialize, ToSchema)]
struct SchemaView {
    name: &'static str,
    label: &'static str,
    plural: &'static str,
    description: &'static str,
    /// POLE letter as a word.
    pole: &'static str,
    /// Nearest first, itself left out.
    extends: Vec<&'static str>,
    edge: Option<EdgeView>,
    featured: Vec<&'static str>,
    properties: Vec<PropertyView>,
}

#[derive(Serialize, ToSchema)]
struct EdgeView {
    source: &'static str,
    target: &'static str,
    label: &'static str,
    directed: bool,
}

#[derive(Serialize, ToSchema)]
struct PropertyView {
    name: &'static str,
    label: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<&'static str>,
}

/// The schemata with their properties.
#[utoipa::path(get, path = "/api/ontology", responses((status = 200, body = OntologyView)))]
pub(crate) async fn ontology() -> Json<OntologyView> {
    Json(OntologyView { schemata: Ontology::builtin().schemata().filter(|schema| !schema.is_abstract).map(view).collect() })
}

fn view(schema: &'static Schema) -> SchemaView {
    let ontology = Ontology::builtin();
    let name = |no| ontology.prop(no).map_or("", |prop| prop.name.as_str());
    SchemaView {
        name: &schema.name,
        label: &schema.label,
        plural: &schema.plural,
        description: &schema.description,
        pole: schema.pole.word(),
        extends: schema.ancestors.iter().skip(1).filter_map(|no| ontology.by_no(*no)).map(|schema| schema.name.as_str()).collect(),
        edge: schema.edge.as_ref().map(|edge| EdgeView { source: name(edge.source), target: name(edge.target), label: &edge.label, directed: edge.directed }),
        featured: schema.featured.iter().map(|no| name(*no)).collect(),
        properties: schema
            .properties()
            .filter(|prop| !prop.stub && !prop.hidden)
            .map(|prop| PropertyView { name: &prop.name, label: &prop.label, kind: prop.kind.name(), range: prop.range.as_deref() })
            .collect(),
    }
}
