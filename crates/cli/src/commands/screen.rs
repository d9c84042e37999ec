//! `candour screen`: screens names against a list.

use std::{
    fs::File,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    time::Instant,
};

use candour_resolve::names::{Asked, Born, Hit, Kind, Listed, Screen as List};
use clap::Args;
use csv::StringRecord;
use serde_json::{Value, json};

use super::names::threshold;
use crate::{
    Outcome,
    args::Globals,
    csv_file::{CsvIn, CsvOut, decimals},
    failure::Failure,
};

/// Arguments of `screen`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  candour screen sanctions.ijson --names suppliers.csv --out hits.csv

The list is FollowTheMoney, one JSON object a line (names and dates of birth are taken from its properties), or CSV with a
column `name` and, where there are, `id`, `schema`, `aliases` (parted by `;`) and `birth_date`. The names to screen are CSV
with a column `name` and, where there are, `schema` and `birth_date`.

Written is a row for every hit at 0.7 and above, the best first: the columns of the name that was screened, then `entity_id`,
`list_name`, `score` and `match`. A name without a hit has one row in which these are empty and `match` is `false`. Dates of
birth that contradict each other take 0.25 (another year) or 0.1 (another day) off a score.

A hit says that the names are alike. Whether it is the same person, a person must say.")]
pub(crate) struct Screen {
    /// The list: FollowTheMoney JSON lines, or CSV.
    #[arg(value_name = "LIST")]
    list: PathBuf,
    /// The names to screen.
    #[arg(long, value_name = "FILE.csv")]
    names: PathBuf,
    /// Where to write the hits; `-` is standard output.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

const ADDED: [&str; 4] = ["entity_id", "list_name", "score", "match"];
const BIRTH_DATE: [&str; 4] = ["birth_date", "birthDate", "date_of_birth", "dob"];
/// Properties of FollowTheMoney that hold names by which somebody may be found.
const NAME_PROPERTIES: [&str; 4] = ["name", "alias", "previousName", "weakAlias"];

impl Screen {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        let start = Instant::now();
        let mut input = CsvIn::open(&self.names)?;
        let (name, schema, born) = (input.column(&["name", "caption"])?, input.optional(&["schema"]), input.optional(&BIRTH_DATE));
        input.without(&ADDED)?;
        let listed = if is_json(&self.list)? { from_json(&self.list)? } else { from_csv(&self.list)? };
        let list = List::new(listed);
        let mut output = CsvOut::create(&self.out, &[&self.names, &self.list])?;
        let mut row = input.headers().clone();
        ADDED.iter().for_each(|column| row.push_field(column));
        output.write(&row)?;
        let (mut names, mut found, mut hits) = (0_u64, 0_u64, 0_u64);
        let mut row = StringRecord::new();
        while input.next(&mut row)? {
            let cell = |at: usize| row.get(at).unwrap_or_default();
            let asked = Asked { name: cell(name), kinds: schema.map_or(&[], |at| Kind::possible(cell(at))), born: born.and_then(|at| Born::parse(cell(at))) };
            let of_name = list.hits(&asked);
            names += 1;
            found += u64::from(!of_name.is_empty());
            for hit in &of_name {
                hits += 1;
                output.write(&with(&row, &list, hit))?;
            }
            if of_name.is_empty() {
                ["", "", "", "false"].iter().for_each(|cell| row.push_field(cell));
                output.write(&row)?;
            }
        }
        if names == 0 {
            return Err(input.no_rows());
        }
        let (listed, seconds) = (list.entries().len(), start.elapsed().as_secs_f64());
        let result = json!({ "listed": listed, "names": names, "names_with_hits": found, "hits": hits, "threshold": threshold(), "seconds": seconds });
        output.finish(globals, &result, &format!("{names} names against {listed} entries: {found} have {hits} hits, in {seconds:.2} s"))
    }
}

