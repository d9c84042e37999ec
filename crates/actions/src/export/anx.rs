//! Analyst's Notebook exchange: a chart in XML, as the program of that name reads it from version 8.
//!
//! The format has no public schema; what is written here keeps to elements and attributes that independent writers use too.
//! Every entity is an icon, every link between two of them a link; types are schemata, attributes are properties, and each
//! statement is a card with its source and its grades. Of the three lists of grades the first holds the evaluation of the
//! source, the second the assessment of the information, the third the markings. An item that is given no grade is shown
//! with the first of a list, so that is a dash.

mod cards;
mod names;

use std::{collections::BTreeMap, io::Write};

use super::{Selection, broken, selection::SelectedLink, xml::escaped};
use crate::error::ActionError;
use candour_model::statement::Statement;
use names::Names;

/// Distance of neighbouring icons, in the chart's units.
const SPACING: u64 = 160;

pub(super) fn write(selection: &Selection<'_>, out: &mut impl Write) -> Result<(), ActionError> {
    let names = Names::of(selection)?;
    put(out, &names.head())?;
    put(out, "<ChartItemCollection>\n")?;
    let numbers = entities(selection, &names, out)?;
    links(selection, &names, &numbers, out)?;
    put(out, "</ChartItemCollection>\n</Chart>\n")
}

/// Writes the icons in rows and gives each entity's number.
fn entities(selection: &Selection<'_>, names: &Names, out: &mut impl Write) -> Result<BTreeMap<String, u64>, ActionError> {
    let columns = names.entities().isqrt().max(1);
    let mut numbers = BTreeMap::new();
    selection.each_node(|selected| {
        let no = u64::try_from(numbers.len()).unwrap_or_default();
        numbers.insert(selected.id.clone(), no + 1);
        let (x, y) = (no % columns * SPACING, no / columns * SPACING);
        let mut attributes = vec![("id", selected.id.clone()), ("caption", selected.caption.clone()), ("schema", selected.schema.to_owned())];
        attributes.push(("pole", selected.pole.to_owned()));
        put(
            out,
            &format!(
                "<ChartItem Id=\"E{number}\" Label=\"{label}\"{grades} XPosition=\"{x}\"><End X=\"{x}\" Y=\"{y}\" Z=\"0\"><Entity EntityId=\"{number}\" Identity=\"{id}\" LabelIsIdentity=\"false\"><Icon><IconStyle{style}/></Icon>{cards}</Entity></End>{attributes}</ChartItem>\n",
                number = no + 1,
                label = escaped(&selected.caption),
                grades = cards::common(names, &selected.statements),
                id = escaped(&selected.id),
                style = names.entity_type(selected.schema),
                cards = cards::collection(names, &selected.statements),
                attributes = attributes_of(selection, names, &attributes, &selected.statements),
            ),
        )
    })?;
    Ok(numbers)
}

fn links(selection: &Selection<'_>, names: &Names, numbers: &BTreeMap<String, u64>, out: &mut impl Write) -> Result<(), ActionError> {
    let mut between: BTreeMap<(u64, u64), i64> = BTreeMap::new();
    let mut number: u64 = 0;
    selection.each_link(|link| {
        let (Some(source), Some(target)) = (numbers.get(&link.edge.source), numbers.get(&link.edge.target)) else { return Ok(()) };
        let before = between.entry((*source.min(target), *source.max(target))).or_default();
        number += 1;
        put(out, &link_item(selection, names, link, (*source, *target), (number, offset(*before)))?)?;
        *before += 1;
        Ok(())
    })
}

fn link_item(
    selection: &Selection<'_>,
    names: &Names,
    link: &SelectedLink,
    (source, target): (u64, u64),
    (number, offset): (u64, i64),
) -> Result<String, ActionError> {
    let (edge, evidence) = (&link.edge, selection.evidence(link)?);
    let attributes = [("id", edge.id.clone()), ("schema", edge.schema.clone())];
    let stated = if link.is_entity() { evidence.as_slice() } else { &[] };
    Ok(format!(
        "<ChartItem Id=\"L{number}\" Label=\"{label}\"{grades}><Link End1Id=\"{source}\" End2Id=\"{target}\" Offset=\"{offset}\">{cards}<LinkStyle Strength=\"Default\" ArrowStyle=\"{arrow}\"{style}/></Link>{attributes}</ChartItem>\n",
        label = escaped(&edge.label),
        grades = cards::common(names, &evidence),
        cards = cards::collection(names, &evidence),
        arrow = if edge.directed { "ArrowOnHead" } else { "ArrowNone" },
        style = names.link_type(&edge.schema),
        attributes = attributes_of(selection, names, &attributes, stated),
    ))
}

/// The attributes of an item: those given, then its properties that are no references, several values separated by semicolons.
fn attributes_of(selection: &Selection<'_>, names: &Names, given: &[(&str, String)], statements: &[Statement]) -> String {
    let mut attributes: Vec<String> = given.iter().map(|(name, value)| names.attribute(name, value)).collect();
    for (property, values) in selection.properties(statements).iter().filter(|(property, _)| names.has_property(property)) {
        attributes.push(names.property(property, &values.iter().map(String::as_str).collect::<Vec<_>>().join("; ")));
    }
    format!("<AttributeCollection>{}</AttributeCollection>", attributes.concat())
}

/// How far the next link between two icons bends away from the straight line: none, then to one side and the other.
fn offset(before: i64) -> i64 {
    let step = (before + 1) / 2 * 10;
    if before % 2 == 1 { step } else { -step }
}

fn put(out: &mut impl Write, text: &str) -> Result<(), ActionError> {
    out.write_all(text.as_bytes()).map_err(broken)
}

#[cfg(test)]
mod tests {
    #[test]
    fn links_between_the_same_two_lie_side_by_side() {
        assert_eq!([0, 1, 2, 3, 4].map(super::offset), [0, 10, -10, 20, -20]);
    }
}
