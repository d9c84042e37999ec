//! What a chart declares before its items: grades, sources, attributes, types. Items refer to them by place or id.

use std::collections::{BTreeMap, BTreeSet};

use candour_model::statement::Statement;

use crate::{
    error::ActionError,
    export::{Selection, selection::is_reference, xml::escaped},
};

/// Evaluation of the source, as the 3x5x2 form words it. Its place is the number in the grade.
const SOURCE_GRADES: [&str; 3] = ["1 Reliable", "2 Untested", "3 Not reliable"];
/// Assessment of the information; its place is the letter in the grade.
const INFORMATION_GRADES: [&str; 5] = [
    "A Known directly to the source",
    "B Known indirectly to the source but corroborated",
    "C Known indirectly to the source",
    "D Not known",
    "E Suspected to be false",
];
/// What an item without a grade shows.
const NO_GRADE: &str = "-";
/// Attributes that every chart has.
const OWN: [&str; 4] = ["id", "caption", "schema", "pole"];

/// Everything that is declared.
#[derive(Default)]
pub(super) struct Names {
    entities: u64,
    entity_types: BTreeMap<String, &'static str>,
    link_types: BTreeSet<String>,
    properties: BTreeSet<String>,
    datasets: BTreeSet<String>,
    markings: BTreeSet<String>,
}

impl Names {
    /// What the items of a selection refer to.
    pub(super) fn of(selection: &Selection<'_>) -> Result<Self, ActionError> {
        let mut names = Self::default();
        selection.each_node(|selected| {
            names.entities += 1;
            names.entity_types.insert(selected.schema.to_owned(), selected.pole);
            selected.statements.iter().for_each(|statement| names.meet(statement));
            Ok(())
        })?;
        selection.each_link(|link| {
            if !names.link_types.contains(&link.edge.schema) {
                names.link_types.insert(link.edge.schema.clone());
            }
            selection.evidence(link)?.iter().for_each(|statement| names.meet(statement));
            Ok(())
        })?;
        Ok(names)
    }

    /// Declares what a statement refers to.
    pub(super) fn meet(&mut self, statement: &Statement) {
        for (known, name) in [(&mut self.datasets, &statement.dataset), (&mut self.markings, &statement.marking)] {
            if !known.contains(name) {
                known.insert(name.clone());
            }
        }
        if !statement.value.is_empty() && !is_reference(statement) && !self.properties.contains(&statement.prop) {
            self.properties.insert(statement.prop.clone());
        }
    }

    /// How many entities the chart shows.
    pub(super) fn entities(&self) -> u64 {
        self.entities
    }

    /// The grades of a statement as attributes of a card. Places count from the dash, which is 0.
    pub(super) fn grades(&self, statement: &Statement) -> String {
        let grade = statement.grade.to_string();
        let place = |list: &[&str], letter: Option<char>| list.iter().position(|name| name.chars().next() == letter).map_or(0, |place| place + 1);
        let source = place(&SOURCE_GRADES, grade.chars().next());
        let information = place(&INFORMATION_GRADES, grade.chars().nth(1));
        let marking = self.markings.iter().position(|name| *name == statement.marking).map_or(0, |place| place + 1);
        format!(" GradeOneIndex=\"{source}\" GradeTwoIndex=\"{information}\" GradeThreeIndex=\"{marking}\"")
    }

    /// Type of an entity, as attributes.
    pub(super) fn entity_type(&self, schema: &str) -> String {
        let place = self.entity_types.keys().position(|name| name == schema).unwrap_or_default();
        format!(" Type=\"{}\" EntityTypeReference=\"ET{place}\"", escaped(schema))
    }

    /// Type of a link, as attributes.
    pub(super) fn link_type(&self, schema: &str) -> String {
        let place = self.link_types.iter().position(|name| name == schema).unwrap_or_default();
        format!(" Type=\"{}\" LinkTypeReference=\"LT{place}\"", escaped(schema))
    }

    /// Whether a property is an attribute, rather than a link.
    pub(super) fn has_property(&self, property: &str) -> bool {
        self.properties.contains(property)
    }