/// A row with what it was found to be like.
fn with(row: &StringRecord, list: &List, hit: &Hit) -> StringRecord {
    let mut row = row.clone();
    let entry = list.entries().get(hit.entry);
    row.push_field(entry.map_or("", |entry| &entry.id));
    row.push_field(entry.and_then(|entry| entry.names.get(hit.name)).map_or("", String::as_str));
    row.push_field(&decimals(hit.score));
    row.push_field("true");
    row
}

/// Whether the first thing in a file is a brace.
fn is_json(path: &Path) -> Result<bool, Failure> {
    let mut reader = BufReader::new(open(path)?);
    let start = reader.fill_buf().map_err(|error| unreadable(path, &error))?;
    let start = start.strip_prefix("\u{feff}".as_bytes()).unwrap_or(start);
    Ok(start.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{'))
}

fn open(path: &Path) -> Result<File, Failure> {
    File::open(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    let remedy = if error.kind() == std::io::ErrorKind::InvalidData { "convert it to UTF-8" } else { "check that it exists and may be read" };
    Failure::Usage(format!("`{}`: {error}; {remedy}", path.display()))
}

/// A list in FollowTheMoney's JSON lines. What has no name is not on the list.
fn from_json(path: &Path) -> Result<Vec<Listed>, Failure> {
    let mut listed = Vec::new();
    for (number, line) in (1_u64..).zip(BufReader::new(open(path)?).lines()) {
        let wrong = |what: String| Failure::Usage(format!("`{}`: line {number}: {what}; write each entity on a line of its own", path.display()));
        let line = line.map_err(|error| wrong(error.to_string()))?;
        let line = line.trim_start_matches('\u{feff}').trim();
        if line.is_empty() {
            continue;
        }
        let entity: Value = serde_json::from_str(line).map_err(|error| wrong(format!("no JSON: {error}")))?;
        let text = |name: &str| entity.get(name).and_then(Value::as_str).map(str::to_owned);
        let id = text("id").ok_or_else(|| wrong("no `id`".to_owned()))?;
        let of = |property: &str| entity.get("properties").and_then(|properties| properties.get(property)).map(texts).unwrap_or_default();
        let mut names: Vec<String> = NAME_PROPERTIES.iter().flat_map(|property| of(property)).collect();
        if names.is_empty() {
            names.extend(text("caption"));
        }
        if !names.is_empty() {
            let born = of("birthDate").iter().filter_map(|date| Born::parse(date)).collect();
            listed.push(Listed { id, kinds: Kind::possible(&text("schema").unwrap_or_default()).to_vec(), names, born });
        }
    }
    some(path, listed)
}

/// The texts of a value, which is one or several.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(values) => values.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// A list in CSV. Without a column `id`, an entry is known by its row.
fn from_csv(path: &Path) -> Result<Vec<Listed>, Failure> {
    let mut input = CsvIn::open(path)?;
    let name = input.column(&["name", "caption"])?;
    let (id, schema, aliases, born) =
        (input.optional(&["id", "entity_id"]), input.optional(&["schema"]), input.optional(&["aliases", "alias"]), input.optional(&BIRTH_DATE));
    let mut listed = Vec::new();
    let mut row = StringRecord::new();
    let mut number = 1_u64;
    while input.next(&mut row)? {
        number += 1;
        let cell = |at: usize| row.get(at).unwrap_or_default();
        let parts = |at: usize| cell(at).split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned);
        let names: Vec<String> =
            Some(cell(name).to_owned()).filter(|name| !name.trim().is_empty()).into_iter().chain(aliases.into_iter().flat_map(parts)).collect();
        if !names.is_empty() {
            listed.push(Listed {
                id: id.map_or_else(|| format!("row {number}"), |at| cell(at).to_owned()),
                kinds: schema.map(|at| Kind::possible(cell(at)).to_vec()).unwrap_or_default(),
                names,
                born: born.into_iter().flat_map(parts).filter_map(|date| Born::parse(&date)).collect(),
            });
        }
    }
    some(path, listed)
}

fn some(path: &Path, listed: Vec<Listed>) -> Result<Vec<Listed>, Failure> {
    if listed.is_empty() {
        return Err(Failure::Usage(format!("`{}`: names nobody; give a list with names in it", path.display())));
    }
    Ok(listed)
}
