//! Prints how much of each difference there is between pairs of names, one JSON object a line, for `bench/er/names_fit.py`.
//!
//! usage: `name_costs PAIRS.csv`, with columns `name1`, `name2` and `schema`.

use std::{error::Error, io::Write as _};

use candour_resolve::names::{Difference, Kind, explain_names};
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: name_costs PAIRS.csv")?;
    let mut reader = csv::Reader::from_path(path)?;
    let headers = reader.headers()?.clone();
    let column = |name: &str| headers.iter().position(|header| header == name).ok_or(format!("no column `{name}`"));
    let (first, second, schema) = (column("name1")?, column("name2")?, column("schema")?);
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", json!({ "differences": Difference::ALL }))?;
    for row in reader.records() {
        let row = row?;
        let cell = |at| row.get(at).unwrap_or_default();
        let explanation = explain_names(cell(first), cell(second), Kind::from_schema(cell(schema)));
        writeln!(out, "{}", serde_json::to_string(&explanation)?)?;
    }
    Ok(())
}