    /// One of the attributes that every chart has.
    pub(super) fn attribute(&self, name: &str, value: &str) -> String {
        let place = OWN.iter().position(|own| *own == name).unwrap_or_default();
        attribute(name, &format!("AC{place}"), value)
    }

    /// A property as an attribute.
    pub(super) fn property(&self, property: &str, value: &str) -> String {
        let place = self.properties.iter().position(|name| name == property).unwrap_or_default();
        attribute(property, &format!("AP{place}"), value)
    }

    /// The beginning of the chart.
    pub(super) fn head(&self) -> String {
        let mut head = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Chart IdReferenceLinking=\"false\">\n");
        head.push_str("<StrengthCollection><Strength Id=\"ST0\" Name=\"Default\" DotStyle=\"DotStyleSolid\"/></StrengthCollection>\n");
        let graded = |list: &[&str]| [NO_GRADE].into_iter().chain(list.iter().copied()).map(str::to_owned).collect::<Vec<_>>();
        let markings: Vec<&str> = self.markings.iter().map(String::as_str).collect();
        head.push_str(&strings("GradeOne", "GO", &graded(&SOURCE_GRADES)));
        head.push_str(&strings("GradeTwo", "GT", &graded(&INFORMATION_GRADES)));
        head.push_str(&strings("GradeThree", "GR", &graded(&markings)));
        head.push_str(&strings("SourceHints", "SH", &self.datasets.iter().cloned().collect::<Vec<_>>()));
        let own = OWN.iter().enumerate().map(|(place, name)| attribute_class(name, &format!("AC{place}")));
        let properties = self.properties.iter().enumerate().map(|(place, name)| attribute_class(name, &format!("AP{place}")));
        let classes: String = own.chain(properties).collect();
        head.push_str(&format!("<AttributeClassCollection>{classes}</AttributeClassCollection>\n"));
        let types: String = self.entity_types.iter().enumerate().map(|(place, (name, pole))| entity_type(name, pole, place)).collect();
        head.push_str(&collection("EntityTypeCollection", &types));
        let types: String =
            self.link_types.iter().enumerate().map(|(place, name)| format!("<LinkType Id=\"LT{place}\" Name=\"{}\"/>", escaped(name))).collect();
        head.push_str(&collection("LinkTypeCollection", &types));
        head
    }
}

fn attribute(name: &str, class: &str, value: &str) -> String {
    format!("<Attribute AttributeClass=\"{}\" AttributeClassReference=\"{class}\" Value=\"{}\"/>", escaped(name), escaped(value))
}

/// A class of attributes that is in an item's list but not drawn under its icon, where there would be no room.
fn attribute_class(name: &str, id: &str) -> String {
    let name = escaped(name);
    format!(
        "<AttributeClass Id=\"{id}\" Name=\"{name}\" Type=\"AttText\" IsUser=\"true\" UserCanAdd=\"true\" UserCanRemove=\"true\" ShowValue=\"true\" Visible=\"false\"/>"
    )
}

/// An entity type with the icon and colour of its letter of POLE. Colours are blue, green, red from the highest byte down.
fn entity_type(name: &str, pole: &str, place: usize) -> String {
    let (icon, colour) = match pole {
        "person" => ("person", 0x00_B0_50_20),
        "location" => ("place", 0x00_30_80_20),
        "event" => ("anon", 0x00_20_40_C0),
        "document" => ("anon", 0x00_60_60_60),
        _ => ("anon", 0x00_20_80_B0),
    };
    format!("<EntityType Id=\"ET{place}\" Name=\"{}\" PreferredRepresentation=\"RepresentAsIcon\" IconFile=\"{icon}\" Colour=\"{colour}\"/>", escaped(name))
}

fn strings(element: &str, prefix: &str, list: &[String]) -> String {
    let strings: String = list.iter().enumerate().map(|(place, text)| format!("<String Id=\"{prefix}{place}\" Text=\"{}\"/>", escaped(text))).collect();
    if strings.is_empty() {
        return String::new();
    }
    format!("<{element}><StringCollection>{strings}</StringCollection></{element}>\n")
}

fn collection(element: &str, inner: &str) -> String {
    if inner.is_empty() { String::new() } else { format!("<{element}>{inner}</{element}>\n") }
}
