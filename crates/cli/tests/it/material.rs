//! A folder of tables large enough to be interrupted.

use std::fmt::Write as _;

use crate::home::Home;

/// Files, each of which is read twice: some 40,000 statements in all.
pub(crate) const PARTS: usize = 10;
/// Rows in each.
const ROWS: usize = 450;

/// The import of that folder.
pub(crate) const IMPORT: [&str; 4] = ["import", "data", "--mapping", "mapping.yml"];

const MAPPING: &str = r#"fleet:
  queries:
    - csv: "part-*.csv"
      entities:
        person:
          schema: Person
          id_template: "p-{{id}}"
          properties:
            name: {columns: [first, last], join: " "}
            firstName: {column: first}
            lastName: {column: last}
            birthDate: {column: born}
            phone: {column: phone}
    - csv: "part-*.csv"
      entities:
        person: {schema: Person, id_template: "p-{{id}}"}
        van:
          schema: Vehicle
          id_template: "v-{{mark}}"
          properties:
            registrationNumber: {column: mark}
            model: {literal: Transit}
        owns:
          schema: Ownership
          id_template: "o-{{id}}-{{mark}}"
          properties:
            owner: {entity: person}
            asset: {entity: van}
"#;

/// Writes the folder and its mapping.
pub(crate) fn write_material(home: &Home) {
    home.write("mapping.yml", MAPPING);
    for part in 0..PARTS {
        let mut text = "id,first,last,born,phone,mark\n".to_owned();
        for row in 0..ROWS {
            let number = part * ROWS + row;
            // One date in each file is wrong.
            let born =
                if row == ROWS / 2 { "1981-13-41".to_owned() } else { format!("19{:02}-{:02}-{:02}", number % 90 + 10, number % 12 + 1, number % 28 + 1) };
            writeln!(text, "{number},Name{number},Family{},{born},01632 96{:04},HB{number:05}", number % 700, number % 1000).unwrap();
        }
        home.write(&format!("data/part-{part}.csv"), text);
    }
}
