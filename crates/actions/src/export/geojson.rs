//! GeoJSON (RFC 7946): a point for every selected entity that has a latitude and a longitude.

use std::io::Write;

use serde_json::json;

use super::{Selection, broken, selection::Selected};
use crate::error::ActionError;

pub(super) fn write(selection: &Selection<'_>, out: &mut impl Write) -> Result<(), ActionError> {
    out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[").map_err(broken)?;
    let mut is_first = true;
    selection.each(|selected| {
        let (Some(latitude), Some(longitude)) = (number(selected, "latitude"), number(selected, "longitude")) else { return Ok(()) };
        let feature = json!({
            "type": "Feature",
            "id": selected.id,
            "geometry": { "type": "Point", "coordinates": [longitude, latitude] },
            "properties": { "schema": selected.schema, "caption": selected.caption },
        });
        out.write_all(if is_first { b"\n" } else { b",\n" }).map_err(broken)?;
        is_first = false;
        serde_json::to_writer(&mut *out, &feature).map_err(broken)
    })?;
    out.write_all(b"\n]}\n").map_err(broken)
}

fn number(selected: &Selected, prop: &str) -> Option<f64> {
    let found = selected.statements.iter().find(|statement| statement.prop == prop)?;
    found.value.parse().ok().filter(|number: &f64| number.is_finite())
}
